import type { CommitmentFlows } from '../../src/flows/commitments.js';
import type { GiveOut } from '../../src/flows/give-out.js';
import type { ListReviews } from '../../src/flows/list-reviews.js';
import type { ReadOverview } from '../../src/flows/read-overview.js';
import type { ReviewCase } from '../../src/flows/review-case.js';

/**
 * What the routes call. The routes have let the person in by then; the flows decide again on what stands when they
 * act.
 */
export type TabFlows = GiveOut & {
  readonly listReviews: ListReviews;
  readonly openReview: ReviewCase['open'];
  readonly actOnReview: ReviewCase['act'];
  /** Absent: there are no such routes. */
  readonly commitments?: Pick<CommitmentFlows, 'listCommitments' | 'closeCommitment'>;
  readonly readOverview?: ReadOverview;
};

/** Its status is told by its kind (`answers.ts`); whatever else stands in it is sent to the page as it is. */
export type FlowOutcome = { readonly kind: string; readonly message?: string };
