import { z } from 'zod';
import { wordsIn } from './choosing-said.js';
import {
  exampleKinds,
  findSpans,
  type MarkKind,
  markKinds,
  mergeSpans,
  type NarrativeRules,
  type QuestionRule,
  type Span,
  toReadable,
} from './narrative-rules.js';
import { stopWords } from './stop-words.js';

/**
 * A reading of a pasted crime report or log entry: marks on its own words, and the questions it does not answer. It
 * names no offence, counts nothing towards a result and decides nothing: an officer reads the words and asks.
 */

/** A mark is a stretch of the text as pasted: `text.slice(start, end)` is the quote, as it was said. */
export type NarrativeMark = Span & {
  readonly kind: MarkKind;
  readonly foundBy: 'rules' | 'model';
};

export type NotSaid = Pick<QuestionRule, 'id' | 'says' | 'shows'>;

export type NarrativeOutcome =
  /** One of the Act's examples, and words that tell of more than one occasion: another example, repetition, an order. */
  | 'consider'
  /** One of the Act's examples, and no more: one incident does not rule out stalking. */
  | 'one-thing'
  /** None of the Act's examples, but repetition, impact, a threat or an order. */
  | 'no-example'
  /** Nothing marked, which is no judgement. */
  | 'nothing';

export type NarrativeReading = {
  readonly outcome: NarrativeOutcome;
  /** In the order of the text; marks of one kind never overlap, marks of different kinds may. */
  readonly marks: readonly NarrativeMark[];
  /** Questions the rules found no words on: "not said here", never "no". */
  readonly notSaid: readonly NotSaid[];
};

/** Ten pages, roughly. What is longer is refused, not cut: half a reading would look like a whole one. */
export const longestNarrative = 20_000;

/** Reads a text by the rules alone. */
export function readByRules(pasted: string, rules: NarrativeRules): NarrativeReading {
  const text = toReadable(pasted);
  const marks = markKinds.flatMap((kind) =>
    mergeSpans(
      rules.marks.filter((rule) => rule.kind === kind).flatMap((rule) => findSpans(rule, text)),
    ).map((span) => ({ ...span, kind, foundBy: 'rules' as const })),
  );
  const kinds = new Set(marks.map(({ kind }) => kind));
  const notSaid = rules.questions
    .filter((rule) => !rule.marks.some((kind) => kinds.has(kind)))
    .filter((rule) => findSpans(rule, text).length === 0)
    .map(({ id, says, shows }) => ({ id, says, shows }));
  return { outcome: outcomeOf(marks), marks: inOrder(marks), notSaid };
}

/** What a model says it found: a kind and words of the text. Neither is believed. */
export type Claimed = { readonly kind: string; readonly quote: string };

/** A phrase, not a page: what is longer marks nothing in particular. */
const longestQuote = 200;
const shortestQuote = 3;
/** Marks a model may add to one text; more would bury what the rules found. */
const mostAdded = 40;

/**
 * The reading with what a model found beside it. A claim counts when its kind is one of ours and its quote stands in
 * the text exactly so, from one word's beginning to another's end, where nothing of that kind is marked yet. No mark
 * of the rules, and no question not answered, is ever taken away.
 */
export function withClaims(
  reading: NarrativeReading,
  pasted: string,
  claims: readonly Claimed[],
): NarrativeReading {
  const marks = [...reading.marks];
  for (const claim of claims.slice(0, mostAdded)) {
    const kind = markKinds.find((known) => known === claim.kind);
    const span =
      kind &&
      freePlace(
        pasted,
        claim.quote,
        marks.filter((mark) => mark.kind === kind),
      );
    if (kind && span) marks.push({ ...span, kind, foundBy: 'model' });
  }
  return { ...reading, outcome: outcomeOf(marks), marks: inOrder(marks) };
}

/** The first place where the quote stands as whole words and overlaps none of the marks. */
function freePlace(text: string, quote: string, taken: readonly Span[]): Span | undefined {
  const wanted = quote.trim();
  if (wanted.length < shortestQuote || wanted.length > longestQuote) return undefined;
  if (!/\p{L}/u.test(wanted)) return undefined;
  // "the", "and then she" stand in every text and tell of nothing.
  if (wordsIn(wanted).every((word) => stopWords.has(word))) return undefined;
  for (let start = text.indexOf(wanted); start !== -1; start = text.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    const isWhole = !isInsideWord(text, start) && !isInsideWord(text, end);
    if (isWhole && taken.every((mark) => mark.end <= start || mark.start >= end)) {
      return { start, end };
    }
  }
  return undefined;
}

function isInsideWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1));
}

function inOrder(marks: readonly NarrativeMark[]): readonly NarrativeMark[] {
  return marks.toSorted((one, other) => one.start - other.start || one.end - other.end);
}

/** What was marked without a model. */
export function ofRules(marks: readonly NarrativeMark[]): readonly NarrativeMark[] {
  return marks.filter(({ foundBy }) => foundBy === 'rules');
}

/** What follows from marks, of the rules or all. */
export function outcomeOf(marks: readonly NarrativeMark[]): NarrativeOutcome {
  if (marks.length === 0) return 'nothing';
  const kinds = new Set(marks.map(({ kind }) => kind));
  const examples = exampleKinds.filter((kind) => kinds.has(kind));
  if (examples.length === 0) return 'no-example';
  // Section 7: more than one occasion, alike or not. An order is there because something came before.
  const tellsOfMore = examples.length > 1 || kinds.has('repetition') || kinds.has('order');
  return tellsOfMore ? 'consider' : 'one-thing';
}

/** Kinds that are marked, the Act's examples first and in its order. */
export function kindsOf(marks: readonly NarrativeMark[]): readonly MarkKind[] {
  return markKinds.filter((kind) => marks.some((mark) => mark.kind === kind));
}

/** What a model replies: kinds and quotes, each still to be checked. */
export const claimsSchema = z.strictObject({
  marks: z.array(z.strictObject({ kind: z.enum(markKinds), quote: z.string() })),
});
