import { replay, repliedBefore } from './replay.js';
import type { RefusedReply } from './reply.js';
import type { Act, Move, Position, Screening, ScreeningEvent, Step } from './screening.js';
import type { Script } from './script.js';

/**
 * Decides what one move does. DANGER and pausing are never stale: whoever presses DANGER on an old card
 * means it.
 */
export function step(script: Script, screening: Screening, move: Move, at: string): Step {
  const { events } = screening;
  if (events.some((event) => event.activityId === move.activityId)) return { kind: 'repeated' };
  const position = replay(script, events);
  if (move.seen !== events.length) {
    if (isSameMove(events.at(-1), move)) return { kind: 'repeated' };
    if (!neverStale.includes(move.act.kind)) return { kind: 'stale' };
  }
  const decided = decideAct(position, move.act);
  if ('reason' in decided) return { kind: 'refused', reason: decided.reason };
  if ('isStale' in decided) return { kind: 'stale' };
  const { by, client, activityId } = move;
  return {
    kind: 'saved',
    event: { seq: events.length + 1, at, by, client, activityId, act: decided.act },
  };
}

function decideAct(
  position: Position,
  act: Move['act'],
): { act: Act } | { reason: RefusedReply | 'no-earlier-question' } | { isStale: true } {
  if (act.kind === 'back') {
    return repliedBefore(position.route, position.at, position.inDanger)
      ? { act }
      : { reason: 'no-earlier-question' };
  }
  if (act.kind !== 'reply') return { act };
  if (position.at?.id !== act.question) return { isStale: true };
  if (act.parsed.kind === 'refused') return { reason: act.parsed.reason };
  const { value } = act.parsed;
  if (position.at.mustAsk && value.kind === 'not-asked' && !excuses.includes(value.reason)) {
    return { reason: 'must-be-asked' };
  }
  const reason = act.reason ? { reason: act.reason } : {};
  return { act: { kind: 'reply', question: act.question, value, ...reason } };
}

const neverStale: readonly Act['kind'][] = ['danger', 'pause', 'resume'];

/** Why a question that must be asked may still be passed over. */
export const excuses: readonly string[] = ['danger', 'call-ended'];

/** A press sent twice arrives under a new id: same person, same act, right after it was taken. */
function isSameMove(last: ScreeningEvent | undefined, move: Move): boolean {
  if (
    !last ||
    last.by !== move.by ||
    last.seq !== move.seen + 1 ||
    last.act.kind !== move.act.kind
  ) {
    return false;
  }
  if (last.act.kind !== 'reply' || move.act.kind !== 'reply') return true;
  const { parsed } = move.act;
  return (
    last.act.question === move.act.question &&
    parsed.kind === 'value' &&
    JSON.stringify(parsed.value) === JSON.stringify(last.act.value)
  );
}
