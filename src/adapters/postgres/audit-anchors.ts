import { z } from 'zod';
import { userIdSchema } from '../../core/ids.js';
import type { Anchor } from '../../core/retention.js';
import { parseRow } from './parse-row.js';
import type { Connection } from './pool.js';

/** Where entries were removed from the beginning of the audit, and whether that was done in order. */

const anchorRow = z
  .object({
    ...{ seq: z.coerce.number(), hash: z.string(), removed: z.coerce.number() },
    ...{ pruned_at: z.date(), pruned_by: userIdSchema },
  })
  .transform(
    ({ pruned_at, pruned_by, ...row }): Anchor => ({
      ...{ ...row, at: pruned_at.toISOString(), by: pruned_by },
    }),
  );

/** The anchors of the connection's force, the newest last. */
export async function listAnchors(client: Connection): Promise<readonly Anchor[]> {
  const { rows } = await client.query<{ seq: string }>(
    `select seq, hash, removed, pruned_at, pruned_by from audit_anchors
     where force = current_force() order by seq`,
  );
  return rows.map((row) => parseRow(anchorRow, row, 'audit_anchors', row.seq));
}

/** An anchor that does not go on from the one before it, or whose removal no entry tells of, was put in by hand. */
export async function findPlanted(
  client: Connection,
  anchors: readonly Anchor[],
): Promise<{ readonly seq: number; readonly why: string } | undefined> {
  for (const [i, { seq, removed }] of anchors.entries())
    if (seq - removed !== (anchors[i - 1]?.seq ?? 0))
      return { seq, why: 'the anchor in its place does not follow the one before it' };
  const newest = anchors.at(-1);
  if (!newest) return undefined;
  // Of the anchors before it the entries may be gone by now.
  const { rowCount } = await client.query(
    `select 1 from audit where force = current_force() and what = 'audit-pruned'
       and detail ->> 'through' = $1 and detail ->> 'hash' = $2`,
    [String(newest.seq), newest.hash],
  );
  if (rowCount) return undefined;
  return { seq: newest.seq, why: 'the entries up to it were removed and no entry tells of that' };
}
