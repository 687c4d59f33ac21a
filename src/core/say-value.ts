import { sayDay, sayMonth, sayTime } from './days.js';
import { notAskedWords } from './phrases.js';
import type { Precision, Value } from './reply.js';
import type { RecordFields } from './screening.js';
import type { Question } from './script.js';
import type { Words } from './words.js';
import { valueWords } from './words-cards.js';

/** What saying a value takes of the catalogue. English is put together here, so that the page need not take all of it along. */
type ValueWords = Pick<Words, 'values' | 'notAsked' | 'dates'>;
const english: ValueWords = {
  values: valueWords,
  notAsked: notAskedWords,
  dates: { day: sayDay, month: sayMonth, time: sayTime },
};

/** A date in words, no more exact than it is known: "about 3 March 2026", "March 2026", "2026". */
export function sayPrecise(
  { day, precision }: { readonly day: string; readonly precision: Precision },
  { values, dates }: ValueWords = english,
): string {
  switch (precision) {
    case 'exact':
      return dates.day(day);
    case 'about':
    case 'before':
      return values[precision](dates.day(day));
    case 'month':
      return dates.month(day.slice(0, 7));
    case 'year':
      return day.slice(0, 4);
    default:
      return precision satisfies never;
  }
}

/** A reply in words: labels for choices, the person's own words in quotation marks, never a bare "no" for silence. */
export function sayValue(
  question: Pick<Question, 'choices'>,
  value: Value,
  words: ValueWords = english,
): string {
  const { values, notAsked } = words;
  const label = (choice: string) =>
    question.choices.find((c) => c.value === choice)?.label ?? choice;
  switch (value.kind) {
    case 'choice':
      return label(value.choice);
    case 'choices':
      return value.choices.map(label).join('; ');
    case 'text':
      return quoted(value.text, words);
    case 'date':
      return sayPrecise(value, words);
    case 'number':
      return String(value.number);
    case 'listed':
      return value.count > 0 ? values.listed(value.count) : values.noneListed;
    case 'not-known':
      return values.notKnown;
    case 'declined':
      return values.declined;
    case 'not-asked':
      return values.notAsked(notAsked[value.reason]);
    default:
      return value satisfies never;
  }
}

/** A record in words: its first field, then each other one under its label. */
export function sayRecord(
  question: Question,
  fields: RecordFields,
  words: ValueWords = english,
): string {
  return question.fields
    .flatMap((field, place) => {
      const value = fields[field.id];
      if (!value) return [];
      const said = sayValue(field, value, words);
      if (place === 0) return [said];
      return [/[.?!]$/.test(field.label) ? `${field.label} ${said}` : `${field.label}: ${said}`];
    })
    .join('; ');
}

/**
 * Marks that hide or reorder text, and controls that nobody types. Line ends stay, and so do the two
 * joiners that emoji and several scripts need. U+202E, for one, makes what follows read backwards.
 */
const hiding = /(?![\t-\r\u0085])\p{Cc}|(?![\u200c\u200d])\p{Cf}/gu;

/** Somebody's words without the marks that would hide or reorder them. */
export function visible(words: string): string {
  return words.replace(hiding, '');
}

/** The words as they were given stay in the record; the reader is told when some marks are not shown. */
function quoted(words: string, { values }: ValueWords): string {
  const shown = visible(words);
  const inner = withInnerQuotes(shown);
  return shown === words ? `“${inner}”` : values.hidden(`“${inner}”`);
}

/**
 * Double quotation marks within somebody's words are printed as single ones, as British books do: a double one
 * would close the printed quote early, and what follows it would read as ours. Only the printed form changes.
 * A straight mark opens at the beginning and after a space, bracket or dash: `("now")` is printed (‘now’).
 */
function withInnerQuotes(words: string): string {
  return words
    .replace(/(^|[\s([{–—-])["＂]/g, '$1‘')
    .replace(/["＂”]/g, '’')
    .replace(/[“„‟]/g, '‘');
}
