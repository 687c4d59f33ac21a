import { sayBack } from './parts.js';

/**
 * Tells whether words stand together in a text, so that somebody else's claim of what a person said is only ever said
 * back in that person's own words. A placeholder for personal data parts what stands before it from what follows.
 */

/** `[name 1]`, `[phone]`: neither it nor what crosses it is said back. */
const placeholder = /\[[a-z-]+(?: \d+)?\]/g;

/** Returns a function that gives words back as the text has them, at most eighty characters; undefined when it has not. */
export function makeWordsWithin(text: string): (words: string) => string | undefined {
  const stretches = partedByPlaceholders(text).map((stretch) => {
    const words = wordsOf(stretch);
    return { words, plain: ` ${words.map(plain).join(' ')} ` };
  });
  return (words) => {
    if (words.search(placeholder) !== -1) return undefined;
    const wanted = wordsOf(words).map(plain).join(' ');
    if (wanted === '') return undefined;
    const found = stretches.find((stretch) => stretch.plain.includes(` ${wanted} `));
    if (!found) return undefined;
    const before = found.plain.slice(0, found.plain.indexOf(` ${wanted} `));
    const from = before.split(' ').filter(Boolean).length;
    return sayBack(found.words.slice(from, from + wanted.split(' ').length).join(' '));
  };
}

/** What stands before, between and after placeholders for personal data. */
export function partedByPlaceholders(text: string): readonly string[] {
  return text.split(placeholder);
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

function plain(word: string): string {
  return word.normalize('NFKC').toLowerCase().replaceAll('’', "'");
}
