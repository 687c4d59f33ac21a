import { dayOf } from '../core/days.js';
import type { CaseId, ScreeningId, UserId } from '../core/ids.js';
import { findStartable, type Knowledge } from '../core/knowledge.js';
import type { Screening } from '../core/screening.js';
import type { Clock, Screenings } from './ports.js';

export type StartScreening = (start: {
  readonly script: string;
  readonly by: UserId;
  /** Goes on with a case; absent: a new one. */
  readonly caseOf?: Pick<Screening, 'caseId' | 'caseRef'>;
  /** The activity that asked for it, so that a repeat begins nothing twice. */
  readonly activityId: string;
}) => Promise<
  | { readonly kind: 'started' | 'already'; readonly id: ScreeningId }
  | { readonly kind: 'no-such-script' }
  /** The permission to use a force's instrument has ended. */
  | { readonly kind: 'expired'; readonly title: string; readonly expiredOn: string }
>;

export type NewIds = {
  readonly screening: () => ScreeningId;
  readonly case: () => CaseId;
  /** A short name of a case that can be read out: no letters or digits that sound or look alike. */
  readonly caseRef: () => string;
};

/** Begins a screening with the newest released version of a script. */
export function makeStartScreening(
  knowledge: Knowledge,
  screenings: Screenings,
  clock: Clock,
  newIds: NewIds,
): StartScreening {
  return async ({ script: name, by, caseOf, activityId }) => {
    const now = clock();
    const found = findStartable(knowledge, name, dayOf(now));
    if (found.kind === 'no-such-script') return found;
    const { script } = found;
    if (found.kind === 'expired')
      return { kind: 'expired', title: script.title, expiredOn: found.expiredOn };
    return screenings.start({
      id: newIds.screening(),
      caseId: caseOf?.caseId ?? newIds.case(),
      caseRef: caseOf?.caseRef ?? newIds.caseRef(),
      script: script.name,
      version: script.version,
      startedBy: by,
      startedAt: now.toISOString(),
      activityId,
    });
  };
}
