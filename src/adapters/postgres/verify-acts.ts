import { createHash } from 'node:crypto';
import { isAltered } from '../keys/cipher.js';
import type { Connection } from './pool.js';
import { placeOfReviewAct } from './review-row.js';
import { placeOfAct } from './screening-row.js';
import { actText, digestOf, isSealedAct, openAct, openText } from './sealed-act.js';
import type { Place, Sealing } from './sealing.js';

/** Proves that what stands for acts in the audit is of the acts that are stored. */

/** Acts whose digest is not theirs. */
export type Altered = {
  readonly isEvent: (review: string | null, seq: number | null) => boolean;
  /** True when one is among the first so many events of these screenings. */
  readonly isAmong: (counts: Readonly<Record<string, number>> | null) => boolean;
};

type Stored = {
  readonly id: string;
  readonly seq: number;
  /** The store's own text of the JSON. */
  readonly act: string;
  readonly salt: string | null;
  readonly digest: string | null;
};

/** Events read by one statement; a summary is some 100 kB. */
const eventsAtOnce = 200;

/** Looks at every event of the force. A fault where the keys are not to be had: that proves nothing. */
export async function findAltered(client: Connection, sealing: Sealing): Promise<Altered> {
  const reviews = new Set<string>();
  for await (const one of eachEvent(client, 'review_events', 'review_id'))
    if (!isAsDigested(sealing, one, placeOfReviewAct(one.id, one.seq)))
      reviews.add(`${one.id}/${one.seq}`);
  // The first of each screening.
  const screenings = new Map<string, number>();
  for await (const one of eachEvent(client, 'screening_events', 'screening_id'))
    if (!screenings.has(one.id) && !isAsDigested(sealing, one, placeOfAct(one.id, one.seq)))
      screenings.set(one.id, one.seq);
  return {
    isEvent: (review, seq) => reviews.has(`${review}/${seq}`),
    isAmong: (counts) =>
      Object.entries(counts ?? {}).some(
        ([id, count]) => (screenings.get(id) ?? count + 1) <= count,
      ),
  };
}

async function* eachEvent(
  client: Connection,
  table: 'review_events' | 'screening_events',
  id: 'review_id' | 'screening_id',
): AsyncGenerator<Stored> {
  let after: readonly [string, number] = ['00000000-0000-0000-0000-000000000000', 0];
  for (;;) {
    const { rows } = await client.query<Stored>(
      `select ${id} as id, seq, act::text as act, salt, digest from ${table}
       where force = current_force() and (${id}, seq) > ($1::uuid, $2::integer)
       order by ${id}, seq limit ${eventsAtOnce}`,
      [...after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = [last.id, last.seq];
  }
}

function isAsDigested(sealing: Sealing, { act, salt, digest }: Stored, place: Place): boolean {
  const text = readText(sealing, act, salt, place);
  return text !== undefined && digest !== null && digestOf(text) === digest;
}

/** Salt and act; undefined where it was altered. */
function readText(sealing: Sealing, act: string, salt: string | null, place: Place) {
  const stored: unknown = JSON.parse(act);
  if (!isSealedAct(stored)) return salt === null ? undefined : salt + act;
  try {
    // For what stands in clear beside it.
    openAct(sealing, stored, place);
    return openText(sealing, stored, place);
  } catch (error) {
    if (isAltered(error)) return undefined;
    throw error;
  }
}

type Entry = {
  readonly case_id: string | null;
  readonly review_id: string | null;
  readonly review_seq: number | null;
  readonly event_hash: string | null;
  readonly screenings: Readonly<Record<string, number>> | null;
  readonly screenings_hash: string | null;
};

/** A line of what was hashed: an array as the store writes it, for acts without its last value. */
type Line = Stored & { readonly line: string };

/**
 * Looks at an entry of the time when acts themselves were hashed, before they were encrypted: what differs, or
 * undefined. The store can no longer, since it has no keys.
 */
export async function areActsAsHashed(
  client: Connection,
  sealing: Sealing,
  entry: Entry,
): Promise<'event' | 'screenings' | undefined> {
  if (entry.event_hash !== null) {
    const { rows } = await client.query<Line>(
      `select review_id as id, seq, act::text as act, salt, digest,
         jsonb_build_array(review_id, seq, in_utc(acted_at), acted_by)::text as line
       from review_events where review_id = $1 and seq = $2`,
      [entry.review_id, entry.review_seq],
    );
    const [line = ''] = rows.map((row) => withAct(sealing, row, placeOfReviewAct(row.id, row.seq)));
    if (hashOf(line) !== entry.event_hash) return 'event';
  }
  if (entry.screenings_hash === null) return undefined;
  const { rows } = await client.query<Line>(
    `select s.id, 0 as seq, null as act, null as salt, null as digest, jsonb_build_array(
       s.id, s.case_id, s.case_ref, s.script, s.version, s.started_by, in_utc(s.started_at), s.is_follow_on
     )::text as line
     from screenings s where s.case_id = $1 and $2::jsonb ? s.id::text
     union all
     select s.id, e.seq, e.act::text, e.salt, e.digest,
       jsonb_build_array(e.seq, in_utc(e.acted_at), e.acted_by, e.client, e.activity_id)::text
     from screenings s join screening_events e on e.screening_id = s.id
     where s.case_id = $1 and e.seq <= ($2::jsonb ->> s.id::text)::integer
     order by id, seq`,
    [entry.case_id, JSON.stringify(entry.screenings)],
  );
  const lines = rows.map((row) =>
    row.seq === 0 ? row.line : withAct(sealing, row, placeOfAct(row.id, row.seq)),
  );
  return hashOf(lines.join('\n')) === entry.screenings_hash ? undefined : 'screenings';
}

/** The line with the act as its last value: an act that was encrypted in place kept the store's own text. */
function withAct(sealing: Sealing, { line, act, salt }: Line, place: Place): string {
  const text = readText(sealing, act, salt, place);
  return `${line.slice(0, -1)}, ${text === undefined ? '' : actText(text)}]`;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
