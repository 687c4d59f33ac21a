import { makeFindNeighbour } from './neighbours.js';
import { isWord, makeTokenise, type Term, type Token } from './tokens.js';

/**
 * Finds the passages that speak of a question's subject. The ranking is BM25F (Robertson and Zaragoza,
 * "The Probabilistic Relevance Framework", 2009): a word counts the more, the rarer it is and the more telling
 * the field it stands in. Around it stand what was measured to help in this field: terms of the trade as
 * one token ("SPO", "stalking protection order"), pairs of adjacent words at a fifth of a word's weight,
 * example questions as a field, and earlier questions of the conversation at a falling weight. A word nobody
 * wrote is read as the known word it is one or two slips away from.
 *
 * Two more figures tell whether the best passage answers at all: `coverage`, how much of the question stands
 * in the passage, and `likeness`, how much of the passage's nearest example question stands in the question;
 * the second holds up when somebody tells a long story. Over 200 lines, so that the whole formula is read in one
 * file. Deterministic, in memory, no model. It does not
 * understand; it finds.
 */
export type SearchDocument<Id extends string> = {
  readonly id: Id;
  readonly heading: string;
  readonly title: string;
  readonly asks: readonly string[];
  readonly text: string;
};

export type Hit<Id extends string> = {
  readonly id: Id;
  /** 0 upwards; comparable within one search only. */
  readonly score: number;
  /** Share of the question's rarity that stands in this document, 0 to 1. */
  readonly coverage: number;
  /** Share of the rarity of its nearest heading or example question that was asked, 0 to 1. */
  readonly likeness: number;
  /** The question's own words that this document does not hold, rarest first. */
  readonly missing: readonly string[];
};

export type Search<Id extends string> = (
  question: string,
  options?: { readonly earlier?: readonly string[]; readonly limit?: number },
) => readonly Hit<Id>[];

const k1 = 1.2;
/** Weight of a word, and how strongly long fields are held back, by field. */
const fields = {
  heading: { weight: 2, b: 0.4 },
  title: { weight: 0.5, b: 0.3 },
  asks: { weight: 1.5, b: 0.5 },
  text: { weight: 1, b: 0.75 },
} as const;
type FieldName = keyof typeof fields;
const fieldNames = Object.keys(fields) as FieldName[];

/** The newest earlier question counts this much, the one before it half of that, and so on. */
const earlierWeight = 0.3;
/** A likeness built on less rarity than this (about one rare word) says little, and is scaled down. */
const fullLikeness = 6;
/** So many of the best are looked at for likeness. */
const lifted = 24;
/** How far a like example question lifts a passage: one found in full, by half. */
const likenessLift = 0.5;

type Index = {
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  /** The heading and each example question, document by document. */
  readonly questions: readonly (readonly IndexedQuestion[])[];
  readonly rarity: (token: string) => number;
};
type IndexedQuestion = {
  readonly tokens: readonly { readonly token: string; readonly rarity: number }[];
  /** Of all its tokens. */
  readonly rarity: number;
};
type Posting = { readonly document: number; readonly tf: number };

/** Builds the index; `search` then runs in time proportional to the postings of the question's words. */
export function makeSearch<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  terms: readonly Term[] = [],
): Search<Id> {
  const tokenise = makeTokenise(terms);
  const { index, vocabulary } = buildIndex(documents, tokenise);
  const findNeighbour = makeFindNeighbour(vocabulary.keys());
  const isKnown = (token: string) => index.postings.has(token);
  const read = (text: string) =>
    tokenise(text).map((token) => {
      if (isKnown(token.token) || !isWord(token.token)) return token;
      const meant = vocabulary.get(findNeighbour(token.word) ?? '');
      return meant ? { ...token, token: meant } : token;
    });
  return (question, { earlier = [], limit = 10 } = {}) => {
    const asked = read(question);
    const scores = scoreAll(index, documents.length, weigh(asked, earlier.map(read)));
    const now = new Set(asked.map(({ token }) => token));
    const candidates = best(scores, Math.max(limit, lifted)).map((document) => {
      const likeness = likenessOf(index, now, document);
      return { document, likeness, score: (scores[document] ?? 0) * (1 + likenessLift * likeness) };
    });
    return candidates
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ document, ...hit }) => ({
        id: (documents[document] as SearchDocument<Id>).id,
        ...hit,
        ...coverageOf(index, asked, document),
      }));
  };
}

function buildIndex<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  tokenise: (text: string) => readonly Token[],
): { readonly index: Index; readonly vocabulary: ReadonlyMap<string, string> } {
  const read = documents.map((document) => {
    const questions = [document.heading, ...document.asks].map(tokenise);
    const [heading = [], ...asks] = questions;
    const byField = {
      heading,
      title: tokenise(document.title),
      asks: asks.flat(),
      text: tokenise(document.text),
    };
    return { byField, questions: questions.map(tokensOf) };
  });
  const postings = buildPostings(read.map(({ byField }) => byField));
  const vocabulary = new Map<string, string>();
  for (const { byField } of read) {
    for (const { token, word } of fieldNames.flatMap((name) => byField[name])) {
      if (isWord(token)) vocabulary.set(word, token);
    }
  }
  const rarityOf = (df: number) => Math.log(1 + (documents.length - df + 0.5) / (df + 0.5));
  const rarities = new Map([...postings].map(([token, { length }]) => [token, rarityOf(length)]));
  const unknown = rarityOf(0);
  const rarity = (token: string) => rarities.get(token) ?? unknown;
  const toIndexed = (tokens: ReadonlySet<string>): IndexedQuestion => {
    const weighed = [...tokens].map((token) => ({ token, rarity: rarity(token) }));
    return { tokens: weighed, rarity: weighed.reduce((sum, token) => sum + token.rarity, 0) };
  };
  const questions = read.map((document) => document.questions.map(toIndexed));
  return { index: { postings, rarity, questions }, vocabulary };
}

function buildPostings(
  documents: readonly Readonly<Record<FieldName, readonly Token[]>>[],
): ReadonlyMap<string, readonly Posting[]> {
  const mean = (name: FieldName) =>
    Math.max(
      1,
      documents.reduce((sum, byField) => sum + byField[name].length, 0) / documents.length,
    );
  const means = Object.fromEntries(fieldNames.map((name) => [name, mean(name)])) as Record<
    FieldName,
    number
  >;
  const postings = new Map<string, Posting[]>();
  for (const [document, byField] of documents.entries()) {
    const weights = new Map<string, number>();
    for (const name of fieldNames) {
      const { weight, b } = fields[name];
      const held = 1 - b + (b * byField[name].length) / means[name];
      for (const { token, weight: own } of byField[name]) {
        weights.set(token, (weights.get(token) ?? 0) + (weight * own) / held);
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

/** The weight of each token; one asked now outweighs the same asked before. */
function weigh(
  now: readonly Token[],
  earlier: readonly (readonly Token[])[],
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (tokens: readonly Token[], weight: number) => {
    for (const { token, weight: own } of tokens) {
      weights.set(token, Math.max(weights.get(token) ?? 0, weight * own));
    }
  };
  add(now, 1);
  for (const [back, tokens] of earlier.entries()) add(tokens, earlierWeight / 2 ** back);
  return weights;
}

function scoreAll(index: Index, size: number, weights: ReadonlyMap<string, number>): Float64Array {
  const scores = new Float64Array(size);
  for (const [token, weight] of weights) {
    const rarity = index.rarity(token) * weight;
    for (const { document, tf } of index.postings.get(token) ?? []) {
      scores[document] = (scores[document] ?? 0) + rarity * ((tf * (k1 + 1)) / (k1 + tf));
    }
  }
  return scores;
}

/** A word counts as covered when it stands in the document itself or through a term of the trade. */
function coverageOf(
  index: Index,
  asked: readonly Token[],
  document: number,
): { readonly coverage: number; readonly missing: readonly string[] } {
  const words = new Map<string, { rarity: number; isCovered: boolean }>();
  for (const { token, word } of asked) {
    if (token.includes(' ')) continue;
    const known = words.get(word) ?? { rarity: 0, isCovered: false };
    words.set(word, {
      rarity: Math.max(known.rarity, index.rarity(token)),
      isCovered: known.isCovered || holds(index.postings.get(token) ?? [], document),
    });
  }
  const all = [...words];
  const total = all.reduce((sum, [, { rarity }]) => sum + rarity, 0);
  const found = all.reduce((sum, [, word]) => sum + (word.isCovered ? word.rarity : 0), 0);
  const missing = all
    .filter(([, { isCovered }]) => !isCovered)
    .sort(([, a], [, b]) => b.rarity - a.rarity)
    .map(([word]) => word);
  return { coverage: total === 0 ? 0 : found / total, missing };
}

function likenessOf(index: Index, asked: ReadonlySet<string>, document: number): number {
  let nearest = 0;
  for (const { tokens, rarity } of index.questions[document] ?? []) {
    let shared = 0;
    for (const token of tokens) if (asked.has(token.token)) shared += token.rarity;
    const likeness = rarity === 0 ? 0 : (shared / rarity) * Math.min(1, shared / fullLikeness);
    if (likeness > nearest) nearest = likeness;
  }
  return nearest;
}

/** Words and terms; pairs are left out, since they would count a word twice. */
function tokensOf(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(tokens.filter(({ token }) => !token.includes(' ')).map(({ token }) => token));
}

/** Postings stand in the order of documents, so that a look-up is a binary search. */
function holds(postings: readonly Posting[], document: number): boolean {
  let low = 0;
  let high = postings.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = postings[middle]?.document ?? 0;
    if (at === document) return true;
    if (at < document) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Indexes of the best scores above zero, best first; ties keep the order of the documents. */
function best(scores: Float64Array, limit: number): readonly number[] {
  const top: number[] = [];
  for (let document = 0; document < scores.length; document += 1) {
    const score = scores[document] ?? 0;
    const least = top.length < limit ? 0 : (scores[top[limit - 1] ?? 0] ?? 0);
    if (score <= least) continue;
    let place = top.length;
    while (place > 0 && (scores[top[place - 1] ?? 0] ?? 0) < score) place -= 1;
    top.splice(place, 0, document);
    if (top.length > limit) top.pop();
  }
  return top;
}
