import type { CaseId, QuestionId, ScreeningId, UserId } from './ids.js';
import { choicesOf, type ParsedReply, type RefusedReply, type Value } from './reply.js';
import {
  type Condition,
  dangerMessage,
  type FlagRule,
  type Question,
  type Script,
} from './script.js';

/**
 * One run of a script. Only what people did is stored, as a list of events that is never edited;
 * where the screening stands is worked out from it every time. The newest reply to a question counts;
 * replies to questions that are no longer on the route are kept but ignored; a flag is raised by whichever
 * event completes its pattern and, once raised, is never cleared by anything said later.
 */
export type Screening = {
  readonly id: ScreeningId;
  readonly caseId: CaseId;
  /** Short name of the case for people, e.g. `SP-4K7Q-2M`. */
  readonly caseRef: string;
  readonly script: string;
  readonly version: number;
  readonly startedBy: UserId;
  readonly startedAt: string;
  readonly events: readonly ScreeningEvent[];
};

export type Act =
  | {
      readonly kind: 'reply';
      readonly question: QuestionId;
      readonly value: Value;
      readonly reason?: string;
    }
  /** Goes to the question before, so that its reply can be changed. */
  | { readonly kind: 'back' }
  /** Leaves the reply of the question gone back to as it is. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'danger' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

export type ScreeningEvent = {
  /** 1, 2, 3 … within its screening. */
  readonly seq: number;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly by: UserId;
  readonly client: 'card' | 'chat' | 'terminal';
  /** The channel's id of the activity, so that a repeat of it has no second effect. */
  readonly activityId: string;
  readonly act: Act;
};

/** The reply that counts for a question, and those it replaced, newest first. */
export type Standing = {
  readonly value: Value;
  readonly seq: number;
  readonly at: string;
  readonly by: UserId;
  readonly reason: string | undefined;
  readonly replaced: readonly { readonly value: Value; readonly at: string; readonly by: UserId }[];
};

export type Flag = {
  readonly level: FlagRule['level'];
  /** Undefined when DANGER was pressed. */
  readonly question: QuestionId | undefined;
  readonly message: string | undefined;
  readonly about: string;
  readonly seq: number;
  readonly at: string;
};

/** `not-applicable`: its condition does not hold. `closed`: not asked because of danger. */
export type Stop = {
  readonly question: Question;
  readonly state: 'replied' | 'open' | 'closed' | 'not-applicable';
};

export type Position = {
  readonly standings: ReadonlyMap<QuestionId, Standing>;
  /** Every question of the script, in order. */
  readonly route: readonly Stop[];
  /** What to ask now; undefined when nothing is left to ask. */
  readonly at: Question | undefined;
  /** True while a question that has a reply is open again. */
  readonly isRevisiting: boolean;
  readonly isPaused: boolean;
  /** A red flag stands: only the danger set is asked. */
  readonly inDanger: boolean;
  readonly flags: readonly Flag[];
  /** Messages that the newest event called for. */
  readonly messages: readonly string[];
};

/** Works out where a screening stands. Same script and events, same position. */
export function replay(script: Script, events: readonly ScreeningEvent[]): Position {
  let walk: Walk = {
    standings: new Map(),
    flags: [],
    cursor: undefined,
    isPaused: false,
    messages: [],
  };
  for (const event of events) walk = follow(script, walk, event);
  const route = routeOf(script, walk);
  const at = positionOn(route, walk.cursor);
  return {
    standings: walk.standings,
    route,
    at,
    isRevisiting: at !== undefined && at.id === walk.cursor,
    isPaused: walk.isPaused,
    inDanger: isInDanger(walk),
    flags: walk.flags,
    messages: withFollowers(script, walk.messages),
  };
}

type Walk = {
  readonly standings: ReadonlyMap<QuestionId, Standing>;
  readonly flags: readonly Flag[];
  /** The question gone back to, if any. */
  readonly cursor: QuestionId | undefined;
  readonly isPaused: boolean;
  readonly messages: readonly string[];
};

function follow(script: Script, walk: Walk, event: ScreeningEvent): Walk {
  const { act } = event;
  const quiet = { ...walk, messages: [] };
  switch (act.kind) {
    case 'reply':
      return followReply(script, quiet, event, act);
    case 'back':
      return { ...quiet, cursor: questionBefore(script, walk) ?? walk.cursor };
    case 'keep':
      return { ...quiet, cursor: undefined };
    case 'danger':
      return withCompleted(
        script,
        {
          ...quiet,
          flags: [...walk.flags, pressedFlag(event)],
          cursor: undefined,
          isPaused: false,
          messages: [dangerMessage],
        },
        event,
      );
    case 'pause':
      return { ...quiet, isPaused: true };
    case 'resume':
      return { ...quiet, isPaused: false };
    default:
      return act satisfies never;
  }
}

function followReply(
  script: Script,
  walk: Walk,
  event: ScreeningEvent,
  act: Extract<Act, { kind: 'reply' }>,
): Walk {
  const question = script.questions.find((candidate) => candidate.id === act.question);
  if (!question) return walk;
  const { at, by, seq } = event;
  const before = walk.standings.get(question.id);
  const replaced = before
    ? [{ value: before.value, at: before.at, by: before.by }, ...before.replaced]
    : [];
  const standing = { value: act.value, seq, at, by, reason: act.reason, replaced };
  const standings = new Map(walk.standings).set(question.id, standing);
  const next = { ...walk, standings, cursor: undefined, isPaused: false };
  const raised = metRules(question, act.value, countedReplies(script, next), walk.flags).map(
    (rule) => flagOf(question, rule, event),
  );
  const shown = question.shows
    .filter((rule) => matches(rule.on, act.value))
    .map((rule) => rule.message);
  const messages = [...messagesOf(raised), ...shown];
  return withCompleted(script, { ...next, flags: [...walk.flags, ...raised], messages }, event);
}

/**
 * Raises every rule that holds and has no flag yet. A rule sits on one question but may look at earlier
 * ones and at flags, so going back to those, or pressing DANGER, can complete it later than its own reply.
 */
function withCompleted(script: Script, walk: Walk, event: ScreeningEvent): Walk {
  const counted = countedReplies(script, walk);
  const fresh = script.questions.flatMap((question) => {
    const value = counted.get(question.id);
    if (!value) return [];
    return metRules(question, value, counted, walk.flags)
      .map((rule) => flagOf(question, rule, event))
      .filter((flag) => !walk.flags.some((old) => isSameFlag(old, flag)));
  });
  if (fresh.length === 0) return walk;
  const flags = [...walk.flags, ...fresh];
  const messages = [...walk.messages, ...messagesOf(fresh)];
  return withCompleted(script, { ...walk, flags, messages }, event);
}

function metRules(
  question: Question,
  value: Value,
  counted: ReadonlyMap<QuestionId, Value>,
  flags: readonly Flag[],
): readonly FlagRule[] {
  return question.flags.filter(
    (rule) => matches(rule.on, value) && (!rule.and || holds(rule.and, counted, flags)),
  );
}

function flagOf(question: Question, rule: FlagRule, { seq, at }: ScreeningEvent): Flag {
  const { level, message, about } = rule;
  return { level, question: question.id, message, about, seq, at };
}

function isSameFlag(a: Flag, b: Flag): boolean {
  return a.question === b.question && a.level === b.level && a.about === b.about;
}

function messagesOf(flags: readonly Flag[]): readonly string[] {
  return flags.flatMap((flag) => flag.message ?? []);
}

/** Each message once, in order, with the one that is always shown right after it. */
function withFollowers(script: Script, names: readonly string[]): readonly string[] {
  return [
    ...new Set(names.flatMap((name) => [name, script.messages[name]?.followedBy ?? []].flat())),
  ];
}

function pressedFlag(event: ScreeningEvent): Flag {
  return {
    level: 'red',
    question: undefined,
    message: dangerMessage,
    about: 'DANGER was pressed',
    seq: event.seq,
    at: event.at,
  };
}

function matches(on: readonly string[], value: Value): boolean {
  return choicesOf(value).some((choice) => on.includes(choice));
}

function isInDanger(walk: Pick<Walk, 'flags'>): boolean {
  return walk.flags.some((flag) => flag.level === 'red');
}

/** The replies of questions that are on the route: only these decide what is asked. */
function countedReplies(script: Script, walk: Walk): ReadonlyMap<QuestionId, Value> {
  const counted = new Map<QuestionId, Value>();
  for (const question of script.questions) {
    const standing = walk.standings.get(question.id);
    if (standing && applies(question, counted, walk.flags))
      counted.set(question.id, standing.value);
  }
  return counted;
}

function routeOf(script: Script, walk: Walk): readonly Stop[] {
  const counted = new Map<QuestionId, Value>();
  const inDanger = isInDanger(walk);
  return script.questions.map((question) => {
    if (!applies(question, counted, walk.flags)) return { question, state: 'not-applicable' };
    const standing = walk.standings.get(question.id);
    if (standing) counted.set(question.id, standing.value);
    if (standing) return { question, state: 'replied' };
    return { question, state: inDanger && !question.danger ? 'closed' : 'open' };
  });
}

function applies(
  question: Question,
  counted: ReadonlyMap<QuestionId, Value>,
  flags: readonly Flag[],
): boolean {
  return !question.when || holds(question.when, counted, flags);
}

/** True when the replies (of questions on the route) and the flags raised so far meet a condition. */
export function holds(
  condition: Condition,
  counted: ReadonlyMap<QuestionId, Value>,
  flags: readonly Flag[],
): boolean {
  if ('raised' in condition) return flags.some((flag) => flag.level === condition.raised);
  if ('all' in condition) return condition.all.every((part) => holds(part, counted, flags));
  if ('any' in condition) return condition.any.some((part) => holds(part, counted, flags));
  const value = counted.get(condition.question);
  return value !== undefined && matches(condition.is, value);
}

function positionOn(route: readonly Stop[], cursor: QuestionId | undefined): Question | undefined {
  const revisited = route.find((stop) => stop.question.id === cursor && stop.state === 'replied');
  return (revisited ?? route.find((stop) => stop.state === 'open'))?.question;
}

function questionBefore(script: Script, walk: Walk): QuestionId | undefined {
  const route = routeOf(script, walk);
  return repliedBefore(route, positionOn(route, walk.cursor));
}

/** The last question with a reply before the one being asked; undefined when there is none. */
function repliedBefore(route: readonly Stop[], at: Question | undefined): QuestionId | undefined {
  const end = at ? route.findIndex((stop) => stop.question.id === at.id) : route.length;
  return route.slice(0, end).findLast((stop) => stop.state === 'replied')?.question.id;
}

/** What somebody did, as it reached us. */
export type Move = {
  readonly by: UserId;
  readonly client: ScreeningEvent['client'];
  readonly activityId: string;
  /** How many events the person had seen when they acted. */
  readonly seen: number;
  readonly act:
    | Exclude<Act, { kind: 'reply' }>
    | {
        readonly kind: 'reply';
        readonly question: QuestionId;
        readonly parsed: ParsedReply;
        readonly reason?: string;
      };
};

export type Step =
  | { readonly kind: 'saved'; readonly event: ScreeningEvent }
  /** The same activity, or the same press again: it already has its effect. */
  | { readonly kind: 'repeated' }
  /** The screening has moved on since the card was shown; nothing changed. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly reason: RefusedReply | 'no-earlier-question' };

/**
 * Decides what one move does. DANGER and pausing are never stale: whoever presses DANGER on an old card
 * means it.
 */
export function step(script: Script, screening: Screening, move: Move, at: string): Step {
  const { events } = screening;
  if (events.some((event) => event.activityId === move.activityId)) return { kind: 'repeated' };
  const position = replay(script, events);
  const { act } = move;
  if (act.kind !== 'danger' && act.kind !== 'pause' && act.kind !== 'resume') {
    const last = events.at(-1);
    if (move.seen !== events.length)
      return isSameMove(last, move) ? { kind: 'repeated' } : { kind: 'stale' };
  }
  const decided = decideAct(position, act);
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
    return repliedBefore(position.route, position.at) ? { act } : { reason: 'no-earlier-question' };
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

/** Why a question that must be asked may still be passed over. */
const excuses: readonly string[] = ['danger', 'call-ended'];

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

/** How many questions have been put, and how many may still come. A count of work, not of a person. */
export function progressOf(position: Position): { readonly asked: number; readonly left: number } {
  const count = (state: Stop['state']) =>
    position.route.filter((stop) => stop.state === state).length;
  return { asked: count('replied'), left: count('open') };
}

/** Replies that stand in the record but no longer count, because their question left the route. */
export function droppedOf(position: Position): readonly QuestionId[] {
  return position.route
    .filter((stop) => stop.state === 'not-applicable' && position.standings.has(stop.question.id))
    .map((stop) => stop.question.id);
}
