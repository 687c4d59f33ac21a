import { z } from 'zod';
import { commitmentKindSchema, type DoneMark } from '../../core/commitments.js';
import {
  type CaseId,
  caseIdSchema,
  daySchema,
  reviewIdSchema,
  userIdSchema,
} from '../../core/ids.js';
import { lineKeySchema } from '../../core/review.js';
import type { Commitments, KeptCommitment } from '../../flows/ports.js';
import { appendAudit } from './audit.js';
import { visibleTo } from './list-reviews.js';
import { parseRow } from './parse-row.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';
import type { Place, Sealing } from './sealing.js';

const row = z
  .object({
    key: z.string(),
    case_id: caseIdSchema,
    case_ref: z.string(),
    review_id: reviewIdSchema,
    kind: commitmentKindSchema,
    what: z.string(),
    who: z.string().nullable(),
    recorded_by: userIdSchema,
    owner: userIdSchema,
    line: lineKeySchema,
    by_day: daySchema.nullable(),
    by_precision: z.enum(['exact', 'about', 'month', 'year', 'before']).nullable(),
    done_at: z.date().nullable(),
    done_by: userIdSchema.nullable(),
    note: z.string().nullable(),
  })
  .transform((given): KeptCommitment => {
    const { by_day: day, by_precision: precision, done_at: at, done_by: by, note } = given;
    return {
      key: given.key,
      kind: given.kind,
      what: given.what,
      who: given.who,
      recordedBy: given.recorded_by,
      by: day === null || precision === null ? null : { day, precision },
      line: given.line,
      caseId: given.case_id,
      caseRef: given.case_ref,
      review: given.review_id,
      owner: given.owner,
      ...(at && by && note !== null ? { done: { at: at.toISOString(), by, note } } : {}),
    };
  });

/** Days as text: the driver would make an instant of them, in the zone of the machine. */
const columns = `c.key, c.case_id, k.ref as case_ref, c.review_id, c.kind, c.what, c.who, c.recorded_by, c.owner, c.line,
  c.by_day::text as by_day, c.by_precision, c.done_at, c.done_by, c.note`;

/** Commitments kept in PostgreSQL or the embedded store. */
export function makeCommitmentStore(pool: StorePool): Commitments {
  const list = (which: string, values: readonly unknown[]) =>
    withClient(pool, (client) => listRows(client, pool.sealing, which, values));
  return {
    keep: (caseId, commitments) =>
      inTransaction(pool, (client) => keep(client, pool.sealing, caseId, commitments)),
    listDone: async (caseId) => {
      const rows = await list('c.case_id = $1 and c.done_at is not null', [caseId]);
      return new Map(rows.flatMap(({ key, done }) => (done ? [[key, done] as const] : [])));
    },
    list: (now, limit, sees) => {
      const values: unknown[] = [now, limit];
      const visible = visibleTo(sees, 'c.case_id', (value) => `$${values.push(value)}`);
      return list(
        `(c.done_at is null or c.done_at >= $1::timestamptz - interval '30 days') and ${visible}
         order by c.done_at is not null, c.by_day nulls last, c.key limit $2`,
        values,
      );
    },
    find: async (key) => (await list('c.key = $1', [key]))[0],
    close: (key, done, audit) =>
      inTransaction(pool, (client) => close(client, pool.sealing, key, done, audit)),
  };
}

/** Where words of a commitment stand. */
const placeOf = (column: 'what' | 'who' | 'note', key: string): Place => ({
  table: 'commitments',
  column,
  row: key,
});

type SealedRow = {
  readonly key: string;
  readonly what: string;
  readonly who: string | null;
  readonly note: string | null;
};

function openRow(sealing: Sealing, given: SealedRow): SealedRow {
  const open = (column: 'what' | 'who' | 'note', text: string) =>
    sealing.open(text, placeOf(column, given.key));
  return {
    ...given,
    what: open('what', given.what),
    who: given.who === null ? null : open('who', given.who),
    note: given.note === null ? null : open('note', given.note),
  };
}

async function listRows(
  client: Connection,
  sealing: Sealing,
  which: string,
  values: readonly unknown[],
): Promise<readonly KeptCommitment[]> {
  const { rows } = await client.query<SealedRow>(
    `select ${columns} from commitments c join cases k on k.id = c.case_id where ${which}`,
    [...values],
  );
  return rows.map((one) => parseRow(row, openRow(sealing, one), 'commitments', one.key));
}

async function keep(
  client: Connection,
  sealing: Sealing,
  caseId: CaseId,
  commitments: readonly KeptCommitment[],
): Promise<readonly KeptCommitment[]> {
  // Whoever keeps those of one case waits here for whoever was first, and then sees what they left.
  await client.query('select hold_case($1)', [caseId]);
  const open = await listRows(client, sealing, 'c.case_id = $1 and c.done_at is null', [caseId]);
  await client.query('delete from commitments where key = any($1) and done_at is null', [
    open.map(({ key }) => key),
  ]);
  for (const one of commitments) {
    const { key } = one;
    const what = sealing.seal(one.what, placeOf('what', key));
    const who = one.who === null ? null : sealing.seal(one.who, placeOf('who', key));
    // One that was closed meanwhile stays as it was closed.
    await client.query(
      `insert into commitments
         (key, case_id, review_id, kind, what, who, recorded_by, owner, line, by_day, by_precision)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (force, key) do nothing`,
      [
        ...[key, caseId, one.review, one.kind, what, who, one.recordedBy, one.owner],
        ...[one.line, one.by?.day ?? null, one.by?.precision ?? null],
      ],
    );
  }
  return open;
}

async function close(
  client: Connection,
  sealing: Sealing,
  key: string,
  { by, at, note }: DoneMark,
  audit: Parameters<Commitments['close']>[2],
): ReturnType<Commitments['close']> {
  const { rows } = await client.query<{ case_id: string }>(
    `update commitments set done_at = $2, done_by = $3, note = $4
     where key = $1 and done_at is null returning case_id`,
    [key, at, by, sealing.seal(note, placeOf('note', key))],
  );
  if (!rows[0]) return 'already';
  await appendAudit(client, { at, by, caseId: caseIdSchema.parse(rows[0].case_id), ...audit });
  return 'closed';
}
