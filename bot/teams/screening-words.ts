import type { Cues } from '../../src/core/cues.js';
import { findDanger } from '../../src/core/find-danger.js';
import { notAskedWords, phrases, replyRefused } from '../../src/core/phrases.js';
import { notAskedReasonSchema } from '../../src/core/reply.js';
import type { Question } from '../../src/core/script.js';
import type { TakenAct, TakenReply } from '../../src/flows/take-reply.js';
import type { Notice } from './cards/screening-card.js';
import type { Press } from './read-activity.js';

/** From presses to acts, and from what became of them to the words that say so. */

/** What a press does to the open question; undefined when it says too little. */
export function actOf(press: Press): TakenAct | undefined {
  const { question } = press;
  switch (press.verb) {
    case 'reply':
      return question ? { kind: 'words', question, words: press.words ?? '' } : undefined;
    case 'not-known':
      return question ? { kind: 'absent', question, value: { kind: 'not-known' } } : undefined;
    case 'declined':
      return question ? { kind: 'absent', question, value: { kind: 'declined' } } : undefined;
    case 'skip':
      return question && press.why
        ? { kind: 'absent', question, value: { kind: 'not-asked', reason: press.why } }
        : undefined;
    case 'back':
    case 'keep':
    case 'danger':
    case 'pause':
    case 'resume':
      return { kind: press.verb };
    default:
      return undefined;
  }
}

/** What the next card says above its question. What could not be taken is shown again, so that nothing is lost. */
export function noticeOf(
  taken: Exclude<TakenReply, { kind: 'not-yours' }>,
  act: TakenAct,
  cues: Cues,
): Notice | undefined {
  if (taken.kind === 'refused') {
    return {
      text: replyRefused[taken.reason],
      ...(act.kind === 'words' ? { typed: act.words } : {}),
    };
  }
  if (taken.kind === 'stale') return { text: phrases.stale };
  if (taken.kind === 'repeated') return { text: phrases.repeated };
  const found = taken.threats.map((word) => `“${word}”`).join(', ');
  if (found) return { text: phrases.suggestion(found) };
  // The word alone is on the button that means it, yet may be what was said.
  const isDanger =
    act.kind === 'words' &&
    (/^\s*danger[!.\s]*$/i.test(act.words) || findDanger(cues, act.words) !== undefined);
  return isDanger ? { text: phrases.dangerSuggested } : undefined;
}

/** Said when typed words cannot be taken: why, and the question again with its choices. */
export function refusalOf(
  taken: Extract<TakenReply, { kind: 'refused' }>,
  question: Question | undefined,
): string[] {
  const choices = (question?.choices ?? [])
    .map(({ label }, index) => `${index + 1} ${label}`)
    .join(', ');
  return [
    replyRefused[taken.reason],
    ...(question ? [`${question.id} ${question.ask}`] : []),
    ...(choices ? [`${phrases.typeHow} ${choices}`] : []),
    phrases.askHow,
  ];
}

export function skipHow(): string[] {
  const reasons = notAskedReasonSchema.options.map(
    (reason, index) => `s${index + 1} ${notAskedWords[reason]}`,
  );
  return [phrases.skipHow, reasons.join(', ')];
}
