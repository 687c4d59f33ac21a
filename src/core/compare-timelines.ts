import { stopWords } from './stop-words.js';
import { daysBetween, type Incident, sayWhen, spanOf, type When } from './timeline.js';
import type { ImportRow } from './timeline-imports.js';
import { stemsOf } from './tokens.js';

/**
 * Sets a timeline that somebody else wrote beside ours. Nothing is merged and no difference is resolved: both versions
 * are listed, and what looks like the same event only "seems" to be.
 */

export type Pair = { readonly ours: Incident; readonly theirs: ImportRow };

export type Comparison = {
  /** Seem to be the same event, and their dates can be the same day or one has none. */
  readonly same: readonly Pair[];
  /** Seem to be the same event, with dates that differ. */
  readonly conflicts: readonly Pair[];
  readonly onlyTheirs: readonly ImportRow[];
  readonly onlyOurs: readonly Incident[];
};

/** Of two versions of one event dates are not often further apart than this, unless the words are much alike. */
const nearDays = 62;

/** Sets two timelines side by side: each entry stands in one pair at most, dates that agree first, then words. */
export function compareTimelines(
  ours: readonly Incident[],
  theirs: readonly ImportRow[],
): Comparison {
  const ownWords = ours.map(({ what, where }) => contentOf(`${what} ${where ?? ''}`));
  const theirWords = theirs.map(({ words }) => contentOf(words));
  const candidates = ours.flatMap((own, i) =>
    theirs.flatMap((their, j) => {
      const likeness = likenessOf(ownWords[i] ?? [], theirWords[j] ?? []);
      const agree = datesAgree(own.when, their.when);
      return seemsSame(likeness, agree, own.when, their.when) ? [{ i, j, agree, likeness }] : [];
    }),
  );
  const rank = { yes: 0, open: 1, no: 2 };
  const best = candidates.toSorted(
    (a, b) =>
      rank[a.agree] - rank[b.agree] ||
      b.likeness.share - a.likeness.share ||
      b.likeness.shared - a.likeness.shared,
  );
  const usedOurs = new Set<number>();
  const usedTheirs = new Set<number>();
  const pairs = best.filter(({ i, j }) => {
    if (usedOurs.has(i) || usedTheirs.has(j)) return false;
    usedOurs.add(i);
    usedTheirs.add(j);
    return true;
  });
  const inOrder = pairs.toSorted((a, b) => a.i - b.i);
  const pick = (isConflict: boolean) =>
    inOrder.flatMap(({ i, j, agree }) => {
      const own = ours[i];
      const their = theirs[j];
      return own && their && (agree === 'no') === isConflict ? [{ ours: own, theirs: their }] : [];
    });
  return {
    same: pick(false),
    conflicts: pick(true),
    onlyTheirs: theirs.filter((_, j) => !usedTheirs.has(j)),
    onlyOurs: ours.filter((_, i) => !usedOurs.has(i)),
  };
}

type Likeness = { readonly shared: number; readonly share: number };
type Agreement = 'yes' | 'no' | 'open';

function seemsSame(
  { shared, share }: Likeness,
  agree: Agreement,
  ours: When | undefined,
  theirs: When | undefined,
): boolean {
  if (agree === 'yes') return shared >= 1 && share >= 0.25;
  if (agree === 'open') return shared >= 2 && share >= 0.5;
  if (shared >= 4 && share >= 0.6) return true;
  return (
    shared >= 2 &&
    share >= 0.5 &&
    ours !== undefined &&
    theirs !== undefined &&
    areNear(ours, theirs)
  );
}

function datesAgree(ours: When | undefined, theirs: When | undefined): Agreement {
  if (!ours || !theirs) return 'open';
  const a = spanOf(ours);
  const b = spanOf(theirs);
  return a.from <= b.to && b.from <= a.to ? 'yes' : 'no';
}

/** Within two months, or the same day and month of another year, or day and month the other way round. */
function areNear(a: When, b: When): boolean {
  const [, month, date] = b.day.split('-');
  return (
    Math.abs(daysBetween(a.day, b.day)) <= nearDays ||
    a.day.slice(5) === b.day.slice(5) ||
    a.day.slice(5) === `${date}-${month}`
  );
}

function contentOf(text: string): readonly string[] {
  const spoken = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replace(/['’]/g, ''));
  const kept = spoken.filter((word) => word.length > 1 && !stopWords.has(word));
  return [...new Set(stemsOf(kept.join(' ')))];
}

function likenessOf(a: readonly string[], b: readonly string[]): Likeness {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  const shared = fewer.filter((word) => more.some((other) => isAlike(word, other))).length;
  return { shared, share: fewer.length === 0 ? 0 : shared / fewer.length };
}

/** Equal, or of five letters or more with one letter wrong, missing, added or two swapped. */
function isAlike(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 5 || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return (
    short.slice(at + 1) === long.slice(at + 1) ||
    (isSwapped && short.slice(at + 2) === long.slice(at + 2))
  );
}

/** How our entry and theirs differ, for the list of conflicts. Theirs is named by its line. */
export function sayConflict({ ours, theirs }: Pair): string {
  return `Seems to be the same event with different dates. Ours: ${sayWhen(ours.when)}. Theirs, line ${theirs.line}: ${sayWhen(theirs.when)}.`;
}
