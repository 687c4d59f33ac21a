import {
  type Citation,
  labelOf,
  type Quoted,
  quotedOf,
  type ShownPassage,
  type Verified,
} from './citations.js';
import type { PassageId } from './ids.js';
import type { Found } from './judge.js';
import { type Block, type Passage, statementsOf } from './passage.js';
import { unitsOf } from './units.js';

/**
 * What a question gets. `unclear` and `withheld` show no statements, `refused` only corrections of what else was said;
 * the rest only verified ones.
 */
export type Answer = {
  readonly kind: AnswerKind;
  readonly shown: readonly ShownPassage[];
  readonly citations: readonly Citation[];
  /** For `partly`: the question's own words that no shown passage speaks of. */
  readonly missing: readonly string[];
  /** Other parts of the question that the guidance speaks of and this answer does not; absent: none. */
  readonly leftOpen?: readonly string[];
  /** For `unclear` and `not-covered`: passages the person may have meant. */
  readonly nearest: readonly PassageName[];
  /** Passages shown in part, then others that fit: what did not go on the screen. */
  readonly more: readonly PassageName[];
  /** Passages that fit but give another number for the same place of the same source: not shown beside the rest. */
  readonly differing: readonly PassageName[];
  /** What the question was asked in; the answer is in English either way. */
  readonly askedIn: 'english' | 'welsh';
};

export type PassageName = { readonly passage: PassageId; readonly heading: string };

export type AnswerKind =
  /** The passages speak of what was asked. */
  | 'answered'
  /** They speak of some of it; the rest is named. */
  | 'partly'
  /** Too little was said to choose: a few passages are offered. */
  | 'unclear'
  /** Nothing published speaks of it; for a question of this field, what is shown is whom to ask. */
  | 'not-covered'
  /** Signs of immediate danger: emergency guidance first and alone. */
  | 'urgent'
  /** A request to find, follow or get at a person. */
  | 'refused'
  /** Something was found, but nothing of it passed verification. */
  | 'withheld';

/** Words on one phone screen, roughly; a block is never cut to fit. */
const mostWords = 150;
/** A second passage may run over by this much: its short answer is worth a turn of the thumb. */
const overrun = 40;
/** A second passage is added when it scores at least this share of the first. */
const secondShare = 0.65;

/**
 * Chooses without a model: the best passage from its short answer on, then the short answers of others that fit
 * nearly as well, as far as one screen holds. Returns labels and quotes; what is shown is decided by verifyCitations.
 */
export function chooseExtractive(fitting: readonly Passage[]): readonly Quoted[] {
  return chooseShort(fitting.slice(0, mostShown));
}

/** So many passages are shown in one answer. */
export const mostShown = 3;

/** The best passage, and those that score nearly as well. */
export function fitting(found: readonly Found[]): readonly Passage[] {
  const best = found[0]?.hit.score ?? 0;
  return found
    .filter(({ hit }, place) => place === 0 || hit.score >= secondShare * best)
    .map(({ passage }) => passage);
}

/**
 * Picks the first passage up to where the screen is full, without a gap, so that conditions and what to do next follow
 * the short answer in the author's order; then the short answer of each of the others while there is room.
 */
export function chooseShort(passages: readonly Passage[]): readonly Quoted[] {
  let words = 0;
  const picks: Quoted[] = [];
  for (const [place, passage] of passages.entries()) {
    for (const [index, unit] of unitsOf(passage).entries()) {
      const length = unit.reduce((sum, block) => sum + lengthOf(block), 0);
      const room = place > 0 && index === 0 ? mostWords + overrun : mostWords;
      const isFirst = place === 0 && index === 0;
      if (!isFirst && (words + length > room || (place > 0 && index > 0))) break;
      words += length;
      picks.push(...unit.flatMap((block) => quotedOf(passage, block)));
    }
  }
  return picks;
}

/** Picks the short answer of each passage alone. */
export function chooseLeads(passages: readonly Passage[]): readonly Quoted[] {
  return passages.flatMap((passage) => {
    const [first = []] = unitsOf(passage);
    return first.flatMap((block) => quotedOf(passage, block));
  });
}

/** Picks all blocks of passages, in that order. */
export function chooseWhole(passages: readonly Passage[]): readonly Quoted[] {
  return passages.flatMap((passage) => passage.blocks.flatMap((block) => quotedOf(passage, block)));
}

const lengths = new WeakMap<Block, number>();

/** Words of a block, marks not counted; counted once. */
export function lengthOf(block: Block): number {
  const known = lengths.get(block);
  if (known !== undefined) return known;
  const length = statementsOf(block).reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
  lengths.set(block, length);
  return length;
}

/** Passages of which less is picked than they hold, in order: first those picked in part, then those not at all. */
export function leftOut(
  picks: readonly Quoted[],
  passages: readonly Passage[],
): readonly PassageName[] {
  const picked = new Set(picks.map(({ label }) => label));
  const states = [...new Set(passages)].map((passage) => {
    const labels = passage.blocks.flatMap(statementsOf).map((_, at) => labelOf(passage.id, at));
    const count = labels.filter((label) => picked.has(label)).length;
    return { passage, count, isWhole: count === labels.length };
  });
  const names = (wanted: typeof states) =>
    wanted.map(({ passage: { id, heading } }) => ({ passage: id, heading }));
  return [
    ...names(states.filter(({ count, isWhole }) => count > 0 && !isWhole)),
    ...names(states.filter(({ count }) => count === 0)),
  ];
}

/** An answer of that kind from what was verified; `withheld` when nothing of a non-empty draft passed. */
export function toAnswer(
  kind: AnswerKind,
  verified: Verified,
  rest: Partial<Pick<Answer, 'missing' | 'nearest' | 'more' | 'differing' | 'askedIn'>> = {},
): Answer {
  const isEmpty = verified.shown.length === 0;
  const mayBeEmpty = kind === 'urgent' || kind === 'refused' || kind === 'not-covered';
  const isWithheld = isEmpty && verified.dropped.length > 0 && !mayBeEmpty;
  return {
    kind: isWithheld ? 'withheld' : kind,
    shown: verified.shown,
    citations: verified.citations,
    missing: kind === 'partly' && !isWithheld ? (rest.missing ?? []) : [],
    nearest: rest.nearest ?? [],
    more: isEmpty ? [] : (rest.more ?? []),
    differing: isEmpty ? [] : (rest.differing ?? []),
    askedIn: rest.askedIn ?? 'english',
  };
}

export const nothingShown: Verified = { shown: [], citations: [], dropped: [] };
