import { numberFindings } from './lint-numbers.js';
import type { Passage } from './passage.js';

/**
 * Keeps passages that give different numbers for the same place of the same source out of one answer: the better found
 * is shown, the other named, so that nobody reads two truths as one. Contradictions without a number are not seen.
 */

const known = new WeakMap<Passage, WeakMap<Passage, boolean>>();

/** Parts passages, best first, into those that may stand together and those that contradict one of them. */
export function partContradicting(passages: readonly Passage[]): {
  readonly together: readonly Passage[];
  readonly apart: readonly Passage[];
} {
  const together: Passage[] = [];
  const apart: Passage[] = [];
  for (const passage of new Set(passages)) {
    const isAgainst = together.some((other) => contradicts(other, passage));
    (isAgainst ? apart : together).push(passage);
  }
  return { together, apart };
}

function contradicts(one: Passage, other: Passage): boolean {
  const before = known.get(one)?.get(other);
  if (before !== undefined) return before;
  const found = numberFindings([one, other]).length > 0;
  known.set(one, (known.get(one) ?? new WeakMap<Passage, boolean>()).set(other, found));
  return found;
}
