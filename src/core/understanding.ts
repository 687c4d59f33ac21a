import { z } from 'zod';
import type { Ground } from './field.js';

/**
 * What a model may say of how a question is meant, and what of it is used: words, for the search alone. Sentences,
 * marks, addresses and instructions do not survive; words of another subject are dropped whole.
 */

/** The reply to `prompts/understand-question.md`. */
export const understandingSchema = z.strictObject({
  /** The question in full; null when it stands by itself. */
  whole: z.string().nullable(),
  words: z.array(z.string()),
  /** Labels of topics to offer. */
  topics: z.array(z.string()),
});
export type Understanding = z.infer<typeof understandingSchema>;

/** A whole question in as many words as the longest that people type in one breath; other words for it beside. */
const most = { wholeWords: 40, words: 12, letters: 24, read: 2_000 };

/** Words that are searched with beside the question, none twice; undefined when none are left. */
export function searchWords(
  { whole, words }: Understanding,
  groundOf: (text: string) => Ground,
): string | undefined {
  const own = plainWords(whole ?? '').slice(0, most.wholeWords);
  const others = words
    .slice(0, most.words)
    .flatMap(plainWords)
    .filter((word) => !own.includes(word))
    .slice(0, most.words);
  const kept = [own, [...new Set(others)]].filter((part) => isOfThisField(part, groundOf));
  const text = kept.flat().join(' ');
  return text === '' ? undefined : text;
}

/** A place with another law, or another subject: nobody asked for it, or rules have decided on it. */
function isOfThisField(words: readonly string[], groundOf: (text: string) => Ground): boolean {
  const ground = groundOf(words.join(' '));
  return ground === 'inside' || ground === 'open';
}

/** Letters, digits and what joins them ("s2A", "non-molestation", "victim's"), in small letters. */
function plainWords(text: string): readonly string[] {
  const plain = text
    .slice(0, most.read)
    .normalize('NFKC')
    .replace(/\[[^\]]{0,40}\]|\b[\p{L}\p{N}.+-]+[:@/]\S*|\S+\.\S+/gu, ' ')
    .toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  return words.filter((word) => word.length <= most.letters);
}

/** So many topics are offered. */
const mostOffered = 3;

/** The label of a topic by its place in the list: it says nothing of the passage. */
export function topicLabel(place: number): string {
  return `T${place + 1}`;
}

/** Those of the candidates whose label was named, in that order, each once; others were never given. */
export function namedTopics<Topic>(
  labels: readonly string[],
  candidates: readonly Topic[],
): readonly Topic[] {
  const byLabel = new Map(candidates.map((topic, place) => [topicLabel(place), topic]));
  const named = labels.slice(0, most.words).flatMap((label) => byLabel.get(label.trim()) ?? []);
  return [...new Set(named)].slice(0, mostOffered);
}
