import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readDate } from '../adapters/read-date.js';
import { caseSummarySchema } from '../core/case-summary-schema.js';
import { dayOf, sayDay } from '../core/days.js';
import { expiryOf, type Knowledge } from '../core/knowledge.js';
import { replyRefused } from '../core/phrases.js';
import { longestField, type TypedFields, withFlagChoices } from '../core/record.js';
import { parseReply } from '../core/reply.js';
import type { Question } from '../core/script.js';
import { summaryMarkdown } from '../core/summary-markdown.js';
import { readTypedReply } from '../flows/read-typed-reply.js';
import { findScript } from './find-script.js';
import { knowledgeOptions, openKnowledge } from './open-knowledge.js';
import { refuseAsked } from './refusal.js';
import { parseReplies } from './replies-file.js';
import {
  fieldWords,
  helpWords,
  openingWords,
  reasonWords,
  stepWords,
  whyWords,
} from './screen-words.js';
import {
  beginInTerminal,
  giveFiled,
  type TerminalScreening,
  userName,
} from './terminal-screening.js';

/** A screening in the terminal, typed or from a file. A line over 200: what is asked and typed is one conversation. */

const usage = `npm run screen -- --list                          the scripts there are
npm run screen -- --script NAME                   runs the newest version of a script, drafts too
npm run screen -- --script NAME.2                 runs version 2
npm run screen -- --script NAME --replies FILE    takes the replies from a file
  --json           prints the case summary as JSON
  --scripts DIR    a force's own scripts (default: SCRIPTS_DIR)
  --knowledge DIR  another knowledge base (default: KNOWLEDGE_DIR, else the one shipped)`;

const clock = () => new Date();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...knowledgeOptions,
      script: { type: 'string' },
      replies: { type: 'string' },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
    },
  });
  const knowledge = await openKnowledge(values);
  if (!knowledge) return 1;
  if (values.list) return listScripts(knowledge);
  if (!values.script) return refuse(usage);
  const script = findScript(knowledge, values.script);
  if (!script) return refuse(`There is no script ${values.script}. --list names those there are.`);
  const expiresOn = expiryOf(script);
  if (expiresOn !== undefined && expiresOn < dayOf(clock()))
    return refuse(`${script.title} cannot be begun: its licence ended on ${sayDay(expiresOn)}.`);
  const screening = await beginInTerminal(knowledge, script, clock);
  // What is printed in the end can be piped on; what is said on the way then must not be in it.
  const say = (lines: readonly string[]) =>
    (values.json || values.replies ? process.stderr : process.stdout).write(
      `${lines.join('\n')}\n`,
    );
  if (values.replies) {
    say(['Kept in memory only: nothing is stored, sent or logged.']);
    const fault = await takeFile(screening, values.replies);
    if (fault) return refuse(fault);
  } else {
    say(openingWords(script));
    await converse(screening, say);
  }
  await printSummary(screening, values.json);
  return 0;
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 2;
}

function listScripts({ scripts }: Knowledge): number {
  for (const { name, version, status, title, licence } of scripts) {
    const terms = licence?.kind === 'instrument' ? `, until ${sayDay(licence.expiresOn)}` : '';
    process.stdout.write(`${name}.${version}  ${title} (${status}${terms})\n`);
  }
  return 0;
}

async function takeFile(screening: TerminalScreening, file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return `${file}: cannot be read.`;
  const read = parseReplies(text);
  if (read.kind === 'refused') return `${file}, line ${read.line}: ${read.reason}`;
  const fault = await giveFiled(screening, read.replies);
  return fault && `${file}, line ${fault.line}: ${fault.reason}`;
}

type Say = (lines: readonly string[]) => void;

/** A record that is being filled in; `at` is the place of the field asked for. */
type Form = { readonly question: Question; readonly fields: TypedFields; readonly at: number };

/** Asks and takes replies until the input ends, or Enter is pressed after the last question. */
async function converse(screening: TerminalScreening, say: Say): Promise<void> {
  say(stepWords(await screening.view()));
  const input = createInterface({ input: process.stdin, output: process.stderr, prompt: '> ' });
  const end = () => input.close();
  input.on('SIGINT', end);
  process.once('SIGINT', end);
  let form: Form | undefined;
  input.prompt();
  for await (const line of input) {
    if (form) form = await fillIn(screening, say, form, line);
    else if (line.trim() === '+') form = await beginForm(screening, say);
    else if (await isOver(screening, line)) break;
    else await takeLine(screening, say, line);
    input.prompt();
  }
  input.close();
  say(['']);
  process.removeListener('SIGINT', end);
}

async function isOver(screening: TerminalScreening, line: string): Promise<boolean> {
  const { position } = await screening.view();
  return line.trim() === '' && !position.at && !position.isPaused && !position.awaitsReason;
}

async function beginForm(screening: TerminalScreening, say: Say): Promise<Form | undefined> {
  const { position, caseFlags } = await screening.view();
  const question = position.at && withFlagChoices(position.at, caseFlags);
  const [first] = question?.fields ?? [];
  if (!question || !first) {
    say(['This question holds no list.']);
    return undefined;
  }
  say(['Enter leaves a field empty.', ...fieldWords(first)]);
  return { question, fields: {}, at: 0 };
}

/** Takes a field as it is typed, so that one that cannot be read is asked again and the others are kept. */
async function fillIn(
  screening: TerminalScreening,
  say: Say,
  form: Form,
  line: string,
): Promise<Form | undefined> {
  const { question, at } = form;
  const field = question.fields[at];
  if (!field || /^\s*!+\s*$/.test(line)) {
    say(['The record was not added.']);
    await takeLine(screening, say, line);
    return undefined;
  }
  const isLeft = line.trim() === '' && at > 0;
  const parsed = parseReply(field, line, dayOf(clock()), readDate, longestField);
  if (!isLeft && parsed.kind === 'refused') {
    say([replyRefused[parsed.reason], ...fieldWords(field)]);
    return form;
  }
  const fields = { ...form.fields, [field.id]: line };
  const next = question.fields[at + 1];
  if (next) {
    say(fieldWords(next));
    return { question, fields, at: at + 1 };
  }
  const { said } = await screening.take({ kind: 'record', question: question.id, fields });
  say([...said, ...stepWords(await screening.view())]);
  return undefined;
}

async function takeLine(screening: TerminalScreening, say: Say, line: string): Promise<void> {
  const view = await screening.view();
  const plain = line.trim().toLowerCase();
  if (plain === 'help') return say(helpWords);
  if (plain === 'summary') return say([summaryMarkdown(await screening.summary(), userName)]);
  if (plain === 'resume' && view.position.isPaused) {
    await screening.take({ kind: 'resume' });
    return say(stepWords(await screening.view()));
  }
  const read = readTypedReply(line, view);
  if (read?.kind === 'why' && view.position.at) return say(whyWords(view.position.at));
  if (read?.kind === 'skip-how') return say(reasonWords('s'));
  if (read?.kind === 'short-how') return say(reasonWords('short '));
  if (read?.kind !== 'act') return say(['Enter prints the summary and ends; b goes back.']);
  const { isRefused, said } = await screening.take(read.act);
  return say(isRefused ? said : [...said, ...stepWords(await screening.view())]);
}

/** Checked by the published schema before it is printed, so that what comes out can be relied on. */
async function printSummary(screening: TerminalScreening, asJson: boolean): Promise<void> {
  const summary = caseSummarySchema.parse(await screening.summary());
  process.stdout.write(
    asJson ? `${JSON.stringify(summary, null, 2)}\n` : summaryMarkdown(summary, userName),
  );
}

process.exitCode = await main().catch(refuseAsked);
