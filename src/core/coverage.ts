import type { Ground } from './field.js';
import { type Basis, findPassages } from './find-passages.js';
import type { PassageId } from './ids.js';
import type { Found } from './judge.js';
import { leansOnEarlier } from './leaning.js';
import { partsOf, sayBack } from './parts.js';

/** What of a question stands within the field, and whom to ask about the rest. */

/** Below this share of its rarity found, a part that names nothing of the field is of another subject. */
const leastOfPart = 0.5;

/**
 * Of a question that asks several things, the part that can be searched, and those that cannot: they name another
 * subject or a place with another law, or hardly a word of them is known here. What leans on the rest is never parted
 * from it, and a question of which nothing or all is covered stays as it was asked.
 */
export function partCovered(
  basis: Basis,
  question: string,
  earlier: readonly string[],
): { readonly covered: string; readonly missing: readonly string[] } {
  const parts = partsOf(question);
  const isMissing = (part: string, place: number): boolean => {
    const ground = basis.knowledge.findGround(part);
    if (ground !== 'open') return ground !== 'inside';
    const [best] = findPassages(basis, part, earlier);
    if (place > 0 && leansOnEarlier(part, best?.hit)) return false;
    return (best?.hit.coverage ?? 0) < leastOfPart;
  };
  const missing = parts.length > 1 ? parts.filter(isMissing) : [];
  if (missing.length === 0 || missing.length === parts.length) {
    return { covered: question, missing: [] };
  }
  const covered = parts.filter((part) => !missing.includes(part)).join('. ');
  return { covered, missing: missing.map(sayBack) };
}

/** Where a question stands; a follow-up that names nothing, and leans on what was asked, stands where that stood. */
export function groundOf(
  { knowledge }: Basis,
  question: string,
  earlier: readonly string[],
  best: Found | undefined,
): Ground {
  const ground = knowledge.findGround(question);
  if (ground !== 'open' || earlier.length === 0) return ground;
  return leansOnEarlier(question, best?.hit) ? knowledge.findGround(earlier.join(' ')) : ground;
}

/** Of a question about a place with another law, only passages that are about such a place can speak. */
export function thatMaySpeak(
  { knowledge }: Basis,
  ground: Ground,
  found: readonly Found[],
): readonly Found[] {
  const isAbroad = ({ passage: { heading, asks } }: Found) =>
    knowledge.findGround([heading, ...asks].join('. ')) === 'abroad';
  return ground === 'abroad' ? found.filter(isAbroad) : found;
}

/** Passages that say whom to ask; of this field only, since a helpline is no answer to a question about parking. */
export function whomToAsk({ knowledge: { cues } }: Basis, ground: Ground): readonly PassageId[] {
  if (ground === 'abroad') return cues.uncovered?.abroad ?? [];
  return ground === 'inside' ? (cues.uncovered?.field ?? []) : [];
}
