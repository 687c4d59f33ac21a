import { stemmer } from 'stemmer';
import { stopWords } from './stop-words.js';

/** Turns text into what is counted: stems, and terms of the trade as one token. */

/** Ways of saying one thing: abbreviations, full names, everyday words. */
export type Term = { readonly id: string; readonly says: readonly string[] };

/** The stem of every word of a text, in order. */
export function stemsOf(text: string): readonly string[] {
  return wordsOf(text).map(stemOf);
}

/** A word of the documents; `token` is undefined for a stop word. */
type Word = {
  readonly stem: string;
  readonly token: number | undefined;
  /** Terms that begin with this word. */
  readonly begins: readonly Phrase[];
};
type Phrase = { readonly token: number; readonly stems: readonly string[] };

/** A token of a question: `word` is as it was written, `token` undefined where no document holds it. */
export type Asked = {
  readonly token: number | undefined;
  readonly word: string;
  readonly isTerm: boolean;
};

export type Vocabulary = {
  /** The tokens of a document's text in order; words not met before are learned. */
  readonly learn: (text: string) => readonly number[];
  /** The tokens of a question. `mend` may name the known word that an unknown one was meant to be. */
  readonly read: (
    question: string,
    mend?: (word: string) => string | undefined,
  ) => readonly Asked[];
  /** Tokens are numbered from 0, those of terms first. */
  readonly size: () => number;
  readonly termCount: number;
  /** Known words that are no stop words, with their tokens. */
  readonly words: () => Iterable<readonly [string, number]>;
};

/** A vocabulary that knows these terms and as yet no word. */
export function makeVocabulary(terms: readonly Term[]): Vocabulary {
  const phrases = indexTerms(terms);
  const termCount = terms.length;
  const tokens = new Map<string, number>();
  const words = new Map<string, Word>();
  const toWord = (word: string, token: (stem: string) => number | undefined): Word => {
    const stem = stemOf(word);
    const isStop = stopWords.has(word);
    return { stem, token: isStop ? undefined : token(stem), begins: phrases.get(stem) ?? none };
  };
  const number = (stem: string) => {
    const known = tokens.get(stem) ?? termCount + tokens.size;
    tokens.set(stem, known);
    return known;
  };
  const learnWord = (word: string) => {
    const learned = toWord(word, number);
    // Copied: a part of a text would keep the whole text in memory.
    words.set([...word].join(''), learned);
    return learned;
  };
  return {
    learn: (text) => {
      const read = wordsOf(text).map((word) => words.get(word) ?? learnWord(word));
      const learned: number[] = [];
      let at = 0;
      for (const { token, begins } of read) {
        if (begins.length > 0) learned.push(...termsAt(begins, read, at));
        if (token !== undefined) learned.push(token);
        at += 1;
      }
      return learned;
    },
    read: (question, mend) => {
      const written = wordsOf(question);
      const read = written.map((word) => {
        const known = words.get(word) ?? toWord(word, (stem) => tokens.get(stem));
        if (known.token !== undefined || stopWords.has(word) || known.begins.length > 0)
          return known;
        return words.get(mend?.(word) ?? '') ?? known;
      });
      return read.flatMap(({ token, begins }, at): readonly Asked[] => {
        const word = written[at] ?? '';
        const found = termsAt(begins, read, at).map((term) => ({
          token: term,
          word,
          isTerm: true,
        }));
        return stopWords.has(word) ? found : [...found, { token, word, isTerm: false }];
      });
    },
    size: () => termCount + tokens.size,
    termCount,
    words: function* () {
      for (const [word, { token }] of words) if (token !== undefined) yield [word, token];
    },
  };
}

const none: readonly Phrase[] = [];

function indexTerms(terms: readonly Term[]): ReadonlyMap<string, readonly Phrase[]> {
  const byFirst = new Map<string, Phrase[]>();
  for (const [token, { says }] of terms.entries()) {
    for (const phrase of says) {
      const stems = stemsOf(phrase);
      const first = stems[0];
      if (first) byFirst.set(first, [...(byFirst.get(first) ?? []), { token, stems }]);
    }
  }
  return byFirst;
}

/** Terms whose words stand here, each once. */
function termsAt(
  begins: readonly Phrase[],
  read: readonly { readonly stem: string }[],
  at: number,
): readonly number[] {
  const found = begins.filter((phrase) =>
    phrase.stems.every((stem, index) => read[at + index]?.stem === stem),
  );
  return [...new Set(found.map(({ token }) => token))];
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

/** Letters and digits, in lower case, stand for themselves; an apostrophe joins, see withoutApostrophes. */
const joins = "'".charCodeAt(0);
const isPart = Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9']/.test(String.fromCharCode(code)) ? 1 : 0,
);
const sectionWords: ReadonlySet<string> = new Set(['section', 'sections', 'sec', 's', 'ss']);

/** Lower-case words; "section 2A", "s.2A" and "2A" all become "s2a". */
function wordsOf(text: string): readonly string[] {
  const isPlain = /^[\0-\x7f]*$/.test(text);
  const parts = isPlain ? partsOf(text.toLowerCase()) : foldedPartsOf(text);
  const words: string[] = [];
  for (const part of parts) {
    const code = part.charCodeAt(0);
    if (code > 57 || !/^\d{1,3}[a-z]{0,2}$/.test(part)) words.push(part);
    else if (sectionWords.has(words.at(-1) ?? '')) words.splice(-1, 1, `s${part}`);
    else words.push(/^\d{1,2}[a-z]$/.test(part) ? `s${part}` : part);
  }
  return words;
}

/** As `match(/[a-z0-9]+/g)`, several times as fast, which is felt when an index is built. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let start = -1;
  let isJoined = false;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (isPart[code] === 1) {
      if (start === -1) start = at;
      if (code === joins) isJoined = true;
    } else if (start !== -1) {
      const part = text.slice(start, at);
      const plain = isJoined ? withoutApostrophes(part) : part;
      if (plain) parts.push(plain);
      start = -1;
      isJoined = false;
    }
  }
  return parts;
}

/** "victim's" is "victim" and "he'll" is "he", not "hell"; "don't" is "dont", as many type it. */
function withoutApostrophes(part: string): string {
  return part.replace(/(?<=.)'(?:s|ll|re|ve|d|m)(?![a-z])/g, '').replaceAll("'", '');
}

function foldedPartsOf(text: string): readonly string[] {
  const folded = withoutApostrophes(text.normalize('NFKC').toLowerCase().replaceAll('’', "'"));
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}
