import { z } from 'zod';

/**
 * Patterns of words, as they stand in cues.yaml and never-advise.yaml. Every message passes some 600 of them, and
 * large patterns take longer to run than all the rest of an answer: so each tells which words it cannot match
 * without, and runs only on a text that holds one.
 */

/** Long enough for `readied`, and no pattern of words finds anything in it. */
const blankText = ' '.repeat(1_000);
const readyPatterns = new WeakSet<RegExp>();

/**
 * Returns the pattern, compiled. V8 compiles at the first run: for a text of a thousand characters at
 * once to machine code, for a shorter one to bytecode first, which takes five times longer.
 */
export function readied(pattern: RegExp): RegExp {
  if (!readyPatterns.has(pattern)) {
    pattern.test(blankText);
    pattern.lastIndex = 0;
    readyPatterns.add(pattern);
  }
  return pattern;
}

/** Pieces of pattern under a name, written `{name}` in a pattern: `who: he|she|they`. */
export const namedWordsSchema = z.record(z.string().regex(/^[a-z]+$/), z.string().min(1));
export type NamedWords = z.infer<typeof namedWordsSchema>;

/**
 * Returns the pattern compiled, its `{names}` filled in, or throws with what is wrong with it. An
 * unbounded repeat of a group or of any character, as in `(?:a+ )+` or `.*`, is refused because a
 * hostile text can make it slow; so are a pattern that matches nothing at all and a capital letter,
 * which no folded text holds (to ignore case instead makes patterns ten times slower to compile).
 */
export function compilePattern(source: string, words: NamedWords): RegExp {
  const filled = fillNames(source, words);
  if (/\)(?:[*+]|\{\d+,\})|(?<!\\)\.[*+]/u.test(filled)) {
    throw new Error('a group, or any character, repeats without an upper bound');
  }
  if (/[A-Z]/u.test(filled.replace(/\\(?:p\{\w+\}|.)/giu, ''))) {
    throw new Error('a capital letter, but text is read in lower case');
  }
  const pattern = new RegExp(filled, 'gu');
  if (neededBy(pattern) === undefined && ''.search(readied(pattern)) === 0) {
    throw new Error('matches the empty text');
  }
  return pattern;
}

function fillNames(source: string, words: NamedWords): string {
  let filled = source;
  // Named words may use named words; three deep is more than any needs, and it cannot run on.
  for (let depth = 0; depth < 3; depth += 1) {
    filled = filled.replace(/\{([a-z]+)\}/gu, (_, name: string) => {
      const piece = words[name];
      if (piece === undefined) throw new Error(`no words are named {${name}}`);
      return `(?:${piece})`;
    });
  }
  return filled;
}

/** Returns the sentence around a match with `<` and `>` set about the match, for `unless`. */
export function markMatch(text: string, start: number, end: number): string {
  const before =
    text
      .slice(0, start)
      .split(/[.!?\n]/u)
      .at(-1) ?? '';
  const after = text.slice(end).split(/[.!?\n]/u)[0] ?? '';
  return `${before}<${text.slice(start, end)}>${after}`;
}

const neededWordsOf = new WeakMap<RegExp, readonly string[] | 'none'>();

/** Words of which one must stand in a text for the pattern to match; undefined when none can be told. */
export function neededBy(pattern: RegExp): readonly string[] | undefined {
  const needed = neededWordsOf.get(pattern) ?? neededWords(pattern.source) ?? 'none';
  neededWordsOf.set(pattern, needed);
  return needed === 'none' ? undefined : needed;
}

/** Beginnings of words are told apart by this many letters: enough, and few to look up. */
export const beginningLength = 6;

/** What a stretch of a pattern cannot match without, and whether a word must begin after it. */
interface Needed {
  readonly words: readonly string[] | undefined;
  readonly atWord: boolean;
}

/**
 * Returns beginnings of words, one of which stands in every text that the pattern matches (a space
 * ends a whole word), or undefined where it can match without any: `\bhe (?:hit|kick(?:ed|s))\b`
 * needs "hit " or "kick". Of the parts that all have to match, the rarest is taken.
 */
export function neededWords(source: string): readonly string[] | undefined {
  const tokens =
    source.match(
      /[a-z0-9]+(?![*+?{])|\(\?(?::|<?[=!])|\[(?:\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\.|\{\d+,?\d*\}|./gsu,
    ) ?? [];
  let at = 0;
  /** Takes a quantifier, if one is next; true when what stands before it may be left out. */
  const takesOptional = (): boolean => {
    const quantifier = tokens[at] ?? '';
    if (!isQuantifier(quantifier)) return false;
    at += tokens[at + 1] === '?' ? 2 : 1;
    return /^(?:[*?]|\{0)/u.test(quantifier);
  };
  const readChoice = (atWord: boolean): Needed => {
    const options = [readSequence(atWord)];
    while (tokens[at] === '|') {
      at += 1;
      options.push(readSequence(atWord));
    }
    at += 1;
    const needs = options.flatMap(({ words }) => (words === undefined ? [] : [words]));
    return {
      words: needs.length === options.length ? needs.flat() : undefined,
      atWord: options.every((option) => option.atWord),
    };
  };
  const readSequence = (start: boolean): Needed => {
    let atWord = start;
    let word = '';
    let words: readonly string[] | undefined;
    const take = (other: readonly string[] | undefined) => {
      if (other && (words === undefined || commonness(other) < commonness(words))) words = other;
    };
    const endWord = (end: '' | ' ') => {
      if (word !== '') take([(word + end).slice(0, beginningLength)]);
      word = '';
    };
    for (let token = tokens[at]; token && token !== '|' && token !== ')'; token = tokens[at]) {
      at += 1;
      if (/^\(\?<?[=!]/u.test(token)) {
        readChoice(false);
      } else if (token.startsWith('(')) {
        endWord('');
        const inner = readChoice(atWord);
        const isOptional = takesOptional();
        if (!isOptional) take(inner.words);
        atWord = inner.atWord && (atWord || !isOptional);
      } else if (token === '\\b' || token === '^') {
        endWord(' ');
        atWord = true;
      } else if (/^[\p{L}\p{N}]/u.test(token)) {
        const isOptional = takesOptional();
        if (!isOptional && (atWord || word !== '')) word += token;
        if (isOptional || isQuantifier(tokens[at - 1])) endWord('');
        atWord = false;
      } else if (/^(?:\\[\p{L}\p{N}]|\[.*[\p{L}\p{N}]|\.)/u.test(token)) {
        takesOptional();
        endWord('');
        atWord = false;
      } else {
        // A space, or a mark between sentences.
        const isOptional = takesOptional();
        atWord = isOptional ? atWord && word === '' : true;
        endWord(isOptional ? '' : ' ');
      }
    }
    endWord('');
    return { words, atWord };
  };
  return readChoice(false).words;
}

function isQuantifier(token: string | undefined): boolean {
  return token !== undefined && /^(?:[*+?]|\{\d.*)$/u.test(token);
}

/** Words nearly every message holds; a pattern is better told by any other word. */
const commonWords = new Set(
  'a an and are at can do for from has have he her hers hes him his how i if in is it me my not of on or she shes so suspect suspects that the their them there they this to up us victim was we what who will with you'.split(
    ' ',
  ),
);

/** How often, roughly, a text will hold one of these: shorter beginnings are commoner. */
function commonness(words: readonly string[]): number {
  return words.reduce((sum, word) => {
    return sum + (commonWords.has(word.trimEnd()) ? 1 : 10 ** -Math.min(word.length, 5));
  }, 0);
}
