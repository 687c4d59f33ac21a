import { makeFindNeighbour } from './neighbours.js';
import { buildIndex, fieldCount, fieldOf, k1, type SearchIndex, saturate } from './search-index.js';
import { type Asked, makeVocabulary, type Term } from './tokens.js';

/**
 * Finds the passages that speak of a question's subject. Deterministic, in memory, no model. It does not understand;
 * it finds. A passage d scores for a question q
 *
 *   score = (1 + 0.5 · likeness) · ( Σ w(t) · rarity(t) · sat(tf(t))  +  0.2 · Σ rarity(pair) · sat(tf(pair)) )
 *
 *   rarity(t)  ln(1 + (N − n + 0.5) / (n + 0.5)), n of N passages holding t
 *   tf(t)      Σ over fields: weight · occurrences / (1 − b + b · length / mean length)
 *   sat(x)     x · (k1 + 1) / (k1 + x)
 *
 * This is BM25F (Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004; Robertson
 * and Zaragoza, "The Probabilistic Relevance Framework", 2009) over Porter stems. Around it stands what was measured
 * to help:
 *  - a heading weighs 1 to 3, by how many passages have one of their own: where headings repeat they tell little;
 *  - adjacent words of the question, found adjacent, score by the commoner of the two (after Rasolofo and Savoy,
 *    "Term Proximity Scoring for Keyword-Based Retrieval Systems", 2003), for the best candidates only;
 *  - w(t): a word said n times now weighs (k3 + 1) · n / (k3 + n), as in Okapi; a turn said earlier weighs 0.3,
 *    falling turn by turn, and a long one less a word, since long turns name many things;
 *  - terms of the trade are one token however they are said ("SPO", "stalking protection order");
 *  - a word nobody wrote is read as the known word it is one or two slips away from;
 *  - likeness: how much of the passage's heading or nearest example question was asked, which holds up when somebody
 *    tells a long story.
 * Over 200 lines, so that the whole formula is read in one file; the arrays it runs on are built in search-index.ts.
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
  /**
   * Score times the share of all that was asked, now and earlier, that stands in this document. Of all figures here
   * the one that best tells questions that can be answered from those that cannot; 0 upwards.
   */
  readonly answerability: number;
  /** The question's own words that this document does not hold, rarest first. */
  readonly missing: readonly string[];
};

export type SearchOptions<Id extends string> = {
  /** Earlier turns of the conversation, newest first. */
  readonly earlier?: readonly string[];
  /** 10 unless told. */
  readonly limit?: number;
  /** Leaves out documents, as by audience or day; rarity stays that of all documents. */
  readonly accepts?: (id: Id) => boolean;
};

/** Best first; ties keep the order of the documents; only documents that share a word with what was asked. */
export type Search<Id extends string> = (
  question: string,
  options?: SearchOptions<Id>,
) => readonly Hit<Id>[];

const pairWeight = 0.2;
/** How slowly a repeated word of the question gains weight. */
const k3 = 8;
/** The newest earlier turn counts this much, and each one before it this share of the next. */
const earlierWeight = 0.3;
const earlierFall = 0.6;
/** A turn of more words than this is long. */
const longTurn = 10;
/** Older turns would weigh next to nothing, and are not read. */
const mostTurns = 4;
/** An earlier turn of more characters was hardly typed by hand, and is not searched for slips. */
const longText = 300;
/** A likeness built on less rarity than this (about one rare word) says little, and is scaled down. */
const fullLikeness = 6;
/** How far a like heading or example question lifts a passage: one found in full, by half. */
const likenessLift = 0.5;
/** So many of the best are looked at for pairs and likeness, or as many as are asked for. */
const candidateCount = 50;

/** Builds the index; `search` then runs in time proportional to the passages that hold the question's words. */
export function makeSearch<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  terms: readonly Term[] = [],
): Search<Id> {
  const ids = documents.map(({ id }) => id);
  const vocabulary = makeVocabulary(terms);
  const index = buildIndex(documents, vocabulary);
  const findNeighbour = makeFindNeighbour(
    [...vocabulary.words()].map(([word, token]) => ({ word, uses: usesOf(index, token) })),
  );
  const read = (text: string) => vocabulary.read(text, findNeighbour);
  const readTurn = (text: string) => (text.length > longText ? vocabulary.read(text) : read(text));
  const scores = new Float64Array(ids.length);
  const standsIn = makeStandsIn(index);
  const partRarities = sumPartRarities(index);
  return (question, { earlier = [], limit = 10, accepts } = {}) => {
    const asked = read(question);
    const weights = weigh(index, asked, earlier.slice(0, mostTurns).map(readTurn));
    scoreAll(index, weights, scores);
    const isLeftOut = accepts && ((document: number) => !accepts(ids[document] as Id));
    const candidates = best(scores, Math.max(limit, candidateCount), isLeftOut);
    const pairs = makeScorePairs(index, asked);
    const now = new Set(asked.map(({ token }) => token));
    const words = wordsAsked(index, asked);
    const rated = candidates.map((document) => {
      const likeness = likenessOf(index, partRarities, now, document);
      return { document, likeness, lift: 1 + likenessLift * likeness };
    });
    const scoreOf = ({ document, lift }: (typeof rated)[number], ofPairs: number) =>
      ((scores[document] ?? 0) + pairWeight * ofPairs) * lift;
    // Pairs are looked for, which costs most, only where they can still lift a document among the best.
    const least = rated.map((one) => scoreOf(one, 0)).sort((a, b) => b - a)[limit - 1] ?? 0;
    return rated
      .filter((one) => scoreOf(one, pairs.most) >= least)
      .map((one) => ({ ...one, score: scoreOf(one, pairs.scoreOf(one.document)) }))
      .sort((a, b) => b.score - a.score || a.document - b.document)
      .slice(0, limit)
      .map(({ document, likeness, score }) => {
        const holds = standsIn(document);
        const answerability = score * shareOf(weights, holds);
        const covered = coverageOf(words, holds);
        return { id: ids[document] as Id, score, likeness, answerability, ...covered };
      });
  };
}

function usesOf({ from }: SearchIndex, token: number): number {
  return (from[token + 1] ?? 0) - (from[token] ?? 0);
}

function rarityOf(index: SearchIndex, token: number | undefined): number {
  return token === undefined ? index.unknown : (index.rarity[token] ?? 0);
}

/** What was asked, now and earlier: known tokens with their weight times their rarity, and the sum over all. */
type Weights = {
  readonly tokens: readonly number[];
  readonly rarities: readonly number[];
  /** Of unknown words too. */
  readonly all: number;
};

/** A token asked now outweighs the same asked before. */
function weigh(
  index: SearchIndex,
  now: readonly Asked[],
  earlier: readonly (readonly Asked[])[],
): Weights {
  const weights = new Map<number, number>();
  let all = 0;
  const add = ({ token }: Asked, weight: number) => {
    if (token === undefined) all += weight * index.unknown;
    else weights.set(token, Math.max(weights.get(token) ?? 0, weight));
  };
  for (const [one, count] of countOf(now)) add(one, ((k3 + 1) * count) / (k3 + count));
  for (const [back, said] of earlier.entries()) {
    const long = Math.min(1, Math.sqrt(longTurn / said.length));
    for (const [one] of countOf(said)) add(one, earlierWeight * earlierFall ** back * long);
  }
  const tokens = [...weights.keys()];
  const rarities = tokens.map((token) => (weights.get(token) ?? 0) * (index.rarity[token] ?? 0));
  return { tokens, rarities, all: rarities.reduce((sum, rarity) => sum + rarity, all) };
}

/** Each token, and each unknown word, with how often it stands there. */
function countOf(asked: readonly Asked[]): readonly (readonly [Asked, number])[] {
  const counts = new Map<number | string, readonly [Asked, number]>();
  for (const one of asked) {
    const key = one.token ?? one.word;
    counts.set(key, [one, (counts.get(key)?.[1] ?? 0) + 1]);
  }
  return [...counts.values()];
}

/** Writes the score of every document, before pairs and likeness. */
function scoreAll(index: SearchIndex, { tokens, rarities }: Weights, scores: Float64Array): void {
  const { from, documents, weights } = index;
  scores.fill(0);
  for (const [order, token] of tokens.entries()) {
    const rarity = rarities[order] ?? 0;
    const end = from[token + 1] ?? 0;
    for (let place = from[token] ?? 0; place < end; place += 1) {
      const document = documents[place] ?? 0;
      scores[document] = (scores[document] ?? 0) + rarity * (weights[place] ?? 0);
    }
  }
}

type Pairs = {
  /** What no document's pairs score more than. */
  readonly most: number;
  readonly scoreOf: (document: number) => number;
};

/** Scores adjacent words of the question that stand adjacent in a document, in the same order. */
function makeScorePairs(index: SearchIndex, asked: readonly Asked[]): Pairs {
  const size = index.rarity.length;
  const words = asked.flatMap(({ token, isTerm }) => (isTerm || token === undefined ? [] : token));
  const pairs = new Set<number>();
  const isFirst = new Uint8Array(size);
  for (const [place, second] of words.slice(1).entries()) {
    const first = words[place] ?? second;
    if (first === second) continue;
    pairs.add(first * size + second);
    isFirst[first] = 1;
  }
  const rarityOfPair = (pair: number) =>
    Math.min(rarityOf(index, Math.floor(pair / size)), rarityOf(index, pair % size));
  const most = [...pairs].reduce((sum, pair) => sum + rarityOfPair(pair) * (k1 + 1), 0);
  if (pairs.size === 0) return { most, scoreOf: () => 0 };
  const { parts, partFields, partFrom, tokens, fieldWeights, termCount } = index;
  const scoreOf = (document: number) => {
    const found = new Map<number, number>();
    for (let part = parts[document] ?? 0; part < (parts[document + 1] ?? 0); part += 1) {
      const weight = fieldWeights[document * fieldCount + (partFields[part] ?? 0)] ?? 0;
      let before = -1;
      for (let place = partFrom[part] ?? 0; place < (partFrom[part + 1] ?? 0); place += 1) {
        const token = tokens[place] ?? 0;
        if (token < termCount) continue;
        if (before >= 0 && isFirst[before] === 1) {
          const pair = before * size + token;
          if (pairs.has(pair)) found.set(pair, (found.get(pair) ?? 0) + weight);
        }
        before = token;
      }
    }
    let score = 0;
    for (const [pair, tf] of found) score += rarityOfPair(pair) * saturate(tf);
    return score;
  };
  return { most, scoreOf };
}

/** Rarity of all words of each heading and example question, each word once; 0 for other parts. */
function sumPartRarities(index: SearchIndex): Float64Array {
  const { partFields, partFrom, tokens } = index;
  return Float64Array.from(partFields, (field, part) => {
    const first = partFrom[part] ?? 0;
    const end = field > fieldOf.asks ? first : (partFrom[part + 1] ?? 0);
    let all = 0;
    for (let place = first; place < end; place += 1) {
      const token = tokens[place] ?? 0;
      if (tokens.indexOf(token, first) === place) all += rarityOf(index, token);
    }
    return all;
  });
}

function likenessOf(
  index: SearchIndex,
  partRarities: Float64Array,
  asked: ReadonlySet<number | undefined>,
  document: number,
): number {
  const { parts, partFrom, tokens } = index;
  let nearest = 0;
  for (let part = parts[document] ?? 0; part < (parts[document + 1] ?? 0); part += 1) {
    const all = partRarities[part] ?? 0;
    if (all === 0) continue;
    let shared = 0;
    const first = partFrom[part] ?? 0;
    for (let place = first; place < (partFrom[part + 1] ?? 0); place += 1) {
      const token = tokens[place] ?? 0;
      if (asked.has(token) && tokens.indexOf(token, first) === place)
        shared += rarityOf(index, token);
    }
    nearest = Math.max(nearest, (shared / all) * Math.min(1, shared / fullLikeness));
  }
  return nearest;
}

/** Tells of one document after another which tokens it holds; asking of the next ends the last. */
function makeStandsIn(index: SearchIndex): (document: number) => (token: number) => boolean {
  const { parts, partFrom, tokens } = index;
  const lastSeen = new Int32Array(index.rarity.length);
  let round = 0;
  return (document) => {
    round += 1;
    const end = partFrom[parts[document + 1] ?? 0] ?? 0;
    for (let place = partFrom[parts[document] ?? 0] ?? 0; place < end; place += 1)
      lastSeen[tokens[place] ?? 0] = round;
    return (token) => (lastSeen[token] ?? 0) === round;
  };
}

/** Share of the rarity of all that was asked, now and earlier, that stands in a document; 0 to 1. */
function shareOf({ tokens, rarities, all }: Weights, holds: (token: number) => boolean): number {
  let found = 0;
  for (const [order, token] of tokens.entries()) if (holds(token)) found += rarities[order] ?? 0;
  return all === 0 ? 0 : found / all;
}

/** A word of the question once, with the tokens it may be found as: its own, and those of terms it begins. */
type AskedWord = {
  readonly word: string;
  readonly rarity: number;
  readonly tokens: readonly number[];
};

/** Rarest first. */
function wordsAsked(index: SearchIndex, asked: readonly Asked[]): readonly AskedWord[] {
  const words = new Map<string, AskedWord>();
  for (const { token, word } of asked) {
    const known: AskedWord = words.get(word) ?? { word, rarity: 0, tokens: [] };
    const { rarity, tokens } = known;
    words.set(word, {
      word,
      rarity: Math.max(rarity, rarityOf(index, token)),
      tokens: token === undefined || tokens.includes(token) ? tokens : [...tokens, token],
    });
  }
  return [...words.values()].sort((a, b) => b.rarity - a.rarity);
}

/** A word counts as covered when it stands in the document itself or through a term of the trade. */
function coverageOf(
  asked: readonly AskedWord[],
  holds: (token: number) => boolean,
): { readonly coverage: number; readonly missing: readonly string[] } {
  let [found, all] = [0, 0];
  const missing: string[] = [];
  for (const { word, rarity, tokens } of asked) {
    all += rarity;
    if (tokens.some(holds)) found += rarity;
    else missing.push(word);
  }
  return { coverage: all === 0 ? 0 : found / all, missing };
}

/** Documents of the best scores above zero, best first; ties keep the order of the documents. */
function best(
  scores: Float64Array,
  limit: number,
  isLeftOut: ((document: number) => boolean) | undefined,
): readonly number[] {
  const top: number[] = [];
  let least = 0;
  for (let document = 0; document < scores.length; document += 1) {
    const score = scores[document] ?? 0;
    if (score <= least || isLeftOut?.(document)) continue;
    let place = top.length;
    while (place > 0 && (scores[top[place - 1] ?? 0] ?? 0) < score) place -= 1;
    top.splice(place, 0, document);
    if (top.length > limit) top.pop();
    if (top.length === limit) least = scores[top[limit - 1] ?? 0] ?? 0;
  }
  return top;
}
