import { isOpenTo } from '../core/conflicts.js';
import { dayOf } from '../core/days.js';
import type { ScreeningId, UserId } from '../core/ids.js';
import { isOutside } from '../core/roles.js';
import { type DraftedSummary, type DraftParts, makeDraftCase } from './draft-case.js';
import { barredEntry } from './may-work-on.js';
import type { Audit, Cases, Clock, Directory, Screenings } from './ports.js';
import { recordersOf } from './review-parts.js';

export type SummariseCase = (
  screening: ScreeningId,
  by: UserId,
) => Promise<DraftedSummary | undefined>;

type Parts = DraftParts & {
  readonly screenings: Screenings;
  readonly cases: Cases;
  readonly rolesOf: Directory['rolesOf'];
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
};

/**
 * Drafts the summary of the case a screening belongs to and records who looked at it; undefined when this person
 * may not work on the case, or others recorded some of it and their role does not reach it: what police recorded reaches
 * an advocate by a share only, on the review page.
 */
export function makeSummariseCase(parts: Parts): SummariseCase {
  const { screenings, cases, rolesOf, audit, clock } = parts;
  const draft = makeDraftCase(parts);
  return async (id, by) => {
    const screening = await screenings.find(id);
    if (screening?.barred.includes(by))
      await audit.record(barredEntry(clock, by, screening.caseId, 'read-summary'));
    if (!screening || !isOpenTo(screening, by)) return undefined;
    const { caseId } = screening;
    const all = await screenings.listCase(caseId);
    const isOwnAlone =
      all.every(({ startedBy }) => startedBy === by) && recordersOf(all).every((one) => one === by);
    // What nobody else recorded needs no directory.
    if (!isOwnAlone && isOutside(await rolesOf(by))) return undefined;
    const now = clock();
    await cases.recordRead({ caseId, by, at: now.toISOString(), what: 'summary' });
    return draft(all, dayOf(now), [by]);
  };
}
