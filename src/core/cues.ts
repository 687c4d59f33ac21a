import { z } from 'zod';
import { foldText } from './fold-text.js';
import { passageIdSchema } from './ids.js';
import {
  beginningLength,
  compilePattern,
  markMatch,
  type NamedWords,
  namedWordsSchema,
  neededBy,
  readied,
} from './patterns.js';

/**
 * Cues are what we look for, by rule, in a question before anything is searched: signs of danger
 * happening now, premises the guidance says never to act on, and requests we refuse. What to look
 * for is data (`knowledge/cues.yaml`), each cue with its own examples; a cue that fails one of them
 * is not loaded. Danger and premises lean to catching: a false alarm costs a line, a miss costs more.
 *
 * Left out: meaning. A cue reads words in a row, so irony and other languages pass it by, and of
 * misspellings all but a slip in a word listed under `spelled`.
 * Over 200 lines: what a cue is, how it is read and what is worked out once for its set read best together.
 */

/** A message longer than this is read only so far: long enough for any question typed by hand. */
const readLimit = 4_000;

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

/** Passages that say whom to ask: of a question of the field, and of one about a place with another law. */
const uncoveredSchema = z.strictObject({
  field: z.array(passageIdSchema).readonly(),
  abroad: z.array(passageIdSchema).readonly(),
});

const cuesSourceSchema = z.strictObject({
  words: namedWordsSchema,
  /** Words read as meant when mistyped by one slip, as `isSlipOf` has it: "outsdie", "follwing". */
  spelled: z.array(z.string().regex(/^[a-z]{6,}$/)).default([]),
  danger: z.array(cueSourceSchema).min(1),
  premises: z.array(cueSourceSchema).min(1),
  refusals: z.array(cueSourceSchema).min(1),
  uncovered: uncoveredSchema.default({ field: [], abroad: [] }),
});

export interface Cue
  extends Omit<z.infer<typeof cueSourceSchema>, 'patterns' | 'unless' | 'unlessAnywhere'> {
  readonly patterns: readonly RegExp[];
  readonly unless: readonly RegExp[];
  /** Absent: nothing elsewhere in the message waives the cue. */
  readonly unlessAnywhere?: readonly RegExp[];
}

/** The cues of each family; as the answer of `findCues`, those that the text matched. */
export type FoundCues = Readonly<Record<(typeof cueFamilies)[number], readonly Cue[]>>;
export type Cues = FoundCues & { readonly uncovered?: z.infer<typeof uncoveredSchema> };

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
  const cues = { ...Object.fromEntries(compiled), uncovered: source.uncovered } as Cues;
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
export function findCues(cues: Cues, text: string): FoundCues {
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
