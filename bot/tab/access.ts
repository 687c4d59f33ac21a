import { conflictOfInterest } from '../../src/core/conflicts.js';
import { dayOf } from '../../src/core/days.js';
import { reviewIdSchema } from '../../src/core/ids.js';
import type { Review } from '../../src/core/review.js';
import { type Action, type Reach, reachOf, type User } from '../../src/core/roles.js';
import { reachOn } from '../../src/core/sharing.js';
import type { Audit, Clock, Reviews } from '../../src/flows/ports.js';

/** Whether somebody may do something here, by the table in `roles.ts`; every refusal is written to the audit first. */
export type Access = {
  /** To a list: `reach` says how much of it. */
  readonly toList: (
    by: User,
    action: Action,
  ) => Promise<
    { readonly kind: 'allowed'; readonly reach: Reach } | { readonly kind: 'not-allowed' }
  >;
  /**
   * To one review. `not-allowed`: no such role ever may; `not-found`: this review is not theirs, is closed to them, or
   * there is none;
   * `no-longer-shared`: it was shared with them, which they know, and is no more.
   */
  readonly toReview: (
    by: User,
    action: Action,
    id: string,
  ) => Promise<
    | { readonly kind: 'allowed'; readonly review: Review }
    | { readonly kind: 'not-allowed' | 'not-found' | 'no-longer-shared' }
  >;
};

export function makeAccess(
  reviews: Pick<Reviews, 'find'>,
  audit: Pick<Audit, 'record'>,
  clock: Clock,
): Access {
  const refused = (by: User, action: Action, why: string, review?: Review) =>
    audit.record({
      at: clock().toISOString(),
      by: by.id,
      what: 'access-refused',
      caseId: review?.caseId ?? null,
      detail: { action, why },
    });
  return {
    toList: async (by, action) => {
      const reach = reachOf(by.roles, action);
      if (reach !== 'none') return { kind: 'allowed', reach };
      await refused(by, action, 'role');
      return { kind: 'not-allowed' };
    },
    toReview: async (by, action, id) => {
      const reach = reachOf(by.roles, action);
      // Looked up before anything is decided, so that the history of a case holds who was kept from it.
      const parsed = reviewIdSchema.safeParse(id);
      const review = parsed.success ? await reviews.find(parsed.data) : undefined;
      if (reach === 'none') {
        await refused(by, action, 'role', review);
        return { kind: 'not-allowed' };
      }
      if (review && reachOn(by, action, review, dayOf(clock())) !== 'none')
        return { kind: 'allowed', review };
      if (review?.barred.includes(by.id)) {
        await refused(by, action, conflictOfInterest, review);
        return { kind: 'not-found' };
      }
      const wasShared = review?.shares.some((share) => share.with === by.id) ?? false;
      if (wasShared && reach === 'shared') {
        await refused(by, action, 'no-longer-shared', review);
        return { kind: 'no-longer-shared' };
      }
      await refused(by, action, review ? 'not-their-case' : 'no-such-review', review);
      return { kind: 'not-found' };
    },
  };
}
