import { type Basis, findPassages } from './find-passages.js';
import type { PassageId } from './ids.js';
import type { Found } from './judge.js';
import type { Knowledge } from './knowledge.js';

/**
 * A question in the very words of a heading or an example question. The search goes by rare words, and "what is
 * stalking" has none: whoever wrote the example has said which passage answers it.
 */

/** Of other passages, only those of which so much of an example was asked stand beside it. */
const leastBeside = 0.3;
/** So many are looked through for the passage itself, which may share only words that stand everywhere. */
const mostSearched = 500;

/** What was found, with a passage that was asked for in its own words first and whole; undefined where there is none. */
export function askedExactly(basis: Basis, question: string): readonly Found[] | undefined {
  const named = exampleOf(basis.knowledge, question);
  if (named.length === 0) return undefined;
  const found = findPassages(basis, question, [], [], mostSearched);
  const own = found.find(({ passage }) => named.includes(passage.id));
  if (!own) return undefined;
  const beside = found.slice(0, 5).filter((one) => one !== own && one.hit.likeness >= leastBeside);
  return [{ ...own, hit: { ...own.hit, coverage: 1, likeness: 1, missing: [] } }, ...beside];
}

const examples = new WeakMap<Knowledge, ReadonlyMap<string, readonly PassageId[]>>();

function exampleOf(knowledge: Knowledge, question: string): readonly PassageId[] {
  const known = examples.get(knowledge) ?? indexed(knowledge);
  examples.set(knowledge, known);
  return known.get(plain(question)) ?? [];
}

function indexed({ passages }: Knowledge): ReadonlyMap<string, readonly PassageId[]> {
  const byWords = new Map<string, readonly PassageId[]>();
  for (const { id, heading, asks } of passages.values()) {
    for (const words of new Set([heading, ...asks].map(plain))) {
      byWords.set(words, [...(byWords.get(words) ?? []), id]);
    }
  }
  return byWords;
}

/** Small letters without marks; "what's" and "whats" are "what is". */
function plain(text: string): string {
  const words = text.normalize('NFKC').toLowerCase().replace(/['’]/g, '');
  return (words.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ').replace(/^whats\b/, 'what is');
}
