import {
  type Citation,
  type Quoted,
  quotedOf,
  type ShownPassage,
  type Verified,
} from './citations.js';
import type { Ground } from './field.js';
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
const secondShare = 0.65;

/**
 * How sure the search must be, set on the project's own questions (decisions.md, "Retrieval figures"). A question
 * that names nothing of this field has to be found far better than one that does.
 */
export const thresholds = {
  /** Least sureness for a question of this field, and for one that names nothing of it. */
  inside: 2.5,
  open: 4.6,
  /** Below this share of the question covered, and of an example question asked, the rest is named. */
  whole: 0.6,
  /** Passages that score so low and so alike are offered for choice. */
  vague: 9,
} as const;

export type Found = { readonly passage: Passage; readonly hit: Hit<PassageId> };

/**
 * How sure we are that a passage speaks of the question: grows slowly with its score, and with how much of the
 * question it holds and how much of an example question was asked. 0 to about 7.
 */
export function surenessOf({ hit }: Found): number {
  return Math.log(hit.score + 1) + 1.5 * (hit.coverage + hit.likeness);
}

/**
 * Decides between answering, answering in part, asking back and declining. A follow-up may be short: what
 * it leaves out was said before, so it is never asked back.
 */
export function judge(
  found: readonly Found[],
  ground: Ground,
  isFollowUp = false,
): 'answered' | 'partly' | 'unclear' | 'not-covered' {
  const [first, second, third] = found;
  if (!first || ground === 'outside') return 'not-covered';
  if (surenessOf(first) < thresholds[ground]) return 'not-covered';
  if (!isFollowUp && second && third && isVague(first, second, third)) return 'unclear';
  const isWhole = first.hit.coverage >= thresholds.whole || first.hit.likeness >= thresholds.whole;
  return isWhole ? 'answered' : 'partly';
}

/** Several passages fit equally and low: one or two words were typed that stand everywhere. */
function isVague(first: Found, second: Found, third: Found): boolean {
  const isClose = (found: Found) => found.hit.score > 0.85 * first.hit.score;
  return (
    first.hit.score < thresholds.vague &&
    first.hit.coverage > 0.8 &&
    isClose(second) &&
    isClose(third)
  );
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
