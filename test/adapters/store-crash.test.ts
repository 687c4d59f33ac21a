import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { listMigrations, migrate } from '../../src/adapters/postgres/migrate.js';
import { type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import { drivers, findTemplate, makeDatabase, portsOver, withKeys } from '../contracts/stores.js';
import { type Child, startChild } from './child-process.js';

/** `CRASH_ROUNDS=200` takes some minutes a store. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 20);
const timeoutMs = 60_000 + rounds * 6_000;

/** Kills it after a random time, counted in turn from the start, from when it is open and from its first event. */
async function killAtRandom(child: Child, round: number): Promise<void> {
  const from = [undefined, 'open', 'saved'][round % 3];
  if (from) await child.said(from);
  await pause(Math.random() * (from ? 250 : 1_200));
  await child.kill();
}

/**
 * Screenings of which the store does not hold the acknowledged events, in the order of the acknowledgements, and after
 * them at most the one that was being saved. Reading also finds gaps and rows cut in half.
 */
async function listFaulty(pool: StorePool, lines: readonly string[]): Promise<readonly string[]> {
  const saved = new Map<string, string[]>();
  for (const line of lines.filter((each) => each.startsWith('saved '))) {
    const [, id = '', activity = ''] = line.split(' ');
    const activities = saved.get(id) ?? [];
    activities.push(activity);
    saved.set(id, activities);
  }
  const faulty: string[] = [];
  const { screenings } = portsOver(await withKeys(pool));
  for (const [id, activities] of saved) {
    const screening = await screenings.find(screeningIdSchema.parse(id));
    const kept = screening?.events.map(({ activityId }) => activityId) ?? [];
    const isWhole = activities.every((activity, index) => kept[index] === activity);
    if (!isWhole || kept.length > activities.length + 1) faulty.push(id);
  }
  return faulty;
}

async function killRepeatedly(words: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const child = startChild('write', ...words);
    await killAtRandom(child, round);
    expect(child.lines).not.toContain('taken');
    lines.push(...child.lines);
  }
  const saved = lines.filter((line) => line.startsWith('saved ')).length;
  expect(saved).toBeGreaterThanOrEqual(rounds);
  if (process.env.CRASH_ROUNDS) console.info(`${rounds} kills, ${saved} events acknowledged`);
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

  it(
    `loses nothing it acknowledged when its process is killed ${rounds} times`,
    async () => {
      const template = await findTemplate();
      const lines = await killRepeatedly([folder, template]);
      const pool = await openEmbedded(folder, template);
      expect((await migrate(pool)).kind).toBe('up-to-date');
      expect(await listFaulty(pool, lines)).toEqual([]);
      await pool.end();
    },
    timeoutMs,
  );

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
  it('of the release before is migrated once by four processes that start together, one killed on the way', async () => {
    const place = await makeDatabase();
    const before = await place.open();
    const dump = await readFile(
      path.join(import.meta.dirname, '../released-store/0009.sql'),
      'utf8',
    );
    await withClient(before, (client) => client.query(dump));
    const killed = startChild('migrate', place.url);
    const children = [1, 2, 3, 4].map(() => startChild('migrate', place.url));
    await killed.said('ready');
    await pause(Math.random() * 500);
    await killed.kill();
    const did = await Promise.all(children.map((child) => child.said('did')));
    const byOthers = did.filter((line) => line === 'did migrated').length;
    // All four found it done only where the one that was killed had done it.
    expect(
      byOthers === 1 || (byOthers === 0 && did.every((line) => line === 'did up-to-date')),
    ).toBe(true);
    const { rows } = await withClient(before, (client) =>
      client.query('select name from pgmigrations order by id'),
    );
    expect(rows.map(({ name }) => name)).toEqual(await listMigrations());
    expect(await portsOver(await withKeys(before)).audit.verify()).toMatchObject({
      kind: 'whole',
      entries: 11,
    });
    await before.end();
    await place.remove();
  }, 60_000);

  it(
    `loses nothing it acknowledged when its process is killed ${rounds} times`,
    async () => {
      const place = await makeDatabase();
      const lines = await killRepeatedly([place.url]);
      const pool = await place.open();
      expect(await listFaulty(pool, lines)).toEqual([]);
      await pool.end();
      await place.remove();
    },
    timeoutMs,
  );
});
