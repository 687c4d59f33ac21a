import type { QuestionId } from './ids.js';
import type { NotAskedReason, Value } from './reply.js';
import {
  applies,
  holds,
  isInDanger,
  matches,
  positionOn,
  repliedBefore,
  routeOf,
} from './route.js';
import type { Act, Flag, Position, Recorded, ScreeningEvent, Standing } from './screening.js';
import {
  type Condition,
  dangerMessage,
  type FlagRule,
  type Question,
  type Script,
} from './script.js';

/**
 * Position is worked out, never stored: the events are walked from the first. The walk changes its own maps as it
 * goes, since every turn replays everything and copying them would make that quadratic; nothing of it leaves
 * `replay`. Over 200 lines, because how a reply, a record, a flag and the route depend on each other is read in one go.
 */

/** Works out where a screening stands. Same script and events, same position. */
export function replay(script: Script, events: readonly ScreeningEvent[]): Position {
  const walk = begin(script);
  for (const event of events) follow(walk, event);
  const { standings, records, flags, short, isPaused, awaitsReason } = walk;
  const route = routeOf(script, walk);
  const at = positionOn(route, walk.cursor);
  return {
    standings,
    records,
    route,
    at,
    isRevisiting: at !== undefined && at.id === walk.cursor,
    // Nothing but the danger set is asked while red stands.
    awaitsReason: isInDanger(flags) ? undefined : awaitsReason,
    isPaused,
    short,
    inDanger: isInDanger(flags),
    flags,
    messages: withFollowers(script, walk.messages),
  };
}

type Walk = {
  readonly script: Script;
  readonly index: Index;
  readonly standings: Map<QuestionId, Standing>;
  /** Replies of questions on the route: only these decide what is asked and which rules hold. */
  readonly counted: Map<QuestionId, Value>;
  readonly records: Map<QuestionId, readonly Recorded[]>;
  readonly flags: Flag[];
  /** Names of the flags raised. */
  readonly raised: Set<string>;
  /** The question gone back to, if any. */
  cursor: QuestionId | undefined;
  awaitsReason: QuestionId | undefined;
  isPaused: boolean;
  short: NotAskedReason | undefined;
  messages: string[];
  /** Place of the last question with a reply; -1 before the first. */
  last: number;
};

/** What following an event looks up in a script, worked out once a script. */
type Index = {
  readonly places: ReadonlyMap<QuestionId, number>;
  /** Rules that other replies, or the records of their own list, can complete later. */
  readonly looking: readonly {
    readonly question: Question;
    readonly rule: FlagRule;
    readonly name: string;
  }[];
  /** Some condition asks whether a flag was raised, so that raising one can change the route. */
  readonly asksForFlags: boolean;
};

const indexes = new WeakMap<Script, Index>();

function indexOf(script: Script): Index {
  const known = indexes.get(script);
  if (known) return known;
  const index = {
    places: new Map(script.questions.map(({ id }, place) => [id, place])),
    looking: script.questions.flatMap((question) =>
      question.flags
        .filter((rule) => rule.and || question.type === 'CARD')
        .map((rule) => ({ question, rule, name: nameOf({ ...rule, question: question.id }) })),
    ),
    asksForFlags: script.questions.some(({ when }) => when && asksForFlag(when)),
  };
  indexes.set(script, index);
  return index;
}

function asksForFlag(condition: Condition): boolean {
  if ('raised' in condition) return true;
  if ('all' in condition) return condition.all.some(asksForFlag);
  return 'any' in condition && condition.any.some(asksForFlag);
}

function begin(script: Script): Walk {
  return {
    script,
    index: indexOf(script),
    standings: new Map(),
    counted: new Map(),
    records: new Map(),
    flags: [],
    raised: new Set(),
    cursor: undefined,
    awaitsReason: undefined,
    isPaused: false,
    short: undefined,
    messages: [],
    last: -1,
  };
}

function follow(walk: Walk, event: ScreeningEvent): void {
  const { act } = event;
  const awaited = walk.awaitsReason;
  walk.messages = [];
  walk.awaitsReason = undefined;
  switch (act.kind) {
    case 'reply':
      followReply(walk, event, act);
      return;
    case 'reason':
      if (act.question === awaited) giveReason(walk, act);
      return;
    case 'record':
    case 'strike':
      followRecord(walk, event, act);
      return;
    case 'back':
      walk.cursor = questionBefore(walk) ?? walk.cursor;
      return;
    case 'keep':
      walk.cursor = undefined;
      return;
    case 'danger':
      walk.cursor = undefined;
      walk.isPaused = false;
      raise(walk, [pressedFlag(event)]);
      complete(walk, event);
      return;
    case 'shorten':
      walk.short = act.reason;
      return;
    case 'lengthen':
      walk.short = undefined;
      return;
    case 'pause':
      walk.isPaused = true;
      return;
    case 'resume':
      walk.isPaused = false;
      return;
    default:
      act satisfies never;
  }
}

function followReply(
  walk: Walk,
  event: ScreeningEvent,
  { question: id, value: given, held }: Extract<Act, { kind: 'reply' }>,
): void {
  const place = walk.index.places.get(id);
  const question = place === undefined ? undefined : walk.script.questions[place];
  if (place === undefined || !question) return;
  const { at, by, seq } = event;
  const before = walk.standings.get(id);
  const value = given.kind === 'listed' ? { ...given, count: countOf(walk, id) } : given;
  const replaced = before ? [replacedOf(before.value, before), ...before.replaced] : [];
  walk.standings.set(id, { value, seq, at, by, reason: undefined, held, replaced });
  walk.last = Math.max(walk.last, place);
  walk.cursor = undefined;
  walk.isPaused = false;
  if (before && isChange(before.value, value)) walk.awaitsReason = id;
  recount(walk, place);
  raise(
    walk,
    question.flags
      .filter((rule) => isMet(walk, rule, value))
      .map((rule) => flagOf(question, rule, event)),
  );
  const shown = question.shows.filter((rule) => matches(rule.on, value));
  walk.messages.push(...shown.map((rule) => rule.message));
  complete(walk, event);
}

/** A question that was passed over and is answered after all has not been changed. */
function isChange(before: Value, after: Value): boolean {
  return before.kind !== 'not-asked' && JSON.stringify(before) !== JSON.stringify(after);
}

function replacedOf<What>(value: What, { at, by, reason }: Pick<Standing, 'at' | 'by' | 'reason'>) {
  return { value, at, by, reason };
}

function giveReason(walk: Walk, { question, reason }: Extract<Act, { kind: 'reason' }>): void {
  const newest = (walk.records.get(question) ?? []).reduce((a, b) => (b.seq > a.seq ? b : a), {
    seq: -1,
    number: -1,
  });
  const standing = walk.standings.get(question);
  if (standing && standing.seq > newest.seq) {
    walk.standings.set(question, { ...standing, reason });
    return;
  }
  putRecords(walk, question, (record) =>
    record.number === newest.number ? { ...record, reason } : record,
  );
}

function followRecord(
  walk: Walk,
  event: ScreeningEvent,
  act: Extract<Act, { kind: 'record' | 'strike' }>,
): void {
  const { question: id, number } = act;
  const { seq, at, by } = event;
  walk.isPaused = false;
  if (number === undefined) {
    const all = walk.records.get(id) ?? [];
    const fields = act.kind === 'record' ? act.fields : {};
    const plain = { isStruck: false, reason: undefined, replaced: [] };
    walk.records.set(id, [...all, { number: all.length + 1, fields, seq, at, by, ...plain }]);
  } else {
    const before = walk.records.get(id)?.find((record) => record.number === number);
    const isFilledIn =
      act.kind === 'record' &&
      Object.entries(before?.fields ?? {}).every(
        ([name, value]) => JSON.stringify(act.fields[name]) === JSON.stringify(value),
      );
    // Filling in what was left empty takes nothing away, so nobody is asked why.
    if (!isFilledIn) walk.awaitsReason = id;
    putRecords(walk, id, (record) => {
      if (record.number !== number) return record;
      const replaced = [replacedOf(record.fields, record), ...record.replaced];
      const changed = act.kind === 'strike' ? { isStruck: true } : { fields: act.fields };
      return { ...record, ...changed, seq, at, by, reason: undefined, replaced };
    });
  }
  const standing = walk.standings.get(id);
  if (standing?.value.kind !== 'listed') return;
  const value = { ...standing.value, count: countOf(walk, id) };
  walk.standings.set(id, { ...standing, value });
  recount(walk, walk.index.places.get(id) ?? 0);
  complete(walk, event);
}

function putRecords(walk: Walk, id: QuestionId, change: (record: Recorded) => Recorded): void {
  walk.records.set(id, (walk.records.get(id) ?? []).map(change));
}

function countOf(walk: Walk, id: QuestionId): number {
  return (walk.records.get(id) ?? []).filter(({ isStruck }) => !isStruck).length;
}

/** Conditions look only at earlier questions and at flags, so a reply changes nothing above its own place. */
function recount(walk: Walk, from: number): void {
  for (let place = from; place <= walk.last; place += 1) {
    const question = walk.script.questions[place];
    if (!question) return;
    const standing = walk.standings.get(question.id);
    if (standing && applies(question, walk.counted, walk.flags))
      walk.counted.set(question.id, standing.value);
    else walk.counted.delete(question.id);
  }
}

function raise(walk: Walk, flags: readonly Flag[]): void {
  if (flags.length === 0) return;
  walk.flags.push(...flags);
  for (const flag of flags) walk.raised.add(nameOf(flag));
  walk.messages.push(...flags.flatMap((flag) => flag.message ?? []));
  // A record can raise red while another question is open again; danger leaves that one.
  if (isInDanger(flags)) walk.cursor = undefined;
  if (walk.index.asksForFlags) recount(walk, 0);
}

/**
 * Raises every rule that holds and has no flag yet. A rule sits on one question but may look at earlier ones, at
 * flags and at records, so going back to those, or pressing DANGER, can complete it later than its own reply.
 */
function complete(walk: Walk, event: ScreeningEvent): void {
  const fresh: Flag[] = [];
  for (const { question, rule, name } of walk.index.looking) {
    const value = walk.raised.has(name) ? undefined : walk.counted.get(question.id);
    if (value && isMet(walk, rule, value)) fresh.push(flagOf(question, rule, event));
  }
  if (fresh.length === 0) return;
  raise(walk, fresh);
  complete(walk, event);
}

function isMet(walk: Walk, rule: FlagRule, value: Value): boolean {
  return matches(rule.on, value) && (!rule.and || holds(rule.and, walk.counted, walk.flags));
}

function flagOf(question: Question, rule: FlagRule, { seq, at }: ScreeningEvent): Flag {
  const { level, message, about } = rule;
  return { level, question: question.id, message, about, seq, at };
}

/** Two flags of one name are the same flag, whatever raised it again. */
function nameOf({ question, level, about }: Pick<Flag, 'question' | 'level' | 'about'>): string {
  return `${question} ${level} ${about}`;
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

function questionBefore(walk: Walk): QuestionId | undefined {
  const route = routeOf(walk.script, walk);
  return repliedBefore(route, positionOn(route, walk.cursor), isInDanger(walk.flags));
}
