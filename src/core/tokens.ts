import { stemmer } from 'stemmer';
import { stopWords } from './stop-words.js';

/** Turns text into what is counted: stems, terms of the trade as one token, and pairs of neighbours. */

/** Ways of saying one thing: abbreviations, full names, everyday words. */
export type Term = { readonly id: string; readonly says: readonly string[] };

/** `word` is as it was written; a pair weighs a fifth of a word. */
export type Token = { readonly token: string; readonly word: string; readonly weight: number };

const pairWeight = 0.2;

/** True for a single stem: neither a term (`=spo`) nor a pair. */
export function isWord(token: string): boolean {
  return !token.startsWith('=') && !token.includes(' ');
}

/** Stems of the words that carry meaning, with the terms of the trade and pairs of neighbours. */
export function makeTokenise(terms: readonly Term[]): (text: string) => readonly Token[] {
  const phrases = indexTerms(terms);
  return (text) => {
    const words = wordsOf(text);
    const stems = words.map(stemOf);
    const tokens: Token[] = [];
    let before: string | undefined;
    for (const [at, word] of words.entries()) {
      const stem = stems[at] ?? '';
      for (const id of termsAt(phrases, stems, at))
        tokens.push({ token: `=${id}`, word, weight: 1 });
      if (stopWords.has(word)) continue;
      tokens.push({ token: stem, word, weight: 1 });
      if (before) tokens.push({ token: `${before} ${stem}`, word, weight: pairWeight });
      before = stem;
    }
    return tokens;
  };
}

/** The stem of every word of a text, in order. */
export function stemsOf(text: string): readonly string[] {
  return wordsOf(text).map(stemOf);
}

/** Lower-case words; "section 2A", "s.2A" and "2A" all become "s2a". */
function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/['’]/g, '')
      .replace(/\b(?:sections?|sec|ss?)\.?\s*(\d{1,3}[a-z]{0,2})\b/g, 's$1')
      .replace(/\b(\d{1,2}[a-z])\b/g, 's$1')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

const stems = new Map<string, string>();
function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = /^[a-z]+$/.test(word) ? stemmer(word) : word;
  // Bounded: the vocabulary of the knowledge base is small, that of questions is not.
  if (stems.size < 50_000) stems.set(word, stem);
  return stem;
}

type Phrase = { readonly id: string; readonly stems: readonly string[] };

function indexTerms(terms: readonly Term[]): ReadonlyMap<string, readonly Phrase[]> {
  const byFirst = new Map<string, Phrase[]>();
  for (const { id, says } of terms) {
    for (const phrase of says) {
      const stems = wordsOf(phrase).map(stemOf);
      const first = stems[0];
      if (first) byFirst.set(first, [...(byFirst.get(first) ?? []), { id, stems }]);
    }
  }
  return byFirst;
}

function termsAt(
  phrases: ReadonlyMap<string, readonly Phrase[]>,
  stems: readonly string[],
  at: number,
): readonly string[] {
  const candidates = phrases.get(stems[at] ?? '') ?? [];
  const found = candidates.filter((p) => p.stems.every((stem, i) => stems[at + i] === stem));
  return [...new Set(found.map((phrase) => phrase.id))];
}
