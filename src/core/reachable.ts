import type { QuestionId } from './ids.js';
import type { Condition, Question } from './script.js';

type Asked = Pick<Question, 'id' | 'type'> & { readonly when?: Condition };

/**
 * Whether a condition can ever hold. It is written out as alternatives, each a set of demands on earlier questions; a
 * question that takes one reply cannot give two, and must itself be on the route. Flags are taken to be possible:
 * anybody may press DANGER.
 */

/** What an alternative demands of each question: the replies of which it must be one. */
type Demands = ReadonlyMap<QuestionId, ReadonlySet<string>>;

/** Beyond so many alternatives a condition is taken to be possible: no script written by people comes near. */
const mostAlternatives = 5_000;

/** Questions whose condition no replies can meet. */
export function unreachable(questions: readonly Asked[]): readonly QuestionId[] {
  const known = new Map<QuestionId, Asked>();
  const found: QuestionId[] = [];
  for (const question of questions) {
    if (question.when && alternatives(question.when, known).length === 0) found.push(question.id);
    known.set(question.id, question);
  }
  return found;
}

function alternatives(
  condition: Condition,
  known: ReadonlyMap<QuestionId, Asked>,
): readonly Demands[] {
  if ('raised' in condition) return [new Map()];
  if ('any' in condition) return condition.any.flatMap((part) => alternatives(part, known));
  if ('all' in condition) {
    return condition.all
      .map((part) => alternatives(part, known))
      .reduce<readonly Demands[]>((all, part) => both(all, part, known), [new Map()]);
  }
  const own: Demands = new Map([[condition.question, new Set(condition.is)]]);
  const when = known.get(condition.question)?.when;
  return when ? both([own], alternatives(when, known), known) : [own];
}

/** Every pairing of alternatives that does not contradict itself. */
function both(
  some: readonly Demands[],
  others: readonly Demands[],
  known: ReadonlyMap<QuestionId, Asked>,
): readonly Demands[] {
  if (some.length * others.length > mostAlternatives) return [new Map()];
  return some.flatMap((one) => others.flatMap((other) => joined(one, other, known) ?? []));
}

function joined(
  one: Demands,
  other: Demands,
  known: ReadonlyMap<QuestionId, Asked>,
): Demands | undefined {
  const all = new Map(one);
  for (const [id, replies] of other) {
    const before = all.get(id);
    // Of several choices, each demand may be met by another.
    if (!before || known.get(id)?.type === 'MS') {
      all.set(id, replies);
      continue;
    }
    const shared = new Set([...before].filter((reply) => replies.has(reply)));
    if (shared.size === 0) return undefined;
    all.set(id, shared);
  }
  return all;
}
