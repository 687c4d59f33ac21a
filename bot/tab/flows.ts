import type { CommitmentFlows } from '../../src/flows/commitments.js';
import type { CurateFlows } from '../../src/flows/curate.js';
import type { GiveOut } from '../../src/flows/give-out.js';
import type { ListReviews } from '../../src/flows/list-reviews.js';
import type { NameConflict } from '../../src/flows/name-conflict.js';
import type { OpenVersion } from '../../src/flows/open-version.js';
import type { ReadOverview } from '../../src/flows/read-overview.js';
import type { Retain } from '../../src/flows/retain.js';
import type { ReviewCase } from '../../src/flows/review-case.js';
import type { ShareWithAdvocate } from '../../src/flows/share-with-advocate.js';
import type { SubmitAgain } from '../../src/flows/submit-again.js';

/**
 * What the routes call. The routes have let the person in by then; the flows decide again on what stands when they
 * act.
 */
export type TabFlows = GiveOut & {
  readonly sharing: ShareWithAdvocate;
  readonly conflicts: NameConflict;
  readonly listReviews: ListReviews;
  readonly openReview: ReviewCase['open'];
  readonly openVersion: OpenVersion;
  readonly actOnReview: ReviewCase['act'];
  /** Absent, as those below: there is no such route. */
  readonly submitAgain?: SubmitAgain;
  readonly commitments?: Pick<CommitmentFlows, 'listCommitments' | 'closeCommitment'>;
  readonly readOverview?: ReadOverview;
  readonly listDue?: Retain['listDue'];
  readonly curate?: CurateFlows;
};

/** Its status is told by its kind (`answers.ts`); whatever else stands in it is sent to the page as it is. */
export type FlowOutcome = { readonly kind: string; readonly message?: string };
