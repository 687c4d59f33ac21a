import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { answerText } from '../core/answer-text.js';
import { wordingText } from '../core/check-wording.js';
import { audienceSchema } from '../core/passage.js';
import { longestChecked } from '../core/wording-words.js';
import {
  type AnswerQuestion,
  longestQuestion,
  makeAnswerQuestion,
} from '../flows/answer-question.js';
import { makeCheckPasted } from '../flows/check-wording.js';
import { answerJson } from './answer-json.js';
import { knowledgeOptions, openKnowledge } from './open-knowledge.js';
import { refuseAsked } from './refusal.js';

const usage = `npm run ask -- "question"          prints the answer with numbered sources
npm run ask -- --json "question"   prints it as JSON
npm run ask -- --audience advocate "question"   only what is written for officer, call-handler, investigator, supervisor or advocate
npm run ask -- --wording "message"  marks phrases that should not reach a victim; without one, reads it from standard input
  --local DIR      with a force's own guidance; --knowledge DIR: another knowledge base
npm run ask -- --jsonl             reads lines {"id","q"} or {"id","turns":[…]} from standard input`;

const lineSchema = z.union([
  z.object({ id: z.string(), q: z.string() }),
  z.object({ id: z.string(), turns: z.array(z.string()).min(1) }),
]);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      jsonl: { type: 'boolean', default: false },
      ...knowledgeOptions,
      audience: { type: 'string' },
      wording: { type: 'boolean', default: false },
    },
  });
  const audience = audienceSchema.optional().safeParse(values.audience);
  if (!audience.success) {
    process.stderr.write(`The audience is one of ${audienceSchema.options.join(', ')}.\n`);
    return 2;
  }
  const knowledge = await openKnowledge(values);
  if (!knowledge) return 1;
  if (values.wording) {
    const check = makeCheckPasted(knowledge)(positionals.join(' ') || (await readPasted()));
    process.stdout.write(`${values.json ? JSON.stringify(check, null, 2) : wordingText(check)}\n`);
    return check.kind === 'marked' || check.kind === 'nothing-found' ? 0 : 2;
  }
  const answerQuestion = makeAnswerQuestion(knowledge, () => new Date());
  const ask: AnswerQuestion = (asked) => answerQuestion({ ...asked, audience: audience.data });
  if (values.jsonl) return answerLines(ask);
  const question = positionals.join(' ').trim();
  if (!question || question.length > longestQuestion) {
    process.stderr.write(
      question ? `A question has at most ${longestQuestion} characters.\n` : `${usage}\n`,
    );
    return 2;
  }
  const answer = ask({ question, earlier: [] });
  const printed = values.json
    ? JSON.stringify(answerJson(answer), null, 2)
    : answerText(answer, answer.hasCorrection);
  process.stdout.write(`${printed}\n`);
  return 0;
}

/** What is piped in; of what is too long to be checked, no more than shows that it is. */
async function readPasted(): Promise<string> {
  let pasted = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) {
    if (pasted.trim().length <= longestChecked) pasted += piece;
  }
  return pasted;
}

/** Answers line by line; a line that cannot be read is answered with its fault and the rest go on. */
async function answerLines(ask: AnswerQuestion): Promise<number> {
  let unreadable = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const parsed = lineSchema.safeParse(parseJson(line));
    if (!parsed.success) {
      unreadable += 1;
      process.stderr.write(
        `Not a line of the form {"id","q"} or {"id","turns"}: ${line.slice(0, 80)}\n`,
      );
      continue;
    }
    const { id } = parsed.data;
    const turns = 'turns' in parsed.data ? parsed.data.turns : [parsed.data.q];
    const [question = '', ...earlier] = turns.toReversed();
    process.stdout.write(`${JSON.stringify({ id, ...answerJson(ask({ question, earlier })) })}\n`);
  }
  return unreadable > 0 ? 1 : 0;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

process.exitCode = await main().catch(refuseAsked);
