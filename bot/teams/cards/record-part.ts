import { proposeKinds } from '../../../src/core/act-kinds.js';
import { standingRecords, withFlagChoices } from '../../../src/core/record.js';
import { sayRecord, sayValue } from '../../../src/core/say-value.js';
import type { FieldValue, Recorded } from '../../../src/core/screening.js';
import type { Field, Question } from '../../../src/core/script.js';
import type { Words } from '../../../src/core/words.js';
import type { ScreeningView } from '../../../src/flows/screening-view.js';
import type { JsonObject } from '../activity.js';
import { cut } from './answer-message.js';
import { box, type Element, plain, press, row, small, text, toggle } from './card.js';
import { type Button, stepData } from './question-part.js';

/**
 * The part of a step's card that takes records: those there are, and the fields of one more. A little over 200
 * lines, so that the list, its fields and its buttons can be read together.
 */

/** Newest first, and no more than a phone shows without losing the fields below. */
const mostListed = 5;

/** A record being changed, as its card was asked for; `isProposing` ticks what its words speak of. */
export type Editing = { readonly number: number; readonly isProposing: boolean } | undefined;

export function recordPart(
  view: ScreeningView,
  question: Question,
  editing: Editing,
  words: Words,
): readonly Element[] {
  const filled = withFlagChoices(question, view.caseFlags);
  const records = standingRecords(view.position.records.get(question.id));
  const edited = records.find(({ number }) => number === editing?.number);
  return [
    ...listPart(view, filled, records, edited, words),
    text(titleOf(records, edited, words), { weight: 'Bolder' }),
    ...folded(
      filled.fields.map((field, place) => {
        const proposed = editing?.isProposing && edited && proposedFor(filled, field, edited);
        return inputOf(field, place, edited?.fields[field.id] ?? (proposed || undefined), words);
      }),
      edited,
      words,
    ),
  ];
}

function titleOf(
  recorded: readonly Recorded[],
  edited: Recorded | undefined,
  { records }: Words,
): string {
  if (edited) return records.change(edited.number);
  return recorded.length > 0 ? records.oneMore : records.addOne;
}

/** What, when and where; the rest of a long record is asked when there is time for it. */
const mostUnfolded = 3;
/** Of a long record; a card with more of them shown is taller than two screens of a phone. */
const mostWithoutFold = 6;

/** A long record shows its first fields, and the others at a press; all of them where one is changed. */
function folded(
  inputs: readonly Element[],
  edited: Recorded | undefined,
  { records }: Words,
): readonly Element[] {
  if (edited || inputs.length <= mostWithoutFold) return inputs;
  const rest = inputs.slice(mostUnfolded);
  const title = records.moreFields(rest.length);
  return [
    ...inputs.slice(0, mostUnfolded),
    box([text(title)], { selectAction: toggle(title, 'more'), style: 'emphasis' }),
    box(rest, { id: 'more', isVisible: false }),
  ];
}

/** The examples of the Act that an incident's words speak of: ticked beforehand, and the user's to confirm. */
function proposedFor(
  { holds }: Question,
  { id }: Field,
  { fields }: Recorded,
): FieldValue | undefined {
  const what = fields.what;
  if (holds !== 'incidents' || id !== 'kinds' || what?.kind !== 'text') return undefined;
  const choices = [...proposeKinds(what.text)];
  return choices.length > 0 ? { kind: 'choices', choices } : undefined;
}

function proposalPart(
  view: ScreeningView,
  question: Question,
  records: readonly Recorded[],
  words: Words,
) {
  const last = records.at(-1);
  const kinds = question.fields.find(({ id }) => id === 'kinds');
  if (!last || !kinds || last.fields.kinds) return [];
  const proposed = proposedFor(question, kinds, last);
  if (!proposed) return [];
  const title = words.phrases.proposedKinds(last.number, sayValue(kinds, proposed, words));
  const data = { ...stepData(view), verb: 'propose', question: question.id, number: last.number };
  return [row(title, data)];
}

function listPart(
  view: ScreeningView,
  question: Question,
  records: readonly Recorded[],
  edited: Recorded | undefined,
  words: Words,
): readonly Element[] {
  if (records.length === 0 || edited) return [];
  const shown = records.slice(-mostListed).reverse();
  const more = records.length - shown.length;
  return [
    small(words.records.listed(records.length)),
    ...shown.map((record) =>
      row(`${record.number}  ${plain(lineOf(question, record, words))}`, {
        ...stepData(view),
        verb: 'edit',
        question: question.id,
        number: record.number,
      }),
    ),
    ...proposalPart(view, question, records, words),
    ...(more > 0 ? [small(words.records.earlier(more))] : []),
  ];
}

function lineOf(question: Question, record: Recorded, words: Words): string {
  return cut(sayRecord(question, record.fields, words).replace(/\s+/g, ' '), 160);
}

/**
 * No field is marked as required: clients would then refuse every press of the card, DANGER too, while it is
 * empty. What is missing is said when the record is added.
 */
function inputOf(
  field: Field,
  place: number,
  value: FieldValue | undefined,
  words: Words,
): Element {
  const common = { id: `field-${field.id}`, label: field.label };
  if (field.type === 'FT' || field.type === 'DT') {
    const isLong = field.type === 'FT' && place === 0;
    const hint = field.hint ?? (field.type === 'DT' ? dateHint(field, words) : '');
    return {
      ...common,
      type: 'Input.Text',
      isMultiline: isLong,
      maxLength: field.type === 'FT' ? 20_000 : 100,
      ...(hint ? { placeholder: hint } : {}),
      ...(value ? { value: rawOf(field, value) } : {}),
    };
  }
  const isMany = field.type === 'MS';
  return {
    ...common,
    type: 'Input.ChoiceSet',
    style: isMany ? 'expanded' : 'compact',
    isMultiSelect: isMany,
    wrap: true,
    choices: field.choices.map(({ value: choice, label }) => ({ title: label, value: choice })),
    ...(value ? { value: rawOf(field, value) } : {}),
  };
}

function dateHint({ ahead }: Field, { screening }: Words): string {
  return ahead ? screening.aheadHint : screening.whenHint;
}

/** The value as the same input takes it back: in English whatever the words around it, since that is what is read. */
function rawOf(field: Field, value: FieldValue): string {
  switch (value.kind) {
    case 'choice':
      return value.choice;
    case 'choices':
      return value.choices.join(',');
    case 'text':
      return value.text;
    case 'date':
      return sayValue(field, value);
    default:
      return value satisfies never;
  }
}

/** What closes the list stands beside what adds to it; an empty list is closed by the same press. */
export function recordActions(
  view: ScreeningView,
  question: Question,
  editing: Editing,
  { buttons, records }: Words,
): readonly Button[] {
  const data = { question: question.id };
  if (editing) {
    const { number } = editing;
    return [
      { title: buttons.save, data: { ...data, verb: 'record', number } },
      {
        title: records.leaveOut,
        data: { ...data, verb: 'strike', number },
        action: withoutInputs(records.leaveOut, {
          ...stepData(view),
          ...data,
          verb: 'strike',
          number,
        }),
      },
    ];
  }
  const hasSome = standingRecords(view.position.records.get(question.id)).length > 0;
  const done = hasSome ? records.thatIsAll : records.none;
  const doneData = { ...stepData(view), ...data, verb: 'reply', words: 'done' };
  return [
    { title: records.add, data: { ...data, verb: 'record' } },
    { title: done, data: { ...data, verb: 'reply' }, action: withoutInputs(done, doneData) },
  ];
}

/** A press that does not take the fields with it. */
function withoutInputs(title: string, data: Parameters<typeof press>[1]): JsonObject {
  return { ...press(title, data), associatedInputs: 'none' };
}

/** Below the fields, so that a list can be read back before it is ended. */
export function recordHow({ records }: Words): Element {
  return box([small(records.how)]);
}
