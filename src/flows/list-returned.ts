import type { UserId } from '../core/ids.js';
import { reviewQuerySchema } from '../core/review-list.js';
import type { Screening } from '../core/screening.js';
import type { Clock, Reviews, Screenings } from './ports.js';

/** Screenings of the cases a person may work on whose summaries were returned, those sent last first. */
export type ListReturned = (by: UserId, limit: number) => Promise<readonly Screening[]>;

const query = reviewQuerySchema.parse({ state: 'returned', sort: 'newest' });

/** Makes what finds the screenings to be corrected, finished or not. */
export function makeListReturned(
  reviews: Reviews,
  screenings: Screenings,
  clock: Clock,
): ListReturned {
  return async (by, limit) => {
    const { rows } = await reviews.list(query, clock().toISOString(), {
      ...{ person: by, reach: 'own' },
    });
    const found: Screening[] = [];
    for (const { id } of rows) {
      if (found.length >= limit) break;
      const review = await reviews.find(id);
      if (review) found.push(...(await screenings.listCase(review.caseId)));
    }
    return found.slice(0, limit);
  };
}
