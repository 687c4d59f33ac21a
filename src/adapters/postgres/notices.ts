import { z } from 'zod';
import { reviewIdSchema, userIdSchema } from '../../core/ids.js';
import type { DueNotice, NewNotice, Notices } from '../../flows/ports.js';
import { parseRow } from './parse-row.js';
import { type Connection, type StorePool, withClient } from './pool.js';

/** With pauses that double from a minute up to six hours, about three days. */
const mostTries = 20;

const noticeRow = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    to_person: userIdSchema,
    about_review: reviewIdSchema,
    due_at: z.date(),
    dedupe_key: z.string(),
    tries: z.int(),
  })
  .transform(
    (row): DueNotice => ({
      id: row.id,
      kind: row.kind,
      to: row.to_person,
      about: row.about_review,
      dueAt: row.due_at.toISOString(),
      key: row.dedupe_key,
      tries: row.tries,
    }),
  );

/** Notices that wait to be sent, kept in PostgreSQL or the embedded store. */
export function makeNotices(pool: StorePool): Notices {
  return {
    put: (notices) => withClient(pool, (client) => putNotices(client, notices)),
    withdraw: async (keys) => {
      await withClient(pool, (client) =>
        client.query('delete from notices where dedupe_key = any($1) and sent_at is null', [keys]),
      );
    },
    claim: (now, limit) => withClient(pool, (client) => claim(client, now, limit)),
    markSent: async (id, at) => {
      // One withdrawn while it was being sent is gone, and that is all right.
      await withClient(pool, (client) =>
        client.query('update notices set sent_at = $2 where id = $1 and sent_at is null', [id, at]),
      );
    },
  };
}

/** Inside the transaction of what they tell of, or alone; of two with one key in the list the later counts. */
export async function putNotices(client: Connection, notices: readonly NewNotice[]): Promise<void> {
  const column = <Name extends keyof NewNotice>(name: Name) => notices.map((one) => one[name]);
  await client.query(
    `insert into notices (dedupe_key, kind, to_person, about_review, due_at, next_try_at)
     select distinct on (key) key, kind, person, review, due, due
     from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[])
       with ordinality as given (key, kind, person, review, due, place)
     order by key, place desc
     on conflict (force, dedupe_key) do update
       set to_person = excluded.to_person, due_at = excluded.due_at,
         next_try_at = excluded.next_try_at, tries = 0
       where notices.sent_at is null
         and (notices.to_person, notices.due_at) <> (excluded.to_person, excluded.due_at)`,
    [column('key'), column('kind'), column('to'), column('about'), column('dueAt')],
  );
}

/** What is for somebody whom a case is closed to waits. The pause after a try is set before it is made, so that one cut off by a crash comes again by itself. */
async function claim(
  client: Connection,
  now: string,
  limit: number,
): Promise<readonly DueNotice[]> {
  const { rows } = await client.query<{ id: string }>(
    `with due as (
       select id from notices n
       where sent_at is null and next_try_at <= $1 and tries < $3
         and not exists (
           select 1 from reviews r where r.id = n.about_review and is_barred(r.case_id, n.to_person)
         )
       order by next_try_at, id limit $2 for update skip locked
     ), claimed as (
       update notices n set tries = n.tries + 1,
         next_try_at = $1::timestamptz + least(interval '1 minute' * power(2, n.tries), interval '6 hours')
       from due where n.id = due.id
       returning n.*
     )
     select id, kind, to_person, about_review, due_at, dedupe_key, tries
     from claimed order by due_at, id`,
    [now, limit, mostTries],
  );
  return rows.map((row) => parseRow(noticeRow, row, 'notices', row.id));
}
