import type { Hit } from './retrieval.js';

/**
 * Tells whether a question that names nothing of the field leans on what was asked before ("and how long?"),
 * so that it may stand where the conversation stood. A new subject in the same chat must not: what was asked
 * earlier would make it look like one of this field. It goes by the question's form and by how much of it
 * is known here; it does not understand, and a long or unusual follow-up is taken as a question of its own.
 */

/** A follow-up leaves out what was said before; what is longer says what it is about. */
const mostWords = 8;
/** Below this share of the question's own rarity found, its rarest words are of another subject. */
const leastCoverage = 0.2;

/** Words that stand for something said before, as in "does it end"; "he’s" counts as "he". */
const standsFor =
  /\b(?:it|that|this|they|them|he|she|him|her|one|those|same|else|too|also|instead|then)\b/;
/** Ways to begin that go on from something, as in "what about the minimum". */
const goesOn = /^(?:and|or|but|so|what if|what about|how about)\b/;
/** A question word alone, as in "why?", or with a word that names nothing, as in "how long?". */
const isBare = /^(?:why|who|when|where|how)(?: (?:not|long|much|many))?[?.! ]*$/;

/** `best` is the best hit of the question; one without words that carry meaning has nothing unknown. */
export function leansOnEarlier(
  question: string,
  best: Pick<Hit<string>, 'coverage' | 'missing'> | undefined,
): boolean {
  const plain = question.trim().toLowerCase();
  if (plain.split(/\s+/).length > mostWords) return false;
  if (best && best.missing.length > 0 && best.coverage < leastCoverage) return false;
  return standsFor.test(plain) || goesOn.test(plain) || isBare.test(plain);
}
