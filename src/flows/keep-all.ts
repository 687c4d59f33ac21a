import type { ReviewId } from '../core/ids.js';
import { type ReviewState, reviewStateSchema } from '../core/review.js';
import { pageSize, reviewQuerySchema } from '../core/review-list.js';
import type { CommitmentFlows } from './commitments.js';
import type { Clock, Reviews } from './ports.js';

type Parts = {
  readonly reviews: Reviews;
  readonly keepCommitments: CommitmentFlows['keepCommitments'];
  readonly clock: Clock;
  /** One case that cannot be read does not keep the others from being kept. */
  readonly onFault: (review: ReviewId, error: unknown) => void;
};

/**
 * Makes what keeps the commitments of every review, one after the other, until it is stopped: approved ones as well,
 * since a later screening of their case may move the check date before anybody sends it again.
 */
export function makeKeepAll({ reviews, keepCommitments, clock, onFault }: Parts) {
  return async (isStopped: () => boolean): Promise<void> => {
    for (const state of reviewStateSchema.options)
      for (const id of await idsIn(state))
        if (!isStopped()) await keepCommitments(id).catch((error: unknown) => onFault(id, error));
  };

  /** All pages are read before anything is kept, so that little moves between them; what is missed is kept next day. */
  async function idsIn(state: ReviewState): Promise<ReadonlySet<ReviewId>> {
    const ids = new Set<ReviewId>();
    for (let page = 1; ; page += 1) {
      const query = reviewQuerySchema.parse({ state, sort: 'oldest', page });
      const { rows } = await reviews.list(query, clock().toISOString());
      for (const { id } of rows) ids.add(id);
      if (rows.length < pageSize) return ids;
    }
  }
}
