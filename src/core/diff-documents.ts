import { foldText } from './fold-text.js';
import type { ImportedBlock } from './imported-document.js';

/**
 * What became of the paragraphs of a document in its next edition. A paragraph with the same words is unchanged
 * wherever it now stands: guidance is put in another order more often than its order says something. Of the others,
 * the most alike of each side are one paragraph that changed; what is left was removed or added.
 */

export type Change =
  | { readonly kind: 'changed'; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly before: number }
  | { readonly kind: 'added'; readonly after: number };

/** Share of their words that two paragraphs must both have to be one that changed. */
const likeness = 0.5;

/** All changes, by position in the newer edition, and removals in their old order at the end. */
export function diffDocuments(
  before: readonly ImportedBlock[],
  after: readonly ImportedBlock[],
): readonly Change[] {
  const { gone, fresh } = unmatched(before.map(wordsOf), after.map(wordsOf));
  const taken = new Set<number>();
  const changes = fresh.map((one): Change => {
    const best = mostAlike(one, gone, taken);
    if (best === undefined) return { kind: 'added', after: one.at };
    taken.add(best);
    return { kind: 'changed', before: best, after: one.at };
  });
  const removed = gone
    .filter(({ at }) => !taken.has(at))
    .map(({ at }): Change => ({ kind: 'removed', before: at }));
  return [...changes, ...removed];
}

type Placed = { readonly at: number; readonly words: ReadonlySet<string> };

/** Paragraphs of either side whose words the other side does not have, each counted as often as it stands there. */
function unmatched(before: readonly string[], after: readonly string[]) {
  const left = (mine: readonly string[], theirs: readonly string[]): readonly Placed[] => {
    const counts = new Map<string, number>();
    for (const words of theirs) counts.set(words, (counts.get(words) ?? 0) + 1);
    return mine.flatMap((words, at) => {
      const count = counts.get(words) ?? 0;
      counts.set(words, count - 1);
      return count > 0 ? [] : [{ at, words: new Set(words.split(' ')) }];
    });
  };
  return { gone: left(before, after), fresh: left(after, before) };
}

function mostAlike(
  one: Placed,
  others: readonly Placed[],
  taken: ReadonlySet<number>,
): number | undefined {
  let best: { readonly at: number; readonly share: number } | undefined;
  for (const other of others) {
    const [small, large] = [one.words.size, other.words.size].toSorted((a, b) => a - b);
    // Sets so different in size cannot share enough.
    if (taken.has(other.at) || (small ?? 0) < (large ?? 0) * likeness) continue;
    const shared = [...one.words].filter((word) => other.words.has(word)).length;
    const share = shared / (one.words.size + other.words.size - shared);
    if (share >= likeness && share > (best?.share ?? 0)) best = { at: other.at, share };
  }
  return best?.at;
}

function wordsOf({ text }: ImportedBlock): string {
  return (foldText(text).folded.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
