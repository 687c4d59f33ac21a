import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startModelDouble } from '../src/commands/evaluate-answers/model-double.js';
import { startConnector } from './connector.js';
import { measureDocuments } from './measure-documents.js';
import { type LoadResult, measureLoad } from './measure-load.js';
import { measureModel, modelMs } from './measure-model.js';
import { measureQueue } from './measure-queue.js';
import { measureReplay } from './measure-replay.js';
import { measureStart } from './measure-start.js';
import { measureMemory, measureTurns } from './measure-turns.js';
import { type Database, makeDatabase } from './postgres.js';
import { startServer } from './processes.js';
import { runScale } from './scale/run.js';
import { readEmbedded, readPostgres } from './stored-replies.js';
import {
  documentTable,
  loadTable,
  memoryTable,
  modelTable,
  queueTable,
  replayTable,
  startTable,
  turnsTable,
} from './tables.js';

const parts = ['guidance', 'screening', 'load', 'queue', 'model', 'documents', 'replay', 'start'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    'load-seconds': { type: 'string', default: '120' },
    /** One of `parts`; left out: everything. */
    only: { type: 'string' },
    /** Minutes, of `load` alone; 0: none. */
    soak: { type: 'string', default: '10' },
  },
});
const [rounds, seconds, loadSeconds] = [
  Number(values.rounds),
  Number(values.seconds),
  Number(values['load-seconds']),
];
const { only } = values;
const soakMinutes = Number(values.soak);
/** What is measured, in its order; over 200 lines, a few for each part. */

/** `npm run bench -- load`: several instances and nothing else. */
const isScale = positionals[0] === 'load';
const isKnown = positionals.length === (isScale ? 1 : 0) && (!only || parts.includes(only));
if (!(rounds >= 1 && seconds > 0 && loadSeconds > 0 && soakMinutes >= 0 && isKnown)) {
  throw new Error(
    `Options: --rounds 5 --seconds 2 --load-seconds 120 --only ${parts.join('|')}, or load --rounds 5 --seconds 2 --soak 10; each with its default`,
  );
}
const wants = (...names: readonly string[]) => !only || names.includes(only);
const say = (words: string) => process.stdout.write(`${words}\n`);
const hush = (words: string) => process.stderr.write(`${words}\n`);

const root = path.join(import.meta.dirname, '..');
const main = path.join(root, 'dist', 'bot', 'main.js');
if (!existsSync(main)) throw new Error('There is no build to measure: npm run build');
const folder = mkdtempSync(path.join(tmpdir(), 'signpost-bench-'));
// PostgreSQL may run as another user, who must be able to come in.
chmodSync(folder, 0o755);
const closing: (() => Promise<void> | void)[] = [
  () => rmSync(folder, { recursive: true, force: true }),
];

// A copy, so that nobody's editing changes what is measured half-way through.
const knowledge = path.join(folder, 'knowledge');
cpSync(process.env.KNOWLEDGE_DIR || path.join(root, 'knowledge'), knowledge, { recursive: true });
process.env.KNOWLEDGE_DIR = knowledge;

async function run(): Promise<void> {
  const [cpu] = cpus();
  const busy = loadavg()[0]?.toFixed(2);
  say(
    `Node ${process.version}, ${cpus().length} × ${cpu?.model.trim()}, load ${busy} before, ${new Date().toISOString()}`,
  );
  if (isScale) return runInstances();
  if (wants('replay')) runReplay();
  if (wants('documents')) await runDocuments();
  if (wants('guidance', 'screening', 'load', 'queue')) {
    const database = await makeDatabase(folder);
    if (database) closing.unshift(database.remove);
    if (wants('guidance', 'screening')) await runTurns(database);
    if (wants('load')) await runLoads(database);
    if (wants('queue')) await runQueue(database);
  }
  if (wants('model')) await runModel();
  if (wants('start')) await runStarts();
}

/** The flags of `npm start`, given to the peers too. */
const { scripts } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8'),
);
const flags: readonly string[] = scripts.start
  .split(' ')
  .filter((word: string) => word.startsWith('--'));

async function start(name: string, file: string, env: Record<string, string>) {
  const logFile = path.join(folder, `${name}.log`);
  const server = await startServer({ command: [process.execPath, ...flags, file], env, logFile });
  closing.unshift(server.stop);
  return server;
}

async function runInstances(): Promise<void> {
  const database = await makeDatabase(folder);
  if (!database) throw new Error('There is no PostgreSQL for the instances to share');
  closing.unshift(database.remove);
  const connector = await startConnector();
  closing.unshift(connector.close);
  await runScale({
    ...{ database, connector, rounds, seconds, soakMinutes, say, hush },
    startEcho: () => start('echo', path.join(import.meta.dirname, 'echo-bot.mjs'), {}),
    startInstance: (number) => start(`instance-${number}`, main, { DATABASE_URL: database.url }),
  });
}

async function runTurns(database: Database | undefined): Promise<void> {
  const connector = await startConnector();
  closing.unshift(connector.close);
  const here = import.meta.dirname;
  const servers = {
    echo: await start('echo', path.join(here, 'echo-bot.mjs'), {}),
    waterfall: await start('waterfall', path.join(await installPeer(), 'waterfall-bot.mjs'), {}),
    embedded: await start('embedded', main, { DATA_DIR: path.join(folder, 'data') }),
    postgres: database && (await start('postgres', main, { DATABASE_URL: database.url })),
  };
  const rows = await measureTurns({ servers, connector, rounds, seconds, only, hush });
  say(`\nTurns over HTTP, medians over ${rounds} rounds of ${seconds} s each, in turn\n`);
  say(turnsTable(rows));
  say('\nMemory of the process, MB, after the load\n');
  say(memoryTable(measureMemory(servers)));
  for (const server of Object.values(servers)) await server?.stop();
  connector.close();
}

/** On servers of their own, one after the other, so that memory is that of this load. */
async function runLoads(database: Database | undefined): Promise<void> {
  const connector = await startConnector();
  closing.unshift(connector.close);
  const size = { connector, screenings: 500, users: 64 };
  const results: LoadResult[] = [];
  if (database) {
    const { url } = database;
    hush(`load on PostgreSQL, ${loadSeconds} s …`);
    const server = await start('load-postgres', main, { DATABASE_URL: url });
    const readBack = (screenings: readonly string[]) => readPostgres(url, screenings);
    const wish = { ...size, on: 'PostgreSQL', server, seconds: loadSeconds, readBack };
    results.push(await measureLoad(wish));
    await server.stop();
  }
  // Shorter: one connection, and what could go wrong between two of them cannot.
  const shorter = Math.ceil(loadSeconds / 3);
  hush(`load on the embedded store, ${shorter} s …`);
  const data = path.join(folder, 'load-data');
  const server = await start('load-embedded', main, { DATA_DIR: data });
  const readBack = async (screenings: readonly string[]) => {
    await server.stop();
    return readEmbedded(data, screenings);
  };
  results.push(await measureLoad({ ...size, on: 'embedded', server, seconds: shorter, readBack }));
  say('\nOpen screenings, answered by all users at once, then read back from the store\n');
  say(loadTable(results));
  if (!database) say('PostgreSQL: not measured, there is none');
  for (const { on, firstFailure } of results)
    if (firstFailure) say(`First failure on ${on}: ${firstFailure}`);
}

async function runQueue(database: Database | undefined): Promise<void> {
  if (!database) {
    say('\nThe queue: not measured, there is no PostgreSQL');
    return;
  }
  hush('queue …');
  const rows = await measureQueue(database.url, seconds, () =>
    start('tab', main, { DATABASE_URL: database.url }),
  );
  say('\nThe queue on PostgreSQL: in this process without routes and network, then over HTTP\n');
  say(queueTable(rows));
}

async function runModel(): Promise<void> {
  hush('model …');
  const connector = await startConnector();
  closing.unshift(connector.close);
  const double = await startModelDouble('honest', modelMs);
  closing.unshift(double.close);
  const settings = {
    MODEL: 'double',
    MODEL_KEY: 'none',
    MODEL_URL: double.baseUrl,
    // Long enough that every answer waits for the model, so that one turn is one answer.
    MODEL_WAIT_MS: '6000',
    MODEL_TIMEOUT_MS: '9000',
  };
  const echo = await start('model-echo', path.join(import.meta.dirname, 'echo-bot.mjs'), {});
  const data = (name: string) => ({ DATA_DIR: path.join(folder, name) });
  const words = await start('model-words', main, data('model-words-data'));
  const model = await start('model', main, { ...data('model-data'), ...settings });
  const rows = await measureModel({ connector, echo, words, model, seconds: rounds * seconds });
  say(`\nA turn without the ${modelMs} ms that the double of a model takes, over HTTP\n`);
  say(modelTable(rows));
  for (const server of [echo, words, model]) await server.stop();
  await double.close();
  connector.close();
}

function runReplay(): void {
  hush('replay …');
  const rows = measureReplay(path.join(knowledge, 'scripts'));
  say('\nReplay and a step, in this process, 200 runs each\n');
  say(replayTable(rows));
}

async function runDocuments(): Promise<void> {
  hush('documents …');
  const rows = await measureDocuments();
  say('\nDocuments of an approved summary with their picture, in this process\n');
  say(documentTable(rows));
}

async function runStarts(): Promise<void> {
  hush('starts …');
  const starts = await measureStart(folder, rounds);
  say(
    `\nStart to the first 200 of /readyz, median of ${rounds} (existing store: closed in good order)\n`,
  );
  say(startTable(starts));
}

try {
  await run();
} finally {
  for (const close of closing) await close();
}

/** The peer has a package of its own: its install scripts fetch programs and stop `npm ci`, so they are not run. */
async function installPeer(): Promise<string> {
  const folder = path.join(import.meta.dirname, 'peer');
  if (!existsSync(path.join(folder, 'node_modules')))
    await promisify(execFile)('npm', ['ci', '--ignore-scripts'], { cwd: folder });
  return folder;
}
