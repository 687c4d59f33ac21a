import { z } from 'zod';
import { caseIdSchema, userIdSchema } from '../../core/ids.js';
import type { Audit, AuditEntry, AuditRecord } from '../../flows/ports.js';
import { parseRow } from './parse-row.js';
import { type Connection, type StorePool, withClient } from './pool.js';
import { type Noted, verifyAudit } from './verify-audit.js';

const auditRow = z
  .object({
    // The driver gives 64 bits as text.
    seq: z.coerce.number().int(),
    at: z.date(),
    who: userIdSchema,
    what: z.string(),
    case_id: caseIdSchema.nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    hash: z.string(),
  })
  .transform(
    ({ seq, at, who, what, case_id, detail, hash }): AuditRecord => ({
      ...{ seq, at: at.toISOString(), by: who, what, caseId: case_id, detail, hash },
    }),
  );

/** Names the event of a review that an entry was written with. */
export type ReviewPlace = { readonly review: string; readonly seq: number };

/** The audit kept in PostgreSQL or the embedded store; `search` gives the newest first. */
export function makeAudit(pool: StorePool) {
  const list = (which: string, values: readonly unknown[]) =>
    withClient(pool, async (client) => {
      const { rows } = await client.query<{ seq: string }>(
        `select seq, at, who, what, case_id, detail, hash from audit where ${which}`,
        [...values],
      );
      return rows.map((row) => parseRow(auditRow, row, 'audit', row.seq));
    });
  return {
    record: (entry) => withClient(pool, (client) => appendAudit(client, entry)),
    listCase: (caseId) => list('case_id = $1 order by seq', [caseId]),
    search: ({ by, what, from, to, except = [] }, limit) =>
      list(
        `($1::text is null or who = $1) and ($2::text is null or what = $2)
         and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
         and (case_id is null or case_id <> all ($6::uuid[]))
         order by seq desc limit $5`,
        [by ?? null, what ?? null, from ?? null, to ?? null, limit, except],
      ),
    verify: (noted?: Noted) => verifyAudit(pool, noted),
  } satisfies Audit;
}

/**
 * Appends an entry; where it stands and its hash are worked out by the store. Last in a transaction, since the end of
 * the chain is held until the commit.
 */
export async function appendAudit(
  client: Connection,
  { at, by, what, caseId, detail }: AuditEntry,
  place?: ReviewPlace,
): Promise<void> {
  await client.query(
    `insert into audit (at, who, what, case_id, detail, review_id, review_seq)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [at, by, what, caseId, JSON.stringify(detail), place?.review ?? null, place?.seq ?? null],
  );
}
