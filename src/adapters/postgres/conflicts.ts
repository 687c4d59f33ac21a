import { z } from 'zod';
import { type Conflict, conflictSchema } from '../../core/conflicts.js';
import { caseIdSchema } from '../../core/ids.js';
import type { Conflicts } from '../../flows/ports.js';
import { appendAudit } from './audit.js';
import { parseRow } from './parse-row.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';

const instant = z.date().transform((at) => at.toISOString());

const conflictRow = z
  .object({
    ...{ number: z.coerce.number(), person: z.string(), named_by: z.string(), named_at: instant },
    ...{ why: z.string(), record: z.string().nullable() },
    ...{ lifted_by: z.string().nullable(), lifted_at: instant.nullable() },
    ...{ lifted_why: z.string().nullable(), lifted_record: z.string().nullable() },
  })
  .transform(({ number, person, named_by: by, named_at: at, why, record, ...row }) => {
    const { lifted_by, lifted_at, lifted_why, lifted_record } = row;
    const lifted = { by: lifted_by, at: lifted_at, why: lifted_why, record: lifted_record };
    return { number, person, by, at, why, record, ...(lifted_at === null ? {} : { lifted }) };
  })
  .pipe(conflictSchema);

/** Conflicts of interest kept in PostgreSQL or the embedded store. Who is kept out is asked by `is_barred` as well. */
export function makeConflicts(pool: StorePool): Conflicts {
  return {
    name: (caseId, { person, by, at, why, record }) =>
      changing(pool, async (client) => {
        const { rows } = await client.query<{ number: string }>(
          `insert into conflicts (case_id, person, named_by, named_at, why, record)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (force, case_id, person) where lifted_at is null do nothing returning number`,
          [caseId, person, by, at, why, record],
        );
        if (!rows[0]) return 'already';
        const isOwn = person === by;
        await appendAudit(client, {
          what: isOwn ? 'conflict-declared' : 'conflict-named',
          detail: { ...noted(person, why, record), conflict: Number(rows[0].number) },
          ...{ at, by, caseId },
        });
        return 'named';
      }),
    lift: (caseId, { number, person }, { by, at, why, record }) =>
      changing(pool, async (client) => {
        const { rowCount } = await client.query(
          `update conflicts set lifted_by = $3, lifted_at = $4, lifted_why = $5, lifted_record = $6
           where case_id = $1 and number = $2 and lifted_at is null`,
          [caseId, number, by, at, why, record],
        );
        if (rowCount === 0) return 'already';
        const detail = { ...noted(person, why, record), conflict: number };
        await appendAudit(client, { at, by, what: 'conflict-lifted', caseId, detail });
        return 'lifted';
      }),
    listCase: (caseId) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<{ number: string }>(
          'select * from conflicts where case_id = $1 order by number',
          [caseId],
        );
        return rows.map((row) => parseRow(conflictRow, row, 'conflicts', row.number));
      }),
    isBarred: (caseId, person) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<{ is_barred: boolean }>(
          'select is_barred($1, $2) as is_barred',
          [caseId, person],
        );
        return rows[0]?.is_barred ?? true;
      }),
    closedTo: (person) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<{ case_id: string }>(
          'select case_id from conflicts where person = $1 and lifted_at is null',
          [person],
        );
        return rows.map(({ case_id }) => caseIdSchema.parse(case_id));
      }),
  };
}

/** What the audit says of one: codes only. `conflictOf` is how it is kept from whom it concerns. */
function noted(
  person: Conflict['person'],
  why: string,
  record: string | null,
): Readonly<Record<string, string>> {
  return { conflictOf: person, why, ...(record === null ? {} : { record }) };
}

/** In a transaction after which no screening is remembered; other instances hear of it from the store. */
async function changing<Result>(
  pool: StorePool,
  run: (client: Connection) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(pool, run);
  } finally {
    pool.sayRemoved();
  }
}
