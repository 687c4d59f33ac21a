import type { Found } from './judge.js';
import { everyday } from './known-words.js';
import type { Passage } from './passage.js';

/** Which of a question's words nothing shown speaks of, and which of those are worth naming back. */

/** The question's words that none of the passages shown speaks of. */
export function missingFrom(found: readonly Found[], shown: readonly Passage[]): readonly string[] {
  const [first, ...others] = found.filter(({ passage }) => shown.includes(passage));
  return (first?.hit.missing ?? []).filter((word) =>
    others.every(({ hit }) => hit.missing.includes(word)),
  );
}

/** Days, months, ranks, what is said in passing, and how it is typed. */
const inPassing =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december|(?:minute|hour|day|week|month|year)s?|(?:him|her|them|your|my)sel(?:f|ves)|genuinely|thought|besides|able|normal|regularly|wasnt|someones|thru|shud|wots|whats|whos|pls|plz|teh|mins?|sgt|insp|dci|num|tel|wks|yrs|hrs|etc|coc|vic|ppl|bat|hid|cos|coz|thx)$/;

/** Words worth naming back: what somebody asked about, not how. */
export function nameable(words: readonly string[]): readonly string[] {
  const isSubject = (word: string) =>
    word.length > 2 && !/^\d/.test(word) && !everyday.has(word) && !inPassing.test(word);
  return words.filter(isSubject).slice(0, 3);
}

/** In a long story most words are beside the point; naming those not found would be noise. */
export function isStory(question: string): boolean {
  return question.split(/\s+/).length > 20;
}
