import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/adapters/package-root.js';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { migrateAsOwner } from '../../src/adapters/postgres/migrate-as-owner.js';
import { moveStore } from '../../src/adapters/postgres/move.js';
import { openPool, type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { makeRetention } from '../../src/adapters/postgres/retention.js';
import { makeSwitch } from '../../src/adapters/postgres/switches.js';
import { shareIdSchema } from '../../src/core/ids.js';
import { aReview, at, officer, person, supervisor } from './review-setup.js';
import {
  drivers,
  findTemplate,
  makeDatabase,
  makePorts,
  type StorePorts,
  usePool,
  withKeys,
} from './stores.js';

/** What the store numbers by itself, once each: a screening and who is on its case, a share, a hold, a turn of the switch. */
async function writeAll(pool: StorePool, ports: StorePorts): Promise<void> {
  const { caseId } = await aReview(ports);
  const agreement = { on: '2026-11-20', way: 'by-phone', parts: ['plan' as const], limits: '' };
  const share = { id: shareIdSchema.parse(randomUUID()), with: person('advocate-1'), by: officer };
  await ports.sharing.share(
    caseId,
    { ...share, at, agreement: { ...agreement, way: 'by-phone', limits: 'Not work.' } },
    '2026-11-20',
    { what: 'shared', detail: {} },
  );
  const decided = { by: supervisor, at, why: 'civil-claim', record: null };
  await makeRetention(pool).hold(caseId, decided);
  await makeSwitch(pool, 'model').turn({ by: officer, at, isOn: false, why: 'Enough.' });
}

const numbers = {
  ...{ screenings: 'begun', case_people: 'let_in', shares: 'made' },
  ...{ legal_holds: 'number', switches: 'seq' },
};

async function countAll(pool: StorePool): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const table of Object.keys(numbers)) {
    const { rows } = await withClient(pool, (client) =>
      client.query<{ count: number }>(`select count(*)::integer as count from ${table}`),
    );
    counts[table] = rows[0]?.count ?? -1;
  }
  return counts;
}

const times = (count: number) => ({
  ...{ screenings: count, case_people: count, shares: count },
  ...{ legal_holds: count, switches: count },
});

describe.skipIf(!process.env.TEST_DATABASE_URL)('forces moved into one database', () => {
  const login = `own_${randomUUID().slice(0, 8)}`;
  const opened: StorePool[] = [];
  const made: StorePorts[] = [];
  let folder: string;
  let place: Awaited<ReturnType<typeof makeDatabase>>;
  let admin: StorePool;
  let migrateUrl: string;
  const run = (text: string) => withClient(admin, (client) => client.query(text));
  const keep = (pool: StorePool) => {
    opened.push(pool);
    return pool;
  };
  const portsOf = (pool: StorePool) => {
    const ports = makePorts(pool);
    made.push(ports);
    return ports;
  };
  /** An embedded store of a force, to which everything was written so many times. */
  const anEmbedded = async (force: string, count: number) => {
    const raw = await openEmbedded(path.join(folder, force), await findTemplate(), force);
    await migrate(raw);
    const pool = keep(await withKeys(raw));
    const ports = portsOf(pool);
    for (let done = 0; done < count; done += 1) await writeAll(pool, ports);
    return pool;
  };
  const target = async (force: string) =>
    keep(await withKeys(openPool(migrateUrl, 2, { force, unlimited: true })));

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-test-'));
    place = await makeDatabase();
    admin = await place.open();
    await run(await readFile(path.join(packageRoot(), 'src/adapters/postgres/roles.sql'), 'utf8'));
    await run(`create role ${login} login in role signpost_owner;
      alter role ${login} set role signpost_owner;`);
    const url = new URL(place.url);
    url.username = login;
    migrateUrl = url.href;
    await migrateAsOwner({ migrateUrl, force: 'alpha' });
  }, 60_000);
  afterAll(async () => {
    for (const ports of made) await ports.close();
    for (const pool of opened) await pool.end();
    await run(`drop owned by ${login} cascade`);
    await admin.end();
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('keep their rows, and each goes on writing, whichever has more', async () => {
    const sizes = { alpha: 3, delta: 4, beta: 1, gamma: 0 };
    for (const [force, count] of Object.entries(sizes)) {
      const to = openPool(migrateUrl, 2, { force, unlimited: true });
      keep(to);
      expect((await moveStore(await anEmbedded(force, count), to)).kind).toBe('moved');
    }
    for (const [force, count] of Object.entries(sizes)) {
      const pool = await target(force);
      const ports = portsOf(pool);
      await writeAll(pool, ports);
      expect([force, await countAll(pool)]).toEqual([force, times(count + 1)]);
      expect((await ports.audit.verify()).kind).toBe('whole');
      expect(await makeSwitch(pool, 'model').isOn()).toBe(false);
    }
  }, 240_000);

  it('are not moved a second time, and the others stay as they are', async () => {
    const alpha = await target('alpha');
    const before = await countAll(alpha);
    const again = await moveStore(await anEmbedded('alpha-2', 0), await target('beta'));
    expect(again.kind).toBe('not-empty');
    expect(await countAll(alpha)).toEqual(before);
  }, 120_000);
});

describe.each(drivers)('a store that counts, in $name', (driver) => {
  describe.skipIf(driver.isMissing)('over all forces', () => {
    const pool = usePool(driver);
    it('has no number that two forces could not both have', async () => {
      const { rows } = await withClient(pool(), (client) =>
        client.query<{ held: string; columns: string[] }>(
          `select c.conrelid::regclass::text as held,
             (select array_agg(a.attname::text order by a.attname) from pg_attribute a
              where a.attrelid = c.conrelid and a.attnum = any(c.conkey)) as columns
           from pg_constraint c
           where c.contype in ('p', 'u') and exists (
             select from pg_attribute a
             where a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attidentity <> '')
           order by 1`,
        ),
      );
      expect(Object.fromEntries(rows.map(({ held, columns }) => [held, columns]))).toMatchObject(
        Object.fromEntries(
          Object.entries(numbers).map(([held, column]) => [held, ['force', column].sort()]),
        ),
      );
      expect(rows.filter(({ columns }) => !columns.includes('force'))).toEqual([]);
    });
  });
});
