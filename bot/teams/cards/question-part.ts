import { askedWords } from '../../../src/core/asked-words.js';
import { sayTime } from '../../../src/core/days.js';
import { changeReasons, notAskedWords, phrases } from '../../../src/core/phrases.js';
import { notAskedReasonSchema } from '../../../src/core/reply.js';
import { sayValue } from '../../../src/core/say-value.js';
import type { Question, Script } from '../../../src/core/script.js';
import { excuses } from '../../../src/core/step.js';
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
): readonly Element[] {
  const standing = view.position.standings.get(question.id);
  const first = view.screening.events.length === 0;
  return [
    ...(first ? openingPart(view.script) : []),
    small(
      question.aloud ? `${question.id} · read aloud` : `${question.id} · for you, not read aloud`,
    ),
    ...askPart(view, question),
    ...(question.hint ? [small(question.hint)] : []),
    ...(standing
      ? [small(`Recorded ${sayTime(standing.at)}: ${plain(sayValue(question, standing.value))}`)]
      : []),
    ...(question.type === 'CARD'
      ? [...recordPart(view, question, editing), recordHow()]
      : answerPart(view, question)),
    ...absentRows(view, question),
    box([small(`${question.why.text} (${sayCites(question.why.cites)})`)], {
      id: 'because',
      isVisible: false,
    }),
    ...(first ? notesPart(view.script) : []),
  ];
}

const askStyle = { size: 'Large', weight: 'Bolder', style: 'heading' } as const;

/**
 * The words to read. Where it was told in earlier contact, those come first and one press confirms them: what
 * stands largest is what is read, and nobody should have to tell it again.
 */
function askPart(view: ScreeningView, question: Question): readonly Element[] {
  const asked = spoken(question, plain(askedWords(question, view)));
  const held = view.position.isRevisiting ? undefined : view.held.get(question.id);
  if (!held) return [text(asked, askStyle)];
  const words = phrases.toldOn(sayTime(held.at), plain(sayValue(question, held.value)));
  const data = { ...stepData(view), verb: 'confirm', question: question.id };
  return [
    text(spoken(question, `${words} ${phrases.stillRight}`), askStyle),
    row('k  Still right', data),
    small('If not, or not any more:'),
    text(asked, { weight: 'Bolder', spacing: 'Small' }),
  ];
}

function spoken({ aloud }: Question, words: string): string {
  return aloud ? `“${words}”` : words;
}

/** Instead of the next question, while a change waits for its reason. */
export function reasonPart(view: ScreeningView): readonly Element[] {
  const data = { ...stepData(view), verb: 'reason', question: view.position.awaitsReason ?? '' };
  return [
    text(`${data.question} · ${phrases.askReason}`, { weight: 'Bolder', style: 'heading' }),
    ...changeReasons.map((reason, place) => row(`${place + 1}  ${reason}`, { ...data, reason })),
    { type: 'Input.Text', id: 'reason', label: 'Or in your own words', maxLength: 500 },
  ];
}

export function reasonActions(view: ScreeningView): readonly Button[] {
  const question = view.position.awaitsReason ?? '';
  return [
    { title: 'Save', data: { verb: 'reason', question } },
    { title: 'Back', data: { verb: 'back' } },
    { title: 'Pause', data: { verb: 'pause' } },
    { title: 'DANGER', data: { verb: 'danger' } },
  ];
}

/** Before the first question: what this is for, and the words to begin with. */
function openingPart({ purpose, opening, licence }: Script): readonly Element[] {
  return [
    small(purpose),
    ...(licence?.kind === 'instrument' ? [small(plain(licence.notice))] : []),
    ...(opening ? [text(`Read first: “${opening}”`, { size: 'Medium' })] : []),
  ];
}

/** What to mind throughout. Below the answers, since somebody may be waiting for the first question. */
function notesPart({ prompts }: Script): readonly Element[] {
  return prompts.length > 0
    ? [
        text('For you, not read aloud', { weight: 'Bolder' }),
        ...prompts.map((p) => small(`• ${p}`)),
      ]
    : [];
}

/** One press for a single choice; a field and Save for the rest. Numbers are those that can be typed. */
function answerPart(view: ScreeningView, question: Question): readonly Element[] {
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
    const label = 'Tick all that apply';
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
  const labels = { FT: 'In their own words', DT: 'When, as near as known', N: 'How many' } as const;
  const hints = {
    FT: '',
    DT: 'last Friday, about March 2024',
    N: '',
  } as const;
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

function absentRows(view: ScreeningView, question: Question): readonly Element[] {
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
      columns: [absent('u  Not known', 'not-known'), absent('d  Declined', 'declined')],
    },
    // Of six buttons a list needs two.
    ...(question.type === 'CARD'
      ? [box([text('Why?')], { selectAction: toggle('Why?', 'because'), style: 'emphasis' })]
      : []),
  ];
}

/** At most six, DANGER always among them. */
export function questionActions(
  view: ScreeningView,
  question: Question,
  editing: Editing,
): readonly Button[] {
  const hasField = ['MS', 'FT', 'DT', 'N'].includes(question.type);
  const why: Button = {
    title: 'Why?',
    data: { verb: 'why' },
    action: toggle('Why?', 'because'),
  };
  if (question.type === 'CARD')
    return [
      ...recordActions(view, question, editing),
      { title: 'Skip…', data: { verb: 'skip' }, action: skipMenu(view, question) },
      { title: 'Back', data: { verb: 'back' } },
      { title: 'Pause', data: { verb: 'pause' } },
      { title: 'DANGER', data: { verb: 'danger' } },
    ];
  return [
    ...(hasField ? [{ title: 'Save', data: { verb: 'reply', question: question.id } }] : []),
    view.position.isRevisiting
      ? { title: 'Keep as it is', data: { verb: 'keep' } }
      : { title: 'Skip…', data: { verb: 'skip' }, action: skipMenu(view, question) },
    { title: 'Back', data: { verb: 'back' } },
    { title: 'Pause', data: { verb: 'pause' } },
    why,
    { title: 'DANGER', data: { verb: 'danger' } },
  ];
}

/** Passing a question over asks why, since "not asked" is not "no". */
function skipMenu(view: ScreeningView, question: Question): JsonObject {
  const choices = notAskedReasonSchema.options
    .map((value, index) => ({ title: `s${index + 1}  ${notAskedWords[value]}`, value }))
    .filter(({ value }) => !question.mustAsk || excuses.includes(value));
  const body = [
    {
      type: 'Input.ChoiceSet',
      id: 'why',
      label: 'Why is it not asked?',
      style: 'expanded',
      isRequired: true,
      errorMessage: 'Choose a reason.',
      choices,
    },
  ];
  const data = { ...stepData(view), verb: 'skip', question: question.id };
  const hasShort = view.script.questions.some(({ short }) => short);
  const shorten = press('Ask only the short set from here', { ...stepData(view), verb: 'shorten' });
  return {
    type: 'Action.ShowCard',
    title: 'Skip…',
    card: {
      type: 'AdaptiveCard',
      version: '1.5',
      body,
      actions: [
        press('Record as not asked', data),
        ...(hasShort && !view.position.short && !view.position.inDanger ? [shorten] : []),
      ],
    },
  };
}
