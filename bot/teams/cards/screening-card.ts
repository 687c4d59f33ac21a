import { sayRecord, sayValue, visible } from '../../../src/core/say-value.js';
import { progressOf } from '../../../src/core/screening.js';
import { dangerMessage, dangerScript, type Script } from '../../../src/core/script.js';
import { english, type Words } from '../../../src/core/words.js';
import type { ScreeningView } from '../../../src/flows/screening-view.js';
import type { JsonObject } from '../activity.js';
import { cut } from './answer-message.js';
import { box, card, type Element, heading, plain, press, small, text } from './card.js';
import {
  type Button,
  questionActions,
  questionPart,
  reasonActions,
  reasonPart,
  type SayCites,
  stepData,
} from './question-part.js';
import type { Editing } from './record-part.js';

/** What the card says above the question: a refusal, a suggestion, that somebody was faster. */
export type Notice = { readonly text: string; readonly typed?: string };

/** What a card shows beside where the screening stands. */
export type Shown = { readonly notice?: Notice | undefined; readonly editing?: Editing };

/** Over 200 lines: what stands above and below a question is read here from top to bottom. */

/** The card of one step: what to say, how to answer, and a way out of everything. */
export function screeningCard(
  view: ScreeningView,
  sayCites: SayCites,
  { notice, editing }: Shown = {},
  words: Words = english,
): JsonObject {
  const { phrases, notAsked } = words;
  const { script, screening, position } = view;
  const data = stepData(view);
  const body = [
    small(`${script.title} · ${screening.caseRef} · ${sayProgress(view, words)}`),
    ...(notice ? [noticeBox(notice, words)] : []),
    ...dangerBox(view, words),
    ...messageBoxes(view, words),
    ...(position.short ? [small(phrases.shortSet(notAsked[position.short]))] : []),
    ...stepPart(view, sayCites, editing, words),
  ];
  return card(
    body,
    stepActions(view, editing, words).map(
      ({ title, ...own }) => own.action ?? press(title, { ...data, ...own.data }),
    ),
    words.fallbacks.step,
  );
}

function stepPart(
  view: ScreeningView,
  sayCites: SayCites,
  editing: Editing,
  words: Words,
): readonly Element[] {
  const { isPaused, awaitsReason, at } = view.position;
  if (isPaused || !(at || awaitsReason)) return endPart(view, words);
  if (awaitsReason) return reasonPart(view, words);
  return at ? questionPart(view, at, sayCites, editing, words) : endPart(view, words);
}

function stepActions(view: ScreeningView, editing: Editing, words: Words): readonly Button[] {
  const { isPaused, awaitsReason, at } = view.position;
  if (isPaused || !(at || awaitsReason)) return endActions(view, words);
  if (awaitsReason) return reasonActions(view, words);
  return at ? questionActions(view, at, editing, words) : endActions(view, words);
}

/** The step that was answered, shrunk to one line, so that the chat stays readable. */
export function answeredCard(view: ScreeningView, words: Words = english): JsonObject {
  return card([small(words.screening.answered(lastWords(view, words)))], [], words.fallbacks.step);
}

function lastWords({ screening, script }: ScreeningView, words: Words): string {
  const last = screening.events.findLast(
    ({ act }) => act.kind === 'reply' || act.kind === 'record',
  );
  const act = last?.act;
  if (act?.kind !== 'reply' && act?.kind !== 'record') return words.screening.recorded;
  const question = script.questions.find((candidate) => candidate.id === act.question);
  if (!question) return words.screening.recorded;
  const said =
    act.kind === 'reply'
      ? sayValue(question, act.value, words)
      : sayRecord(question, act.fields, words);
  return `${question.id} · ${plain(oneLine(said))}`;
}

/** About two lines on a phone. */
const longestAnswered = 120;

function oneLine(said: string): string {
  return cut(said.replace(/\s+/g, ' '), longestAnswered);
}

/** A count of work done and to come. */
export function sayProgress(view: ScreeningView, words: Words): string {
  const { asked, left } = progressOf(view.position);
  return words.screening.progress(asked, left);
}

/** Of what was typed and not recorded; the rest stands in the chat or field it was typed into. */
const mostTyped = 2_000;

function noticeBox({ text: words, typed }: Notice, { screening }: Words): Element {
  const kept = typed ? [small(screening.typed(plain(visible(typed.slice(0, mostTyped)))))] : [];
  return box([text(words, { weight: 'Bolder' }), ...kept], { style: 'warning' });
}

/** Stands on every card for as long as the red flag does: in full when it is raised, then short, so that the question shows. */
function dangerBox(
  { script, position }: ScreeningView,
  { phrases, screening }: Words,
): readonly Element[] {
  if (!position.inDanger) return [];
  const isNew = position.messages.includes(dangerMessage);
  if (!isNew && position.at)
    return [
      box([text(phrases.dangerStands, { weight: 'Bolder' })], { style: 'attention', bleed: true }),
    ];
  const message = script.messages[dangerMessage];
  const aloud = message?.readAloud
    ? [text(screening.readAloudIfSafe(message.readAloud), { size: 'Medium', weight: 'Bolder' })]
    : [];
  const next = script.messages[message?.followedBy ?? '']?.text;
  const why = position.flags.filter((flag) => flag.level === 'red').map((flag) => flag.about);
  return [
    box(
      [
        ...(screening.dangerFirst ? [text(screening.dangerFirst, { weight: 'Bolder' })] : []),
        text(message?.text ?? '', { weight: 'Bolder' }),
        ...(next ? [text(next)] : []),
        ...aloud,
        small(screening.raisedBy(why.join('; '))),
      ],
      {
        style: 'attention',
        bleed: true,
      },
    ),
  ];
}

/** Messages that the last reply called for, the danger message aside. */
function messageBoxes(
  { script, position }: ScreeningView,
  { screening }: Words,
): readonly Element[] {
  const stands = [dangerMessage, script.messages[dangerMessage]?.followedBy];
  return position.messages
    .filter((id) => !(position.inDanger && stands.includes(id)))
    .flatMap((id) => {
      const message = script.messages[id];
      if (!message) return [];
      const aloud = message.readAloud ? [text(screening.readAloud(message.readAloud))] : [];
      const reasons = position.flags
        .filter((flag) => flag.level === 'amber')
        .map((flag) => flag.about);
      const words = message.text.replace('{list}', reasons.join('; '));
      return [box([text(words), ...aloud], { style: 'warning' })];
    });
}

function endPart({ script, position }: ScreeningView, { phrases }: Words): readonly Element[] {
  if (position.isPaused) return [text(phrases.paused)];
  if (!position.inDanger)
    return [heading(position.short ? phrases.finishedShort : phrases.finished)];
  return [
    heading(
      hasDangerQuestions(script) ? phrases.finishedInDanger : phrases.finishedInDangerUnasked,
    ),
  ];
}

/** A question or two of another script that stay open in danger are not the danger questions. */
function hasDangerQuestions({ name }: Script): boolean {
  return name === dangerScript;
}

/** The screening's own id as the instance: however often it is pressed, one screening begins. */
function askDangerQuestions({ screening }: ScreeningView, { phrases }: Words): Button {
  return {
    title: phrases.askDangerQuestions,
    data: { verb: 'start', script: dangerScript, instance: screening.id },
  };
}

function endActions(view: ScreeningView, words: Words): readonly Button[] {
  const { buttons } = words;
  if (view.position.isPaused) {
    return [
      { title: buttons.resume, data: { verb: 'resume' } },
      { title: buttons.handOver, data: { verb: 'hand-over' } },
      { title: buttons.summary, data: { verb: 'summary' } },
      { title: buttons.danger, data: { verb: 'danger' } },
    ];
  }
  const isUnasked = view.position.inDanger && !hasDangerQuestions(view.script);
  return [
    ...(isUnasked ? [askDangerQuestions(view, words)] : []),
    ...(view.position.short ? [{ title: buttons.askRest, data: { verb: 'lengthen' } }] : []),
    { title: buttons.summary, data: { verb: 'summary' } },
    { title: buttons.anotherScript, data: { verb: 'choose' } },
    { title: buttons.back, data: { verb: 'back' } },
    { title: buttons.danger, data: { verb: 'danger' } },
  ];
}
