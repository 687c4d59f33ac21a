import { sayTime } from '../../../src/core/days.js';
import { notAskedWords, phrases } from '../../../src/core/phrases.js';
import { notAskedReasonSchema } from '../../../src/core/reply.js';
import { sayValue, visible } from '../../../src/core/say-value.js';
import { progressOf } from '../../../src/core/screening.js';
import {
  dangerMessage,
  dangerScript,
  type Question,
  type Script,
} from '../../../src/core/script.js';
import { excuses } from '../../../src/core/step.js';
import type { ScreeningView } from '../../../src/flows/take-reply.js';
import type { JsonObject } from '../activity.js';
import { cut } from './answer-message.js';
import {
  box,
  card,
  type Element,
  heading,
  type PressData,
  plain,
  press,
  row,
  small,
  text,
} from './card.js';

const neutralFallback = 'A screening step is ready. Open it in Teams on a newer client.';

/** What the card says above the question: a refusal, a suggestion, that somebody was faster. */
export type Notice = { readonly text: string; readonly typed?: string };

/** Source and place of a script's cites, for people. */
export type SayCites = (cites: readonly string[]) => string;

/** The card of one step: what to say, how to answer, and a way out of everything. */
export function screeningCard(
  view: ScreeningView,
  sayCites: SayCites,
  notice?: Notice,
): JsonObject {
  const { script, screening, position } = view;
  const data = stepData(view);
  const question = position.isPaused ? undefined : position.at;
  const body = [
    small(`${script.title} · ${screening.caseRef} · ${sayProgress(view)}`),
    ...(notice ? [noticeBox(notice)] : []),
    ...dangerBox(view),
    ...messageBoxes(view),
    ...(question ? questionPart(view, question, sayCites) : endPart(view)),
  ];
  const actions = question ? questionActions(view, question) : endActions(view);
  return card(
    body,
    actions.map(({ title, ...own }) => own.action ?? press(title, { ...data, ...own.data })),
    neutralFallback,
  );
}

/** The step that was answered, shrunk to one line, so that the chat stays readable. */
export function answeredCard(view: ScreeningView): JsonObject {
  const last = view.screening.events.findLast((event) => event.act.kind === 'reply');
  const act = last?.act.kind === 'reply' ? last.act : undefined;
  const question = view.script.questions.find((candidate) => candidate.id === act?.question);
  const words =
    act && question
      ? `${question.id} · ${plain(oneLine(sayValue(question, act.value)))}`
      : 'Recorded';
  return card([small(`${words} · recorded`)], [], neutralFallback);
}

/** About two lines on a phone. */
const longestAnswered = 120;

function oneLine(said: string): string {
  return cut(said.replace(/\s+/g, ' '), longestAnswered);
}

type Button = { readonly title: string; readonly data: PressData; readonly action?: JsonObject };

function stepData({ screening }: ScreeningView): Omit<PressData, 'verb'> {
  return { screening: screening.id, seen: screening.events.length };
}

/** A count of work done and to come. */
export function sayProgress(view: ScreeningView): string {
  const { asked, left } = progressOf(view.position);
  return `${asked} asked, ${left} left`;
}

function noticeBox({ text: words, typed }: Notice): Element {
  const kept = typed ? [small(`You typed: ${plain(visible(typed.slice(0, 500)))}`)] : [];
  return box([text(words, { weight: 'Bolder' }), ...kept], { style: 'warning' });
}

/** Stands on every card for as long as the red flag does. */
function dangerBox({ script, position }: ScreeningView): readonly Element[] {
  if (!position.inDanger) return [];
  const message = script.messages[dangerMessage];
  const aloud = message?.readAloud ? [text(`Read aloud if safe: “${message.readAloud}”`)] : [];
  const next = script.messages[message?.followedBy ?? '']?.text;
  const why = position.flags.filter((flag) => flag.level === 'red').map((flag) => flag.about);
  return [
    box(
      [
        text(message?.text ?? '', { weight: 'Bolder' }),
        ...(next ? [text(next)] : []),
        ...aloud,
        small(`Raised by: ${why.join('; ')}`),
      ],
      {
        style: 'attention',
        bleed: true,
      },
    ),
  ];
}

/** Messages that the last reply called for, the danger message aside. */
function messageBoxes({ script, position }: ScreeningView): readonly Element[] {
  const stands = [dangerMessage, script.messages[dangerMessage]?.followedBy];
  return position.messages
    .filter((id) => !(position.inDanger && stands.includes(id)))
    .flatMap((id) => {
      const message = script.messages[id];
      if (!message) return [];
      const aloud = message.readAloud ? [text(`Read aloud: “${message.readAloud}”`)] : [];
      const reasons = position.flags
        .filter((flag) => flag.level === 'amber')
        .map((flag) => flag.about);
      const words = message.text.replace('{list}', reasons.join('; '));
      return [box([text(words), ...aloud], { style: 'warning' })];
    });
}

function questionPart(
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
function questionActions(view: ScreeningView, question: Question): readonly Button[] {
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

function endPart({ script, position }: ScreeningView): readonly Element[] {
  if (position.isPaused) return [text(phrases.paused)];
  if (!position.inDanger) return [heading(phrases.finished)];
  return [
    heading(
      hasDangerQuestions(script) ? phrases.finishedInDanger : phrases.finishedInDangerUnasked,
    ),
  ];
}

function hasDangerQuestions(script: Script): boolean {
  return script.questions.some(({ danger }) => danger);
}

/** The screening's own id as the instance: however often it is pressed, one screening begins. */
function askDangerQuestions({ screening }: ScreeningView): Button {
  return {
    title: phrases.askDangerQuestions,
    data: { verb: 'start', script: dangerScript, instance: screening.id },
  };
}

function endActions(view: ScreeningView): readonly Button[] {
  if (view.position.isPaused) {
    return [
      { title: 'Resume', data: { verb: 'resume' } },
      { title: 'Case summary', data: { verb: 'summary' } },
      { title: 'DANGER', data: { verb: 'danger' } },
    ];
  }
  const isUnasked = view.position.inDanger && !hasDangerQuestions(view.script);
  return [
    ...(isUnasked ? [askDangerQuestions(view)] : []),
    { title: 'Case summary', data: { verb: 'summary' } },
    { title: 'Go on with another script', data: { verb: 'choose' } },
    { title: 'Back', data: { verb: 'back' } },
    { title: 'DANGER', data: { verb: 'danger' } },
  ];
}
