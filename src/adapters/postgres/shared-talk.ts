import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SharedTalk } from '../../flows/ports.js';
import { channelOf, type Ear } from './ear.js';
import { type StorePool, withClient } from './pool.js';
import type { Place } from './sealing.js';

/** Long enough to gather what is asked at once, shorter than anybody types. */
const gatherMs = 50;
/** PostgreSQL's own limit is 8,000 bytes; the few questions that are longer are known where they were asked only. */
const mostBytes = 7_900;

/** Any login of the database may hear what is announced, so it is encrypted with the force's key. */
const place: Place = { table: 'talk', column: 'asked', row: 'announced' };

const wordSchema = z.strictObject({
  chat: z.string(),
  question: z.string(),
  passage: z.string().exactOptional(),
  at: z.number(),
});

/**
 * Earlier questions carried between the instances over one PostgreSQL, encrypted, by its announcements, which it keeps
 * in no table; on the embedded store there is nobody to tell. `report` hears why some could not be told or read.
 */
export function makeSharedTalk(
  pool: StorePool,
  ear: Ear,
  report: (error: unknown) => void,
): SharedTalk {
  if (pool.kind === 'embedded') return { tell: () => undefined, hear: () => undefined };
  // Our own come back to us, who know already.
  const origin = randomUUID();
  let waiting: string[] = [];
  const announce = () => {
    const words = waiting;
    waiting = [];
    withClient(pool, (client) =>
      client.query('select pg_notify($1, word) from unnest($2::text[]) word', [
        channelOf(pool, 'talk'),
        words,
      ]),
    ).catch(report);
  };
  return {
    tell: (chat, { question, passage, at }) => {
      const word = { chat, question, ...(passage === undefined ? {} : { passage }), at };
      const sealed = `${origin} ${pool.sealing.seal(JSON.stringify(word), place)}`;
      if (sealed.length > mostBytes) return;
      if (waiting.length === 0) setTimeout(announce, gatherMs).unref();
      waiting.push(sealed);
    },
    hear: (heard) =>
      ear.on('talk', (payload) => {
        if (payload.startsWith(origin)) return;
        try {
          const text = pool.sealing.open(payload.slice(origin.length + 1), place);
          const { chat, question, passage, at } = wordSchema.parse(JSON.parse(text));
          heard(chat, { question, passage, at });
        } catch (error) {
          report(error);
        }
      }),
  };
}
