import { invisible } from './imported-document.js';

/** Characters of a text that a reader does not see, or takes for others. */

export type OddCharacter = {
  /** Counted from 1. */
  readonly line: number;
  /** `U+202E` */
  readonly code: string;
  /** `hidden` cannot be seen or moves what stands around it; `foreign` is a letter that is not Latin, or no text at all. */
  readonly kind: 'hidden' | 'foreign';
};

/**
 * Beside what an import takes out: the letters and marks that Unicode says are not drawn, and line ends that are none
 * in a file but move the cursor of a terminal. The mark that makes a sign an emoji stays.
 */
const hidden = new RegExp(
  `${invisible.source}|(?<!\\p{Extended_Pictographic})\\ufe0f|(?!\\ufe0f)\\p{Default_Ignorable_Code_Point}|[\\v\\f\\u2028\\u2029]|\\r(?!\\n)`,
  'gu',
);

/** A Cyrillic а looks like a Latin one; U+FFFD stands where bytes were no text. */
const foreign = /(?!\p{Script=Latin}|\p{Default_Ignorable_Code_Point})\p{L}|\ufffd/gu;

/** Returns every odd character, line by line. */
export function findOdd(text: string): readonly OddCharacter[] {
  return text.split('\n').flatMap((words, at) => {
    // The line end of Windows is none.
    const line = words.replace(/\r$/, '');
    const all = (pattern: RegExp, kind: OddCharacter['kind']) =>
      (line.match(pattern) ?? []).map((one) => ({ line: at + 1, code: codeOf(one), kind }));
    return [...all(hidden, 'hidden'), ...all(foreign, 'foreign')];
  });
}

/** The text with the code of each odd character in brackets, in place of those that cannot be seen: safe to print. */
export function showOdd(text: string): string {
  return text
    .replace(hidden, (one) => `[${codeOf(one)}]`)
    .replace(foreign, (one) => `${one}[${codeOf(one)}]`);
}

function codeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${code.padStart(4, '0')}`;
}
