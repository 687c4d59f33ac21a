import { type ParsedReply, parseReply, type ReadDate, type RefusedReply } from './reply.js';
import type { FieldValue, Recorded, RecordFields } from './screening.js';
import type { Field, Question } from './script.js';

/** Records of `CARD` questions: incidents, pieces of evidence, rows of a plan, promises. */

export type ParsedRecord =
  | { readonly kind: 'record'; readonly fields: RecordFields }
  /** `field` is the label of the field at fault. */
  | { readonly kind: 'refused'; readonly reason: RefusedReply; readonly field: string };

/** What the fields of a card hold, by their ids; an empty one was not filled in. */
export type TypedFields = Readonly<Record<string, string>>;

/** A pasted timeline or a long account; Teams itself takes no more than about this in one card. */
export const longestField = 20_000;
/** More than anybody tells; beyond it something is wrong with whoever sends them. */
export const mostRecords = 500;

/** Turns filled-in fields into a record, or says which field could not be read and why. */
export function parseRecord(
  question: Question,
  typed: TypedFields,
  today: string,
  readDate: ReadDate,
): ParsedRecord {
  const fields: Record<string, FieldValue> = {};
  for (const [place, field] of question.fields.entries()) {
    const words = typed[field.id]?.trim() ?? '';
    if (words === '' && place > 0) continue;
    const parsed = parseReply(field, words, today, readDate, longestField);
    if (parsed.kind === 'refused')
      return { kind: 'refused', reason: parsed.reason, field: field.label };
    const value = fieldValueOf(parsed);
    if (value) fields[field.id] = value;
  }
  return { kind: 'record', fields };
}

/** A record typed as one line: its first field, and the day where the line names one that can be read. */
export function parseTypedRecord(
  question: Question,
  words: string,
  today: string,
  readDate: ReadDate,
): ParsedRecord {
  const [first] = question.fields;
  const day = question.fields.find(({ type }) => type === 'DT');
  const named = day && readDate(words, today, day.ahead);
  const isUsable = named && (day.ahead || named.day <= today);
  const typed = first ? { [first.id]: choiceNamed(first, words) ?? words } : {};
  const record = parseRecord(question, typed, today, readDate);
  if (record.kind === 'refused' || !day || day === first || !isUsable) return record;
  return { kind: 'record', fields: { ...record.fields, [day.id]: { kind: 'date', ...named } } };
}

/** Of a field that chooses, the choice whose first word is said: "court 3 December". */
function choiceNamed({ type, choices }: Field, words: string): string | undefined {
  if (type !== 'MC') return undefined;
  const said = words.toLowerCase().split(/[^a-z]+/);
  const first = (label: string) => label.toLowerCase().split(/[^a-z]+/)[0] ?? '';
  return choices.find(({ label }) => said.includes(first(label)))?.value;
}

/** Words that end a list instead of adding to it. */
export function endsList(words: string): boolean {
  return /^(?:done|that'?s all|that is all|no more|nothing else|none|end)[.!]?$/i.test(
    words.trim().replaceAll('’', "'"),
  );
}

function fieldValueOf(parsed: Extract<ParsedReply, { kind: 'value' }>): FieldValue | undefined {
  const { value } = parsed;
  switch (value.kind) {
    case 'choice':
    case 'choices':
    case 'text':
    case 'date':
      return value;
    default:
      return undefined;
  }
}

/** The records that count. */
export function standingRecords(records: readonly Recorded[] | undefined): readonly Recorded[] {
  return (records ?? []).filter(({ isStruck }) => !isStruck);
}

/** The question with the flags of its case as choices, where one of its fields asks for them. */
export function withFlagChoices(
  question: Question,
  flags: readonly { readonly question: string; readonly about: string }[],
): Question {
  if (!question.fields.some(({ choicesFrom }) => choicesFrom)) return question;
  const choices = flags.map(({ question: id, about }) => ({
    value: id,
    label: `${id}: ${about}`,
    alone: false,
  }));
  const filled = (field: Field): Field => (field.choicesFrom ? { ...field, choices } : field);
  return { ...question, fields: question.fields.map(filled) };
}
