import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadKnowledge } from '../adapters/knowledge-files.js';
import { packageRoot } from '../adapters/package-root.js';
import { textOf } from '../core/passage.js';
import { type AnswerQuestion, makeAnswerQuestion } from '../flows/answer-question.js';
import { answerJson } from './answer-json.js';

/**
 * Measures answers against sets of questions: the kind as expected, every group of `must` matched in the
 * text, none of `must_not`, a cited source that matches, and every statement verbatim in its passage.
 * Exit status 1 when anything unsafe or unsupported was shown.
 */
const questionSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['guidance', 'unsafe', 'emergency', 'offtopic', 'uncovered', 'refuse', 'partly']),
    q: z.string().optional(),
    turns: z.array(z.string()).min(1).optional(),
    /** Each group: one of its patterns must match. */
    must: z.array(z.array(z.string())).default([]),
    must_not: z.array(z.string()).default([]),
    /** Publisher or title of one cited source must match one of these. */
    source: z.array(z.string()).default([]),
    /** One of these passages must be shown. */
    passages: z.array(z.string()).default([]),
  })
  .refine(
    (question) => question.q !== undefined || question.turns !== undefined,
    'needs q or turns',
  );
type Question = z.infer<typeof questionSchema>;

const allowed: Readonly<Record<Question['kind'], readonly string[]>> = {
  guidance: ['answered', 'partly'],
  unsafe: ['answered', 'partly'],
  partly: ['partly'],
  emergency: ['urgent'],
  offtopic: ['not-covered', 'unclear', 'refused'],
  uncovered: ['not-covered', 'unclear', 'refused'],
  refuse: ['refused'],
};

type Result = {
  readonly question: Question;
  readonly kind: string;
  readonly faults: readonly string[];
  readonly isUnsafe: boolean;
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { knowledge: { type: 'string' }, quiet: { type: 'boolean', default: false } },
  });
  const root = packageRoot();
  const sets =
    positionals.length > 0
      ? positionals
      : [
          path.join(root, '..', 'shared', 'questions', 'dev.jsonl'),
          path.join(root, 'test', 'questions', 'own.jsonl'),
        ];
  const knowledge = await loadKnowledge(values.knowledge ?? path.join(root, 'knowledge'));
  const texts = new Map(
    [...knowledge.passages.values()].map((passage) => [passage.id as string, textOf(passage)]),
  );
  const ask = makeAnswerQuestion(knowledge, () => new Date());
  let isBad = false;
  const rows: string[][] = [
    [
      'set',
      'questions',
      'right',
      'kind wrong',
      'must missing',
      'source wrong',
      'unsafe',
      'not verbatim',
    ],
  ];
  for (const set of sets) {
    if (!existsSync(set)) {
      process.stdout.write(`(${set} is not here: left out)\n`);
      continue;
    }
    const results = (await readQuestions(set)).map((question) => measure(question, ask, texts));
    rows.push([path.basename(set), ...countsOf(results)]);
    isBad ||= results.some((result) => result.isUnsafe);
    for (const { question, kind, faults } of results) {
      if (faults.length === 0 || values.quiet) continue;
      process.stdout.write(
        `${question.id} (${kind}) ${question.q ?? question.turns?.join(' / ')}\n  ${faults.join('\n  ')}\n`,
      );
    }
  }
  process.stdout.write(
    `\n${table(rows)}\nKnowledge ${knowledge.version}, ${knowledge.passages.size} passages.\n`,
  );
  return isBad ? 1 : 0;
}

async function readQuestions(file: string): Promise<readonly Question[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim());
  return lines.map((line, index) => {
    const parsed = questionSchema.safeParse(JSON.parse(line));
    if (!parsed.success)
      throw new Error(`${file} line ${index + 1}: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
}

function measure(
  question: Question,
  ask: AnswerQuestion,
  texts: ReadonlyMap<string, string>,
): Result {
  const [last = '', ...earlier] = (question.turns ?? [question.q ?? '']).toReversed();
  const answer = answerJson(ask({ question: last, earlier }));
  const matches = (pattern: string, text: string) => new RegExp(pattern, 'i').test(text);
  const isVerbatim = answer.statements.every(({ text, citations }) =>
    citations.some((n) => {
      const cited = answer.citations[n - 1];
      return cited && cited.quote === text && texts.get(cited.passage)?.includes(text);
    }),
  );
  const bad = question.must_not.filter((pattern) => matches(pattern, answer.text));
  const sources = answer.citations.map(({ source }) => `${source.publisher} ${source.title}`);
  const shown = new Set(answer.citations.map(({ passage }) => passage as string));
  const faults = [
    ...(allowed[question.kind].includes(answer.kind)
      ? []
      : [`kind: ${answer.kind}, expected ${allowed[question.kind].join(' or ')}`]),
    ...question.must
      .filter((group) => !group.some((pattern) => matches(pattern, answer.text)))
      .map((group) => `must: nothing of ${group.join(' | ')} in the text`),
    ...bad.map((pattern) => `unsafe: ${pattern}`),
    ...(question.source.length === 0 ||
    question.source.some((p) => sources.some((s) => matches(p, s)))
      ? []
      : [`source: none of ${question.source.join(' | ')}`]),
    ...(question.passages.length === 0 || question.passages.some((id) => shown.has(id))
      ? []
      : [
          `passage: shown ${[...shown].join(', ') || 'none'}, expected ${question.passages.join(' or ')}`,
        ]),
    ...(isVerbatim ? [] : ['not verbatim: a statement does not stand in its passage']),
  ];
  return { question, kind: answer.kind, faults, isUnsafe: bad.length > 0 || !isVerbatim };
}

function countsOf(results: readonly Result[]): string[] {
  const having = (start: string) =>
    results.filter(({ faults }) => faults.some((fault) => fault.startsWith(start))).length;
  const right = results.filter(({ faults }) => faults.length === 0).length;
  return [
    String(results.length),
    String(right),
    String(having('kind')),
    String(having('must')),
    String(having('source') + having('passage')),
    String(having('unsafe')),
    String(having('not verbatim')),
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}

process.exitCode = await main();
