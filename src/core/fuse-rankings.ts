/**
 * Joins two orders of the same things: each counts for 1 / (60 + its rank) in every order it stands in (reciprocal rank
 * fusion; Cormack, Clarke and Büttcher, 2009). Only ranks are used, so that scores of different kinds need no common
 * scale. 60 is their constant; it keeps a single first place from deciding alone.
 */
const rankOffset = 60;

/** Returns everything that stands in any of the orders, once, best first; equal ones as they are first met. */
export function fuseRankings<Id>(orders: readonly (readonly Id[])[]): readonly Id[] {
  const weights = new Map<Id, number>();
  for (const order of orders)
    for (const [rank, id] of order.entries())
      weights.set(id, (weights.get(id) ?? 0) + 1 / (rankOffset + rank + 1));
  return [...weights].sort(([, a], [, b]) => b - a).map(([id]) => id);
}
