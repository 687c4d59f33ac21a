import type { Cues } from '../../src/core/cues.js';
import { findDanger } from '../../src/core/find-danger.js';
import type { QuestionId } from '../../src/core/ids.js';
import { notAskedReasonSchema } from '../../src/core/reply.js';
import type { Question } from '../../src/core/script.js';
import { english, type Words } from '../../src/core/words.js';
import type { ScreeningView } from '../../src/flows/screening-view.js';
import type { TakenAct, TakenReply } from '../../src/flows/take-reply.js';
import { cut } from './cards/answer-message.js';
import type { Notice } from './cards/screening-card.js';
import type { Press } from './read-activity.js';

/** From presses to acts, and from what became of them to the words that say so. */

/** What a press does to a screening; undefined when it says too little. */
export function actOf(press: Press): TakenAct | undefined {
  const { question, number, why } = press;
  switch (press.verb) {
    case 'shorten':
      return why ? { kind: 'shorten', reason: why } : undefined;
    case 'lengthen':
    case 'back':
    case 'keep':
    case 'danger':
    case 'pause':
    case 'resume':
      return { kind: press.verb };
    case 'strike':
      return question && number ? { kind: 'strike', question, number } : undefined;
    default:
      return question ? actOnQuestion(press, question) : undefined;
  }
}

function actOnQuestion(press: Press, question: QuestionId): TakenAct | undefined {
  const { number, fields = {}, words = '', reason, why } = press;
  switch (press.verb) {
    case 'reply':
      return { kind: 'words', question, words };
    case 'not-known':
    case 'declined':
      return { kind: 'absent', question, value: { kind: press.verb } };
    case 'skip':
      return why
        ? { kind: 'absent', question, value: { kind: 'not-asked', reason: why } }
        : undefined;
    case 'confirm':
      return { kind: 'confirm', question };
    case 'record':
      return { kind: 'record', question, ...(number === undefined ? {} : { number }), fields };
    case 'reason':
      return reason ? { kind: 'reason', question, reason } : undefined;
    default:
      return undefined;
  }
}

/** What the next card says above its question. What could not be taken is shown again, so that nothing is lost. */
export function noticeOf(
  taken: Exclude<TakenReply, { kind: 'not-yours' }>,
  act: TakenAct,
  cues: Cues,
  words: Words,
): Notice | undefined {
  const { phrases } = words;
  if (taken.kind === 'refused') return { text: refusedWords(taken, words), ...typedIn(act) };
  if (taken.kind === 'stale')
    return { text: [phrases.stale, ...meanwhileIn(taken, words)].join(' '), ...typedIn(act) };
  if (taken.kind === 'repeated') return { text: phrases.repeated };
  const said = [
    ...(taken.dropped.length > 0 ? [phrases.dropped(namesOf(taken.dropped, taken.view))] : []),
    ...suggestions(taken.threats, act, cues, words),
    ...meanwhileIn(taken, words),
  ];
  return said.length > 0 ? { text: said.join(' ') } : undefined;
}

/** `SI06f2 (What did they do to it?)`: an id alone says nothing to somebody on the line. */
function namesOf(ids: readonly QuestionId[], { script }: ScreeningView): string {
  const ask = (id: QuestionId) =>
    script.questions.find((question) => question.id === id)?.ask ?? '';
  return ids.map((id) => `${id} (${cut(ask(id), 60)})`).join(', ');
}

function suggestions(
  threats: readonly string[],
  act: TakenAct,
  cues: Cues,
  { phrases }: Words,
): readonly string[] {
  const found = threats.map((word) => `“${word}”`).join(', ');
  if (found) return [phrases.suggestion(found)];
  // The word alone is on the button that means it, yet may be what was said.
  const isDanger =
    act.kind === 'words' &&
    (/^\s*(?:danger|perygl)[!.\s]*$/i.test(act.words) || findDanger(cues, act.words) !== undefined);
  if (isDanger) return [phrases.dangerSuggested];
  const isInReason = act.kind === 'reason' && findDanger(cues, act.reason) !== undefined;
  return isInReason ? [phrases.dangerUnrecorded] : [];
}

/** By question only: what was said there stands on the card and in the summary. */
function meanwhileIn(
  { meanwhile }: Extract<TakenReply, { kind: 'saved' | 'stale' | 'repeated' }>,
  { phrases }: Words,
) {
  const questions = meanwhile.map(({ act }) =>
    'question' in act ? String(act.question) : act.kind,
  );
  return questions.length > 0 ? [phrases.meanwhile([...new Set(questions)].join(', '))] : [];
}

function typedIn(act: TakenAct): { readonly typed?: string } {
  if (act.kind === 'words') return { typed: act.words };
  return act.kind === 'record' ? { typed: Object.values(act.fields).join('; ') } : {};
}

/** What stood in the fields of a card when something else on it was pressed: shown again, so that nothing is lost. */
export function unsavedOf(
  press: Press,
  act: TakenAct,
  { phrases }: Words = english,
): Notice | undefined {
  if (!leaving.includes(act.kind)) return undefined;
  const typed = [press.words ?? '', ...Object.values(press.fields ?? {})].filter(
    (words) => words.trim() !== '',
  );
  return typed.length > 0 ? { text: phrases.unsaved, typed: typed.join('; ') } : undefined;
}

const leaving: readonly TakenAct['kind'][] = [
  'danger',
  'back',
  'keep',
  'pause',
  'absent',
  'shorten',
];

function refusedWords(
  { reason, field }: Extract<TakenReply, { kind: 'refused' }>,
  { replyRefused }: Words,
): string {
  return field ? `${field}: ${replyRefused[reason]}` : replyRefused[reason];
}

/** Said when typed words cannot be taken: why, and the question again with its choices. */
export function refusalOf(
  taken: Extract<TakenReply, { kind: 'refused' }>,
  question: Question | undefined,
  isDanger: boolean,
  words: Words,
): string[] {
  const { phrases } = words;
  const choices = (question?.choices ?? [])
    .map(({ label }, index) => `${index + 1} ${label}`)
    .join(', ');
  return [
    refusedWords(taken, words),
    ...(question ? [`${question.id} ${question.ask}`] : []),
    ...(choices ? [`${phrases.typeHow} ${choices}`] : []),
    phrases.askHow,
    // Last, where the eyes are.
    ...(isDanger ? [phrases.dangerUnrecorded] : []),
  ];
}

export function skipHow(words: Words): string[] {
  return [words.phrases.skipHow, reasonsAfter('s', words)];
}

export function shortHow(words: Words): string[] {
  return [words.phrases.shortHow, reasonsAfter('short ', words)];
}

function reasonsAfter(key: string, { notAsked }: Words): string {
  return notAskedReasonSchema.options
    .map((reason, index) => `${key}${index + 1} ${notAsked[reason]}`)
    .join(', ');
}
