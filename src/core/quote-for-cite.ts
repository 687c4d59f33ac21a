import type { Day, PassageId, SourceId } from './ids.js';
import { type Block, isQuotable, type Mark, type Passage, statementsOf } from './passage.js';

/** Finds the words of the guidance behind a citation, so that they can be read where the citation stands. */

export type Quote = {
  readonly passage: PassageId;
  /** Of the passage. */
  readonly heading: string;
  /** A paragraph of it, or a list with what leads into it and a line for each item, word for word and whole. */
  readonly text: string;
  /** The place that it names: the citation's own, or the closest to it. */
  readonly locator: string;
  /** The day the passage was checked. */
  readonly checkedOn: Day;
};

type Candidate = {
  readonly passage: Passage;
  readonly block: Block;
  readonly locator: string;
  readonly place: Place;
};
/** A locator taken apart once, since every search compares with all of its source. */
type Place = { readonly whole: string; readonly parts: readonly string[] };
type Ranked = Candidate & { readonly closeness: number; readonly mentions: number };

/**
 * Returns a search for the words that rest on a citation's source and place, in passages that may be quoted on the day.
 * Without any at that very place, those that name part of it, or the larger part it stands in; nothing from elsewhere in
 * the source. Of several, those of the passage that speaks of the place most, and of it the first.
 */
export function makeQuoteForCite(
  passages: Iterable<Passage>,
): (cite: Mark, on: Day) => Quote | undefined {
  const bySource = new Map<SourceId, Candidate[]>();
  for (const passage of passages)
    for (const block of passage.blocks)
      for (const { source, locator } of statementsOf(block).flatMap(({ marks }) => marks)) {
        const candidate = { passage, block, locator, place: placeOf(locator) };
        bySource.set(source, [...(bySource.get(source) ?? []), candidate]);
      }
  const search = ({ source, locator }: Mark, on: Day) => {
    const wanted = placeOf(locator);
    const near = (bySource.get(source) ?? [])
      .filter(({ passage }) => isQuotable(passage, on))
      .map((one) => ({ ...one, closeness: closenessOf(wanted, one.place) }))
      .filter(({ closeness }) => closeness > 0);
    const mentions = new Map<PassageId, number>();
    for (const { passage } of near) mentions.set(passage.id, (mentions.get(passage.id) ?? 0) + 1);
    const best = near
      .map((one) => ({ ...one, mentions: mentions.get(one.passage.id) ?? 0 }))
      .reduce<Ranked | undefined>((a, b) => (a && !isBetter(b, a) ? a : b), undefined);
    return best && quoteOf(best);
  };
  return remembered(search);
}

/** Of one day: a summary cites the same hundred places each time that it is opened. */
function remembered<Result>(search: (cite: Mark, on: Day) => Result): typeof search {
  const known = new Map<string, Result>();
  let day: Day | undefined;
  return (cite, on) => {
    if (on !== day) known.clear();
    day = on;
    const key = `${cite.source} ${cite.locator}`;
    if (!known.has(key)) known.set(key, search(cite, on));
    return known.get(key) as Result;
  };
}

function isBetter(one: Ranked, other: Ranked): boolean {
  return one.closeness === other.closeness
    ? one.mentions > other.mentions
    : one.closeness > other.closeness;
}

function quoteOf({ passage, block, locator }: Candidate): Quote {
  const { id, heading, checkedOn } = passage;
  return { passage: id, heading, text: wordsOf(block), locator, checkedOn };
}

function wordsOf({ lead, items }: Block): string {
  const first = lead.map(({ text }) => text).join(' ');
  return [first, ...items.map(({ text }) => text)].filter(Boolean).join('\n');
}

/** Whether two locators name one place, however its title is quoted. */
export function isSamePlace(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

/** The number of letters two places share where one is, holds or begins the other; 0 for different places. */
function closenessOf(a: Place, b: Place): number {
  if (a.whole === b.whole) return Number.POSITIVE_INFINITY;
  const shared = a.parts.flatMap((one) => b.parts.map((other) => sharedBy(one, other)));
  return Math.max(0, ...shared);
}

function sharedBy(one: string, other: string): number {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  // `s1` begins `s1(3)`, but not `s11`.
  const isWhole = long.startsWith(short) && !/^[a-z0-9]/.test(long.slice(short.length));
  return isWhole ? short.length : 0;
}

/** The places a locator lists. What only goes on from the one before, as "(3)", is none by itself. */
function placeOf(locator: string): Place {
  const whole = plain(locator);
  const parts = whole
    .split(/[,;]\s*/)
    .map((part) => part.replace(/^sections? (?!\d)/, ''))
    .filter((part) => /^[a-z0-9]./.test(part));
  return { whole, parts };
}

/** Without quotation marks, which are written in several ways, and case. */
function plain(locator: string): string {
  return locator
    .replace(/[“”"‘’']/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
