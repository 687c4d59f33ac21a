import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CollectionFault } from './collection.js';
import { openCollection } from './open-collection.js';
import { engineNames, type Measured, measure, type Ran, runEngine } from './run-engine.js';
import { trecRun } from './trec-run.js';

/**
 * Holds the search of the product against libraries on a collection, and prints one table. Each engine runs in a
 * process of its own, so that none pays for another's memory.
 */
const usage = `npm run evaluate -- --retrieval DIR [--run FILE]
DIR holds corpus.jsonl, queries.jsonl and qrels.tsv; "own" stands for test/questions/passages.jsonl against our
knowledge. --run writes our ranking as a TREC run file.`;

/** Exit status: 0 when measured, 2 when the collection or the call cannot be read. */
export async function evaluateRetrieval(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        retrieval: { type: 'string' },
        run: { type: 'string' },
        engine: { type: 'string' },
      },
    });
    if (!values.retrieval) return refuse(usage);
    return values.engine
      ? await answerParent(values.retrieval, values.engine)
      : await compare(values.retrieval, values.run);
  } catch (error) {
    if (error instanceof CollectionFault) return refuse(error.message);
    if (error instanceof TypeError && 'code' in error) return refuse(`${error.message}\n${usage}`);
    throw error;
  }
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}

/** In the process of one engine: what it ran goes to standard output as JSON, `null` where it is not installed. */
async function answerParent(directory: string, engine: string): Promise<number> {
  const ran = await runEngine(await openCollection(directory), engine);
  process.stdout.write(JSON.stringify(ran ?? null));
  return 0;
}

async function compare(directory: string, runFile: string | undefined): Promise<number> {
  const { collection } = await openCollection(directory);
  const rows: string[][] = [[...columns]];
  const leftOut: string[] = [];
  for (const name of engineNames) {
    const ran = await runInChild(directory, name);
    if (!ran) {
      leftOut.push(name);
      continue;
    }
    rows.push(rowOf(name, measure(ran, collection), ran));
    if (name === 'ours' && runFile) await writeFile(runFile, trecRun(ran.rankings, 'signpost'));
  }
  process.stdout.write(`${markdownTable(rows)}\n\n`);
  if (leftOut.length > 0) process.stdout.write(`Left out, not installed: ${leftOut.join(', ')}.\n`);
  process.stdout.write(
    `${collection.passages.length} passages, ${collection.relevant.size} questions with relevant passages. ` +
      `Earlier turns of a conversation are given to ours alone: the libraries have no weight for them.\n`,
  );
  return 0;
}

async function runInChild(directory: string, engine: string): Promise<Ran | undefined> {
  const script = process.argv[1] ?? '';
  const args = ['--expose-gc', ...process.execArgv, script, '--retrieval', directory];
  const child = spawn(process.execPath, [...args, '--engine', engine], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part as Buffer);
  const status = await exited;
  if (status !== 0) throw new Error(`running ${engine} ended with status ${status}`);
  return (JSON.parse(Buffer.concat(parts).toString()) as Ran | null) ?? undefined;
}

const columns = [
  'engine',
  'nDCG@10',
  'Recall@3',
  'Recall@10',
  'Recall@100',
  'MRR@10',
  'AUROC',
  'build ms',
  'p50 ms',
  'p99 ms',
  'memory MB',
] as const;

function rowOf(name: string, measured: Measured, { buildMs, memoryMb }: Ran): string[] {
  const share = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(3));
  return [
    name,
    ...[measured.ndcg10, measured.recall3, measured.recall10, measured.recall100].map(share),
    share(measured.mrr10),
    share(measured.auroc),
    buildMs.toFixed(0),
    measured.p50Ms.toFixed(2),
    measured.p99Ms.toFixed(2),
    memoryMb?.toFixed(1) ?? 'no gc',
  ];
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
