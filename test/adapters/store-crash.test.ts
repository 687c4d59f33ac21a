import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import type { StorePool } from '../../src/adapters/postgres/pool.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import { drivers, findTemplate, makeDatabase, portsOver } from '../contracts/stores.js';
import { type Child, startChild } from './child-process.js';

const rounds = 20;

/** Kills it after a random time, counted in every third round from the start, else from when it is open. */
async function killAtRandom(child: Child, round: number): Promise<void> {
  if (round % 3 !== 0) await child.said('open');
  await pause(Math.random() * (round % 3 === 0 ? 1_200 : 250));
  await child.kill();
}

/** Acknowledged events that the store does not have. Reading also finds gaps and rows cut in half. */
async function listMissing(pool: StorePool, lines: readonly string[]): Promise<readonly string[]> {
  const saved = lines.filter((line) => line.startsWith('saved ')).map((line) => line.split(' '));
  const kept = new Set<string>();
  for (const id of new Set(saved.map(([, screening]) => screening))) {
    const screening = await portsOver(pool).screenings.find(screeningIdSchema.parse(id));
    for (const event of screening?.events ?? []) kept.add(event.activityId);
  }
  return saved.map(([, , activity]) => activity ?? '').filter((activity) => !kept.has(activity));
}

async function killRepeatedly(words: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const child = startChild('write', ...words);
    await killAtRandom(child, round);
    expect(child.lines).not.toContain('taken');
    lines.push(...child.lines);
  }
  expect(lines.filter((line) => line.startsWith('saved ')).length).toBeGreaterThanOrEqual(rounds);
  return lines;
}

describe('an embedded store', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-crash-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('opens after a start that was cut off while it wrote its own lock file', async () => {
    const template = await findTemplate();
    await (await openEmbedded(folder, template)).end();
    await writeFile(path.join(folder, 'cluster', 'postmaster.pid'), '');
    const pool = await openEmbedded(folder, template);
    expect((await migrate(pool)).kind).toBe('up-to-date');
    await pool.end();
  });

  it(`loses nothing it acknowledged when its process is killed ${rounds} times`, async () => {
    const template = await findTemplate();
    const lines = await killRepeatedly([folder, template]);
    const pool = await openEmbedded(folder, template);
    expect((await migrate(pool)).kind).toBe('up-to-date');
    expect(await listMissing(pool, lines)).toEqual([]);
    await pool.end();
  }, 180_000);

  it('is made anew after a first start that was cut off', async () => {
    const template = await findTemplate();
    const half = path.join(folder, 'cluster.making');
    await mkdir(half);
    await writeFile(path.join(half, 'PG_VERSION'), '18\n');
    const pool = await openEmbedded(folder, template);
    expect((await migrate(pool)).kind).toBe('up-to-date');
    await pool.end();
    expect(await readdir(folder)).toEqual(['cluster']);
  });

  it('is kept from other users of the machine', async () => {
    const pool = await openEmbedded(folder, await findTemplate());
    await pool.end();
    expect((await stat(path.join(folder, 'cluster'))).mode & 0o077).toBe(0);
  });

  it('leaves alone a folder that is none of its own', async () => {
    const foreign = path.join(folder, 'cluster', 'letters.txt');
    await mkdir(path.dirname(foreign));
    await writeFile(foreign, 'mine');
    await expect(openEmbedded(folder, await findTemplate())).rejects.toThrow('not a store');
    expect(await readFile(foreign, 'utf8')).toBe('mine');
  });

  it('is not made from a template that was cut short, and is made once that is whole', async () => {
    const template = await findTemplate();
    const short = path.join(folder, 'short.tar.gz');
    await writeFile(short, (await readFile(template)).subarray(0, 1_000_000));
    const data = path.join(folder, 'data');
    await expect(openEmbedded(data, short)).rejects.toThrow();
    const pool = await openEmbedded(data, template);
    expect((await migrate(pool)).kind).toBe('up-to-date');
    await pool.end();
  });

  it('is built from nothing where there is no template', async () => {
    const pool = await openEmbedded(folder, path.join(folder, 'none.tar.gz'));
    expect((await migrate(pool)).kind).toBe('migrated');
    await pool.end();
  }, 30_000);
});

describe.skipIf(drivers.some((driver) => driver.isMissing))('a store on PostgreSQL', () => {
  it(`loses nothing it acknowledged when its process is killed ${rounds} times`, async () => {
    const place = await makeDatabase();
    const lines = await killRepeatedly([place.url]);
    const pool = await place.open();
    expect(await listMissing(pool, lines)).toEqual([]);
    await pool.end();
    await place.remove();
  }, 180_000);
});
