import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import type { Connector } from '../connector.js';
import { loadMeasured, openCase } from '../long-case.js';
import { openMeasuredStore } from '../open-store.js';
import type { Database } from '../postgres.js';
import type { Server } from '../processes.js';
import { capacityPage } from './capacity.js';
import { counts, measureScale, users } from './measure.js';
import { closedOf, type ScaleResult, scaleResultSchema } from './result.js';
import { soak } from './soak.js';
import { aloneTable, goalTable, mixedTable, soakTable } from './tables.js';
import { makeUsers } from './users.js';

/** `npm run bench -- load`: measures, prints, and writes the result and the page that is computed from it. */

export type RunWish = {
  readonly database: Database;
  readonly connector: Connector;
  readonly startEcho: () => Promise<Server>;
  readonly startInstance: (number: number) => Promise<Server>;
  readonly rounds: number;
  readonly seconds: number;
  /** 0: no soak. */
  readonly soakMinutes: number;
  readonly say: (words: string) => void;
  readonly hush: (words: string) => void;
};

/** Summaries under review; many enough that each gets few acts. */
const reviewCount = 120;
/** Together, at this share of what they do at most. */
const soaking = { instances: 2, share: 0.5 };

const root = path.join(import.meta.dirname, '..', '..');
export const resultFile = path.join(root, 'bench', 'results', 'load.json');
export const pageFile = path.join(root, 'docs', 'capacity.md');

export async function runScale(wish: RunWish): Promise<void> {
  const { database, connector, rounds, seconds, say, hush } = wish;
  const loadBefore = loadavg()[0] ?? 0;
  // Known before minutes are spent: without it there is nothing to compute capacity from.
  if (Number.isNaN(database.cpuMs()))
    throw new Error(
      'The CPU time of PostgreSQL is not known: run on Linux, without BENCH_DATABASE_URL',
    );
  hush('putting summaries into the queue …');
  const { reviews, passages } = await fillQueue(database.url);
  const echo = await wish.startEcho();
  const instances: Server[] = [];
  for (let number = 0; number < Math.max(...counts); number += 1)
    instances.push(await wish.startInstance(number));
  const databaseCpuMs = database.cpuMs;
  const usersOf = makeUsers(connector, reviews);
  const scaled = await measureScale({
    ...{ echo, instances, connector, databaseCpuMs, usersOf, rounds, seconds, hush },
  });
  const memory = instances.map((server) => server.memory());
  const { targets, firstFailure, ...figures } = scaled;
  const measured: ScaleResult = {
    ...{ measuredAt: new Date().toISOString(), machine: machineNow(loadBefore) },
    ...{ rounds, seconds, users, passages, ...figures, memory },
    ...{ soak: null, firstFailure: firstFailure ?? null },
  };
  const result = await withSoak(wish, measured, () =>
    soak({
      servers: instances.slice(0, soaking.instances),
      targets: targets.slice(0, soaking.instances),
      makeUser: usersOf(),
      perSecond:
        soaking.share * (closedOf(measured, soaking.instances)?.turnsPerSecond ?? Number.NaN),
      minutes: wish.soakMinutes,
    }),
  );
  // Rounded before anything is computed from it, so that the page can be computed again from the file.
  const kept = scaleResultSchema.parse(JSON.parse(JSON.stringify(result, rounded)));
  print(kept, say);
  write(kept);
  say(
    `\nWritten: ${path.relative(process.cwd(), resultFile)} and ${path.relative(process.cwd(), pageFile)}`,
  );
}

async function withSoak(
  { soakMinutes, connector, hush }: RunWish,
  measured: ScaleResult,
  work: () => ReturnType<typeof soak>,
): Promise<ScaleResult> {
  if (soakMinutes === 0) return measured;
  hush(`soak of ${soakMinutes} minutes …`);
  connector.forget();
  const { soaked, firstFailure } = await work();
  return { ...measured, soak: soaked, firstFailure: measured.firstFailure ?? firstFailure ?? null };
}

/** Each summary is of a screening of First contact, replied to from start to end. */
async function fillQueue(url: string) {
  const pool = await openMeasuredStore(url);
  try {
    const knowledge = await loadMeasured();
    const opened = await Promise.all(
      Array.from({ length: reviewCount }, (_, at) =>
        openCase(pool, knowledge, `SP-BENCH-${at}`, ['first-contact']),
      ),
    );
    return { reviews: opened.map(({ id }) => id), passages: knowledge.passages.size };
  } finally {
    await pool.end();
  }
}

function machineNow(loadBefore: number): ScaleResult['machine'] {
  const all = cpus();
  const cpu = all[0]?.model.trim() ?? 'unknown';
  return { node: process.version, cpu, cores: all.length, loadBefore };
}

function print(result: ScaleResult, say: RunWish['say']): void {
  const { rounds, seconds } = result;
  say(
    `\nOne instance, ${users} users at once, closed loop, medians over ${rounds} rounds of ${seconds} s\n`,
  );
  say(aloneTable(result));
  say('\nInstances over one PostgreSQL: 70 % guidance, 25 % screening, 5 % review\n');
  say(mixedTable(result));
  say('\nMemory over the soak\n');
  say(soakTable(result));
  say('\nGoals\n');
  say(goalTable(result));
  if (result.firstFailure) say(`\nFirst failure: ${result.firstFailure}`);
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

function write(result: ScaleResult): void {
  mkdirSync(path.dirname(resultFile), { recursive: true });
  writeFileSync(resultFile, `${JSON.stringify(result, null, 2)}\n`);
  // As the linter wants it, which lays out lists of numbers in its own way.
  execFileSync(
    path.join(root, 'node_modules', '.bin', 'biome'),
    ['format', '--write', resultFile],
    {
      cwd: root,
      stdio: 'ignore',
    },
  );
  writeFileSync(pageFile, capacityPage(result));
}
