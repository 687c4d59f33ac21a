import type { ReviewId } from '../core/ids.js';
import type { User } from '../core/roles.js';
import type { Reviews, Screenings } from './ports.js';
import type { SubmitReview } from './submit-review.js';

/** Sends the summary of a review's case as it stands now, as its author does in the chat. */
export type SubmitAgain = (
  id: ReviewId,
  user: User,
  given?: Parameters<SubmitReview>[2],
) => ReturnType<SubmitReview>;

/** Submits by the newest screening of the case; who may is decided, and a refusal recorded, by `submit`. */
export function makeSubmitAgain(
  reviews: Pick<Reviews, 'find'>,
  screenings: Pick<Screenings, 'listCase'>,
  submit: SubmitReview,
): SubmitAgain {
  return async (id, user, given) => {
    const review = await reviews.find(id);
    const newest = review && (await screenings.listCase(review.caseId)).at(-1);
    return newest ? submit(newest.id, user, given) : { kind: 'not-allowed' };
  };
}
