import type { ShortLived } from '../../core/retention.js';
import type { Connection } from './pool.js';

/**
 * Finds the ids of what is over, and removes by them; what points at a row goes first. What is found is locked, so that
 * a row somebody uses again or another instance removes at this moment is left to them, and each is counted once.
 */
type Way = {
  readonly find: string;
  /** Which of the tables it names; absent where what it finds is grouped, which cannot be locked. */
  readonly lock?: string;
  readonly remove: readonly string[];
};

/**
 * Columns that can name somebody in a case. Whoever acts in a screening, or invites, is on the case, and whoever acts in
 * a review stands in the audit for it, so that those large tables need not be searched.
 */
export const namedInCases = [
  ['case_people', 'person'],
  ['reviews', 'handed_to_id'],
  ['commitments', 'owner'],
  ['commitments', 'recorded_by'],
  ['commitments', 'done_by'],
  ['notices', 'to_person'],
  ['shares', 'advocate'],
  ['shares', 'shared_by'],
  ['share_ends', 'ended_by'],
  ['case_keeps', 'kept_by'],
  ['legal_holds', 'set_by'],
  ['legal_holds', 'lifted_by'],
  ['conflicts', 'person'],
  ['conflicts', 'named_by'],
  ['conflicts', 'lifted_by'],
] as const;

const ways: Readonly<Record<ShortLived, Way>> = {
  answers: {
    find: 'select id::text from answers where given_at < $1 order by given_at',
    lock: 'answers',
    remove: [
      'delete from feedback where answer_id = any($1::uuid[])',
      'delete from judged_answers where answer_id = any($1::uuid[])',
      'delete from answers where id = any($1::uuid[])',
    ],
  },
  tasks: {
    // An open one too: nobody has taken it up in all that time.
    find: 'select id::text from curator_tasks where coalesce(closed_at, last_at) < $1 order by last_at',
    lock: 'curator_tasks',
    remove: ['delete from curator_tasks where id = any($1::uuid[])'],
  },
  notices: {
    // One that was never sent is as old as the day it was due.
    find: 'select id::text from notices where coalesce(sent_at, due_at) < $1 order by due_at',
    lock: 'notices',
    remove: ['delete from notices where id = any($1::uuid[])'],
  },
  chats: {
    find: `select c.key as id from chats c join screenings s on s.id = c.screening_id
      where s.started_at < $1 and not exists (
        select 1 from screening_events e where e.screening_id = s.id and e.acted_at >= $1
      ) order by s.begun`,
    lock: 'c',
    remove: ['delete from chats where key = any($1::text[])'],
  },
  people: {
    // Whose name is needed to read a case stays as long as the case. With the offset the audit is looked up for each of
    // the few who were not seen, and not read whole.
    find: `select id from (
        select id, max(seen_on) as seen_on
        from (select id, seen_on from people union all select person, seen_on from people_chats) known
        group by id having max(seen_on) < ($1::timestamptz at time zone 'UTC')::date
      ) unseen
      where not exists (
        select 1 from audit a join cases c on c.id = a.case_id
        where a.force = current_force() and a.who = unseen.id offset 0
      ) and ${namedInCases
        .map(
          ([table, column]) =>
            `not exists (select 1 from ${table} t where t.${column} = unseen.id)`,
        )
        .join(' and ')}
      order by seen_on, id`,
    remove: [
      'delete from people_chats where person = any($1::text[])',
      'delete from people where id = any($1::text[])',
    ],
  },
};

/**
 * Removes at most so many rows of a kind whose time was over before an instant, with what hangs on them; how many.
 * In the caller's transaction.
 */
export async function eraseOver(
  client: Connection,
  kind: ShortLived,
  before: string,
  most: number,
): Promise<number> {
  const { find, lock, remove } = ways[kind];
  const { rows } = await client.query<{ id: string }>(
    `${find} limit $2 ${lock ? `for update of ${lock} skip locked` : ''}`,
    [before, most],
  );
  const ids = rows.map(({ id }) => id);
  for (const statement of ids.length === 0 ? [] : remove) await client.query(statement, [ids]);
  return ids.length;
}
