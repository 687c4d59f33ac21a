import { z } from 'zod';
import { daySchema } from './ids.js';
import type { Question } from './script.js';

/**
 * What was said to a question, or why nothing was. The four absent values are kept apart
 * and never read as "no": not known, declined, not asked (with its reason); "not applicable" is
 * worked out for questions off the route and never stored.
 */
export const notAskedReasonSchema = z.enum([
  'danger',
  'call-ended',
  'distress',
  'no-privacy',
  'no-interpreter',
  'already-held',
  'not-my-role',
  'judgement',
]);
export type NotAskedReason = z.infer<typeof notAskedReasonSchema>;

/** How exactly a date is known; `before` means some time before it, e.g. "started before 2024". */
export const precisionSchema = z.enum(['exact', 'about', 'month', 'year', 'before']);
export type Precision = z.infer<typeof precisionSchema>;

export const valueSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choice: z.string().max(40) }),
  z.strictObject({
    kind: z.literal('choices'),
    choices: z.array(z.string().max(40)).min(1).max(40),
  }),
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(8_000) }),
  z.strictObject({ kind: z.literal('date'), day: daySchema, precision: precisionSchema }),
  z.strictObject({ kind: z.literal('number'), number: z.int().min(0).max(1_000_000) }),
  /** The list of a `CARD` question is complete; its records are events of their own. */
  z.strictObject({ kind: z.literal('listed'), count: z.int().min(0).max(100_000) }),
  z.strictObject({ kind: z.literal('not-known') }),
  z.strictObject({ kind: z.literal('declined') }),
  z.strictObject({ kind: z.literal('not-asked'), reason: notAskedReasonSchema }),
]);
export type Value = z.infer<typeof valueSchema>;

export function isAbsent(value: Value): boolean {
  return value.kind === 'not-known' || value.kind === 'declined' || value.kind === 'not-asked';
}

/** The choices that rules may test, absent values included under their own names. */
export function choicesOf(value: Value): readonly string[] {
  switch (value.kind) {
    case 'choice':
      return [value.choice];
    case 'choices':
      return value.choices;
    case 'not-known':
    case 'declined':
    case 'not-asked':
      return [value.kind];
    case 'text':
    case 'date':
    case 'number':
      return ['given'];
    case 'listed':
      return [value.count > 0 ? 'given' : 'none'];
    default:
      return value satisfies never;
  }
}

export type ParsedReply =
  | { readonly kind: 'value'; readonly value: Value }
  /** `reason` is a key of the phrases; what was typed stays with the person. */
  | { readonly kind: 'refused'; readonly reason: RefusedReply };

export type RefusedReply =
  | 'empty'
  | 'too-long'
  | 'not-text'
  | 'not-a-choice'
  | 'one-choice-only'
  | 'none-with-others'
  | 'not-a-date'
  | 'date-in-future'
  | 'not-a-number'
  | 'must-be-asked';

/**
 * Reads a date as people write it ("last Friday", "March 2024"); handed in, since it needs a library. A day
 * said without its year is the latest that has come, or with `ahead` the next that will.
 */
export type ReadDate = (
  text: string,
  today: string,
  ahead?: boolean,
) => { readonly day: string; readonly precision: Precision } | undefined;

/** What reading a reply needs to know of a question, or of a field of a record. */
type Asked = Pick<Question, 'type' | 'choices' | 'ahead'>;

/** Free text kept for one question; longer accounts are typed in parts. */
export const longestText = 8_000;

/**
 * Turns what was typed or clicked into a value of the question's type, or says why not. `yes` and
 * `no` may be typed in full or as `y`, `n`; a choice by its number, value or label; several
 * choices separated by commas or spaces.
 */
export function parseReply(
  question: Asked,
  raw: string,
  today: string,
  readDate: ReadDate,
  longest = longestText,
): ParsedReply {
  const text = raw.trim();
  const fault = faultInText(text, longest);
  if (fault) return refused(fault);
  switch (question.type) {
    case 'YN':
    case 'YNU':
    case 'MC':
      return parseChoice(question, text);
    case 'MS':
      return parseChoices(question, text);
    case 'FT':
      return { kind: 'value', value: { kind: 'text', text } };
    case 'DT':
      return parseDate(question, text, today, readDate);
    case 'N':
      return parseNumber(text);
    // Its records are read by parseRecord; what is left to reply is that there are no more.
    case 'CARD':
      return { kind: 'value', value: { kind: 'listed', count: 0 } };
    default:
      return question.type satisfies never;
  }
}

/** Why words cannot be kept; undefined when they can. */
export function faultInText(words: string, longest = longestText): RefusedReply | undefined {
  if (words.trim() === '') return 'empty';
  if (words.length > longest) return 'too-long';
  // The database cannot hold these, and no keyboard types them.
  return words.includes('\0') || !words.isWellFormed() ? 'not-text' : undefined;
}

function parseChoice(question: Asked, text: string): ParsedReply {
  const choice = findChoice(question, text);
  if (choice) return { kind: 'value', value: { kind: 'choice', choice } };
  const several = text.split(/[,;\s]+/).filter((part) => findChoice(question, part));
  return refused(several.length > 1 ? 'one-choice-only' : 'not-a-choice');
}

function parseChoices(question: Asked, text: string): ParsedReply {
  // "me, other people" by commas; "1 3", or "1 and 3", by spaces where a part is no choice as it stands.
  const found = text
    .split(/[,;]+/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => findChoice(question, part) ?? findEach(question, part));
  if (found.length === 0 || found.includes(undefined)) return refused('not-a-choice');
  const choices = [...new Set(found.flatMap((choice) => choice ?? []))];
  const alone = question.choices.filter((c) => c.alone && choices.includes(c.value));
  if (alone.length > 0 && choices.length > 1) return refused('none-with-others');
  return { kind: 'value', value: { kind: 'choices', choices } };
}

function findEach(question: Asked, text: string): readonly (string | undefined)[] {
  const words = text.trim().split(/\s+(?:and\s+)?/);
  return words.map((word) => findChoice(question, word));
}

function findChoice(question: Asked, text: string): string | undefined {
  const typed = text.trim().toLowerCase().replace(/[.)]$/, '');
  if (/^\d+$/.test(typed)) return question.choices[Number(typed) - 1]?.value;
  const known = question.choices.find(
    (choice) => choice.value.toLowerCase() === typed || choice.label.toLowerCase() === typed,
  );
  if (known) return known.value;
  const short: Readonly<Record<string, string>> = { y: 'yes', n: 'no', yeah: 'yes', nope: 'no' };
  const meant = short[typed];
  return question.choices.find((choice) => choice.value === meant)?.value;
}

function parseDate({ ahead }: Asked, text: string, today: string, readDate: ReadDate): ParsedReply {
  const date = readDate(text, today, ahead);
  if (!date) return refused('not-a-date');
  if (date.day > today && !ahead) return refused('date-in-future');
  return { kind: 'value', value: { kind: 'date', day: date.day, precision: date.precision } };
}

function parseNumber(text: string): ParsedReply {
  const digits = text.replace(/[\s,]/g, '');
  if (!/^\d{1,6}$/.test(digits)) return refused('not-a-number');
  return { kind: 'value', value: { kind: 'number', number: Number(digits) } };
}

function refused(reason: RefusedReply): ParsedReply {
  return { kind: 'refused', reason };
}
