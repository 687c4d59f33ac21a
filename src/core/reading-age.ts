/**
 * How hard a text is to read, by the Flesch–Kincaid grade: 0.39 × words a sentence + 11.8 × syllables a word − 15.59
 * (Kincaid and others, 1975). It counts; it does not understand. Names, section numbers and terms of the trade weigh
 * as much as any other word, so it points at passages to look at and proves nothing about them.
 */

/** The grade of a text, in years of school; a reader's age is about five more. 0 for a text without words. */
export function readingGrade(text: string): number {
  const words = wordsIn(text);
  if (words.length === 0) return 0;
  const sentences = text.split(/[.!?:;]+(?:\s|$)/).filter((part) => wordsIn(part).length > 0);
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return (
    0.39 * (words.length / Math.max(1, sentences.length)) +
    11.8 * (syllables / words.length) -
    15.59
  );
}

/** Words of letters; "2A" and "s1(3)" are read as they are spelt and left out. */
function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/(?<![\p{L}\p{N}])\p{L}[\p{L}'’-]*(?![\p{L}\p{N}(])/gu) ?? [];
}

/** Groups of vowels, without a silent e at the end: "stage" has one, "table" two; never fewer than one. */
function syllablesIn(word: string): number {
  const plain = word.replace(/[^a-z]/g, '');
  const spoken = plain.replace(/(?<![aeiouyl])(?:es|ed)$|(?<!l)e$/, '');
  return Math.max(1, (spoken.match(/[aeiouy]+/g) ?? []).length);
}
