import { z } from 'zod';
import { passageIdSchema } from './ids.js';

/**
 * Cues are what we look for, by rule, in a question before anything is searched: signs of danger
 * happening now, premises the guidance says never to act on, and requests we refuse. What to look
 * for is data (`knowledge/cues.yaml`), each cue with its own examples; a cue that fails one of them
 * is not loaded. Danger and premises lean to catching: a false alarm costs a line, a miss costs more.
 *
 * Left out: meaning. A cue reads words in a row, so irony and other languages pass it by, and of
 * misspellings all but a slip in a word listed under `spelled`.
 *
 * Every message passes here, and over 300 large patterns take longer to run than all the rest of an
 * answer: so a pattern runs only on a text that holds a word it cannot match without (`neededWords`).
 * Over 200 lines, because that shortcut has to be checked against how patterns are written and run.
 */

/** A message longer than this is read only so far: long enough for any question typed by hand. */
const readLimit = 4_000;

/** Text folded for matching, and for each of its characters the offset it came from. */
export interface FoldedText {
  readonly folded: string;
  readonly origins: readonly number[];
}

/**
 * Returns the text as patterns read it: NFKC, lower case, curly quotes straight, apostrophes and
 * invisible characters gone (`don’t`, `don't` and `dont` are one word), a hyphen inside a word a space, runs
 * of white space one space, or one line break where they held one.
 */
export function foldText(text: string): FoldedText {
  const folded: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const letter of text) {
    // Unit by unit, as patterns count: an emoji is two, and NFKC makes three of an ellipsis.
    const units = foldLetter(letter, text[at - 1], text[at + letter.length]).split('');
    for (const [place, unit] of units.entries()) {
      if (isSpace(unit) && isSpace(folded.at(-1))) {
        if (unit === '\n') folded[folded.length - 1] = '\n';
      } else {
        folded.push(unit);
        origins.push(at + Math.min(place, letter.length - 1));
      }
    }
    at += letter.length;
  }
  return { folded: folded.join(''), origins };
}

function foldLetter(letter: string, before: string | undefined, after: string | undefined): string {
  // Nearly every letter typed is one of these, and needs none of the tests below.
  if (letter === ' ' || (letter >= 'a' && letter <= 'z')) return letter;
  if (/[’‘ʼ‛`´′']|\p{Cf}/u.test(letter)) return '';
  if (/[“”„‟«»″]/u.test(letter)) return '"';
  if (/[\n\r\u2028\u2029]/u.test(letter)) return '\n';
  if (/\s/u.test(letter)) return ' ';
  if (/[-‐‑]/u.test(letter)) return isLetter(before) && isLetter(after) ? ' ' : '-';
  return letter.normalize('NFKC').toLowerCase();
}

function isSpace(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\n';
}

function isLetter(unit: string | undefined): boolean {
  return unit !== undefined && /\p{L}/u.test(unit);
}

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

const cueSourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a cue id is kebab-case'),
  /** Passages shown when the cue is found, in order; a refusal may have none but its own words. */
  shows: z.array(passageIdSchema).readonly(),
  patterns: z.array(z.string().min(1)).min(1),
  /** A match is waived when one of these matches its sentence, marked as `markMatch` marks it. */
  unless: z.array(z.string().min(1)).default([]),
  /** The cue is waived when one of these matches anywhere in the message. */
  unlessAnywhere: z.array(z.string().min(1)).default([]),
  catches: z.array(z.string().min(1)).min(6).readonly(),
  passes: z.array(z.string().min(1)).min(4).readonly(),
});

const cueFamilies = ['danger', 'premises', 'refusals'] as const;

const cuesSourceSchema = z.strictObject({
  words: namedWordsSchema,
  /** Words read as meant when mistyped by one slip, as `isSlipOf` has it: "outsdie", "follwing". */
  spelled: z.array(z.string().regex(/^[a-z]{6,}$/)).default([]),
  danger: z.array(cueSourceSchema).min(1),
  premises: z.array(cueSourceSchema).min(1),
  refusals: z.array(cueSourceSchema).min(1),
});

export interface Cue
  extends Omit<z.infer<typeof cueSourceSchema>, 'patterns' | 'unless' | 'unlessAnywhere'> {
  readonly patterns: readonly RegExp[];
  readonly unless: readonly RegExp[];
  /** Absent: nothing elsewhere in the message waives the cue. */
  readonly unlessAnywhere?: readonly RegExp[];
}

/** The cues of each family. As the answer of `findCues`: those that the text matched. */
export type Cues = Readonly<Record<(typeof cueFamilies)[number], readonly Cue[]>>;

/** Parses `knowledge/cues.yaml`; refuses, by cue and example, a cue that fails its own examples. */
export const cuesSchema = cuesSourceSchema.transform((source, context): Cues => {
  const compiled = cueFamilies.map((family) => [
    family,
    source[family].map((cue, place) => {
      const result = compileCue(cue, source.words);
      for (const message of result.faults) {
        context.addIssue({ code: 'custom', path: [family, place], message });
      }
      return result.cue;
    }),
  ]);
  const cues = Object.fromEntries(compiled) as Cues;
  const reader = makeReader(cues, source.spelled);
  readers.set(cues, reader);
  for (const family of cueFamilies) {
    for (const [place, cue] of cues[family].entries()) {
      for (const message of failedExamples(cue, reader)) {
        context.addIssue({ code: 'custom', path: [family, place], message });
      }
    }
  }
  return cues;
});

function compileCue(source: z.infer<typeof cueSourceSchema>, words: NamedWords) {
  const faults: string[] = [];
  const compile = (pattern: string): readonly RegExp[] => {
    try {
      return [compilePattern(pattern, words)];
    } catch (cause) {
      faults.push(`cue ${source.id}: pattern ${pattern}: ${(cause as Error).message}`);
      return [];
    }
  };
  const cue: Cue = {
    ...source,
    patterns: source.patterns.flatMap(compile),
    unless: source.unless.flatMap(compile),
    unlessAnywhere: source.unlessAnywhere.flatMap(compile),
  };
  return { cue, faults };
}

function failedExamples(cue: Cue, reader: Reader): readonly string[] {
  const found = (example: string) => matchesCue(cue, readable(example, reader));
  return [
    ...cue.catches.filter((text) => !found(text)).map((t) => `cue ${cue.id} misses "${t}"`),
    ...cue.passes.filter(found).map((t) => `cue ${cue.id} wrongly catches "${t}"`),
  ];
}

/** Returns, family by family and in the order of the file, the cues that the text matches. */
export function findCues(cues: Cues, text: string): Cues {
  const reader = readers.get(cues) ?? makeReader(cues, []);
  readers.set(cues, reader);
  const message = readable(text, reader);
  const among = (family: readonly Cue[]) => family.filter((cue) => matchesCue(cue, message));
  return {
    danger: among(cues.danger),
    premises: among(cues.premises),
    refusals: among(cues.refusals),
  };
}

/** A message as patterns read it, and the patterns whose needed words it holds. */
interface Readable {
  readonly text: string;
  readonly patterns: ReadonlySet<RegExp>;
}

// Only the ends of sentences are kept: a tired typist's commas tell us nothing.
function readable(text: string, reader: Reader): Readable {
  const folded = foldText(text.slice(0, readLimit)).folded;
  const plain = folded.replace(/[^\p{L}\p{N}.!?]+/gu, ' ').trim();
  const read = plain.replace(/[a-z]{5,}/gu, (word) => {
    const likely = reader.spelled.get(word.charAt(0)) ?? [];
    return likely.includes(word) ? word : (likely.find((other) => isSlipOf(word, other)) ?? word);
  });
  return { text: read, patterns: patternsFor(reader, read) };
}

function matchesCue(cue: Cue, { text, patterns }: Readable): boolean {
  return (
    cue.patterns.some((pattern) => patterns.has(pattern) && isFound(pattern, cue.unless, text)) &&
    (cue.unlessAnywhere ?? []).every((waiver) => text.search(readied(waiver)) === -1)
  );
}

function isFound(pattern: RegExp, unless: readonly RegExp[], text: string): boolean {
  readied(pattern).lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const sentence = markMatch(text, match.index, match.index + match[0].length);
    if (unless.every((waiver) => sentence.search(readied(waiver)) === -1)) return true;
  }
  return false;
}

type WordsByLetter = ReadonlyMap<string, readonly string[]>;

function byFirstLetter(words: readonly string[]): WordsByLetter {
  const byLetter = new Map<string, string[]>();
  for (const word of words) {
    const letter = word.charAt(0);
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), word]);
  }
  return byLetter;
}

/**
 * True when the word was typed with two letters swapped, one left out or one put in. Not at the end,
 * where one more letter makes another word ("outsider"), nor for another letter ("bagging").
 */
function isSlipOf(typed: string, word: string): boolean {
  const longer = typed.length - word.length;
  if (longer < -1 || longer > 1) return false;
  let same = 0;
  while (typed[same] === word[same]) same += 1;
  if (longer === 1) return same < word.length && typed.slice(same + 1) === word.slice(same);
  if (longer === -1) return typed.slice(same) === word.slice(same + 1);
  const isSwapped = typed[same] === word[same + 1] && typed[same + 1] === word[same];
  return isSwapped && typed.slice(same + 2) === word.slice(same + 2);
}

/** What is worked out once about a set of cues: which patterns a word calls for. */
interface Reader {
  readonly spelled: WordsByLetter;
  readonly byWord: ReadonlyMap<string, readonly RegExp[]>;
  /** Patterns that need no word in particular. */
  readonly always: readonly RegExp[];
}

const readers = new WeakMap<Cues, Reader>();

function makeReader(cues: Cues, spelled: readonly string[]): Reader {
  const byWord = new Map<string, RegExp[]>();
  const always: RegExp[] = [];
  for (const pattern of cueFamilies.flatMap((family) => cues[family].flatMap((c) => c.patterns))) {
    const needed = neededBy(pattern);
    if (needed === undefined) always.push(pattern);
    for (const word of new Set(needed)) {
      const patterns = byWord.get(word);
      if (patterns === undefined) byWord.set(word, [pattern]);
      else patterns.push(pattern);
    }
  }
  return { spelled: byFirstLetter(spelled), byWord, always };
}

const neededWordsOf = new WeakMap<RegExp, readonly string[] | 'none'>();

function neededBy(pattern: RegExp): readonly string[] | undefined {
  const needed = neededWordsOf.get(pattern) ?? neededWords(pattern.source) ?? 'none';
  neededWordsOf.set(pattern, needed);
  return needed === 'none' ? undefined : needed;
}

/** Beginnings of words are told apart by this many letters: enough, and few to look up. */
const beginningLength = 6;

function patternsFor(reader: Reader, text: string): ReadonlySet<RegExp> {
  const found = new Set(reader.always);
  for (const word of text.split(/[ .!?]+/u)) {
    // "in" is looked up as "i", "in" and "in ", the last being the word and no more.
    const whole = `${word} `.slice(0, beginningLength);
    for (let length = 1; length <= whole.length; length += 1) {
      for (const pattern of reader.byWord.get(whole.slice(0, length)) ?? []) found.add(pattern);
    }
  }
  return found;
}

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
