import { dayOf } from '../core/days.js';
import type { ReviewId } from '../core/ids.js';
import type { ReviewDetail } from '../core/review-detail.js';
import { replayReview } from '../core/review-position.js';
import { atVersion, toReadOnly } from '../core/review-versions.js';
import type { User } from '../core/roles.js';
import { reachOn } from '../core/sharing.js';
import { makeReviewCase, type ReviewParts } from './review-case.js';

/** An earlier version of a review, to be read. Recorded as read; undefined, and recorded too, when they may not. */
export type OpenVersion = (
  id: ReviewId,
  version: number,
  user: User,
) => Promise<ReviewDetail | undefined>;

/** Opens versions that the next has taken the place of, for those who work on the case: others see the one that stands. */
export function makeOpenVersion(parts: ReviewParts): OpenVersion {
  const { reviews, audit, clock } = parts;
  return async (id, version, user) => {
    const review = await reviews.find(id);
    const earlier = review && atVersion(review, version);
    if (!review || !earlier) return undefined;
    if (reachOn(user, 'read-review', review, dayOf(clock())) === 'shared') {
      const detail = { action: 'read-review', why: 'earlier-version' };
      const { caseId } = review;
      const at = clock().toISOString();
      await audit.record({ at, by: user.id, what: 'access-refused', caseId, detail });
      return undefined;
    }
    const found = { ...reviews, find: async () => earlier };
    const detail = await makeReviewCase({ ...parts, reviews: found }).open(id, user);
    return detail && toReadOnly(detail, replayReview(review.events));
  };
}
