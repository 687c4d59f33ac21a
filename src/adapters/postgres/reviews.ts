import { type CaseId, type ReviewId, reviewIdSchema } from '../../core/ids.js';
import type { Review, ReviewEvent } from '../../core/review.js';
import type { AuditNote, NewNotice, ReviewFacts, Reviews } from '../../flows/ports.js';
import { ownFault } from '../log.js';
import { appendAudit } from './audit.js';
import { countEvent } from './counted.js';
import { listReviews } from './list-reviews.js';
import { putNotices } from './notices.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';
import { placeOfHandedTo, placeOfReviewAct, toReview, toReviewEvent } from './review-row.js';
import { sealAct } from './sealed-act.js';
import type { Sealing } from './sealing.js';
import { shareJson } from './sharing.js';

/** Each try but the first is lost only to a change somebody else saved; so many in a row are no such race. */
const mostTries = 100;

/**
 * Reviews kept in PostgreSQL or the embedded store. A change is decided on what was read and saved only where that
 * still is all there is; an event, the facts of the queue, the audit's entry and the notices are one transaction.
 */
export function makeReviews(pool: StorePool): Reviews {
  const find = (id: ReviewId) => readOne(pool, 'r.id = $1', id);
  return {
    find,
    findOfCase: (caseId) => readOne(pool, 'r.case_id = $1', caseId),
    open: (review, first, facts, audit, notices) =>
      inTransaction(pool, (client) =>
        open(client, pool.sealing, review, { event: first, facts, audit, notices }),
      ),
    change: async (id, change) => {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const review = await find(id);
        if (!review) return undefined;
        const { save, result } = change(review);
        if (!save) return result;
        const appended = await append(pool, review, save);
        if (appended === 'saved') return result;
        if (appended === 'case-moved') return appended;
      }
      throw ownFault(`changing review ${id}: others were faster ${mostTries} times`);
    },
    list: (query, now, sees) =>
      withClient(pool, (client) => listReviews(client, pool.sealing, query, now, sees)),
  };
}

type Save = {
  readonly event: ReviewEvent;
  readonly facts: ReviewFacts;
  readonly audit: AuditNote;
  readonly notices?: readonly NewNotice[] | undefined;
  readonly caseSeen?: number;
};

const factColumns = `state, version, submitted_at, decided_at, author, handed_to_id, handed_to, team, scripts,
  red, amber, is_incomplete, check_date, order_ends`;

/** In a name. */
const mostLetters = 1_000;

function factValues(sealing: Sealing, review: string, facts: ReviewFacts): readonly unknown[] {
  const { handedTo } = facts;
  const handed =
    handedTo === null ? null : sealing.seal(handedTo, placeOfHandedTo(review), mostLetters);
  return [
    ...[facts.state, facts.version, facts.submittedAt, facts.decidedAt, facts.author],
    ...[facts.handedToId, handed, facts.team, facts.scripts, facts.red, facts.amber],
    ...[facts.isIncomplete, facts.checkDate, facts.orderEnds],
  ];
}

const places = (from: number, values: readonly unknown[]) =>
  values.map((_, at) => `$${from + at}`).join(', ');

async function open(
  client: Connection,
  sealing: Sealing,
  review: Parameters<Reviews['open']>[0],
  save: Save,
): ReturnType<Reviews['open']> {
  if (save.event.seq !== 1) throw ownFault(`opening review ${review.id}: not with its first event`);
  const values = factValues(sealing, review.id, save.facts);
  const { rowCount } = await client.query(
    `insert into reviews (id, case_id, case_ref, events, ${factColumns})
     values ($1, $2, $3, 1, ${places(4, values)}) on conflict (case_id) do nothing`,
    [review.id, review.caseId, review.caseRef, ...values],
  );
  if (rowCount === 1) {
    await record(client, sealing, review, save);
    return { kind: 'opened', id: review.id };
  }
  const { rows } = await client.query<{ id: string }>('select id from reviews where case_id = $1', [
    review.caseId,
  ]);
  return { kind: 'already', id: reviewIdSchema.parse(rows[0]?.id) };
}

/** Nothing is saved when the review is no longer as it was handed in, or its case holds more than was seen. */
async function append(
  pool: StorePool,
  review: Review,
  save: Save,
): Promise<'saved' | 'overtaken' | 'case-moved'> {
  const before = review.events.length;
  if (save.event.seq !== before + 1)
    throw ownFault(`saving event ${save.event.seq} of review ${review.id}: it has ${before}`);
  const values = factValues(pool.sealing, review.id, save.facts);
  return inTransaction(pool, async (client) => {
    const { caseSeen } = save;
    if (caseSeen !== undefined && (await sizeOf(client, review.caseId)) !== caseSeen)
      return 'case-moved';
    // Whoever comes second waits here for the first, and then meets another number.
    const { rowCount } = await client.query(
      `update reviews set (events, ${factColumns}) = ($2::integer + 1, ${places(3, values)})
       where id = $1 and events = $2`,
      [review.id, before, ...values],
    );
    if (rowCount === 0) return 'overtaken';
    await record(client, pool.sealing, review, save);
    return 'saved';
  });
}

/** As `sizeOfCase` counts it. */
async function sizeOf(client: Connection, caseId: CaseId): Promise<number> {
  const { rows } = await client.query<{ size: number }>(
    `select count(*)::integer + coalesce(sum((
       select count(*) from screening_events e where e.screening_id = s.id
     )), 0)::integer as size from screenings s where s.case_id = $1`,
    [caseId],
  );
  return rows[0]?.size ?? 0;
}

async function record(
  client: Connection,
  sealing: Sealing,
  { id, caseId }: Pick<Review, 'id' | 'caseId'>,
  { event: given, facts, audit, notices }: Save,
): Promise<void> {
  const event = toReviewEvent(id, given, given.seq);
  const { seq, at, by } = event;
  const { act, digest } = sealAct(sealing, event.act, placeOfReviewAct(id, seq));
  await client.query(
    `insert into review_events (review_id, seq, acted_at, acted_by, act, digest)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, seq, at, by, act, digest],
  );
  await countEvent(client, sealing, id, event, facts.team);
  if (notices) await putNotices(client, notices);
  await appendAudit(client, { at, by, caseId, ...audit }, { review: id, seq });
}

async function readOne(pool: StorePool, which: string, value: string): Promise<Review | undefined> {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ id: string }>(
      `select r.id, r.case_id, r.case_ref,
         array(
           select person from case_people p where p.case_id = r.case_id order by let_in
         ) as people,
         array(
           select person from conflicts c
           where c.case_id = r.case_id and c.lifted_at is null order by number
         ) as barred,
         (
           select coalesce(json_agg(${shareJson} order by s.made), '[]')
           from shares s left join share_ends e on e.share_id = s.id where s.case_id = r.case_id
         ) as shares,
         -- One text of JSON: an array of them is taken apart letter by letter.
         (
           select coalesce(json_agg(
             json_build_object('seq', seq, 'at', acted_at, 'by', acted_by, 'act', act) order by seq
           ), '[]') from review_events e where e.review_id = r.id
         ) as events
       from reviews r where ${which}`,
      [value],
    ),
  );
  return rows[0] && toReview(pool.sealing, rows[0]);
}
