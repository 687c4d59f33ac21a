import { z } from 'zod';
import { passageIdSchema } from './ids.js';

/**
 * Cues are what we look for, by rule, in a question before anything is searched: signs of danger
 * happening now, premises the guidance says never to act on, and requests we refuse. What to look
 * for is data (`knowledge/cues.yaml`), each cue with its own examples; a cue that fails one of them
 * is not loaded. Danger and premises lean to catching: a false alarm costs a line, a miss costs more.
 *
 * Left out: meaning. A cue reads words in a row, so irony, other languages and most misspellings
 * pass it by.
 */

/** A message longer than this is read only so far: long enough for any question typed by hand. */
const readLimit = 4_000;

/** Text folded for matching, and for each of its characters the offset it came from. */
export interface FoldedText {
  readonly folded: string;
  readonly origins: readonly number[];
}

/**
 * Returns the text as patterns read it: NFKC, curly quotes straight, apostrophes and invisible
 * characters gone (`don’t`, `don't` and `dont` are one word), a hyphen inside a word a space, runs
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
  if (/[’‘ʼ‛`´′']|\p{Cf}/u.test(letter)) return '';
  if (/[“”„‟«»″]/u.test(letter)) return '"';
  if (/[\n\r\u2028\u2029]/u.test(letter)) return '\n';
  if (/\s/u.test(letter)) return ' ';
  if (/[-‐‑]/u.test(letter)) return isLetter(before) && isLetter(after) ? ' ' : '-';
  return letter.normalize('NFKC');
}

function isSpace(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\n';
}

function isLetter(unit: string | undefined): boolean {
  return unit !== undefined && /\p{L}/u.test(unit);
}

/** Pieces of pattern under a name, written `{name}` in a pattern: `who: he|she|they`. */
export const namedWordsSchema = z.record(z.string().regex(/^[a-z]+$/), z.string().min(1));
export type NamedWords = z.infer<typeof namedWordsSchema>;

/**
 * Returns the pattern compiled, its `{names}` filled in, or throws with what is wrong with it. An
 * unbounded repeat of a group or of any character, as in `(?:a+ )+` or `.*`, is refused because a
 * hostile text can make it slow; so is a pattern that matches nothing at all.
 */
export function compilePattern(source: string, words: NamedWords): RegExp {
  const filled = fillNames(source, words);
  if (/\)(?:[*+]|\{\d+,\})|(?<!\\)\.[*+]/u.test(filled)) {
    throw new Error('a group, or any character, repeats without an upper bound');
  }
  const pattern = new RegExp(filled, 'giu');
  if (''.search(pattern) === 0) throw new Error('matches the empty text');
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
  catches: z.array(z.string().min(1)).min(6).readonly(),
  passes: z.array(z.string().min(1)).min(4).readonly(),
});

const cueFamilies = ['danger', 'premises', 'refusals'] as const;

const cuesSourceSchema = z.strictObject({
  words: namedWordsSchema,
  danger: z.array(cueSourceSchema).min(1),
  premises: z.array(cueSourceSchema).min(1),
  refusals: z.array(cueSourceSchema).min(1),
});

export interface Cue extends Omit<z.infer<typeof cueSourceSchema>, 'patterns' | 'unless'> {
  readonly patterns: readonly RegExp[];
  readonly unless: readonly RegExp[];
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
  return Object.fromEntries(compiled) as Cues;
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
  };
  return { cue, faults: [...faults, ...failedExamples(cue)] };
}

function failedExamples(cue: Cue): readonly string[] {
  const found = (example: string) => matchesCue(cue, readable(example));
  return [
    ...cue.catches.filter((text) => !found(text)).map((t) => `cue ${cue.id} misses "${t}"`),
    ...cue.passes.filter(found).map((t) => `cue ${cue.id} wrongly catches "${t}"`),
  ];
}

/** Returns, family by family and in the order of the file, the cues that the text matches. */
export function findCues(cues: Cues, text: string): Cues {
  const read = readable(text);
  const among = (family: readonly Cue[]) => family.filter((cue) => matchesCue(cue, read));
  return {
    danger: among(cues.danger),
    premises: among(cues.premises),
    refusals: among(cues.refusals),
  };
}

// Only the ends of sentences are kept: a tired typist's commas tell us nothing.
function readable(text: string): string {
  const folded = foldText(text.slice(0, readLimit)).folded;
  return folded.replace(/[^\p{L}\p{N}.!?]+/gu, ' ').trim();
}

function matchesCue(cue: Cue, text: string): boolean {
  return cue.patterns.some((pattern) =>
    [...text.matchAll(pattern)].some((match) => {
      const sentence = markMatch(text, match.index, match.index + match[0].length);
      return cue.unless.every((waiver) => sentence.search(waiver) === -1);
    }),
  );
}
