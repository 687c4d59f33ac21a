import type { Day, PassageId } from './ids.js';
import type { Found } from './judge.js';
import type { Knowledge } from './knowledge.js';
import { isQuotable, type Passage } from './passage.js';

/** What is searched, on which day, and for whom; `audience` undefined: for anybody. */
export type Basis = {
  readonly knowledge: Knowledge;
  readonly on: Day;
  readonly audience: Passage['audience'][number] | undefined;
};

/** So many of the best are chosen from. */
const mostFound = 5;

/**
 * Returns the best passages for a question, best first, of those that may be quoted that day and are written for the
 * audience; what is not yet or no longer in force takes nobody's place. `earlier`: newest first.
 */
export function findPassages(
  { knowledge, on, audience }: Basis,
  question: string,
  earlier: readonly string[],
): readonly Found[] {
  const accepts = (id: PassageId) => {
    const passage = knowledge.passages.get(id);
    const isFor = !audience || passage?.audience.includes(audience);
    return !!passage && !!isFor && isQuotable(passage, on);
  };
  return knowledge.search(question, { earlier, limit: mostFound, accepts }).flatMap((hit) => {
    const passage = knowledge.passages.get(hit.id);
    return passage && accepts(hit.id) ? [{ passage, hit }] : [];
  });
}

/** Those of the named passages that may be quoted that day, in that order. */
export function namedPassages(
  { knowledge, on }: Basis,
  ids: readonly PassageId[],
): readonly Passage[] {
  return [...new Set(ids)].flatMap((id) => {
    const passage = knowledge.passages.get(id);
    return passage && isQuotable(passage, on) ? [passage] : [];
  });
}
