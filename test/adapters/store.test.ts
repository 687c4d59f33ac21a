import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listMigrations, migrate, migrationsFolder } from '../../src/adapters/postgres/migrate.js';
import { inTransaction, type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import {
  answerIdSchema,
  caseIdSchema,
  screeningIdSchema,
  userIdSchema,
} from '../../src/core/ids.js';
import { type Driver, drivers, type Place, portsOver, usePool } from '../contracts/stores.js';

const isOnServer = (driver: Driver) => driver.name === 'PostgreSQL';
const run = (pool: StorePool, text: string, values: readonly unknown[] = []) =>
  withClient(pool, (client) => client.query(text, [...values]));

/** A screening with one event, put there without the adapters. */
async function insertScreening(pool: StorePool, act: unknown = { kind: 'pause' }, seq = 1) {
  const id = screeningIdSchema.parse(randomUUID());
  await run(pool, 'insert into cases values ($1, $2)', [id, id]);
  await run(
    pool,
    `insert into screenings
       (id, case_id, case_ref, script, version, started_by, started_at, started_activity, is_follow_on)
     values ($1, $1, $2, 'first-contact', 1, 'officer-1', now(), $2, false)`,
    [id, id],
  );
  await run(pool, `insert into case_people values ($1, 'officer-1', 'officer-1', now())`, [id]);
  await run(pool, `insert into case_reads values ($1, 'officer-1', now(), 'summary')`, [id]);
  await run(
    pool,
    `insert into screening_events values ($1, $2, now(), 'officer-1', 'card', 'a1', $3)`,
    [id, seq, JSON.stringify(act)],
  );
  return id;
}

describe.each(drivers)('migrations in $name', (driver) => {
  describe.skipIf(driver.isMissing)('of an empty store', () => {
    let place: Place;
    let pool: StorePool;
    let folder: string;
    beforeEach(async () => {
      place = await driver.makePlace();
      pool = await place.open();
      folder = await mkdtemp(path.join(tmpdir(), 'signpost-migrations-'));
      // The embedded store comes migrated out of its template.
      await run(pool, 'drop schema public cascade');
      await run(pool, 'create schema public');
    }, 60_000);
    afterEach(async () => {
      await pool.end();
      await place.remove();
      await rm(folder, { recursive: true });
    });

    it('run once, and find nothing to do the second time', async () => {
      const names = await listMigrations();
      expect(await migrate(pool)).toEqual({ kind: 'migrated', names });
      expect(await migrate(pool)).toEqual({ kind: 'up-to-date' });
    });

    it('run once when several instances start together', async () => {
      const others = isOnServer(driver) ? [await place.open(), await place.open()] : [pool, pool];
      const done = await Promise.all([pool, ...others].map((each) => migrate(each)));
      expect(done.map((each) => each.kind).sort()).toEqual([
        'migrated',
        'up-to-date',
        'up-to-date',
      ]);
      if (isOnServer(driver)) await Promise.all(others.map((each) => each.end()));
    });

    it('go on from where an older version left off', async () => {
      const [first = '', ...later] = await listMigrations();
      await copyFile(
        path.join(migrationsFolder, `${first}.sql`),
        path.join(folder, `${first}.sql`),
      );
      expect(await migrate(pool, folder)).toEqual({ kind: 'migrated', names: [first] });
      expect(await migrate(pool)).toEqual({ kind: 'migrated', names: later });
    });

    it('tell of screenings begun before there were cases who may work on them, and which came first', async () => {
      const names = (await listMigrations()).slice(0, 3);
      for (const name of names)
        await copyFile(
          path.join(migrationsFolder, `${name}.sql`),
          path.join(folder, `${name}.sql`),
        );
      await migrate(pool, folder);
      const caseId = caseIdSchema.parse(randomUUID());
      for (const each of [caseId, caseIdSchema.parse(randomUUID())]) {
        await run(pool, 'insert into cases values ($1, $2)', [each, each]);
        for (const person of ['officer-2', 'officer-1', 'officer-2']) {
          const id = randomUUID();
          await run(
            pool,
            `insert into screenings
               (id, case_id, case_ref, script, version, started_by, started_at, started_activity)
             values ($1::uuid, $2::uuid, $3, 'first-contact', 1, $4, now(), $1::text)`,
            [id, each, each, person],
          );
          await run(
            pool,
            `insert into screening_events values ($1, 1, now(), $2, 'card', 'a1', '{"kind":"pause"}')`,
            [id, person],
          );
        }
      }
      await migrate(pool);
      const { screenings } = portsOver(pool);
      const listed = await screenings.listCase(caseId);
      expect(
        listed.map(({ isFollowOn, events }) => ({ isFollowOn, events: events.length })),
      ).toEqual([
        { isFollowOn: false, events: 1 },
        { isFollowOn: true, events: 1 },
        { isFollowOn: true, events: 1 },
      ]);
      expect(listed.map(({ people }) => people)).toEqual(Array(3).fill(['officer-2', 'officer-1']));
      expect(await screenings.listOf(userIdSchema.parse('officer-1'), 10)).toHaveLength(6);
      await expect(run(pool, 'update screenings set version = 2')).rejects.toThrow('append-only');
      const again = (isFollowOn: boolean) =>
        run(
          pool,
          `insert into screenings
             (id, case_id, case_ref, script, version, started_by, started_at, started_activity, is_follow_on)
           values ($1::uuid, $2, $3, 'first-contact', 1, 'officer-1', now(), $1::text, $4)`,
          [randomUUID(), caseId, caseId, isFollowOn],
        );
      await expect(again(false)).rejects.toThrow('[23505]');
      await again(true);
    });

    it('refuse a store that a newer version has used, and say which migration', async () => {
      await migrate(pool);
      await run(pool, `insert into pgmigrations (name, run_on) values ('9999_newer', now())`);
      await expect(migrate(pool)).rejects.toThrow(/9999_newer.*newer version/);
    });

    it('leave nothing behind when one of them fails', async () => {
      await writeFile(path.join(folder, '0001_good.sql'), 'create table good (id int);');
      await writeFile(path.join(folder, '0002_bad.sql'), 'create table bad (id int); select 1/0;');
      await expect(migrate(pool, folder)).rejects.toThrow();
      const { rows } = await run(pool, `select to_regclass('good') as good`);
      expect(rows).toEqual([{ good: null }]);
      expect((await migrate(pool)).kind).toBe('migrated');
    });
  });
});

describe.each(drivers)('the tables in $name', (driver) => {
  describe.skipIf(driver.isMissing)('after migration', () => {
    const pool = usePool(driver);
    // The shapes of acts are checked in clear, as they were written before there were keys.
    beforeAll(() => run(pool(), 'alter table screening_events disable trigger sealed_only_act'));

    it.each([
      'update screening_events set seq = seq + 1',
      'update screening_events set seq = 1 where false',
      'delete from screening_events',
      'truncate screening_events',
      'truncate cases cascade',
      'insert into screening_events select * from screening_events on conflict (screening_id, seq) do update set seq = 9',
      'update screenings set version = 2',
      'delete from screenings',
      'update case_reads set read_at = now()',
      'delete from case_reads',
      'truncate case_reads',
    ])('refuse to rewrite what people did: %s', async (statement) => {
      const id = await insertScreening(pool());
      await expect(run(pool(), statement)).rejects.toThrow();
      const { rows } = await run(
        pool(),
        'select seq from screening_events where screening_id = $1',
        [id],
      );
      expect(rows).toEqual([{ seq: 1 }]);
    });

    it.each([
      ['an act that is a list', []],
      ['an act without a kind', {}],
      ['an act of no known kind', { kind: 'approve' }],
      ['a reply without a value', { kind: 'reply', question: 'FC01' }],
      ['a record without fields', { kind: 'record', question: 'FC01' }],
      ['a reason without words', { kind: 'reason', question: 'FC01' }],
      ['a strike without a number', { kind: 'strike', question: 'FC01' }],
      ['a strike of no question', { kind: 'strike', number: 1 }],
      ['a shorter screening without a reason', { kind: 'shorten' }],
    ])('refuse %s', async (_, act) => {
      await expect(insertScreening(pool(), act)).rejects.toThrow('[23514]');
    });

    it('name the table and the row of a bad act, and keep its words to themselves', async () => {
      const act = {
        kind: 'reply',
        question: 'FC01',
        value: { kind: 'text', text: 7, she: 'secret' },
      };
      const id = await insertScreening(pool(), act);
      const fault = await portsOver(pool())
        .screenings.find(id)
        .catch((error) => error);
      expect(fault.message).toMatch(`reading screening_events ${id} event 1`);
      expect(inspect(fault)).not.toContain('secret');
    });

    it('find the gap that a lost event leaves', async () => {
      const id = await insertScreening(pool(), { kind: 'pause' }, 2);
      await expect(portsOver(pool()).screenings.find(id)).rejects.toThrow('one is missing');
    });

    it('say of refused values which constraint it was, and never the values', async () => {
      const id = await insertScreening(pool());
      const again = run(pool(), `insert into cases values ($1, 'secret')`, [id]);
      const fault = await again.catch((error) => error);
      expect(fault).toMatchObject({ code: '23505', constraint: 'cases_pkey', table: 'cases' });
      expect(inspect(fault)).not.toMatch(/secret|detail/);
      const cast = await run(pool(), `select $1::int`, ['secret']).catch((error) => error);
      expect(cast.code).toBe('22P02');
      expect(inspect(cast)).not.toContain('secret');
    });

    it('keep the newest feedback of each person, on the answer that stands', async () => {
      const { answers } = portsOver(pool());
      const by = userIdSchema.parse('officer-1');
      const ids = [0, 1].map(() => answerIdSchema.parse(randomUUID()));
      const at = '2026-11-20T10:00:00.000Z';
      const answer = { chat: 'c', at, kind: 'answer', passages: [], knowledgeVersion: '1' };
      for (const id of ids) {
        await answers.record({ ...answer, id, activityId: id });
        await answers.markSent(id, 'm1');
        if (id === ids[0]) await answers.supersede('c', id);
      }
      const feedback = { messageId: 'm1', chat: 'c', by, at, reaction: 'like' } as const;
      await answers.giveFeedback({ ...feedback, comment: 'first' });
      await answers.giveFeedback({ ...feedback, comment: 'second' });
      const { rows } = await run(pool(), 'select answer_id, comment from feedback');
      expect(rows).toEqual([{ answer_id: ids[1], comment: expect.stringMatching(/^sealed:1:/) }]);
      const place = { table: 'feedback', column: 'comment', row: `${ids[1]}/${by}` };
      expect(pool().sealing.open(rows[0]?.comment, place)).toBe('second');
    });
  });
});

describe.each(drivers)('connections to $name', (driver) => {
  describe.skipIf(driver.isMissing)('of one pool', () => {
    const pool = usePool(driver);

    it('survive hundreds of failed statements, one by one and at once', async () => {
      const fail = () => run(pool(), 'select nothing').catch((error) => error.code);
      for (let count = 0; count < 100; count += 1) expect(await fail()).toBe('42703');
      const codes = await Promise.all(Array.from({ length: 200 }, fail));
      expect(new Set(codes)).toEqual(new Set(['42703']));
      expect((await run(pool(), 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    });

    it('undo a transaction that throws', async () => {
      const id = randomUUID();
      const failing = inTransaction(pool(), async (client) => {
        await client.query('insert into cases values ($1, $2)', [id, id]);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect((await run(pool(), 'select 1 from cases where id = $1', [id])).rows).toEqual([]);
    });

    it('acknowledge no transaction in which a swallowed failure undid everything', async () => {
      const swallowing = inTransaction(pool(), async (client) => {
        await client.query('select nothing').catch(() => undefined);
      });
      await expect(swallowing).rejects.toThrow('rolled back');
      expect((await run(pool(), 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    });

    it('are waited for five seconds and no longer', async () => {
      let free = () => {};
      const held = new Promise<void>((resolve) => {
        free = resolve;
      });
      const holders = Array.from({ length: 10 }, () =>
        withClient(pool(), () => held).catch(() => 0),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      const begunAt = performance.now();
      await expect(run(pool(), 'select 1')).rejects.toThrow('connecting to the store');
      expect(performance.now() - begunAt).toBeLessThan(6_000);
      free();
      await Promise.all(holders);
      expect((await run(pool(), 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    });

    it.runIf(isOnServer(driver))(
      'carry limits on statements, locks and idle transactions',
      async () => {
        const { rows } = await run(
          pool(),
          `select name, setting from pg_settings where name in
         ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') order by name`,
        );
        expect(rows.map((row) => row.setting)).toEqual(['15000', '5000', '10000']);
      },
    );

    it.runIf(isOnServer(driver))('are replaced when the server ends them', async () => {
      const end = 'select pg_terminate_backend(pg_backend_pid())';
      const inside = inTransaction(pool(), (client) => client.query(end));
      await expect(inside).rejects.toThrow();
      expect((await run(pool(), 'select 1 as one')).rows).toEqual([{ one: 1 }]);
      await expect(run(pool(), end)).rejects.toThrow();
      expect((await run(pool(), 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    });
  });
});
