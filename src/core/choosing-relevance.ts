import type { ShownPassage } from './citations.js';
import type { Knowledge } from './knowledge.js';
import { textOf } from './passage.js';
import { makeVocabulary } from './tokens.js';

/**
 * Tells whether a choice still speaks of what was asked: how much of the question's rare words stands in what would be
 * shown, held against what code alone would show. So a model cannot turn an answered question into one beside the
 * point. It counts words: what is off the point within the right passage, and what says the same in other words, it
 * does not see. The second is why less than all of code's share is asked for.
 */

/** Share of the rarity of what was asked that stands in a text, 0 to 1; 1 when nothing asked is known here. */
export type SpeaksOf = (asked: string, text: string) => number;

export function makeSpeaksOf({ passages, terms }: Pick<Knowledge, 'passages' | 'terms'>): SpeaksOf {
  const vocabulary = makeVocabulary(terms);
  const held = new Map<number, number>();
  for (const passage of passages.values())
    for (const token of new Set(vocabulary.learn(`${passage.heading} ${textOf(passage)}`)))
      held.set(token, (held.get(token) ?? 0) + 1);
  const rarityOf = (token: number) => Math.log(1 + passages.size / (held.get(token) ?? 1));
  return (asked, text) => {
    const there = new Set(vocabulary.learn(text));
    const words = new Map<string, readonly number[]>();
    for (const { word, token } of vocabulary.read(asked))
      if (token !== undefined) words.set(word, [...(words.get(word) ?? []), token]);
    let [found, all] = [0, 0];
    for (const tokens of words.values()) {
      const rarity = Math.max(...tokens.map(rarityOf));
      all += rarity;
      if (tokens.some((token) => there.has(token))) found += rarity;
    }
    return all === 0 ? 1 : found / all;
  };
}

/** What is shown as one text, with its headings. */
export function shownText(shown: readonly ShownPassage[]): string {
  const said = ({ heading, blocks }: ShownPassage) => [
    heading,
    ...blocks.flatMap(({ lead, items }) => [...lead, ...items]).map(({ text }) => text),
  ];
  return shown.flatMap(said).join(' ');
}

/** A choice must hold this share of what code's own answer holds of the question. */
export const leastKept = 0.6;
/** Where code had no answer, a choice must hold this share of the question. */
export const leastFound = 0.2;
