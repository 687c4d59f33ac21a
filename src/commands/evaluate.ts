import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadKnowledge } from '../adapters/knowledge-files.js';
import { packageRoot } from '../adapters/package-root.js';
import type { Knowledge } from '../core/knowledge.js';
import { makeAnswerQuestion } from '../flows/answer-question.js';
import { curveCsv, sweep } from './evaluate-answers/curve.js';
import {
  answersRow,
  type Row,
  searchMisses,
  searchRow,
  table,
} from './evaluate-answers/figures.js';
import { measure, type Result } from './evaluate-answers/measure.js';
import { listSets, ownSet, readQuestions, readSearched } from './evaluate-answers/questions.js';
import { withBlock } from './evaluate-answers/write-block.js';
import { refuseAsked } from './refusal.js';

/**
 * Measures answers against sets of questions and prints one table (docs/evaluation.md says what its columns mean).
 * Exit status 1 when anything unsafe was shown, or anything that does not stand in a passage in force.
 */
const usage = `npm run evaluate                 the sets of questions, in one table
npm run evaluate -- FILE…        other sets
  --misses                       each miss as well
  --knowledge DIR                another knowledge base
  --curve                        what each limit costs and saves, as CSV, into docs/evaluation-curve.csv
  --write                        the table, into docs/evaluation.md
npm run evaluate -- --model            by words and with the model of the settings, else a double, side by side
  --model honest | hostile       with a double that does what it is told, or the opposite
  --misses                       each answer that was right by words alone and is not with the model
  --at-once N                    so many questions at a time; one where the latency matters
npm run evaluate -- --narratives       what is marked in made-up reports
npm run evaluate -- --retrieval DIR   the ranking alone, on a collection in the common layout`;

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (process.argv.includes('--retrieval')) {
    const { evaluateRetrieval } = await import('./evaluate-retrieval/evaluate-retrieval.js');
    return evaluateRetrieval(process.argv.slice(2));
  }
  if (process.argv.includes('--model')) {
    const { evaluateModel } = await import('./evaluate-answers/evaluate-model.js');
    return evaluateModel(process.argv.slice(2));
  }
  if (process.argv.includes('--narratives')) {
    const { evaluateNarratives } = await import('./evaluate-narratives.js');
    const knowledge = await loadKnowledge(path.join(packageRoot(), 'knowledge'));
    const tables = await evaluateNarratives(ownSet('narratives.jsonl'), knowledge);
    process.stdout.write(`${tables}\n`);
    return 0;
  }
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      knowledge: { type: 'string' },
      misses: { type: 'boolean', default: false },
      curve: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const root = packageRoot();
  const sets = positionals.length > 0 ? positionals : listSets();
  const knowledge = await loadKnowledge(values.knowledge ?? path.join(root, 'knowledge'));
  const at = new Date();
  if (values.curve) {
    const questions = (await Promise.all(sets.map(readQuestions))).flat();
    const file = path.join(root, 'docs', 'evaluation-curve.csv');
    await writeFile(file, curveCsv(sweep(knowledge, questions, at)));
    process.stdout.write(`${questions.length} questions asked at each limit: ${file}\n`);
    return 0;
  }
  const answered = await answerSets(knowledge, sets, at);
  const rows: Row[] = answered.map(({ set, results }) => answersRow(set, results));
  const misses = answered.flatMap(({ results }) => results.flatMap(missOf));
  if (positionals.length === 0) {
    const questions = await readSearched(ownSet('passages.jsonl'));
    rows.push(searchRow('passages.jsonl', questions, knowledge.search));
    misses.push(...searchMisses(questions, knowledge.search));
  }
  const printed = `${table(rows)}\n\nKnowledge ${knowledge.version}, ${knowledge.passages.size} passages.`;
  if (values.misses && misses.length > 0) process.stdout.write(`${misses.join('\n')}\n\n`);
  process.stdout.write(`${printed}\n`);
  if (values.write) {
    const file = path.join(root, 'docs', 'evaluation.md');
    await writeFile(file, withBlock(await readFile(file, 'utf8'), printed));
  }
  return answered.some(({ results }) => results.some(isBad)) ? 1 : 0;
}

async function answerSets(
  knowledge: Knowledge,
  sets: readonly string[],
  at: Date,
): Promise<readonly { readonly set: string; readonly results: readonly Result[] }[]> {
  const ask = makeAnswerQuestion(knowledge, () => at);
  return Promise.all(
    sets.map(async (file) => ({
      set: path.basename(file),
      results: (await readQuestions(file)).map((question) => measure(question, ask, knowledge, at)),
    })),
  );
}

function missOf({ question, kind, faults }: Result): readonly string[] {
  const words = question.q ?? question.turns?.join(' / ');
  return faults.length === 0 ? [] : [`${question.id} (${kind}) ${words}\n  ${faults.join('\n  ')}`];
}

function isBad({ unsafe, citations, trueCitations }: Result): boolean {
  return unsafe > 0 || trueCitations < citations;
}

process.exitCode = await main().catch(refuseAsked);
