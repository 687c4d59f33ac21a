/**
 * Text as the rules read it. Everything that people type differently and mean alike is made one, and each character
 * keeps the offset it came from, so that what is found can be shown in the words as they were typed.
 */

/** Text folded for matching, and for each of its characters the offset it came from. */
export interface FoldedText {
  readonly folded: string;
  readonly origins: readonly number[];
}

/**
 * Returns the text as patterns read it: NFKC, lower case, curly quotes straight, apostrophes and
 * invisible characters gone (`don’t`, `don't` and `dont` are one word), a hyphen inside a word a space, runs
 * of white space one space, or one line break where they held one.
 */
export function foldText(text: string): FoldedText {
  const folded: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const letter of text) {
    // Unit by unit, as patterns count: an emoji is two, and NFKC makes three of an ellipsis.
    const units = foldLetter(letter, text[at - 1], text[at + letter.length]).split('');
    for (const [place, unit] of units.entries()) {
      if (isSpace(unit) && isSpace(folded.at(-1))) {
        if (unit === '\n') folded[folded.length - 1] = '\n';
      } else {
        folded.push(unit);
        origins.push(at + Math.min(place, letter.length - 1));
      }
    }
    at += letter.length;
  }
  return { folded: folded.join(''), origins };
}

function foldLetter(letter: string, before: string | undefined, after: string | undefined): string {
  // Nearly every letter typed is one of these, and needs none of the tests below.
  if (letter === ' ' || (letter >= 'a' && letter <= 'z')) return letter;
  if (/[’‘ʼ‛`´′']|\p{Cf}/u.test(letter)) return '';
  if (/[“”„‟«»″]/u.test(letter)) return '"';
  if (/[\n\r\u2028\u2029]/u.test(letter)) return '\n';
  if (/\s/u.test(letter)) return ' ';
  if (/[-‐‑]/u.test(letter)) return isLetter(before) && isLetter(after) ? ' ' : '-';
  return letter.normalize('NFKC').toLowerCase();
}

function isSpace(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\n';
}

function isLetter(unit: string | undefined): boolean {
  return unit !== undefined && /\p{L}/u.test(unit);
}
