import { stemmer } from 'stemmer';
import { stopWords } from './stop-words.js';

/**
 * Finds the passages that speak of a question's subject. The ranking is BM25F (Robertson and Zaragoza,
 * "The Probabilistic Relevance Framework", 2009): a word counts the more, the rarer it is and the more
 * telling the field it stands in. Around it stand four things that were measured to help in this field: terms of the
 * trade as one token ("SPO", "stalking protection order"), pairs of adjacent words at a fifth of a
 * word's weight, example questions as a field, and earlier questions of the conversation at a falling weight. A word
 * nobody wrote is replaced by its nearest neighbour in the vocabulary, by shared letter groups.
 * Deterministic, in memory, no model. It does not understand; it finds.
 */
export type SearchDocument<Id extends string> = {
  readonly id: Id;
  readonly heading: string;
  readonly title: string;
  readonly asks: readonly string[];
  readonly text: string;
};

/** Ways of saying one thing: abbreviations, full names, everyday words. */
export type Term = { readonly id: string; readonly says: readonly string[] };

export type Hit<Id extends string> = {
  readonly id: Id;
  /** 0 upwards; comparable within one search only. */
  readonly score: number;
  /** Share of the question's rarity that stands in this document, 0 to 1. */
  readonly coverage: number;
  /** The question's own words that this document does not hold, rarest first. */
  readonly missing: readonly string[];
};

export type Search<Id extends string> = (
  question: string,
  options?: { readonly earlier?: readonly string[]; readonly limit?: number },
) => readonly Hit<Id>[];

const k1 = 1.2;
/** Weight of a word and how strongly long fields are held back, by field. Tuned in decisions.md. */
const fields = {
  heading: { weight: 2, b: 0.4 },
  title: { weight: 0.5, b: 0.3 },
  asks: { weight: 1.5, b: 0.5 },
  text: { weight: 1, b: 0.75 },
} as const;
type FieldName = keyof typeof fields;
const fieldNames = Object.keys(fields) as FieldName[];

const pairWeight = 0.2;
/** The newest earlier question counts this much, the one before it half of that, and so on. */
const earlierWeight = 0.3;
/** Least likeness (Dice over letter groups) at which an unknown word is taken for a known one. */
const leastLikeness = 0.5;

type Posting = { readonly document: number; readonly tf: number };

/** Builds the index; `search` then runs in time proportional to the postings of the question's words. */
export function makeSearch<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  terms: readonly Term[] = [],
): Search<Id> {
  const tokenise = makeTokenise(terms);
  const postings = buildPostings(documents, tokenise);
  const neighbours = makeNeighbours([...postings.keys()].filter(isWord));
  const rarity = (token: string) => {
    const df = postings.get(token)?.length ?? 0;
    return Math.log(1 + (documents.length - df + 0.5) / (df + 0.5));
  };
  return (question, { earlier = [], limit = 10 } = {}) => {
    const asked = weighTokens(tokenise, question, earlier, postings, neighbours);
    const scores = new Float64Array(documents.length);
    for (const [token, { weight }] of asked) {
      const idf = rarity(token) * weight;
      for (const { document, tf } of postings.get(token) ?? []) {
        scores[document] = (scores[document] ?? 0) + idf * ((tf * (k1 + 1)) / (k1 + tf));
      }
    }
    const holds = (token: string, document: number) =>
      (postings.get(token) ?? []).some((posting) => posting.document === document);
    return best(scores, limit).map((document) => {
      const id = (documents[document] as SearchDocument<Id>).id;
      return { id, score: scores[document] ?? 0, ...coverageOf(asked, document, rarity, holds) };
    });
  };
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

export type Token = { readonly token: string; readonly word: string; readonly weight: number };

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

function buildPostings<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  tokenise: (text: string) => readonly Token[],
): ReadonlyMap<string, readonly Posting[]> {
  const tokenised = documents.map((document) => ({
    heading: tokenise(document.heading),
    title: tokenise(document.title),
    asks: document.asks.flatMap(tokenise),
    text: tokenise(document.text),
  }));
  const means = Object.fromEntries(
    fieldNames.map((name) => {
      const total = tokenised.reduce((sum, document) => sum + document[name].length, 0);
      return [name, Math.max(1, total / Math.max(1, documents.length))];
    }),
  ) as Record<FieldName, number>;
  const postings = new Map<string, Posting[]>();
  for (const [document, byField] of tokenised.entries()) {
    const weights = new Map<string, number>();
    for (const name of fieldNames) {
      const { weight, b } = fields[name];
      const held = 1 - b + (b * byField[name].length) / means[name];
      for (const token of byField[name]) {
        weights.set(token.token, (weights.get(token.token) ?? 0) + (weight * token.weight) / held);
      }
    }
    for (const [token, tf] of weights) {
      const list = postings.get(token);
      if (list) list.push({ document, tf });
      else postings.set(token, [{ document, tf }]);
    }
  }
  return postings;
}

type Asked = { readonly weight: number; readonly word: string; readonly isNow: boolean };

function weighTokens(
  tokenise: (text: string) => readonly Token[],
  question: string,
  earlier: readonly string[],
  postings: ReadonlyMap<string, unknown>,
  neighbours: (word: string) => Neighbour | undefined,
): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>();
  const add = (text: string, weight: number, isNow: boolean) => {
    for (const { token, word, weight: own } of tokenise(text)) {
      const near = postings.has(token) || !isWord(token) ? undefined : neighbours(token);
      const meant = near?.word ?? token;
      if (!asked.has(meant)) {
        asked.set(meant, { weight: weight * own * (near?.likeness ?? 1), word, isNow });
      }
    }
  };
  add(question, 1, true);
  for (const [back, text] of earlier.entries()) add(text, earlierWeight / 2 ** back, false);
  return asked;
}

function isWord(token: string): boolean {
  return !token.startsWith('=') && !token.includes(' ');
}

function coverageOf(
  asked: ReadonlyMap<string, Asked>,
  document: number,
  rarity: (token: string) => number,
  holds: (token: string, document: number) => boolean,
): { coverage: number; missing: readonly string[] } {
  // A word counts as covered when it stands in the document itself or through a term of the trade.
  const covered = new Set<string>();
  const words = new Map<string, number>();
  for (const [token, { word, isNow }] of asked) {
    if (!isNow || token.includes(' ')) continue;
    words.set(word, Math.max(words.get(word) ?? 0, rarity(token)));
    if (holds(token, document)) covered.add(word);
  }
  const total = [...words.values()].reduce((sum, weight) => sum + weight, 0);
  const found = [...covered].reduce((sum, word) => sum + (words.get(word) ?? 0), 0);
  const missing = [...words.entries()]
    .filter(([word]) => !covered.has(word))
    .sort(([, a], [, b]) => b - a)
    .map(([word]) => word);
  return { coverage: total === 0 ? 0 : found / total, missing };
}

/** Indexes of the best scores above zero, best first; ties keep the order of the documents. */
function best(scores: Float64Array, limit: number): readonly number[] {
  const found: number[] = [];
  scores.forEach((score, document) => {
    if (score > 0) found.push(document);
  });
  return found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
}

type Neighbour = { readonly word: string; readonly likeness: number };

/** Finds the known word most like an unknown one, by shared groups of letters; undefined below the limit. */
function makeNeighbours(vocabulary: readonly string[]): (word: string) => Neighbour | undefined {
  const byGroup = new Map<string, string[]>();
  for (const word of vocabulary) {
    for (const group of groupsOf(word)) {
      const list = byGroup.get(group);
      if (list) list.push(word);
      else byGroup.set(group, [word]);
    }
  }
  return (word) => {
    if (word.length < 4 || /\d/.test(word)) return undefined;
    const shared = new Map<string, number>();
    const groups = groupsOf(word);
    for (const group of groups) {
      for (const known of byGroup.get(group) ?? []) shared.set(known, (shared.get(known) ?? 0) + 1);
    }
    let nearest: Neighbour | undefined;
    for (const [known, count] of shared) {
      const likeness = (2 * count) / (groups.length + groupsOf(known).length);
      if (likeness >= leastLikeness && likeness > (nearest?.likeness ?? 0))
        nearest = { word: known, likeness };
    }
    return nearest;
  };
}

/** Groups of three letters with the word's ends marked: "stalk" gives ^st, sta, tal, alk, lk$. */
function groupsOf(word: string): readonly string[] {
  const marked = `^${word}$`;
  return Array.from({ length: Math.max(1, marked.length - 2) }, (_, at) =>
    marked.slice(at, at + 3),
  );
}
