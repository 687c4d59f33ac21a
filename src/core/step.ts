import { mostRecords, standingRecords } from './record.js';
import { replay } from './replay.js';
import { faultInText, type Value } from './reply.js';
import { repliedBefore } from './route.js';
import type {
  Act,
  HeldAnswers,
  Move,
  Position,
  RefusedStep,
  Screening,
  ScreeningEvent,
  Step,
} from './screening.js';
import type { Script } from './script.js';

/**
 * Decides what one move does. DANGER, pausing and adding a record are never stale: whoever presses DANGER on
 * an old card means it, and a record takes nothing from anybody. `held` are the answers of earlier contact
 * that may be confirmed.
 */
export function step(
  script: Script,
  screening: Screening,
  move: Move,
  at: string,
  held: HeldAnswers = new Map(),
): Step {
  const { events } = screening;
  if (events.some((event) => event.activityId === move.activityId)) return { kind: 'repeated' };
  const position = replay(script, events);
  if (move.seen !== events.length) {
    if (isSameMove(events.at(-1), move)) return { kind: 'repeated' };
    if (!isNeverStale(move.act)) return { kind: 'stale' };
  }
  const decided = decideAct(position, move.act, held);
  if (decided.kind !== 'act') return decided;
  const { by, client, activityId } = move;
  return {
    kind: 'saved',
    event: { seq: events.length + 1, at, by, client, activityId, act: decided.act },
  };
}

type Decided =
  | { readonly kind: 'act'; readonly act: Act }
  | Extract<Step, { kind: 'stale' | 'refused' }>;

function decideAct(position: Position, act: Move['act'], held: HeldAnswers): Decided {
  switch (act.kind) {
    case 'reply':
      return decideReply(position, act);
    case 'confirm':
      return decideConfirm(position, act, held);
    case 'record':
    case 'strike':
      return decideRecord(position, act);
    case 'reason':
      return decideReason(position, act);
    case 'back':
      return repliedBefore(position.route, position.at, position.inDanger)
        ? { kind: 'act', act }
        : refused('no-earlier-question');
    case 'keep':
    case 'danger':
    case 'pause':
    case 'resume':
    case 'shorten':
    case 'lengthen':
      return { kind: 'act', act };
    default:
      return act satisfies never;
  }
}

function decideReason({ awaitsReason }: Position, act: Extract<Act, { kind: 'reason' }>): Decided {
  if (awaitsReason !== act.question) return { kind: 'stale' };
  const fault = faultInText(act.reason);
  return fault ? refused(fault) : { kind: 'act', act };
}

function decideReply(position: Position, act: Extract<Move['act'], { kind: 'reply' }>): Decided {
  const { at } = position;
  if (at?.id !== act.question) return { kind: 'stale' };
  if (act.parsed.kind === 'refused') return refused(act.parsed.reason);
  const { value } = act.parsed;
  if (at.mustAsk && value.kind === 'not-asked' && !excuses.includes(value.reason))
    return refused('must-be-asked');
  const count = standingRecords(position.records.get(at.id)).length;
  const counted = value.kind === 'listed' ? { ...value, count } : value;
  return { kind: 'act', act: { kind: 'reply', question: at.id, value: counted } };
}

function decideConfirm(
  { at }: Position,
  { question }: Extract<Move['act'], { kind: 'confirm' }>,
  held: HeldAnswers,
): Decided {
  const answer = held.get(question);
  if (at?.id !== question || !answer) return { kind: 'stale' };
  const { screening, question: from, at: toldAt, value } = answer;
  const heldFrom = { screening, question: from, at: toldAt };
  return { kind: 'act', act: { kind: 'reply', question, value, held: heldFrom } };
}

/** A record may be added or changed while its question is on the route, whatever is being asked. */
function decideRecord(
  { route, records }: Position,
  act: Extract<Move['act'], { kind: 'record' | 'strike' }>,
): Decided {
  const stop = route.find(({ question }) => question.id === act.question);
  const isOpen = stop && stop.question.type === 'CARD' && !shut.includes(stop.state);
  if (!isOpen) return { kind: 'stale' };
  const all = records.get(act.question) ?? [];
  const known = all.some(({ number, isStruck }) => number === act.number && !isStruck);
  if (act.number !== undefined && !known) return { kind: 'stale' };
  if (act.kind === 'strike') return { kind: 'act', act };
  if (act.parsed.kind === 'refused')
    return { kind: 'refused', reason: act.parsed.reason, field: act.parsed.field };
  if (act.number === undefined && all.length >= mostRecords) return refused('too-many-records');
  const { question, number, parsed } = act;
  const numbered = number === undefined ? {} : { number };
  return { kind: 'act', act: { kind: 'record', question, ...numbered, fields: parsed.fields } };
}

const shut: readonly string[] = ['closed', 'not-applicable'];

function refused(reason: RefusedStep): Decided {
  return { kind: 'refused', reason };
}

function isNeverStale(act: Move['act']): boolean {
  if (act.kind === 'record') return act.number === undefined;
  return ['danger', 'pause', 'resume'].includes(act.kind);
}

/** Why a question that must be asked may still be passed over. */
export const excuses: readonly string[] = ['danger', 'call-ended'];

/** A press sent twice arrives under a new id: same person, same act, right after it was taken. */
function isSameMove(last: ScreeningEvent | undefined, move: Move): boolean {
  if (!last || last.by !== move.by || last.seq !== move.seen + 1) return false;
  const { act } = move;
  if (act.kind === 'confirm')
    return last.act.kind === 'reply' && last.act.question === act.question && !!last.act.held;
  if (last.act.kind !== act.kind) return false;
  if (act.kind === 'reply' && last.act.kind === 'reply')
    return (
      last.act.question === act.question &&
      act.parsed.kind === 'value' &&
      isSameValue(last.act.value, act.parsed.value)
    );
  if (act.kind === 'record' && last.act.kind === 'record')
    return (
      last.act.question === act.question &&
      last.act.number === act.number &&
      act.parsed.kind === 'record' &&
      isSame(last.act.fields, act.parsed.fields)
    );
  return isSame(last.act, act);
}

/** Whatever the order of their keys: the store keeps none. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, withSortedKeys) === JSON.stringify(b, withSortedKeys);
}

function withSortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many records a list had when it was ended is counted by us, not said by whoever ended it. */
function isSameValue(a: Value, b: Value): boolean {
  return (a.kind === 'listed' && b.kind === 'listed') || isSame(a, b);
}
