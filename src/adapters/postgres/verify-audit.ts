import type { Anchor } from '../../core/retention.js';
import { findPlanted, listAnchors } from './audit-anchors.js';
import { type Connection, type StorePool, withClient } from './pool.js';
import type { Sealing } from './sealing.js';
import { type Altered, areActsAsHashed, findAltered } from './verify-acts.js';

/**
 * Proves the audit whole: every entry is the one its hash was made of, follows the one before, and tells of events
 * that still are what they were. What it cannot see is a chain rewritten from some entry to the end by somebody who
 * owns the tables: for that the newest entry has to be noted elsewhere, and be asked for. Where entries that were over
 * were removed from its beginning (`prune_audit`), what is left is proved from that anchor on.
 *
 * Over 200 lines: each way of being broken stands beside the others.
 */

/** An entry as it was noted elsewhere at an earlier time. */
export type Noted = { readonly seq: number; readonly hash: string };

export type Verified =
  /**
   * `anchor`: the newest, where entries were removed. `isNotedRemoved`: so was the one that was noted, which cannot be
   * compared.
   */
  | {
      readonly kind: 'whole';
      readonly entries: number;
      readonly head: Noted;
      readonly anchor?: Anchor;
      readonly isNotedRemoved?: boolean;
    }
  | { readonly kind: 'broken'; readonly seq: number; readonly why: string };

type Broken = Extract<Verified, { kind: 'broken' }>;

/** Entries looked at by one statement: well below its time limit even where each proves a long screening. */
const entriesAtOnce = 500;

const start: Noted = { seq: 0, hash: '0'.repeat(64) };

type Row = {
  readonly seq: string;
  readonly prev_hash: string;
  readonly hash: string;
  readonly own_hash: string;
  readonly case_id: string | null;
  readonly review_id: string | null;
  readonly review_seq: number | null;
  readonly event_hash: string | null;
  /** How many events each screening of the case had. */
  readonly screenings: Readonly<Record<string, number>> | null;
  readonly screenings_hash: string | null;
  /** Null where the entry tells of none, or hashed the acts themselves. */
  readonly is_event_same: boolean | null;
  readonly are_screenings_same: boolean | null;
  /** Its case was deleted, as its tombstone says: what the entry tells of is gone. */
  readonly is_erased: boolean;
};

/** Whole, or the first entry that is missing, altered, out of place, or no longer true of what it tells of. */
export function verifyAudit(pool: StorePool, noted?: Noted): Promise<Verified> {
  return withClient(pool, async (client) => {
    for (;;) {
      const anchors = await listAnchors(client);
      const verified = await verifyFrom(client, pool.sealing, anchors, noted);
      // Where entries were removed meanwhile, they only seem to be missing.
      if ((await listAnchors(client)).length === anchors.length) return verified;
    }
  });
}

async function verifyFrom(
  client: Connection,
  sealing: Sealing,
  anchors: readonly Anchor[],
  noted: Noted | undefined,
): Promise<Verified> {
  const anchor = anchors.at(-1);
  const isRemoved = noted !== undefined && noted.seq > 0 && noted.seq <= (anchor?.seq ?? 0);
  const kept = anchors.find(({ seq }) => seq === noted?.seq);
  if (kept && kept.hash !== noted?.hash) return { kind: 'broken', seq: kept.seq, why: whys.noted };
  const planted = await findPlanted(client, anchors);
  if (planted) return { kind: 'broken', ...planted };
  const end = await readEnd(client);
  let last: Noted = anchor ?? start;
  const altered = await findAltered(client, sealing);
  let isNoted = noted === undefined || noted.seq === 0 || isRemoved;
  for (;;) {
    const rows = await readAfter(client, last.seq, end);
    const broken = findBroken(rows, last, altered, noted);
    if (broken) return broken;
    for (const row of rows.filter((one) => Number(one.seq) <= end.actsUntil && !one.is_erased)) {
      const differs = await areActsAsHashed(client, sealing, row);
      if (differs) return { kind: 'broken', seq: Number(row.seq), why: whys[differs] };
    }
    isNoted ||= rows.some(({ seq }) => Number(seq) === noted?.seq);
    const newest = rows.at(-1);
    if (!newest) break;
    last = { seq: Number(newest.seq), hash: newest.hash };
  }
  const missing = { kind: 'broken', seq: last.seq + 1, why: 'it is missing' } as const;
  if (last.seq < end.seq || !isNoted) return missing;
  if (last.hash !== end.hash)
    return { kind: 'broken', seq: last.seq, why: 'it is not the one that was written last' };
  const broken =
    (await findBeyond(client, anchor?.seq ?? 0)) ??
    (await findUnaudited(client)) ??
    (await findUnaccounted(client));
  if (broken) return broken;
  const head = { seq: last.seq, hash: last.hash };
  const entries = last.seq - (anchor?.seq ?? 0);
  if (!anchor) return { kind: 'whole', entries, head };
  return { kind: 'whole', entries, head, anchor, isNotedRemoved: isRemoved && !kept };
}

/** Up to `actsUntil` the acts themselves were hashed, and not what stands for them. */
type End = Noted & { readonly actsUntil: number };

async function readEnd(client: Connection): Promise<End> {
  const { rows } = await client.query<{ seq: string; hash: string; acts_until: string }>(
    'select seq, hash, acts_until from audit_head where force = current_force()',
  );
  const [head] = rows;
  if (!head) return { ...start, actsUntil: 0 };
  return { seq: Number(head.seq), hash: head.hash, actsUntil: Number(head.acts_until) };
}

async function readAfter(client: Connection, seq: number, end: End): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(
    `select a.seq, a.prev_hash, a.hash, audit_hash(a) as own_hash,
       a.case_id, a.review_id, a.review_seq, a.event_hash, a.screenings, a.screenings_hash,
       case when a.review_id is not null and a.seq > $4 then coalesce(a.event_hash = (
         select review_event_hash(e) from review_events e
         where e.review_id = a.review_id and e.seq = a.review_seq
       ), false) end as is_event_same,
       case when a.screenings is not null and a.seq > $4 then
         a.screenings_hash = screenings_hash(a.case_id, a.screenings)
       end as are_screenings_same,
       exists (select 1 from tombstones t where t.force = a.force and t.case_id = a.case_id)
         and not exists (select 1 from cases c where c.id = a.case_id) as is_erased
     from audit a where a.force = current_force() and a.seq > $1 and a.seq <= $2 order by a.seq limit $3`,
    [seq, end.seq, entriesAtOnce, end.actsUntil],
  );
  return rows;
}

const whys = {
  noted: 'it is not the entry that was noted',
  event: 'the event of its review was altered',
  screenings: 'the screenings of its case were altered before it',
} as const;

function findBroken(
  rows: readonly Row[],
  last: Noted,
  altered: Altered,
  noted: Noted | undefined,
): Broken | undefined {
  let before = last;
  for (const row of rows) {
    const seq = Number(row.seq);
    const broken = (why: string, at = seq) => ({ kind: 'broken', seq: at, why }) as const;
    if (seq !== before.seq + 1) return broken('it is missing', before.seq + 1);
    if (row.own_hash !== row.hash) return broken('it was altered');
    if (row.prev_hash !== before.hash) return broken('it does not follow the entry before it');
    if (noted?.seq === seq && noted.hash !== row.hash) return broken(whys.noted);
    if (!row.is_erased) {
      if (row.is_event_same === false || altered.isEvent(row.review_id, row.review_seq))
        return broken(whys.event);
      if (row.are_screenings_same === false || altered.isAmong(row.screenings))
        return broken(whys.screenings);
    }
    before = { seq, hash: row.hash };
  }
  return undefined;
}

/** In one statement, so that what is appended meanwhile is seen with its own end. */
async function findBeyond(client: Connection, removed: number): Promise<Broken | undefined> {
  const { rows } = await client.query<{ seq: string }>(
    `select seq from audit where force = current_force() and (seq <= $1 or seq > coalesce(
       (select seq from audit_head where force = current_force()), 0
     )) order by seq limit 1`,
    [removed],
  );
  const [beyond] = rows;
  if (!beyond) return undefined;
  return { kind: 'broken', seq: Number(beyond.seq), why: 'it was put in beside the chain' };
}

/** An event of a review without an entry was put in by hand; the newest entry of its review is named. */
async function findUnaudited(client: Connection): Promise<Broken | undefined> {
  const { rows } = await client.query<{ review_id: string; seq: number; after: string }>(
    `select e.review_id, e.seq,
       coalesce((select max(a.seq) from audit a where a.review_id = e.review_id), 0) as after
     from review_events e
     where not exists (
       select 1 from audit a where a.review_id = e.review_id and a.review_seq = e.seq
     )
     order by after limit 1`,
  );
  const [event] = rows;
  if (!event) return undefined;
  const why = `event ${event.seq} of review ${event.review_id} has no entry after it`;
  return { kind: 'broken', seq: Number(event.after), why };
}

/**
 * A tombstone without its entry was put in by hand, to pass off a case that was taken out. Where the entry is over and
 * was removed, all others of that case, which are older, went with it.
 */
async function findUnaccounted(client: Connection): Promise<Broken | undefined> {
  const { rows } = await client.query<{ case_id: string; after: string }>(
    `select t.case_id,
       coalesce((select max(a.seq) from audit a where a.case_id = t.case_id), 0) as after
     from tombstones t
     where t.force = current_force() and not exists (
       select 1 from audit a
       where a.case_id = t.case_id and a.what in ('case-erased', 'case-erased-again')
     ) and (
       exists (select 1 from audit a where a.case_id = t.case_id)
       or t.erased_at >= coalesce(
         (select max(over_before) from audit_anchors where force = current_force()), '-infinity'
       )
     )
     order by after limit 1`,
  );
  const [stone] = rows;
  if (!stone) return undefined;
  const why = `case ${stone.case_id} was deleted without an entry after it`;
  return { kind: 'broken', seq: Number(stone.after), why };
}
