import {
  type Citation,
  type Quoted,
  quotedOf,
  type ShownPassage,
  type Verified,
} from './citations.js';
import type { PassageId } from './ids.js';
import { type Block, type Passage, statementsOf } from './passage.js';
import type { Hit } from './retrieval.js';

/** What a question gets. Every kind but the last four shows verified statements of passages. */
export type Answer = {
  readonly kind: AnswerKind;
  readonly shown: readonly ShownPassage[];
  readonly citations: readonly Citation[];
  /** For `partly`: the question's own words that no shown passage speaks of. */
  readonly missing: readonly string[];
  /** For `unclear` and `not-covered`: passages the person may have meant. */
  readonly nearest: readonly { readonly passage: PassageId; readonly heading: string }[];
};

export type AnswerKind =
  /** The passages speak of what was asked. */
  | 'answered'
  /** They speak of some of it; the rest is named. */
  | 'partly'
  /** Too little was said to choose: a few passages are offered. */
  | 'unclear'
  /** Nothing published speaks of it. */
  | 'not-covered'
  /** Signs of immediate danger: emergency guidance first and alone. */
  | 'urgent'
  /** A request to find, follow or get at a person. */
  | 'refused'
  /** Something was found, but nothing of it passed verification. */
  | 'withheld';

/** Words on one phone screen, roughly; a block is never cut to fit. */
const mostWords = 150;
/** A second passage is added when it scores at least this share of the first. */
const secondShare = 0.62;

/**
 * Below `decline` nothing is shown; below `whole` the missing words are named. The figures are the
 * best found on the project's own questions (npm run evaluate); see decisions.md.
 */
export const thresholds = { decline: 0.42, whole: 0.6, leastScore: 4.5 } as const;

export type Found = { readonly passage: Passage; readonly hit: Hit<PassageId> };

/**
 * How well the best passage speaks of the question: decides between answering, partly and declining. A
 * follow-up may be short: what it leaves out was said before.
 */
export function judge(
  found: readonly Found[],
  isFollowUp = false,
): 'answered' | 'partly' | 'unclear' | 'not-covered' {
  const [first, second, third] = found;
  if (!first || first.hit.coverage < thresholds.decline) return 'not-covered';
  // Words that stand nearly everywhere ("stalking", "police") find nothing in particular.
  if (first.hit.score < thresholds.leastScore)
    return first.hit.coverage > 0.8 ? 'unclear' : 'not-covered';
  if (!isFollowUp && third && second && isVague(first, second, third)) return 'unclear';
  return first.hit.coverage < thresholds.whole ? 'partly' : 'answered';
}

/** Several passages fit equally and low: one or two words were typed that stand everywhere. */
function isVague(first: Found, second: Found, third: Found): boolean {
  const isClose =
    third.hit.score > 0.93 * first.hit.score && second.hit.score > 0.93 * first.hit.score;
  return isClose && first.hit.score < 2 * thresholds.leastScore;
}

/**
 * Chooses without a model: the best passage from its first block (its short answer) on, then the first
 * block of others that fit nearly as well, as far as one screen holds. Returns labels and quotes; what is
 * shown is decided by verifyCitations.
 */
export function chooseExtractive(found: readonly Found[], alreadyShown = 0): readonly Quoted[] {
  const [first, ...others] = found;
  if (!first) return [];
  let words = alreadyShown;
  const picks: Quoted[] = [];
  const add = (passage: Passage, block: Block) => {
    words += lengthOf(block);
    picks.push(...quotedOf(passage, block));
  };
  for (const [index, block] of first.passage.blocks.entries()) {
    if (index === 0 || words + lengthOf(block) <= mostWords) add(first.passage, block);
  }
  for (const { passage, hit } of others.slice(0, 2)) {
    const lead = passage.blocks[0];
    if (!lead || hit.score < secondShare * first.hit.score) continue;
    if (words + lengthOf(lead) <= mostWords + 40) add(passage, lead);
  }
  return picks;
}

/** Picks all blocks of passages named by rule (emergency, corrections), in that order. */
export function chooseWhole(passages: readonly Passage[]): readonly Quoted[] {
  return passages.flatMap((passage) => passage.blocks.flatMap((block) => quotedOf(passage, block)));
}

/** Words of a block, marks not counted. */
export function lengthOf(block: Block): number {
  return statementsOf(block).reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
}

/** An answer of that kind from what was verified; `withheld` when nothing of a non-empty draft passed. */
export function toAnswer(
  kind: AnswerKind,
  verified: Verified,
  rest: Partial<Pick<Answer, 'missing' | 'nearest'>> = {},
): Answer {
  const isEmpty = verified.shown.length === 0;
  const isWithheld =
    isEmpty && verified.dropped.length > 0 && kind !== 'urgent' && kind !== 'refused';
  return {
    kind: isWithheld ? 'withheld' : kind,
    shown: verified.shown,
    citations: verified.citations,
    missing: kind === 'partly' && !isWithheld ? (rest.missing ?? []) : [],
    nearest: rest.nearest ?? [],
  };
}

export const nothingShown: Verified = { shown: [], citations: [], dropped: [] };
