import { askedWords } from '../../../src/core/asked-words.js';
import { changeReasons } from '../../../src/core/phrases.js';
import { notAskedReasonSchema } from '../../../src/core/reply.js';
import { sayValue } from '../../../src/core/say-value.js';
import type { Question, Script } from '../../../src/core/script.js';
import { excuses } from '../../../src/core/step.js';
import type { Words } from '../../../src/core/words.js';
import type { ScreeningView } from '../../../src/flows/screening-view.js';
import type { JsonObject } from '../activity.js';
import {
  box,
  type Element,
  type PressData,
  plain,
  press,
  row,
  small,
  text,
  toggle,
} from './card.js';
import { type Editing, recordActions, recordHow, recordPart } from './record-part.js';

/**
 * The part of a step's card that asks: the words to read, how to answer, and the ways out. Over 200 lines: what
 * stands on a card is read here from top to bottom.
 */

/** Source and place of a script's cites, for people. */
export type SayCites = (cites: readonly string[]) => string;

export type Button = {
  readonly title: string;
  readonly data: PressData;
  readonly action?: JsonObject;
};

/** What every press of a step carries. */
export function stepData({ screening }: ScreeningView): Omit<PressData, 'verb'> {
  return { screening: screening.id, seen: screening.events.length };
}

export function questionPart(
  view: ScreeningView,
  question: Question,
  sayCites: SayCites,
  editing: Editing,
  words: Words,
): readonly Element[] {
  const { screening, dates } = words;
  const standing = view.position.standings.get(question.id);
  const first = view.screening.events.length === 0;
  return [
    ...(first ? openingPart(view.script, words) : []),
    small(question.aloud ? screening.aloud(question.id) : screening.notAloud(question.id)),
    ...askPart(view, question, words),
    ...(question.hint ? [small(question.hint)] : []),
    ...(standing
      ? [
          small(
            screening.standing(
              dates.time(standing.at),
              plain(sayValue(question, standing.value, words)),
            ),
          ),
        ]
      : []),
    ...(question.type === 'CARD'
      ? [...recordPart(view, question, editing, words), recordHow(words)]
      : answerPart(view, question, words)),
    ...absentRows(view, question, words),
    box([small(`${question.why.text} (${sayCites(question.why.cites)})`)], {
      id: 'because',
      isVisible: false,
    }),
    ...(first ? notesPart(view.script, words) : []),
  ];
}

const askStyle = { size: 'Large', weight: 'Bolder', style: 'heading' } as const;

/**
 * The words to read. Where it was told in earlier contact, those come first and one press confirms them: what
 * stands largest is what is read, and nobody should have to tell it again.
 */
function askPart(view: ScreeningView, question: Question, words: Words): readonly Element[] {
  const { phrases, screening, dates } = words;
  const asked = spoken(question, plain(askedWords(question, view)));
  const held = view.position.isRevisiting ? undefined : view.held.get(question.id);
  if (!held) return [text(asked, askStyle)];
  const told = phrases.toldOn(dates.time(held.at), plain(sayValue(question, held.value, words)));
  const data = { ...stepData(view), verb: 'confirm', question: question.id };
  return [
    text(spoken(question, `${told} ${phrases.stillRight}`), askStyle),
    row(screening.stillRight, data),
    small(screening.ifNot),
    text(asked, { weight: 'Bolder', spacing: 'Small' }),
  ];
}

function spoken({ aloud }: Question, words: string): string {
  return aloud ? `“${words}”` : words;
}

/** Instead of the next question, while a change waits for its reason. */
export function reasonPart(view: ScreeningView, words: Words): readonly Element[] {
  const data = { ...stepData(view), verb: 'reason', question: view.position.awaitsReason ?? '' };
  return [
    text(`${data.question} · ${words.phrases.askReason}`, { weight: 'Bolder', style: 'heading' }),
    // The record is in English, so the reason is kept in English whatever the row says.
    ...changeReasons.map((reason, place) =>
      row(`${place + 1}  ${words.changeReasons[place] ?? reason}`, { ...data, reason }),
    ),
    { type: 'Input.Text', id: 'reason', label: words.screening.ownReason, maxLength: 500 },
  ];
}

export function reasonActions(view: ScreeningView, { buttons }: Words): readonly Button[] {
  const question = view.position.awaitsReason ?? '';
  return [
    { title: buttons.save, data: { verb: 'reason', question } },
    { title: buttons.back, data: { verb: 'back' } },
    { title: buttons.pause, data: { verb: 'pause' } },
    { title: buttons.danger, data: { verb: 'danger' } },
  ];
}

/** Before the first question: what this is for, and the words to begin with. */
function openingPart(
  { purpose, opening, licence }: Script,
  { screening }: Words,
): readonly Element[] {
  return [
    small(purpose),
    ...(licence?.kind === 'instrument' ? [small(plain(licence.notice))] : []),
    ...(opening ? [text(screening.readFirst(opening), { size: 'Medium' })] : []),
  ];
}

/** What to mind throughout. Below the answers, since somebody may be waiting for the first question. */
function notesPart({ prompts }: Script, { screening }: Words): readonly Element[] {
  return prompts.length > 0
    ? [text(screening.forYou, { weight: 'Bolder' }), ...prompts.map((p) => small(`• ${p}`))]
    : [];
}

/** One press for a single choice; a field and Save for the rest. Numbers are those that can be typed. */
function answerPart(
  view: ScreeningView,
  question: Question,
  { screening }: Words,
): readonly Element[] {
  const data = { ...stepData(view), verb: 'reply', question: question.id };
  if (['YN', 'YNU', 'MC'].includes(question.type)) {
    return question.choices.map((choice, index) =>
      row(`${index + 1}  ${choice.label}`, { ...data, words: choice.value }),
    );
  }
  if (question.type === 'MS') {
    const choices = question.choices.map(({ value, label }, index) => ({
      title: `${index + 1}  ${label}`,
      value,
    }));
    const label = screening.tickAll;
    return [
      {
        type: 'Input.ChoiceSet',
        id: 'words',
        label,
        style: 'expanded',
        isMultiSelect: true,
        wrap: true,
        choices,
      },
    ];
  }
  const labels = { FT: screening.ownWords, DT: screening.when, N: screening.howMany };
  const hints = { FT: '', DT: screening.whenHint, N: '' };
  const type = question.type as keyof typeof labels;
  return [
    {
      type: 'Input.Text',
      id: 'words',
      label: labels[type],
      isMultiline: question.type === 'FT',
      maxLength: question.type === 'FT' ? 8_000 : 100,
      placeholder: hints[type],
    },
  ];
}

function absentRows(
  view: ScreeningView,
  question: Question,
  { screening }: Words,
): readonly Element[] {
  const data = { ...stepData(view), question: question.id };
  const column = (words: string, selectAction: JsonObject) => ({
    type: 'Column',
    width: 'stretch',
    items: [text(words)],
    selectAction,
    style: 'emphasis',
  });
  const absent = (words: string, verb: string) => column(words, press(words, { ...data, verb }));
  return [
    {
      type: 'ColumnSet',
      columns: [absent(screening.notKnown, 'not-known'), absent(screening.declined, 'declined')],
    },
    // Of six buttons a list needs two.
    ...(question.type === 'CARD'
      ? [
          box([text(screening.why)], {
            selectAction: toggle(screening.why, 'because'),
            style: 'emphasis',
          }),
        ]
      : []),
  ];
}

/** At most six, DANGER always among them. */
export function questionActions(
  view: ScreeningView,
  question: Question,
  editing: Editing,
  words: Words,
): readonly Button[] {
  const { buttons, screening } = words;
  const hasField = ['MS', 'FT', 'DT', 'N'].includes(question.type);
  const why: Button = {
    title: screening.why,
    data: { verb: 'why' },
    action: toggle(screening.why, 'because'),
  };
  if (question.type === 'CARD')
    return [
      ...recordActions(view, question, editing, words),
      { title: buttons.skip, data: { verb: 'skip' }, action: skipMenu(view, question, words) },
      { title: buttons.back, data: { verb: 'back' } },
      { title: buttons.pause, data: { verb: 'pause' } },
      { title: buttons.danger, data: { verb: 'danger' } },
    ];
  return [
    ...(hasField ? [{ title: buttons.save, data: { verb: 'reply', question: question.id } }] : []),
    view.position.isRevisiting
      ? { title: buttons.keep, data: { verb: 'keep' } }
      : { title: buttons.skip, data: { verb: 'skip' }, action: skipMenu(view, question, words) },
    { title: buttons.back, data: { verb: 'back' } },
    { title: buttons.pause, data: { verb: 'pause' } },
    why,
    { title: buttons.danger, data: { verb: 'danger' } },
  ];
}

/** Passing a question over asks why, since "not asked" is not "no". */
function skipMenu(view: ScreeningView, question: Question, words: Words): JsonObject {
  const { screening, buttons, notAsked } = words;
  const choices = notAskedReasonSchema.options
    .map((value, index) => ({ title: `s${index + 1}  ${notAsked[value]}`, value }))
    .filter(({ value }) => !question.mustAsk || excuses.includes(value));
  const body = [
    {
      type: 'Input.ChoiceSet',
      id: 'why',
      label: screening.whyNotAsked,
      style: 'expanded',
      isRequired: true,
      errorMessage: screening.chooseReason,
      choices,
    },
  ];
  const data = { ...stepData(view), verb: 'skip', question: question.id };
  const hasShort = view.script.questions.some(({ short }) => short);
  const shorten = press(screening.shortFromHere, { ...stepData(view), verb: 'shorten' });
  return {
    type: 'Action.ShowCard',
    title: buttons.skip,
    card: {
      type: 'AdaptiveCard',
      version: '1.5',
      body,
      actions: [
        press(screening.recordNotAsked, data),
        ...(hasShort && !view.position.short && !view.position.inDanger ? [shorten] : []),
      ],
    },
  };
}
