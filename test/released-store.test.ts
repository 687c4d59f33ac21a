import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCuratorTasks } from '../src/adapters/postgres/curator-tasks.js';
import { listMigrations, migrate } from '../src/adapters/postgres/migrate.js';
import { type StorePool, withClient } from '../src/adapters/postgres/pool.js';
import { countSealed, reseal } from '../src/adapters/postgres/reseal.js';
import { caseIdSchema, reviewIdSchema, userIdSchema } from '../src/core/ids.js';
import { drivers, makePorts, type Place, type StorePorts, withKeys } from './contracts/stores.js';

/**
 * A store as the release before left it: `0009.sql` was dumped from PostgreSQL after that release had written to it
 * through its own adapters, and `0009.json` is what they then read. Neither is ever edited.
 */
const folder = path.join(import.meta.dirname, 'released-store');
const dump = readFileSync(path.join(folder, '0009.sql'), 'utf8');
const expected: unknown = JSON.parse(readFileSync(path.join(folder, '0009.json'), 'utf8'));

const at = '2026-11-20T10:00:00.000Z';
const since = '2026-11-01T00:00:00.000Z';
const today = '2026-11-20';
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [officer, supervisor, advocate] = ['officer-1', 'supervisor-1', 'advocate-32'].map((one) =>
  userIdSchema.parse(one),
) as [
  ReturnType<typeof userIdSchema.parse>,
  ReturnType<typeof userIdSchema.parse>,
  ReturnType<typeof userIdSchema.parse>,
];

/** Everything, as the release before read it, in the shape of JSON. */
async function readAll(pool: StorePool, ports: StorePorts): Promise<unknown> {
  const { screenings, reviews, audit, commitments, counted, sharing } = ports;
  const { people, peopleChats, chats } = ports;
  const tasks = makeCuratorTasks(pool);
  const caseIds = [1, 2].map((n) => caseIdSchema.parse(id(n)));
  const [first = caseIdSchema.parse(id(1))] = caseIds;
  return JSON.parse(
    JSON.stringify(
      {
        screenings: (await Promise.all(caseIds.map((one) => screenings.listCase(one)))).flat(),
        reviews: [
          await reviews.find(reviewIdSchema.parse(id(21))),
          await reviews.find(reviewIdSchema.parse(id(22))),
        ],
        queue: await reviews.list({ state: 'waiting', sort: 'oldest', page: 1 }, at),
        audit: await audit.search({}, 100),
        commitments: await commitments.list(at, 100),
        done: [...(await commitments.listDone(first))],
        counted: [await counted.listSent(since), await counted.listUncovered(since)],
        shared: await sharing.listWith(advocate, today),
        people: [...(await people.namesOf([officer, supervisor]))],
        peopleChat: await peopleChats.find(officer),
        chat: await chats.find('msteams|c1'),
        tasks: [await tasks.list({ state: 'open' }, 10), await tasks.list({ state: 'done' }, 10)],
      },
      // Nobody was kept out then: a case that is read closed to nobody is the case as it was.
      (key, value) => (key === 'barred' && value.length === 0 ? undefined : value),
    ),
  );
}

/** Words that were written by the release before, one of each column that is encrypted. */
const words = [
  'Mae e’n aros',
  'A note under the door',
  'Misheard on the line',
  'On leave from Monday',
  'Sgt Other',
  'Not my “new” address',
  'She moved away',
  'Ring with the result',
  'PC Ben Example',
  'Rang her',
  'PC Siân Example',
  'It does not say who to ring',
  'keep a parrot',
  'What is an SPO?',
  'Asked often',
  'Added a passage',
  'withoutAction',
];

/** Every row of every table, as text. */
async function everyRow(pool: StorePool): Promise<string> {
  return withClient(pool, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const texts: string[] = [];
    for (const { name } of rows) {
      const all = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${name} t`,
      );
      texts.push(...all.rows.map(({ row }) => row));
    }
    return texts.join('\n');
  });
}

describe.each(drivers)('the store of the release before in $name', (driver) => {
  describe.skipIf(driver.isMissing)('brought to this one', () => {
    let place: Place;
    let pool: StorePool;
    let ports: StorePorts;
    beforeEach(async () => {
      place = await driver.makePlace();
      const opened = await place.open();
      await withClient(opened, async (client) => {
        // The embedded store comes migrated out of its template.
        await client.query('drop schema public cascade');
        await client.query('create schema public');
        await client.query(dump);
      });
      const later = (await listMigrations()).filter((name) => name > '0010');
      expect(await migrate(opened)).toEqual({ kind: 'migrated', names: later });
      pool = await withKeys(opened);
      ports = makePorts(pool);
    }, 60_000);
    afterEach(async () => {
      await ports.close();
      await pool.end();
      await place.remove();
    });

    it('is read as it was, and its audit is whole', async () => {
      expect(await readAll(pool, ports)).toEqual(expected);
      expect(await ports.audit.verify()).toMatchObject({ kind: 'whole', entries: 11 });
    });

    it('is read as it was once its words are encrypted, of which none is left in clear', async () => {
      const before = await everyRow(pool);
      expect(words.filter((one) => !before.includes(JSON.stringify(one).slice(1, -1)))).toEqual([]);
      await reseal(pool, () => undefined);
      const after = await everyRow(pool);
      expect(words.filter((one) => after.includes(JSON.stringify(one).slice(1, -1)))).toEqual([]);
      const counts = await countSealed(pool);
      expect(counts.filter(({ key }) => key !== 1)).toEqual([]);
      expect(counts.length).toBeGreaterThan(14);
      const again = makePorts(pool);
      expect(await readAll(pool, again)).toEqual(expected);
      expect(await again.audit.verify()).toMatchObject({ kind: 'whole', entries: 11 });
      await again.close();
    });

    it.each([
      [
        'a review',
        `update review_events set act = jsonb_set(act, '{isChecked}', 'false') where seq = 2`,
        3,
      ],
      [
        'a screening',
        `update screening_events set act = jsonb_set(act, '{reason}', '"x"') where seq = 3`,
        1,
      ],
    ])(
      'shows what was altered in %s before its words were encrypted',
      async (_, statement, seq) => {
        await withClient(pool, async (client) => {
          for (const table of ['review_events', 'screening_events'])
            await client.query(`alter table ${table} disable trigger user`);
          await client.query(statement);
          // With a digest that fits: the audit of that time hashed the acts themselves.
          await client.query(`update review_events set digest = sha256_hex(salt || act::text)`);
          await client.query(`update screening_events set digest = sha256_hex(salt || act::text)`);
        });
        expect(await ports.audit.verify()).toMatchObject({ kind: 'broken', seq });
      },
    );

    it('takes nothing in clear once there are keys, from an instance of that release or anybody', async () => {
      await expect(
        withClient(pool, (client) =>
          client.query(
            `insert into screening_events (screening_id, seq, acted_at, acted_by, client, activity_id, act)
             values ($1, 2, now(), 'officer-1', 'card', 'late', '{"kind": "resume"}')`,
            [id(12)],
          ),
        ),
      ).rejects.toThrow('words in clear refused');
      // What stands beside words that are still in clear may change.
      await withClient(pool, (client) =>
        client.query('update curator_tasks set times = times + 1'),
      );
    });
  });
});
