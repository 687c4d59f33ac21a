import type { Ground } from './field.js';
import type { PassageId } from './ids.js';
import type { Passage } from './passage.js';
import type { Hit } from './retrieval.js';

/** Decides from what was found whether to answer, to answer in part, to ask back or to decline. */

export type Found = { readonly passage: Passage; readonly hit: Hit<PassageId> };

/**
 * How sure the search must be, read off the curve in docs/evaluation.md. A question that names nothing of this field
 * has to be found far better than one that does.
 */
export const limits = {
  /**
   * Least sureness for a question of this field, and for one that names nothing of it. The first is low on purpose: to
   * decline what has an answer costs an officer more than a near miss under its own heading.
   */
  inside: 3.5,
  open: 4.5,
  /** Least sureness for a question that follows another of this field: its subject was said before. */
  followUp: 2.5,
  /** Below this share of the question covered, and of an example question asked, the rest is named. */
  whole: 0.6,
  /** Passages that score so low and so alike are offered for choice. */
  vague: 9,
};
export type Limits = Readonly<typeof limits>;

/**
 * How sure we are that a passage speaks of the question: grows slowly with its score, and with how much of the
 * question it holds and how much of an example question was asked. 0 to about 7.
 */
export function surenessOf({ hit }: Pick<Found, 'hit'>): number {
  return Math.log(hit.score + 1) + 1.5 * (hit.coverage + hit.likeness);
}

/** A follow-up may be short: what it leaves out was said before, so it is never asked back. */
export function judge(
  found: readonly Found[],
  ground: Ground,
  isFollowUp = false,
  { inside, open, followUp, whole, vague }: Limits = limits,
): 'answered' | 'partly' | 'unclear' | 'not-covered' {
  const [first, second, third] = found;
  if (!first || ground === 'outside') return 'not-covered';
  const isKnown = ground !== 'open';
  if (!isFollowUp && isKnown && second && third && isVague([first, second, third], vague)) {
    return 'unclear';
  }
  if (surenessOf(first) < (isKnown ? (isFollowUp ? followUp : inside) : open)) return 'not-covered';
  if (!isFollowUp && isByOneWord(first)) return 'not-covered';
  const isWhole = first.hit.coverage >= whole || first.hit.likeness >= whole;
  return isWhole ? 'answered' : 'partly';
}

/**
 * Found low and in no example question: one rare word is shared ("twice", "12"), and says nothing of the subject. The
 * limits stand where no question of the sets that has an answer is lost.
 */
function isByOneWord({ hit }: Found): boolean {
  return hit.likeness < 0.3 && hit.score < 9;
}

/** Several passages fit equally and low: one or two words were typed that stand everywhere. */
function isVague([first, ...others]: readonly [Found, Found, Found], most: number): boolean {
  return (
    first.hit.score < most &&
    first.hit.coverage > 0.8 &&
    others.every(({ hit }) => hit.score > 0.85 * first.hit.score)
  );
}
