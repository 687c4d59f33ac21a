import type { Day } from './ids.js';
import type { Knowledge } from './knowledge.js';
import { wordCount } from './lint-knowledge.js';
import { type Passage, statementsOf } from './passage.js';

/** Counts over the passages of a knowledge base, for whoever plans what to write and check next. */

export type Count = { readonly name: string; readonly passages: number };

export type KnowledgeStats = {
  readonly passages: number;
  readonly statements: number;
  readonly topics: readonly Count[];
  /** A passage counts under each of its audiences. */
  readonly audiences: readonly Count[];
  readonly statuses: readonly Count[];
  /** A passage counts under each source it cites, and each licence of those. */
  readonly sources: readonly Count[];
  readonly licences: readonly Count[];
  /** Days since the passages were checked. */
  readonly age: Spread;
  readonly words: Spread & { readonly sum: number };
};

/** Zeros when nothing was counted. */
type Spread = { readonly least: number; readonly median: number; readonly most: number };

/** Returns the counts on a day; the largest group first, equal ones by name. */
export function statsOf(knowledge: Knowledge, today: Day): KnowledgeStats {
  const passages = [...knowledge.passages.values()];
  const words = passages.map(wordCount);
  const count = (namesOf: (passage: Passage) => readonly string[]) => countBy(passages, namesOf);
  return {
    passages: passages.length,
    statements: passages.flatMap(({ blocks }) => blocks.flatMap(statementsOf)).length,
    topics: count(({ topic }) => [topic]),
    audiences: count(({ audience }) => audience),
    statuses: count(({ status }) => [status]),
    sources: count(sourcesOf),
    licences: count((passage) =>
      sourcesOf(passage).flatMap((id) => knowledge.sources.get(id)?.licence ?? []),
    ),
    age: spreadOf(passages.map(({ checkedOn }) => daysBetween(checkedOn, today))),
    words: { ...spreadOf(words), sum: words.reduce((sum, one) => sum + one, 0) },
  };
}

function sourcesOf({ blocks }: Passage) {
  const marks = blocks.flatMap(statementsOf).flatMap((statement) => statement.marks);
  return [...new Set(marks.map(({ source }) => source))];
}

function countBy(
  passages: readonly Passage[],
  namesOf: (passage: Passage) => readonly string[],
): readonly Count[] {
  const counts = new Map<string, number>();
  for (const passage of passages)
    for (const name of new Set(namesOf(passage))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, passages: count }))
    .toSorted((a, b) => b.passages - a.passages || (a.name < b.name ? -1 : 1));
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least = 0] = sorted;
  return { least, median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
