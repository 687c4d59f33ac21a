import { fuseRankings } from './fuse-rankings.js';
import type { Day, PassageId } from './ids.js';
import type { Found } from './judge.js';
import type { Knowledge } from './knowledge.js';
import { isQuotable, type Passage } from './passage.js';
import type { Hit } from './retrieval.js';

/** What is searched, on which day, and for whom; `audience` undefined: for anybody. */
export type Basis = {
  readonly knowledge: Knowledge;
  readonly on: Day;
  readonly audience: Passage['audience'][number] | undefined;
};

/** So many of the best are chosen from, unless more are asked for. */
const mostFound = 5;
/** So many are looked through where another ranking has a say. */
const mostFused = 50;

/**
 * Returns the best passages for a question, best first, of those that may be quoted that day and are written for the
 * audience; what is not yet or no longer in force takes nobody's place. `earlier`: newest first. `near`, the same
 * passages in another order, moves them up and down; it brings in none that shares no word with the question.
 */
export function findPassages(
  { knowledge, on, audience }: Basis,
  question: string,
  earlier: readonly string[],
  near: readonly PassageId[] = [],
  most = mostFound,
): readonly Found[] {
  const accepts = (id: PassageId) => {
    const passage = knowledge.passages.get(id);
    const isFor = !audience || passage?.audience.includes(audience);
    return !!passage && !!isFor && isQuotable(passage, on);
  };
  const limit = near.length === 0 ? most : mostFused;
  const hits = knowledge.search(question, { earlier, limit, accepts });
  return fused(hits, near)
    .slice(0, most)
    .flatMap((hit) => {
      const passage = knowledge.passages.get(hit.id);
      return passage && accepts(hit.id) ? [{ passage, hit }] : [];
    });
}

/**
 * Finds for a question and for the same in other words, and joins both orders. How sure a finding is, is told by the
 * other words, where they found it: the question alone was not found well. `missing` stays the question's own words.
 */
export function findBeside(
  basis: Basis,
  asked: { readonly question: string; readonly reworded: string },
  earlier: readonly string[],
  near: readonly PassageId[] = [],
  most = mostFound,
): readonly Found[] {
  const own = findPassages(basis, asked.question, earlier, near, mostFused);
  const others = findPassages(basis, asked.reworded, [], [], mostFused);
  const idsOf = (found: readonly Found[]) => found.map(({ passage }) => passage.id);
  // Of equals the one found by the other words comes first: they were wanted because the question's own said too little.
  return fuseRankings([idsOf(others), idsOf(own)])
    .slice(0, most)
    .flatMap((id) => {
      const asAsked = own.find(({ passage }) => passage.id === id);
      const asReworded = others.find(({ passage }) => passage.id === id);
      const best = asReworded ?? asAsked;
      return best ? [{ ...best, hit: { ...best.hit, missing: asAsked?.hit.missing ?? [] } }] : [];
    });
}

function fused(
  hits: readonly Hit<PassageId>[],
  near: readonly PassageId[],
): readonly Hit<PassageId>[] {
  if (near.length === 0) return hits;
  const byId = new Map(hits.map((hit) => [hit.id, hit]));
  const nearHits = near.filter((id) => byId.has(id));
  return fuseRankings([[...byId.keys()], nearHits]).flatMap((id) => byId.get(id) ?? []);
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
