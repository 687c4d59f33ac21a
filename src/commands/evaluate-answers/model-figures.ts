import { quantile } from '../evaluate-retrieval/metrics.js';
import type { Both } from './ask-both.js';
import { drawTable, isAnswered, share } from './figures.js';
import type { Result } from './measure.js';

/** With and without a model, side by side: two rows a set. What the columns mean stands in docs/evaluation.md. */

const columns = [
  'set',
  'chosen by',
  'questions',
  'right',
  'partly',
  'withheld',
  'fallen back',
  'unsupported shown',
  'rules lost',
  'expected source cited',
  'p50 ms',
  'p95 ms',
  'calls',
  'tokens in',
  'tokens out',
  'cost',
] as const;
type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** What a million tokens cost, in one's own money; undefined: the cost is not worked out. */
export type Prices = { readonly input: number; readonly output: number } | undefined;

/** The table of all sets. */
export function modelTable(
  sets: readonly { readonly set: string; readonly both: readonly Both[] }[],
  prices: Prices,
): string {
  return drawTable(
    columns,
    sets.flatMap(({ set, both }) => [wordsRow(set, both), modelRow(set, both, prices)]),
  );
}

function wordsRow(set: string, both: readonly Both[]): Row {
  const ways = both.map(({ byWords }) => byWords);
  return { set, 'chosen by': 'words', ...shared(ways) };
}

function modelRow(set: string, both: readonly Both[], prices: Prices): Row {
  const ways = both.map(({ byModel }) => byModel);
  const asked = ways.filter(({ calls }) => calls > 0);
  const input = sum(ways.map(({ tokens }) => tokens.input));
  const output = sum(ways.map(({ tokens }) => tokens.output));
  const isCounted = input + output > 0;
  const cost = prices && (input * prices.input + output * prices.output) / 1e6;
  return {
    set,
    'chosen by': 'model',
    ...shared(ways),
    'fallen back': share(
      asked.filter(({ isFallback }) => isFallback),
      asked,
    ),
    'rules lost': String(ways.filter(({ isRuleLost }) => isRuleLost).length),
    calls: String(sum(ways.map(({ calls }) => calls))),
    'tokens in': isCounted ? String(input) : '–',
    'tokens out': isCounted ? String(output) : '–',
    cost: cost === undefined || !isCounted ? '–' : cost.toFixed(4),
  };
}

type Way = { readonly result: Result; readonly ms: number };

function shared(ways: readonly Way[]): Row {
  const results = ways.map(({ result }) => result);
  const answerable = results.filter(({ question }) => hasAnswer.includes(question.kind));
  const sourced = answerable.filter(
    ({ question }) => question.source.length + question.passages.length > 0,
  );
  const times = ways.map(({ ms }) => ms);
  return {
    questions: String(ways.length),
    right: share(
      results.filter(({ faults }) => faults.length === 0),
      results,
    ),
    partly: String(results.filter(({ kind }) => kind === 'partly').length),
    withheld: String(answerable.filter((result) => !isAnswered(result)).length),
    'unsupported shown': String(sum(results.map(unsupportedIn))),
    'expected source cited': share(sourced.filter(citesExpected), sourced),
    'p50 ms': quantile(times, 0.5).toFixed(0),
    'p95 ms': quantile(times, 0.95).toFixed(0),
  };
}

const hasAnswer: readonly string[] = ['guidance', 'unsafe', 'partly'];

/** Statements shown that do not stand in a passage in force, or that may not be said. */
export function unsupportedIn({ citations, trueCitations, unsafe }: Result): number {
  return citations - trueCitations + unsafe;
}

function citesExpected({ faults }: Result): boolean {
  return faults.every((fault) => !fault.startsWith('source:') && !fault.startsWith('passage:'));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
