import { conflictOfInterest } from '../core/conflicts.js';
import { dayOf } from '../core/days.js';
import type { ReviewId } from '../core/ids.js';
import type { Review } from '../core/review.js';
import type { Action, User } from '../core/roles.js';
import { reachOn } from '../core/sharing.js';
import type { Audit, AuditEntry, Clock, Reviews } from './ports.js';

type Parts = {
  readonly reviews: Pick<Reviews, 'find'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
};

/** What every flow about a review begins with. */
export type Admit = {
  /** The review, when this person may do that with it today; else undefined, and the refusal is recorded. */
  readonly admit: (id: ReviewId, user: User, action: Action) => Promise<Review | undefined>;
  /** An entry of the audit about a review, or about none. */
  readonly record: (
    user: User,
    what: string,
    review: Pick<Review, 'caseId'> | undefined,
    detail: AuditEntry['detail'],
  ) => Promise<void>;
};

export function makeAdmit({ reviews, audit, clock }: Parts): Admit {
  const record: Admit['record'] = (user, what, review, detail) =>
    audit.record({
      at: clock().toISOString(),
      by: user.id,
      what,
      caseId: review?.caseId ?? null,
      detail,
    });
  return {
    record,
    admit: async (id, user, action) => {
      const review = await reviews.find(id);
      if (review && reachOn(user, action, review, dayOf(clock())) !== 'none') return review;
      const role = review ? 'role' : 'no-such-review';
      const why = review?.barred.includes(user.id) ? conflictOfInterest : role;
      await record(user, 'access-refused', review, { action, why });
      return undefined;
    },
  };
}
