import type { CaseId, ScreeningId, UserId } from '../core/ids.js';
import { type Knowledge, newestScript } from '../core/knowledge.js';
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
    const script = newestScript(knowledge, name);
    if (!script) return { kind: 'no-such-script' };
    return screenings.start({
      id: newIds.screening(),
      caseId: caseOf?.caseId ?? newIds.case(),
      caseRef: caseOf?.caseRef ?? newIds.caseRef(),
      script: script.name,
      version: script.version,
      startedBy: by,
      startedAt: clock().toISOString(),
      activityId,
    });
  };
}
