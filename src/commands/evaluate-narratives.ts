import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Knowledge } from '../core/knowledge.js';
import type { NarrativeMark, NarrativeReading } from '../core/narrative.js';
import { readByRules } from '../core/narrative.js';
import { type MarkKind, markKinds } from '../core/narrative-rules.js';

/**
 * Measures what is marked in made-up reports against marks set by hand (test/questions/narratives.jsonl). A mark set by
 * hand is found when one of the same kind overlaps it; a mark is false when it overlaps none. The set `dev` was read
 * while the rules were written, `fresh` was written after they were frozen.
 */
const rowSchema = z.strictObject({
  id: z.string(),
  set: z.enum(['dev', 'fresh']),
  about: z.string(),
  stalking: z.boolean(),
  text: z.string().min(1),
  marks: z.array(z.strictObject({ kind: z.enum(markKinds), start: z.int(), quote: z.string() })),
  /** Questions the text does not answer, by the ids of the rules. */
  missing: z.array(z.string()),
});
export type NarrativeRow = z.infer<typeof rowSchema>;

/** Reads a set; throws, naming the line, where one is not of the shape or a quote does not stand where it says. */
export async function readNarratives(file: string): Promise<readonly NarrativeRow[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line, at) => {
    const row = rowSchema.parse(JSON.parse(line));
    const stray = row.marks.find(
      ({ start, quote }) => row.text.slice(start, start + quote.length) !== quote,
    );
    if (stray) throw new Error(`${file}, line ${at + 1}: "${stray.quote}" does not stand there`);
    return row;
  });
}

export type KindFigures = {
  readonly found: number;
  readonly missed: number;
  readonly falseMarks: number;
};

export type NarrativeFigures = {
  readonly kinds: Readonly<Record<MarkKind, KindFigures>>;
  /** Narratives with stalking, and how many of them led to the screening; the same of those without. */
  readonly withStalking: number;
  readonly suggestedWith: number;
  readonly withoutStalking: number;
  readonly suggestedWithout: number;
  /** Questions the text does not answer that were named; not named; and named though it answers them. */
  readonly unanswered: {
    readonly named: number;
    readonly notNamed: number;
    readonly wronglyNamed: number;
  };
};

export type ReadRow = (row: NarrativeRow) => Promise<NarrativeReading>;

/** Figures over all rows, each read by `read`. */
export async function measureNarratives(
  rows: readonly NarrativeRow[],
  read: ReadRow,
): Promise<NarrativeFigures> {
  const results = await Promise.all(
    rows.map(async (row) => ({ row, reading: await read(row), gold: row.marks.map(toSpan) })),
  );
  const suggested = results.filter(({ reading }) => reading.outcome === 'consider');
  const ids = (reading: NarrativeReading) => reading.notSaid.map(({ id }) => id);
  const count = (of: (result: (typeof results)[number]) => number) =>
    results.reduce((sum, result) => sum + of(result), 0);
  const figuresOf = (kind: MarkKind): KindFigures => ({
    found: count(({ gold, reading }) => ofKind(gold, kind).filter(among(reading.marks)).length),
    missed: count(
      ({ gold, reading }) =>
        ofKind(gold, kind).filter((mark) => !among(reading.marks)(mark)).length,
    ),
    falseMarks: count(
      ({ gold, reading }) =>
        ofKind(reading.marks, kind).filter((mark) => !among(gold)(mark)).length,
    ),
  });
  return {
    kinds: Object.fromEntries(
      markKinds.map((kind) => [kind, figuresOf(kind)]),
    ) as NarrativeFigures['kinds'],
    withStalking: rows.filter(({ stalking }) => stalking).length,
    suggestedWith: suggested.filter(({ row }) => row.stalking).length,
    withoutStalking: rows.filter(({ stalking }) => !stalking).length,
    suggestedWithout: suggested.filter(({ row }) => !row.stalking).length,
    unanswered: {
      named: count(({ row, reading }) => both(row.missing, ids(reading)).length),
      notNamed: count(({ row, reading }) => only(row.missing, ids(reading)).length),
      wronglyNamed: count(({ row, reading }) => only(ids(reading), row.missing).length),
    },
  };
}

type KindSpan = Pick<NarrativeMark, 'kind' | 'start' | 'end'>;

function toSpan({ kind, start, quote }: NarrativeRow['marks'][number]): KindSpan {
  return { kind, start, end: start + quote.length };
}

function ofKind(marks: readonly KindSpan[], kind: MarkKind): readonly KindSpan[] {
  return marks.filter((mark) => mark.kind === kind);
}

function among(others: readonly KindSpan[]): (mark: KindSpan) => boolean {
  return (mark) =>
    others.some(
      (other) => other.kind === mark.kind && other.start < mark.end && mark.start < other.end,
    );
}

function both(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.filter((one) => others.includes(one));
}

function only(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.filter((one) => !others.includes(one));
}

/** The figures of a set as a Markdown table and two sentences. */
function narrativeTable(title: string, figures: NarrativeFigures): string {
  const rows = markKinds.map((kind) => {
    const { found, missed, falseMarks } = figures.kinds[kind];
    return `| ${kind} | ${found} | ${missed} | ${falseMarks} |`;
  });
  const sum = (part: keyof KindFigures) =>
    markKinds.reduce((total, kind) => total + figures.kinds[kind][part], 0);
  const { unanswered } = figures;
  return [
    `**${title}**`,
    '',
    '| Kind | Found | Missed | False |',
    '|---|---|---|---|',
    ...rows,
    `| all | ${sum('found')} | ${sum('missed')} | ${sum('falseMarks')} |`,
    '',
    `Screening suggested: ${figures.suggestedWith} of ${figures.withStalking} with stalking, ${figures.suggestedWithout} of ${figures.withoutStalking} without.`,
    `Unanswered questions: ${unanswered.named} named, ${unanswered.notNamed} not named, ${unanswered.wronglyNamed} named though answered.`,
  ].join('\n');
}

/** Both sets read by the rules alone, as printed by `npm run evaluate -- --narratives`. */
export async function evaluateNarratives(
  file: string,
  { narrative }: Pick<Knowledge, 'narrative'>,
): Promise<string> {
  const rows = await readNarratives(file);
  const read: ReadRow = async ({ text }) => readByRules(text, narrative);
  const tables = await Promise.all(
    (['dev', 'fresh'] as const).map(async (set) => {
      const own = rows.filter((row) => row.set === set);
      const title = `${own.length} narratives, set ${set}, rules alone`;
      return narrativeTable(title, await measureNarratives(own, read));
    }),
  );
  return tables.join('\n\n');
}
