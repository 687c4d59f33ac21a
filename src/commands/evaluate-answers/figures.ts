import type { Knowledge } from '../../core/knowledge.js';
import { mean, recall, reciprocalRank } from '../evaluate-retrieval/metrics.js';
import type { Result } from './measure.js';
import { type Searched, turnsOf } from './questions.js';

/** The one table of `npm run evaluate`: a row a set, and what each column means. */

const columns = [
  'set',
  'questions',
  'coverage',
  'answered correctly',
  'urgent',
  'correct refusals',
  'kinds wrong',
  'unsafe',
  'citation precision',
  'found in 3',
  'Recall@3',
  'MRR',
] as const;

export type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

const asksGuidance = ['guidance', 'unsafe', 'partly'];
const toRefuse = ['offtopic', 'uncovered', 'refuse'];

/** The figures of a set of answers. */
export function answersRow(set: string, results: readonly Result[]): Row {
  const of = (kinds: readonly string[]) =>
    results.filter(({ question }) => kinds.includes(question.kind));
  const guidance = of(asksGuidance);
  const emergencies = of(['emergency']);
  const refusals = of(toRefuse);
  const cited = sum(results.map(({ citations }) => citations));
  return {
    set,
    questions: String(results.length),
    coverage: share(guidance.filter(isAnswered), guidance),
    'answered correctly': share(guidance.filter(isRight), guidance),
    urgent: share(emergencies.filter(isRight), emergencies),
    'correct refusals': share(refusals.filter(isRight), refusals),
    'kinds wrong': String(results.filter(({ isKindRight }) => !isKindRight).length),
    unsafe: String(sum(results.map(({ unsafe }) => unsafe))),
    'citation precision':
      cited === 0 ? '–' : precisely(sum(results.map((result) => result.trueCitations)) / cited),
  };
}

/** The figures of the search alone. */
export function searchRow(
  set: string,
  questions: readonly Searched[],
  search: Knowledge['search'],
): Row {
  const ranks = questions.map((searched) => {
    const { question, earlier } = turnsOf(searched);
    const ranked = search(question, { earlier, limit: 10 }).map(({ id }) => id as string);
    return { ranked, relevant: new Map(searched.passages.map((id) => [id, 1])) };
  });
  const isFound = ({ ranked, relevant }: (typeof ranks)[number]) =>
    ranked.slice(0, 3).some((id) => relevant.has(id));
  return {
    set,
    questions: String(questions.length),
    'found in 3': share(ranks.filter(isFound), ranks),
    'Recall@3': mean(ranks.map(({ ranked, relevant }) => recall(ranked, relevant, 3))).toFixed(3),
    MRR: mean(ranks.map(({ ranked, relevant }) => reciprocalRank(ranked, relevant, 10))).toFixed(3),
  };
}

/** Questions whose passages are not among the first three, a line each. */
export function searchMisses(
  questions: readonly Searched[],
  search: Knowledge['search'],
): readonly string[] {
  return questions.flatMap((searched) => {
    const { question, earlier } = turnsOf(searched);
    const first = search(question, { earlier, limit: 3 }).map(({ id }) => id as string);
    return first.some((id) => searched.passages.includes(id))
      ? []
      : [
          `${searched.id} ${question}\n  found ${first.join(', ')}, expected ${searched.passages.join(' or ')}`,
        ];
  });
}

/** The rows as a Markdown table that reads as plain text too. */
export function table(rows: readonly Row[]): string {
  return drawTable(columns, rows);
}

/** Rows by the names of their columns; a cell that is absent is empty. */
export function drawTable<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Partial<Record<Column, string>>>[],
): string {
  const cells = [
    [...columns],
    columns.map(() => ''),
    ...rows.map((row) => columns.map((column) => row[column] ?? '')),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => (line[at] ?? '').length)));
  return cells
    .map((line, at) => {
      const filled = line.map((cell, column) =>
        at === 1 ? '-'.repeat(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      );
      return `| ${filled.join(' | ')} |`;
    })
    .join('\n');
}

export function isAnswered({ kind }: Result): boolean {
  return kind === 'answered' || kind === 'partly';
}

function isRight({ faults }: Result): boolean {
  return faults.length === 0;
}

export function share(some: readonly unknown[], all: readonly unknown[]): string {
  return all.length === 0 ? '–' : `${some.length}/${all.length}`;
}

function precisely(value: number): string {
  // Never rounded up to 1.
  return value === 1 ? '1.0' : (Math.floor(value * 10_000) / 10_000).toFixed(4);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
