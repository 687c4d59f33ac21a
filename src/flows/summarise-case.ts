import { dayOf } from '../core/days.js';
import type { ScreeningId, UserId } from '../core/ids.js';
import { type DraftedSummary, type DraftParts, makeDraftCase } from './draft-case.js';
import type { Cases, Clock, Screenings } from './ports.js';

export type SummariseCase = (
  screening: ScreeningId,
  by: UserId,
) => Promise<DraftedSummary | undefined>;

type Parts = DraftParts & {
  readonly screenings: Screenings;
  readonly cases: Cases;
  readonly clock: Clock;
};

/**
 * Drafts the summary of the case a screening belongs to and records who looked at it; undefined when this person
 * may not work on the case.
 */
export function makeSummariseCase(parts: Parts): SummariseCase {
  const { screenings, cases, clock } = parts;
  const draft = makeDraftCase(parts);
  return async (id, by) => {
    const screening = await screenings.find(id);
    if (!screening?.people.includes(by)) return undefined;
    const { caseId } = screening;
    const now = clock();
    await cases.recordRead({ caseId, by, at: now.toISOString(), what: 'summary' });
    return draft(await screenings.listCase(caseId), dayOf(now), [by]);
  };
}
