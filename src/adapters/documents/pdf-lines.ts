/** How text becomes the lines of a page: what fits, what the font can draw, and which way a word is read. */

/** Stands for a character that the font has no drawing for. */
export const notDrawn = '▯';

/** Marks that only join or vary what stands before them. */
const joining = String.raw`[\p{Join_Control}\p{Variation_Selector}\p{Emoji_Modifier}]`;
const silent = new RegExp(joining, 'u');
/** Nothing is left to join: ▯ and what follows it in 👩‍👧. */
const joiningNothing = new RegExp(`${notDrawn}${joining}+`, 'gu');

/** The text with a mark for each character that cannot be drawn. */
export function drawable(text: string, canDraw: (character: string) => boolean): string {
  return [...text]
    .map((one) => {
      if (one === '\n' || canDraw(one)) return one;
      return silent.test(one) ? '' : notDrawn;
    })
    .join('')
    .replace(joiningNothing, notDrawn);
}

/** Breaks text at line ends and spaces, and within a word only where the word alone is too wide. */
export function brokenLines(
  text: string,
  width: number,
  widthOf: (words: string) => number,
): readonly string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, widthOf));
}

function breakParagraph(
  paragraph: string,
  width: number,
  widthOf: (words: string) => number,
): readonly string[] {
  const space = widthOf(' ');
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  const pieces = paragraph.split(' ').flatMap((word) => breakWord(word, width, widthOf));
  for (const piece of pieces) {
    const wide = widthOf(piece);
    if (line.length > 0 && used + space + wide > width) {
      lines.push(line.join(' '));
      line = [];
    }
    used = line.length === 0 ? wide : used + space + wide;
    line.push(piece);
  }
  return [...lines, line.join(' ')];
}

const letters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

function breakWord(
  word: string,
  width: number,
  widthOf: (words: string) => number,
): readonly string[] {
  if (widthOf(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const { segment } of letters.segment(word)) {
    const wide = widthOf(segment);
    if (piece !== '' && used + wide > width) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += segment;
    used += wide;
  }
  return [...pieces, piece];
}

const fromRight = String.raw`[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]`;
/** From the first letter that is read from the right to the last before one that is not: “قال لي” in “he said قال لي”. */
const rightToLeft = new RegExp(`(${fromRight}(?:[^\\p{L}\\p{N}“”]*${fromRight})*\\p{M}*)`, 'u');

/**
 * A line as stretches in the order in which they are drawn. The font turns each word round that is read from the right,
 * with a space that goes with it, but not their order; so words and spaces are drawn one by one.
 */
export function stretchesOf(line: string): readonly string[] {
  return line
    .split(rightToLeft)
    .flatMap((part) => (rightToLeft.test(part) ? part.split(/( )/).reverse() : [part]))
    .filter((part) => part !== '');
}
