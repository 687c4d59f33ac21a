import { foldText } from './fold-text.js';
import { beginningOf, type Finding, statementsIn, warning } from './lint-finding.js';
import type { Passage } from './passage.js';

/**
 * Statements that stand in two passages. Both would have to be changed when the law is, and one would be forgotten.
 * Words are compared, not meaning: the same thing said in other words is not found.
 */

/** Shorter ones ("Ask:") are alike by nature. */
const fewestWords = 7;

/** Words in a row that make one shingle. */
const shingleWords = 3;

/** Share of the shingles of two statements that both have, above which they are near to the same. */
const nearShare = 0.5;

type Shingled = {
  readonly passage: Passage;
  readonly text: string;
  readonly folded: string;
  readonly shingles: ReadonlySet<string>;
};

/** One warning for each pair of statements in two passages that have the same or nearly the same words. */
export function duplicateFindings(passages: readonly Passage[]): readonly Finding[] {
  const all = statementsIn(passages)
    .map(({ passage, statement }) => shingled(passage, statement.text))
    .filter(({ folded }) => folded.split(' ').length >= fewestWords);
  const holders = new Map<string, Shingled[]>();
  return all.flatMap((one) => {
    const earlier = new Set([...one.shingles].flatMap((shingle) => holders.get(shingle) ?? []));
    for (const shingle of one.shingles)
      holders.set(shingle, [...(holders.get(shingle) ?? []), one]);
    return [...earlier].flatMap((other) => findingOf(other, one) ?? []);
  });
}

function findingOf(one: Shingled, other: Shingled): Finding | undefined {
  if (one.passage.id === other.passage.id) return undefined;
  const isSame = one.folded === other.folded;
  if (!isSame && shareOf(one.shingles, other.shingles) < nearShare) return undefined;
  const how = isSame ? 'the same words stand' : 'nearly the same words stand';
  return warning(
    `passage ${other.passage.id}`,
    `${how} in passage ${one.passage.id}: "${beginningOf(other.text)}"`,
  );
}

function shingled(passage: Passage, text: string): Shingled {
  const words = foldText(text).folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  const starts = words.slice(0, Math.max(1, words.length - shingleWords + 1));
  const shingles = starts.map((_, at) => words.slice(at, at + shingleWords).join(' '));
  return { passage, text, folded: words.join(' '), shingles: new Set(shingles) };
}

/** Shared members over all members of two sets. */
function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((member) => b.has(member)).length;
  return shared / (a.size + b.size - shared);
}
