/** A reply that the bot acknowledged: its next card was out. */
export type Acknowledged = {
  readonly question: string;
  readonly words: string;
  /** Of the activity and, where it was pressed twice, of the second; either may be the one that counted. */
  readonly activityIds: readonly string[];
};

/** A reply as it stands in the store. */
export type Stored = {
  readonly activityId: string;
  readonly question: string;
  /** The value, as JSON. */
  readonly value: string;
};

export type Check = {
  readonly acknowledged: number;
  /** Acknowledged, and not in the store. */
  readonly lost: number;
  /** In the store more than once. */
  readonly doubled: number;
  /** In the store before a reply that was acknowledged earlier. */
  readonly reordered: number;
  /** In the store with another question or other words. */
  readonly altered: number;
  /** In the store, though no acknowledged reply of this screening: unanswered, another's, or nobody's. */
  readonly others: number;
};

/** Compares what one screening's user was told with what the store holds, both in order. */
export function checkReplies(
  acknowledged: readonly Acknowledged[],
  stored: readonly Stored[],
): Check {
  const found = acknowledged.map(({ activityIds }) =>
    stored.flatMap(({ activityId }, at) => (activityIds.includes(activityId) ? at : [])),
  );
  const places = found.flatMap(([first]) => first ?? []);
  const isAltered = ({ question, words }: Acknowledged, at: number) => {
    const row = stored[found[at]?.[0] ?? -1];
    return row && (row.question !== question || !row.value.includes(JSON.stringify(words)));
  };
  const known = new Set(acknowledged.flatMap(({ activityIds }) => activityIds));
  return {
    acknowledged: acknowledged.length,
    lost: found.filter((at) => at.length === 0).length,
    doubled: found.reduce((sum, at) => sum + Math.max(0, at.length - 1), 0),
    reordered: places.filter((place, at) => place < (places[at - 1] ?? -1)).length,
    altered: acknowledged.filter(isAltered).length,
    others: stored.filter(({ activityId }) => !known.has(activityId)).length,
  };
}

/** The sums over all screenings. */
export function sumChecks(checks: readonly Check[]): Check {
  const sum = (name: keyof Check) => checks.reduce((total, check) => total + check[name], 0);
  return {
    acknowledged: sum('acknowledged'),
    lost: sum('lost'),
    doubled: sum('doubled'),
    reordered: sum('reordered'),
    altered: sum('altered'),
    others: sum('others'),
  };
}
