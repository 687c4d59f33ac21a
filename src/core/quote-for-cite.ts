import type { Day, SourceId } from './ids.js';
import { isQuotable, type Mark, type Passage, statementsOf } from './passage.js';

/** Finds the words of the guidance behind a citation, so that they can be read where the citation stands. */

export type Quote = {
  /** Of the passage. */
  readonly heading: string;
  /** One statement of it, word for word. */
  readonly text: string;
  /** The place that the statement names: the citation's own, or the closest to it. */
  readonly locator: string;
  /** The day the passage was checked. */
  readonly checkedOn: Day;
};

type Candidate = { readonly quote: Quote; readonly passage: Passage };

/**
 * Returns a search for the statement that rests on a citation's source and place, in passages that may be quoted on
 * the day. Without one at that very place, one that names part of it, or the larger part it stands in; nothing from
 * elsewhere in the source.
 */
export function makeQuoteForCite(
  passages: Iterable<Passage>,
): (cite: Mark, on: Day) => Quote | undefined {
  const bySource = new Map<SourceId, Candidate[]>();
  for (const passage of passages)
    for (const { text, marks } of passage.blocks.flatMap(statementsOf))
      for (const { source, locator } of marks) {
        const { heading, checkedOn } = passage;
        const candidate = { passage, quote: { heading, text, locator, checkedOn } };
        bySource.set(source, [...(bySource.get(source) ?? []), candidate]);
      }
  return ({ source, locator }, on) =>
    (bySource.get(source) ?? [])
      .filter(({ passage }) => isQuotable(passage, on))
      .map(({ quote }) => ({ quote, closeness: closenessOf(locator, quote.locator) }))
      .filter(({ closeness }) => closeness > 0)
      .reduce<{ readonly quote: Quote; readonly closeness: number } | undefined>(
        (best, one) => (best && best.closeness >= one.closeness ? best : one),
        undefined,
      )?.quote;
}

/** Whether two locators name one place, however its title is quoted. */
export function isSamePlace(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

/** The number of letters two places share where one is, holds or begins the other; 0 for different places. */
function closenessOf(a: string, b: string): number {
  if (isSamePlace(a, b)) return Number.POSITIVE_INFINITY;
  const shared = partsOf(a).flatMap((one) => partsOf(b).map((other) => sharedBy(one, other)));
  return Math.max(0, ...shared);
}

function sharedBy(one: string, other: string): number {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  // `s1` begins `s1(3)`, but not `s11`.
  const isWhole = long.startsWith(short) && !/^[a-z0-9]/.test(long.slice(short.length));
  return isWhole ? short.length : 0;
}

/** The places a locator lists. What only goes on from the one before, as "(3)", is none by itself. */
function partsOf(locator: string): readonly string[] {
  return plain(locator)
    .split(/[,;]\s*/)
    .map((part) => part.replace(/^sections? (?!\d)/, ''))
    .filter((part) => /^[a-z0-9]./.test(part));
}

/** Without quotation marks, which are written in several ways, and case. */
function plain(locator: string): string {
  return locator
    .replace(/[“”"‘’']/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
