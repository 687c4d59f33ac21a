import type { QuestionId } from './ids.js';
import { choicesOf, type Value } from './reply.js';
import type { Flag, Stop } from './screening.js';
import type { Condition, Question, Script } from './script.js';

/** Which questions are asked, given the replies that count and the flags raised. */

type Standings = {
  readonly standings: ReadonlyMap<QuestionId, { readonly value: Value }>;
  readonly flags: readonly Flag[];
  readonly short: unknown;
};

/** Every question of the script with its state, from top to bottom. */
export function routeOf(script: Script, { standings, flags, short }: Standings): readonly Stop[] {
  const counted = new Map<QuestionId, Value>();
  const inDanger = isInDanger(flags);
  const closedAs = (question: Question): Stop['state'] => {
    if (inDanger) return question.danger ? 'open' : 'closed';
    return short === undefined || question.short || question.mustAsk ? 'open' : 'left-out';
  };
  return script.questions.map((question) => {
    if (!applies(question, counted, flags)) return { question, state: 'not-applicable' };
    const standing = standings.get(question.id);
    if (!standing) return { question, state: closedAs(question) };
    counted.set(question.id, standing.value);
    return { question, state: 'replied' };
  });
}

export function isInDanger(flags: readonly Flag[]): boolean {
  return flags.some((flag) => flag.level === 'red');
}

/** True when a question has no condition, or the replies that count and the flags meet it. */
export function applies(
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

/** True when a reply is one of those a rule names. */
export function matches(on: readonly string[], value: Value): boolean {
  return choicesOf(value).some((choice) => on.includes(choice));
}

/** The question gone back to, else the first that is open. */
export function positionOn(
  route: readonly Stop[],
  cursor: QuestionId | undefined,
): Question | undefined {
  const revisited = route.find((stop) => stop.question.id === cursor && stop.state === 'replied');
  return (revisited ?? route.find((stop) => stop.state === 'open'))?.question;
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
