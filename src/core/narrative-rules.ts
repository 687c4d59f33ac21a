import { z } from 'zod';
import { foldText } from './fold-text.js';
import { type PassageId, passageIdSchema } from './ids.js';
import { type Passage, statementsOf } from './passage.js';
import { compilePattern, type NamedWords, namedWordsSchema, readied } from './patterns.js';

/**
 * What is looked for, by rule, in a pasted crime report or log entry: which words describe one of the Act's examples,
 * repetition, impact, a threat or an order, and which questions the text answers. What to look for is data
 * (`knowledge/narrative.yaml`), each rule with its own examples; a rule that fails one of them is not loaded.
 *
 * Left out: meaning. A rule reads words in a row. Irony, and who is meant by "he", pass it by.
 */

/** The seven examples of section 2A(3), in the order of the Act, then what else is marked. */
export const exampleKinds = [
  'following',
  'contacting',
  'publishing',
  'monitoring',
  'loitering',
  'interfering',
  'watching',
] as const;
export const markKinds = [...exampleKinds, 'repetition', 'impact', 'threat', 'order'] as const;
export type MarkKind = (typeof markKinds)[number];

const ruleSourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'a rule id is kebab-case'),
  patterns: z.array(z.string().min(1)).min(1),
  /** A match is waived when one of these matches the words around it, the match set between `<` and `>`. */
  unless: z.array(z.string().min(1)).default([]),
  catches: z.array(z.string().min(1)).min(6).readonly(),
  passes: z.array(z.string().min(1)).min(4).readonly(),
});

const sourceSchema = z.strictObject({
  words: namedWordsSchema,
  /** The passage, and words of one of its statements, that a mark of each kind is shown beside. */
  provisions: z.record(
    z.enum(markKinds),
    z.strictObject({ passage: passageIdSchema, quote: z.string().min(5) }),
  ),
  /** Shown where nothing marked speaks of more than one occasion. */
  oneIncident: passageIdSchema,
  marks: z.array(ruleSourceSchema.extend({ kind: z.enum(markKinds) })).min(1),
  /** Questions a report should answer; `marks` are kinds whose mark answers one as well. */
  questions: z
    .array(
      ruleSourceSchema.extend({
        says: z.string().min(5),
        shows: passageIdSchema,
        marks: z.array(z.enum(markKinds)).default([]),
      }),
    )
    .min(1),
});
type Source = z.infer<typeof sourceSchema>;

type Compiled = { readonly patterns: readonly RegExp[]; readonly unless: readonly RegExp[] };
export type MarkRule = Compiled &
  Pick<Source['marks'][number], 'id' | 'kind' | 'catches' | 'passes'>;
export type QuestionRule = Compiled &
  Pick<Source['questions'][number], 'id' | 'says' | 'shows' | 'marks' | 'catches' | 'passes'>;

export type NarrativeRules = {
  readonly provisions: Readonly<
    Record<MarkKind, { readonly passage: PassageId; readonly quote: string }>
  >;
  readonly oneIncident: PassageId;
  readonly marks: readonly MarkRule[];
  readonly questions: readonly QuestionRule[];
};

/** Parses `knowledge/narrative.yaml`; refuses, by rule and example, a rule that fails its own examples. */
export const narrativeRulesSchema = sourceSchema.transform((source, context): NarrativeRules => {
  const faults: string[] = [];
  const compile = (rule: z.infer<typeof ruleSourceSchema>) => ({
    patterns: compileAll(rule.id, rule.patterns, source.words, faults, '\\b'),
    unless: compileAll(rule.id, rule.unless, source.words, faults, ''),
  });
  const marks = source.marks.map((rule) => ({ ...rule, ...compile(rule) }));
  const questions = source.questions.map((rule) => ({ ...rule, ...compile(rule) }));
  faults.push(...[...marks, ...questions].flatMap(failedExamples));
  for (const message of faults) context.addIssue({ code: 'custom', message });
  return { ...source, marks, questions };
});

/** A pattern begins at a word, so that a long run of letters is not tried from each of them. */
function compileAll(
  id: string,
  patterns: readonly string[],
  words: NamedWords,
  faults: string[],
  before: string,
): readonly RegExp[] {
  return patterns.flatMap((pattern) => {
    try {
      return [compilePattern(`${before}(?:${pattern})`, words)];
    } catch (cause) {
      faults.push(`rule ${id}: pattern ${pattern}: ${(cause as Error).message}`);
      return [];
    }
  });
}

function failedExamples(rule: Compiled & Pick<MarkRule, 'id' | 'catches' | 'passes'>) {
  const isFound = (text: string) => findSpans(rule, toReadable(text)).length > 0;
  return [
    ...rule.catches.filter((text) => !isFound(text)).map((t) => `rule ${rule.id} misses "${t}"`),
    ...rule.passes.filter(isFound).map((t) => `rule ${rule.id} wrongly catches "${t}"`),
  ];
}

/** A text as rules read it: folded, with only the ends of sentences kept, and where each character came from. */
export type ReadableText = { readonly text: string; readonly origins: readonly number[] };

/** Offsets in the text as it was pasted; `end` is after the last character. */
export type Span = { readonly start: number; readonly end: number };

/** Folds a text for the rules. A line that goes on in lower case was broken by a log's width, not by its writer. */
export function toReadable(pasted: string): ReadableText {
  const { folded, origins } = foldText(pasted);
  const kept: string[] = [];
  const from: number[] = [];
  for (let at = 0; at < folded.length; at += 1) {
    const unit = folded.charAt(at);
    const isBreak = unit === '\n' && !/\p{Ll}/u.test(pasted.charAt(origins[at + 1] ?? 0));
    const read = isBreak ? '\n' : /[\p{L}\p{N}.!?;]/u.test(unit) ? unit : ' ';
    if (read === ' ' && kept.at(-1) === ' ') continue;
    kept.push(read);
    from.push(origins[at] ?? 0);
  }
  return { text: kept.join(''), origins: from };
}

/** So much before and after a match is read for what waives it: a clause, however long the text is. */
const before = 120;
const after = 80;

/** Every place in the text where the rule matches and nothing around it waives it, in order, none overlapping. */
export function findSpans(rule: Compiled, { text, origins }: ReadableText): readonly Span[] {
  const found = rule.patterns
    .flatMap((pattern) => [...text.matchAll(readied(pattern))])
    .filter((match) => !isWaived(rule.unless, text, match.index, match.index + match[0].length))
    .map((match) => ({
      start: origins[match.index] ?? 0,
      end: (origins[match.index + match[0].trimEnd().length - 1] ?? 0) + 1,
    }));
  return mergeSpans(found);
}

function isWaived(unless: readonly RegExp[], text: string, from: number, to: number): boolean {
  const lead =
    text
      .slice(Math.max(0, from - before), from)
      .split(/[.!?;\n]/u)
      .at(-1) ?? '';
  const rest = text.slice(to, to + after).split(/[.!?;\n]/u)[0] ?? '';
  const around = `${lead}<${text.slice(from, to)}>${rest}`;
  return unless.some((waiver) => around.search(readied(waiver)) !== -1);
}

/** Spans in order, those that overlap made one. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) merged.push(span);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

/** One sentence for each passage that the rules show and that is not there to be shown. */
export function narrativeFaults(
  { provisions, oneIncident, questions }: NarrativeRules,
  passages: ReadonlyMap<PassageId, Passage>,
): readonly string[] {
  const shown = [oneIncident, ...questions.map(({ shows }) => shows)];
  const unpublished = shown.filter((id) => passages.get(id)?.status !== 'published');
  const unquoted = markKinds.filter((kind) => {
    const { passage, quote } = provisions[kind];
    const statements = passages.get(passage)?.blocks.flatMap(statementsOf) ?? [];
    return !statements.some(({ text }) => text.includes(quote));
  });
  return [
    ...unpublished.map((id) => `narrative.yaml: shows ${id}, which is not a published passage`),
    ...unquoted.map(
      (kind) => `narrative.yaml, provisions: ${kind} quotes words that its passage has not`,
    ),
  ];
}
