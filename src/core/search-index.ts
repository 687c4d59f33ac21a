import type { SearchDocument } from './retrieval.js';
import type { Vocabulary } from './tokens.js';

/**
 * What a search needs to know of the documents, in flat arrays: 17,000 passages of 200 words take some 25 MB so, and
 * ten times that as objects. The formula it serves stands in retrieval.ts.
 */
export type SearchIndex = {
  /** Documents that hold a token and its saturated weight in each stand at `from[token]` up to `from[token + 1]`. */
  readonly from: Int32Array;
  readonly documents: Int32Array;
  readonly weights: Float32Array;
  /** How telling each token is, by its number. */
  readonly rarity: Float64Array;
  /** Rarity of a word no document holds. */
  readonly unknown: number;
  /** The parts of a document (heading, example questions, title, text) stand at `parts[document]` and on. */
  readonly parts: Int32Array;
  readonly partFields: Uint8Array;
  /** The tokens of a part stand at `partFrom[part]` up to `partFrom[part + 1]` of `tokens`. */
  readonly partFrom: Int32Array;
  readonly tokens: Int32Array;
  /** What one occurrence of a word weighs, by document and field. */
  readonly fieldWeights: Float32Array;
  /** Tokens below this number are terms. */
  readonly termCount: number;
};

export const k1 = 1.6;
/** Weight of a word, and how strongly long fields are held back, by field, in the order of `fieldOf`. */
const fields = [
  { weight: 1, b: 0.75 },
  { weight: 1.5, b: 0.5 },
  { weight: 0.5, b: 0.3 },
  { weight: 1, b: 0.75 },
] as const;
export const fieldCount = fields.length;
export const fieldOf = { heading: 0, asks: 1, title: 2, text: 3 } as const;

/** A heading no other document has weighs this much more than one all share. */
const tellingHeading = 2;

/** Reads all documents once, in time and memory proportional to their words. */
export function buildIndex<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  vocabulary: Vocabulary,
): SearchIndex {
  const read = readParts(documents, vocabulary);
  const fieldWeights = weighFields(documents, read);
  const postings = buildPostings({ ...read, fieldWeights }, vocabulary.size());
  const rarityOf = (held: number) => Math.log(1 + (documents.length - held + 0.5) / (held + 0.5));
  const rarity = Float64Array.from({ length: vocabulary.size() }, (_, token) =>
    rarityOf((postings.from[token + 1] ?? 0) - (postings.from[token] ?? 0)),
  );
  return {
    ...read,
    fieldWeights,
    ...postings,
    rarity,
    unknown: rarityOf(0),
    termCount: vocabulary.termCount,
  };
}

type Parts = Pick<SearchIndex, 'parts' | 'partFields' | 'partFrom' | 'tokens'>;

function readParts<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  vocabulary: Vocabulary,
): Parts {
  const parts = [0];
  const partFields: number[] = [];
  const partFrom = [0];
  let tokens = new Int32Array(1024);
  let used = 0;
  const add = (field: number, text: string) => {
    const learned = vocabulary.learn(text);
    if (used + learned.length > tokens.length) {
      const larger = new Int32Array(2 * (used + learned.length));
      larger.set(tokens);
      tokens = larger;
    }
    tokens.set(learned, used);
    used += learned.length;
    partFields.push(field);
    partFrom.push(used);
  };
  for (const { heading, asks, title, text } of documents) {
    add(fieldOf.heading, heading);
    for (const question of asks) add(fieldOf.asks, question);
    if (title) add(fieldOf.title, title);
    add(fieldOf.text, text);
    parts.push(partFields.length);
  }
  return {
    parts: Int32Array.from(parts),
    partFields: Uint8Array.from(partFields),
    partFrom: Int32Array.from(partFrom),
    tokens: tokens.slice(0, used),
  };
}

/** What an occurrence weighs, which falls as the field grows longer than it is in the mean. */
function weighFields<Id extends string>(
  documents: readonly SearchDocument<Id>[],
  { parts, partFields, partFrom }: Parts,
): Float32Array {
  const lengths = new Float32Array(documents.length * fieldCount);
  const sums = fields.map(() => 0);
  for (let document = 0; document < documents.length; document += 1) {
    for (let part = parts[document] ?? 0; part < (parts[document + 1] ?? 0); part += 1) {
      const field = partFields[part] ?? 0;
      const length = (partFrom[part + 1] ?? 0) - (partFrom[part] ?? 0);
      const place = document * fieldCount + field;
      lengths[place] = (lengths[place] ?? 0) + length;
      sums[field] = (sums[field] ?? 0) + length;
    }
  }
  const headings = new Set(documents.map(({ heading }) => heading).filter(Boolean));
  const telling = 1 + (tellingHeading * headings.size) / Math.max(1, documents.length);
  return lengths.map((length, place) => {
    const field = place % fieldCount;
    const { weight, b } = fields[field] ?? fields[fieldOf.text];
    const mean = (sums[field] ?? 0) / documents.length || 1;
    const own = field === fieldOf.heading ? weight * telling : weight;
    return own / (1 - b + (b * length) / mean);
  });
}

function buildPostings(
  read: Parts & Pick<SearchIndex, 'fieldWeights'>,
  size: number,
): Pick<SearchIndex, 'from' | 'documents' | 'weights'> {
  const from = new Int32Array(size + 1);
  eachPosting(read, size, (token) => {
    from[token + 1] = (from[token + 1] ?? 0) + 1;
  });
  for (let token = 0; token < size; token += 1)
    from[token + 1] = (from[token + 1] ?? 0) + (from[token] ?? 0);
  const next = from.slice();
  const documents = new Int32Array(from[size] ?? 0);
  const weights = new Float32Array(from[size] ?? 0);
  eachPosting(read, size, (token, document, tf) => {
    const place = next[token] ?? 0;
    next[token] = place + 1;
    documents[place] = document;
    weights[place] = saturate(tf);
  });
  return { from, documents, weights };
}

/** Visits the tokens of each document once, with their weight over all its fields, document by document. */
function eachPosting(
  { parts, partFields, partFrom, tokens, fieldWeights }: Parts & Pick<SearchIndex, 'fieldWeights'>,
  size: number,
  visit: (token: number, document: number, tf: number) => void,
): void {
  const sums = new Float64Array(size);
  for (let document = 0; document + 1 < parts.length; document += 1) {
    const first = parts[document] ?? 0;
    const end = parts[document + 1] ?? 0;
    for (let part = first; part < end; part += 1) {
      const weight = fieldWeights[document * fieldCount + (partFields[part] ?? 0)] ?? 0;
      for (let place = partFrom[part] ?? 0; place < (partFrom[part + 1] ?? 0); place += 1) {
        const token = tokens[place] ?? 0;
        sums[token] = (sums[token] ?? 0) + weight;
      }
    }
    for (let place = partFrom[first] ?? 0; place < (partFrom[end] ?? 0); place += 1) {
      const token = tokens[place] ?? 0;
      const sum = sums[token] ?? 0;
      if (sum === 0) continue;
      visit(token, document, sum);
      sums[token] = 0;
    }
  }
}

/** Each further occurrence of a word says less than the one before. */
export function saturate(tf: number): number {
  return (tf * (k1 + 1)) / (k1 + tf);
}
