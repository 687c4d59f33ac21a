/**
 * Measures of a ranking as trec_eval defines them; `relevant` holds grades above 0, and a question without a relevant
 * passage is not measured. The gain is the grade (linear), the discount log2(rank + 1).
 */
export type Grades = ReadonlyMap<string, number>;

/** Normalised discounted cumulative gain of the first `depth`, 0 to 1. */
export function ndcg(ranked: readonly string[], relevant: Grades, depth: number): number {
  const ideal = [...relevant.values()].toSorted((a, b) => b - a);
  const best = gain(ideal.slice(0, depth));
  return best === 0 ? 0 : gain(ranked.slice(0, depth).map((id) => relevant.get(id) ?? 0)) / best;
}

function gain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, index) => sum + grade / Math.log2(index + 2), 0);
}

/** Share of the relevant passages among the first `depth`, 0 to 1. */
export function recall(ranked: readonly string[], relevant: Grades, depth: number): number {
  if (relevant.size === 0) return 0;
  return ranked.slice(0, depth).filter((id) => relevant.has(id)).length / relevant.size;
}

/** One over the rank of the first relevant passage, 0 when none is among the first `depth`. */
export function reciprocalRank(ranked: readonly string[], relevant: Grades, depth: number): number {
  const at = ranked.slice(0, depth).findIndex((id) => relevant.has(id));
  return at === -1 ? 0 : 1 / (at + 1);
}

/**
 * How often a value of `positive` is higher than one of `negative`, ties by half: the area under the ROC curve. 0.5
 * tells nothing apart; undefined when either is empty.
 */
export function auroc(
  positive: readonly number[],
  negative: readonly number[],
): number | undefined {
  if (positive.length === 0 || negative.length === 0) return undefined;
  const sum = positive.reduce(
    (wins, p) => wins + negative.reduce((own, n) => own + (p > n ? 1 : p === n ? 0.5 : 0), 0),
    0,
  );
  return sum / (positive.length * negative.length);
}

/** The value at a share of the sorted values (nearest rank), as 0.5 for the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
