import { phrases } from '../../../src/core/phrases.js';
import { sayValue, visible } from '../../../src/core/say-value.js';
import { progressOf } from '../../../src/core/screening.js';
import { dangerMessage, dangerScript, type Script } from '../../../src/core/script.js';
import type { ScreeningView } from '../../../src/flows/take-reply.js';
import type { JsonObject } from '../activity.js';
import { cut } from './answer-message.js';
import { box, card, type Element, heading, plain, press, small, text } from './card.js';
import {
  type Button,
  questionActions,
  questionPart,
  type SayCites,
  stepData,
} from './question-part.js';

const neutralFallback = 'A screening step is ready. Open it in Teams on a newer client.';

/** What the card says above the question: a refusal, a suggestion, that somebody was faster. */
export type Notice = { readonly text: string; readonly typed?: string };

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
