import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startConnector } from './connector.js';
import { measureStart } from './measure-start.js';
import { measureMemory, measureTurns } from './measure-turns.js';
import { makeDatabase } from './postgres.js';
import { startServer } from './processes.js';
import { memoryTable, startTable, turnsTable } from './tables.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    /** guidance, screening or start; left out: everything. */
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const { only } = values;
if (
  !(rounds >= 1 && seconds > 0) ||
  !['guidance', 'screening', 'start', undefined].includes(only)
) {
  throw new Error('Options: --rounds 5 --seconds 2 --only guidance|screening|start');
}
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
  say(
    `Node ${process.version}, ${cpus().length} × ${cpu?.model.trim()}, ${new Date().toISOString()}`,
  );
  if (only !== 'start') await runTurns();
  if (only === undefined || only === 'start') {
    hush('starts …');
    const starts = await measureStart(folder, rounds);
    say(
      `\nStart to the first 200 of /readyz, median of ${rounds} (existing store: closed in good order)\n`,
    );
    say(startTable(starts));
  }
}

/** The flags of `npm start`, given to the echo bot too. */
const { scripts } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8'),
);
const flags: readonly string[] = scripts.start
  .split(' ')
  .filter((word: string) => word.startsWith('--'));

async function runTurns(): Promise<void> {
  const database = await makeDatabase(folder);
  if (database) closing.unshift(database.remove);
  const connector = await startConnector();
  closing.unshift(connector.close);
  const start = async (name: string, file: string, env: Record<string, string>) => {
    const logFile = path.join(folder, `${name}.log`);
    const server = await startServer({ command: [process.execPath, ...flags, file], env, logFile });
    closing.unshift(server.stop);
    return server;
  };
  const echo = await start('echo', path.join(import.meta.dirname, 'echo-bot.mjs'), {});
  const embedded = await start('embedded', main, { DATA_DIR: path.join(folder, 'data') });
  const postgres = database && (await start('postgres', main, { DATABASE_URL: database.url }));
  const servers = { echo, embedded, postgres };
  const rows = await measureTurns({ servers, connector, rounds, seconds, only, hush });
  say(`\nTurns over HTTP, medians over ${rounds} rounds of ${seconds} s each, in turn\n`);
  say(turnsTable(rows));
  say('\nMemory of the process, MB, after the load\n');
  say(memoryTable(measureMemory(servers)));
}

try {
  await run();
} finally {
  for (const close of closing) await close();
}
