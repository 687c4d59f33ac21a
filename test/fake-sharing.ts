import type { CaseId } from '../src/core/ids.js';
import { isLive, type Share, shareSchema } from '../src/core/sharing.js';
import type { Audit, Reviews, Sharing } from '../src/flows/ports.js';

/** With whom each case is or was shared, oldest first; read by the fake reviews and written by the fake sharing. */
export type CaseShares = Map<CaseId, readonly Share[]>;

/** Shares kept in memory. */
export function makeFakeSharing(
  shares: CaseShares,
  audit: Audit,
  reviews: Pick<Reviews, 'findOfCase' | 'list'>,
): Sharing {
  const of = (caseId: CaseId) => shares.get(caseId) ?? [];
  return {
    share: async (caseId, given, today, note) => {
      const share = shareSchema.parse({ ...given, at: new Date(given.at).toISOString() });
      const { on, until } = share.agreement;
      if (on > today || (until && until < today) || share.with === share.by)
        throw new Error('sharing a case: refused');
      if (of(caseId).some((one) => one.with === share.with && isLive(one, today))) return 'already';
      shares.set(caseId, [...of(caseId), share]);
      await audit.record({ at: share.at, by: share.by, caseId, ...note });
      return 'shared';
    },
    end: async (caseId, { id }, ended, note) => {
      const found = of(caseId).find((one) => one.id === id);
      if (!found) throw new Error('ending a share: the case has none such');
      if (
        (ended.why === 'left') !== (ended.by === found.with) ||
        (ended.why === 'other' && !ended.note)
      )
        throw new Error('ending a share: refused');
      if (found.ended) return 'already';
      const over = shareSchema.parse({ ...found, ended });
      shares.set(
        caseId,
        of(caseId).map((one) => (one.id === id ? over : one)),
      );
      await audit.record({ at: ended.at, by: ended.by, caseId, ...note });
      return 'ended';
    },
    listWith: async (advocate, today) => {
      const listed = [...shares].flatMap(([caseId, all]) =>
        all
          .filter((share) => share.with === advocate && isLive(share, today))
          .map((share) => ({ caseId, share })),
      );
      const cases = await Promise.all(
        listed.map(async ({ caseId, share }) => {
          const review = await reviews.findOfCase(caseId);
          if (review?.barred.includes(advocate)) return [];
          const rows = await Promise.all(
            (['waiting', 'returned', 'approved'] as const).map((state) =>
              reviews.list({ state, sort: 'oldest', page: 1 }, share.at),
            ),
          );
          const row = rows.flatMap((page) => page.rows).find(({ id }) => id === review?.id);
          return row ? [{ ...rowOf(row), share }] : [];
        }),
      );
      return cases.flat().toReversed();
    },
  };
}

type Row = Awaited<ReturnType<Reviews['list']>>['rows'][number];

function rowOf({ id, caseRef, version, submittedAt, state }: Row) {
  return { review: id, caseRef, version, submittedAt, state };
}
