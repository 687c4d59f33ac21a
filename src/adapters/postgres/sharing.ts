import { z } from 'zod';
import { reviewIdSchema } from '../../core/ids.js';
import { reviewStateSchema } from '../../core/review.js';
import type { SharedCase, Sharing } from '../../flows/ports.js';
import { ownFault } from '../log.js';
import { appendAudit } from './audit.js';
import { parseRow } from './parse-row.js';
import { inTransaction, type StorePool, withClient } from './pool.js';
import { storedShareSchema } from './review-row.js';
import { openShare, placeOfEndNote, placeOfLimits } from './sealed-share.js';

/** A share as JSON, of `shares s left join share_ends e`. What is null is left out. */
export const shareJson = `json_strip_nulls(json_build_object(
  'id', s.id, 'with', s.advocate, 'by', s.shared_by, 'at', s.shared_at,
  'agreement', json_build_object(
    'on', s.agreed_on, 'way', s.agreed_way, 'parts', s.parts, 'limits', s.limits, 'until', s.until),
  'ended', case when e.share_id is not null then json_build_object(
    'by', e.ended_by, 'at', e.ended_at, 'why', e.why, 'note', e.note) end
))`;

const sharedRow = z
  .object({
    id: reviewIdSchema,
    case_ref: z.string(),
    version: z.int(),
    submitted_at: z.date(),
    state: reviewStateSchema,
    share: storedShareSchema,
  })
  .transform(
    (row): SharedCase => ({
      review: row.id,
      caseRef: row.case_ref,
      version: row.version,
      submittedAt: row.submitted_at.toISOString(),
      state: row.state,
      share: row.share,
    }),
  );

/** In the words of a share, as in those of its end. */
const mostLetters = 2_000;

/** Shares kept in PostgreSQL or the embedded store. */
export function makeSharing(pool: StorePool): Sharing {
  return {
    share: (caseId, share, today, audit) =>
      inTransaction(pool, async (client) => {
        const { id, by, at, agreement } = share;
        const { on, way, parts, limits, until } = agreement;
        const kept =
          limits === undefined ? null : pool.sealing.seal(limits, placeOfLimits(id), mostLetters);
        const { rowCount } = await client.query(
          `insert into shares
             (id, case_id, advocate, shared_by, shared_at, shared_on,
              agreed_on, agreed_way, parts, limits, until)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
          [...[id, caseId, share.with, by, at, today], ...[on, way, parts, kept, until ?? null]],
        );
        if (rowCount === 0) return 'already';
        await appendAudit(client, { at, by, caseId, ...audit });
        return 'shared';
      }),
    end: (caseId, share, { by, at, why, note }, audit) =>
      inTransaction(pool, async (client) => {
        const place = placeOfEndNote(share.id);
        const kept = note === undefined ? null : pool.sealing.seal(note, place, mostLetters);
        const { rows } = await client.query<{ is_new: boolean }>(
          `with ended as (
             insert into share_ends (share_id, advocate, ended_by, ended_at, why, note)
             select id, advocate, $3, $4, $5, $6 from shares where id = $1 and case_id = $2
             on conflict (share_id) do nothing returning share_id
           )
           select exists (select 1 from ended) as is_new from shares where id = $1 and case_id = $2`,
          [share.id, caseId, by, at, why, kept],
        );
        if (!rows[0]) throw ownFault(`ending share ${share.id}: case ${caseId} has none such`);
        if (!rows[0].is_new) return 'already';
        await appendAudit(client, { at, by, caseId, ...audit });
        return 'ended';
      }),
    listWith: async (advocate, today) => {
      const { rows } = await withClient(pool, (client) =>
        client.query<{ id: string; share: unknown }>(
          `select r.id, r.case_ref, r.version, r.submitted_at, r.state, ${shareJson} as share
           from shares s
           join reviews r on r.case_id = s.case_id
           left join share_ends e on e.share_id = s.id
           where s.advocate = $1 and is_live(s, $2) and not is_barred(s.case_id, s.advocate)
           order by s.made desc`,
          [advocate, today],
        ),
      );
      return rows.map((row) =>
        parseRow(
          sharedRow,
          { ...row, share: openShare(pool.sealing, row.share) },
          'shares',
          row.id,
        ),
      );
    },
  };
}
