import type { QuestionId } from './ids.js';
import { choicesOf, type Value } from './reply.js';
import type { Act, Flag, Position, ScreeningEvent, Standing, Stop } from './screening.js';
import {
  type Condition,
  dangerMessage,
  type FlagRule,
  type Question,
  type Script,
} from './script.js';

/**
 * Position is worked out, never stored: the events are walked from the first, and the route is taken from the replies
 * that count. Over 200 lines, because how a reply, a flag and the route depend on each other is read in one go.
 */

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

/** The question gone back to, else the first without a reply. */
function positionOn(route: readonly Stop[], cursor: QuestionId | undefined): Question | undefined {
  const revisited = route.find((stop) => stop.question.id === cursor && stop.state === 'replied');
  return (revisited ?? route.find((stop) => stop.state === 'open'))?.question;
}

function questionBefore(script: Script, walk: Walk): QuestionId | undefined {
  const route = routeOf(script, walk);
  return repliedBefore(route, positionOn(route, walk.cursor), isInDanger(walk));
}

/**
 * The last question with a reply before the one being asked; undefined when there is none. In danger only
 * the danger set can be gone back to.
 */
export function repliedBefore(
  route: readonly Stop[],
  at: Question | undefined,
  inDanger: boolean,
): QuestionId | undefined {
  const end = at ? route.findIndex((stop) => stop.question.id === at.id) : route.length;
  const isOpen = ({ question, state }: Stop) =>
    state === 'replied' && (question.danger || !inDanger);
  return route.slice(0, end).findLast(isOpen)?.question.id;
}
