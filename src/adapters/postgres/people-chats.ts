import { z } from 'zod';
import type { UserId } from '../../core/ids.js';
import type { Clock, PeopleChats, PersonChat } from '../../flows/ports.js';
import { parseRow } from './parse-row.js';
import { type StorePool, withClient } from './pool.js';

/** Everybody a large force has on Signpost in a day. */
const mostRemembered = 10_000;

const chatRow = z
  .object({
    channel_id: z.string(),
    service_url: z.string(),
    conversation_id: z.string(),
    tenant_id: z.string().nullable(),
    bot_id: z.string(),
    person_id: z.string(),
  })
  .transform(
    (row): PersonChat => ({
      channelId: row.channel_id,
      serviceUrl: row.service_url,
      conversationId: row.conversation_id,
      tenantId: row.tenant_id ?? undefined,
      botId: row.bot_id,
      personId: row.person_id,
    }),
  );

/**
 * The chats of people, kept in PostgreSQL or the embedded store. What was written is remembered, so that a turn writes
 * only where something changed; reading always asks the store, which another instance may have written to. The day is among what is written: chats of those who left go.
 */
export function makePeopleChats(pool: StorePool, clock: Clock = () => new Date()): PeopleChats {
  const written = new Map<UserId, string>();
  pool.onRemoved(() => written.clear());
  return {
    remember: async (person, chat) => {
      const values = [
        ...[chat.channelId, chat.serviceUrl, chat.conversationId],
        ...[chat.tenantId ?? null, chat.botId, chat.personId],
        clock().toISOString().slice(0, 10),
      ];
      const text = JSON.stringify(values);
      if (written.get(person) === text) return;
      await withClient(pool, (client) =>
        client.query(
          `insert into people_chats as kept
             (person, channel_id, service_url, conversation_id, tenant_id, bot_id, person_id, seen_on)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (force, person) do update set
             (channel_id, service_url, conversation_id, tenant_id, bot_id, person_id, seen_on) =
             (excluded.channel_id, excluded.service_url, excluded.conversation_id, excluded.tenant_id,
               excluded.bot_id, excluded.person_id, excluded.seen_on)
           where kept is distinct from excluded`,
          [person, ...values],
        ),
      );
      written.delete(person);
      written.set(person, text);
      const [oldest] = written.keys();
      if (written.size > mostRemembered && oldest !== undefined) written.delete(oldest);
    },
    find: async (person) => {
      const { rows } = await withClient(pool, (client) =>
        client.query(
          `select channel_id, service_url, conversation_id, tenant_id, bot_id, person_id
           from people_chats where person = $1`,
          [person],
        ),
      );
      return rows[0] && parseRow(chatRow, rows[0], 'people_chats', person);
    },
  };
}
