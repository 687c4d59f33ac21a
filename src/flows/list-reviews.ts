import type { AskedReviews, ReviewPage, ReviewQuery } from '../core/review-list.js';
import { reachOf, type User } from '../core/roles.js';
import type { Audit, Clock, Reviews } from './ports.js';

/** A page of the queue as far as this person may see it, recorded as read; undefined, recorded too, when they may not. */
export type ListReviews = (asked: AskedReviews, user: User) => Promise<ReviewPage | undefined>;

/** Lists reviews: all of them, or those of cases this person may work on. */
export function makeListReviews(reviews: Reviews, audit: Audit, clock: Clock): ListReviews {
  return async (asked, user) => {
    const now = clock().toISOString();
    const reach = reachOf(user.roles, 'list-reviews');
    const isRefused = reach === 'none';
    const { state, page } = asked;
    await audit.record({
      at: now,
      by: user.id,
      what: isRefused ? 'access-refused' : 'reviews-listed',
      caseId: null,
      detail: isRefused ? { action: 'list-reviews', why: 'role' } : { state, page },
    });
    if (isRefused) return undefined;
    const query = queryOf(asked, user);
    return reviews.list(query, now, { person: user.id, reach: reach === 'all' ? 'all' : 'own' });
  };
}

function queryOf({ handed, ...rest }: AskedReviews, { id }: User): ReviewQuery {
  return handed === undefined ? rest : { ...rest, handedTo: handed === 'me' ? id : null };
}
