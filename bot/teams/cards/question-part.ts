import { sayTime } from '../../../src/core/days.js';
import { notAskedWords } from '../../../src/core/phrases.js';
import { notAskedReasonSchema } from '../../../src/core/reply.js';
import { sayValue } from '../../../src/core/say-value.js';
import type { Question, Script } from '../../../src/core/script.js';
import { excuses } from '../../../src/core/step.js';
import type { ScreeningView } from '../../../src/flows/take-reply.js';
import type { JsonObject } from '../activity.js';
import { box, type Element, type PressData, plain, press, row, small, text } from './card.js';

/** The part of a step's card that asks: the words to read, how to answer, and the ways out. */

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
): readonly Element[] {
  const standing = view.position.standings.get(question.id);
  const first = view.screening.events.length === 0;
  return [
    ...(first ? openingPart(view.script) : []),
    small(
      question.aloud ? `${question.id} · read aloud` : `${question.id} · for you, not read aloud`,
    ),
    text(question.aloud ? `“${question.ask}”` : question.ask, {
      size: 'Large',
      weight: 'Bolder',
      style: 'heading',
    }),
    ...(question.hint ? [small(question.hint)] : []),
    ...(standing
      ? [small(`Recorded ${sayTime(standing.at)}: ${plain(sayValue(question, standing.value))}`)]
      : []),
    ...answerPart(view, question),
    ...absentRows(view, question),
    box([small(`${question.why.text} (${sayCites(question.why.cites)})`)], {
      id: 'because',
      isVisible: false,
    }),
  ];
}

/** Before the first question: what this is for, what to mind, and the words to begin with. */
function openingPart({ purpose, prompts, opening }: Script): readonly Element[] {
  return [
    small(purpose),
    ...prompts.map((prompt) => small(`• ${prompt}`)),
    text(`Read first: “${opening}”`),
  ];
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
  const column = (words: string, verb: string) => ({
    type: 'Column',
    width: 'stretch',
    items: [text(words)],
    selectAction: press(words, { ...data, verb }),
    style: 'emphasis',
  });
  return [
    {
      type: 'ColumnSet',
      columns: [column('u  Not known', 'not-known'), column('d  Declined', 'declined')],
    },
  ];
}

/** At most six, DANGER always among them. */
export function questionActions(view: ScreeningView, question: Question): readonly Button[] {
  const hasField = ['MS', 'FT', 'DT', 'N'].includes(question.type);
  const why: Button = {
    title: 'Why?',
    data: { verb: 'why' },
    action: { type: 'Action.ToggleVisibility', title: 'Why?', targetElements: ['because'] },
  };
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
  return {
    type: 'Action.ShowCard',
    title: 'Skip…',
    card: {
      type: 'AdaptiveCard',
      version: '1.5',
      body,
      actions: [press('Record as not asked', data)],
    },
  };
}
