import type { ReviewPoint } from '../../../../src/core/review-detail.js';
import { english, type Words } from './catalogue.js';

/** Which language is wanted, and what the server's refusals are in it; free of the browser. */

export const languages = [
  { language: 'en', name: 'English' },
  { language: 'cy', name: 'Cymraeg' },
] as const;
export type Language = (typeof languages)[number]['language'];

/** The first of these locales that the page has words for; English where there is none. "cy-GB" is Welsh. */
export function languageOf(locales: readonly string[]): Language {
  const wanted = locales.map((locale) => locale.toLowerCase().split('-')[0]);
  const found = wanted.find((one) => one === 'cy' || one === 'en');
  return found === 'cy' ? 'cy' : 'en';
}

/**
 * Why the server refused: its usual sentence in these words, anything else as the server said it, and that it failed
 * where it said nothing.
 */
export function sayRefusal(words: Words, kind?: string, message?: string): string {
  if (message === undefined) return words.frame.fault;
  const usual: Readonly<Record<string, string>> = english.core.refusals;
  const own: Readonly<Record<string, string>> = words.core.refusals;
  return kind !== undefined && usual[kind] === message ? (own[kind] ?? message) : message;
}

/** A review point in these words; `isServers` where the server's own stands, since it is none of the known ones. */
export function sayPoint(
  words: Words,
  { number, text }: Pick<ReviewPoint, 'number' | 'text'>,
): { readonly said: string; readonly isServers: boolean } {
  const known = english.core.points[number - 1] === text;
  const said = known ? words.core.points[number - 1] : undefined;
  return { said: said ?? text, isServers: said === undefined };
}
