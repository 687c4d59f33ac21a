import { type Basis, findPassages } from './find-passages.js';
import type { PassageId } from './ids.js';
import { type Found, judge } from './judge.js';
import { leansOnEarlier } from './leaning.js';
import { partsOf, sayBack } from './parts.js';

/**
 * Of several things asked at once, those that an answer leaves open although the guidance holds something on them, so
 * that they can be named to be asked by themselves. It goes by what each part finds alone; whether a passage shown
 * for another reason happens to answer a part in passing is not seen.
 */

/** What asks, as against what tells of the case. */
const asks =
  /^(?:(?:and|so|also|but|ok|plus|then|please|pls)\s+)*(?:what|whats|how|who|whos|whom|whose|when|where|wheres|which|why|can|could|do|does|did|is|are|am|was|should|shall|must|may|might|will|would|has|have|need)\b/i;
/** What only asks whether the rest is so. */
const asksWhetherSo =
  /^(?:is|was|are) (?:that|this|it) (?:\w+ )?(?:right|ok|okay|correct|true|fine|enough|so)$/i;
/** A comma before a question word: with what stands before it also asking, another thing is asked. */
const comma =
  /,\s+(?=(?:how|what|whats|who|whos|when|where|which|why|can|could|do|does|is|are|should|must|will)\b)/i;
/** A part of fewer words leans on the rest. */
const leastWords = 3;
/** A passage that scores this share of a part's best answers it as well. */
const asGood = 0.8;
/** So many are named. */
const mostNamed = 3;

/** The parts of a question, those that only a comma parts among them. */
function partsAsked(question: string): readonly string[] {
  const isLongEnough = (part: string) => part.split(/\s+/).length >= leastWords;
  return partsOf(question).flatMap((part) => {
    const pieces = part.split(comma).map((piece) => piece.trim());
    return pieces.every((piece) => asks.test(piece) && isLongEnough(piece)) ? pieces : [part];
  });
}

/** The parts, where every one of them asks and none tells of the case; else none. */
export function questionsIn(question: string): readonly string[] {
  const parts = partsAsked(question);
  return parts.length > 1 && parts.every((part) => asks.test(part)) ? parts : [];
}

/** True when the search finds for these words what would be shown, had they been asked alone. */
export function isHeld(basis: Basis, words: string): boolean {
  return judge(findPassages(basis, words, []), 'inside') !== 'not-covered';
}

/** True when some of what the words find alone, and find best, is among the passages shown. */
export function isShownFor(
  found: readonly Found[],
  shown: readonly { readonly passage: PassageId }[],
): boolean {
  const best = found[0]?.hit.score ?? 0;
  return found
    .filter(({ hit }) => hit.score >= asGood * best)
    .some(({ passage: { id } }) => shown.some(({ passage }) => passage === id));
}

/** The parts of a question, in its words, that the guidance speaks of and the passages shown do not. */
export function partsLeftOpen(
  basis: Basis,
  question: string,
  earlier: readonly string[],
  shown: readonly { readonly passage: PassageId }[],
): readonly string[] {
  const parts = partsAsked(question);
  if (parts.length < 2) return [];
  const isOpen = (part: string, place: number): boolean => {
    if (!asks.test(part) || asksWhetherSo.test(part)) return false;
    const alone = findPassages(basis, part, []);
    const isLeaning = leansOnEarlier(part, alone[0]?.hit);
    const before = [...parts.slice(0, place).toReversed(), ...earlier];
    const found = isLeaning ? findPassages(basis, part, before) : alone;
    return judge(found, 'inside', isLeaning) !== 'not-covered' && !isShownFor(found, shown);
  };
  return parts.filter(isOpen).map(sayBack).slice(0, mostNamed);
}
