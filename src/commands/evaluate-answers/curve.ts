import { limits as chosen, type Limits } from '../../core/judge.js';
import type { Knowledge } from '../../core/knowledge.js';
import { makeAnswerQuestion } from '../../flows/answer-question.js';
import { measure } from './measure.js';
import type { Question } from './questions.js';

/**
 * What each limit of sureness costs and saves: the sets are asked again at every value, the other limit as it is
 * chosen. A wrong answer is one shown for a question that is not covered, or without what it must say.
 */
export type Point = {
  readonly limit: 'inside' | 'open';
  readonly at: number;
  readonly right: number;
  readonly wrong: number;
  /** Questions that have an answer and got none. */
  readonly declined: number;
  /** Questions that have none, and were shown none. */
  readonly refused: number;
};

/** The points of both limits, lowest first. */
export function sweep(
  knowledge: Knowledge,
  questions: readonly Question[],
  at: Date,
): readonly Point[] {
  const asked = questions.filter(({ kind }) =>
    ['guidance', 'partly', 'offtopic', 'uncovered'].includes(kind),
  );
  return (['inside', 'open'] as const).flatMap((limit) =>
    tried[limit].map((value) => {
      const given: Limits = { ...chosen, [limit]: value };
      return { limit, at: value, ...countsAt(knowledge, asked, at, given) };
    }),
  );
}

/** Values of sureness tried: below the first nothing is declined, above the last nearly all is. */
const tried = {
  inside: range(2, 6, 0.25),
  open: range(2, 7, 0.5),
} as const;

function range(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, at) => from + at * step);
}

function countsAt(
  knowledge: Knowledge,
  questions: readonly Question[],
  at: Date,
  limits: Limits,
): Omit<Point, 'limit' | 'at'> {
  const ask = makeAnswerQuestion(knowledge, () => at, limits);
  const results = questions.map((question) => measure(question, ask, knowledge, at));
  const isShown = (kind: string) => kind === 'answered' || kind === 'partly';
  const hasAnswer = ({ kind }: Question) => kind === 'guidance' || kind === 'partly';
  const shown = results.filter(({ kind }) => isShown(kind));
  const right = shown.filter(({ faults }) => faults.length === 0).length;
  const hidden = results.filter(({ kind }) => !isShown(kind));
  return {
    right,
    wrong: shown.length - right,
    declined: hidden.filter(({ question }) => hasAnswer(question)).length,
    refused: hidden.filter(({ question }) => !hasAnswer(question)).length,
  };
}

/** The points as CSV with a header. */
export function curveCsv(points: readonly Point[]): string {
  const lines = points.map((p) => [p.limit, p.at, p.right, p.wrong, p.declined, p.refused].join());
  return `${['limit,at,right answers,wrong answers,declined,refused', ...lines].join('\n')}\n`;
}
