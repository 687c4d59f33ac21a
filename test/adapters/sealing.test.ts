import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MasterKey } from '../../src/adapters/keys/master-key.js';
import { rewrapDataKeys, rotateDataKey } from '../../src/adapters/postgres/data-keys.js';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { makePeople } from '../../src/adapters/postgres/people.js';
import { type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { countSealed, reseal } from '../../src/adapters/postgres/reseal.js';
import { makeScreenings } from '../../src/adapters/postgres/screenings.js';
import { sealedColumns } from '../../src/adapters/postgres/sealed-columns.js';
import { closedSealing, openSealing } from '../../src/adapters/postgres/sealing.js';
import {
  caseIdSchema,
  questionIdSchema,
  type ScreeningId,
  screeningIdSchema,
  userIdSchema,
} from '../../src/core/ids.js';
import type { Act } from '../../src/core/screening.js';
import {
  drivers,
  makePorts,
  type Place,
  type StorePorts,
  testMaster,
  withKeys,
} from '../contracts/stores.js';

const officer = userIdSchema.parse('officer-1');
const at = '2026-11-20T10:00:00.000Z';
const marked = 'Marked words: he waits at Number 12';
const run = (pool: StorePool, text: string, values: readonly unknown[] = []) =>
  withClient(pool, (client) => client.query(text, [...values]));

async function begin({ screenings }: StorePorts): Promise<ScreeningId> {
  const id = screeningIdSchema.parse(randomUUID());
  const caseId = caseIdSchema.parse(randomUUID());
  await screenings.start({
    ...{ id, caseId, caseRef: `SP-${id.slice(0, 8)}`, script: 'first-contact', version: 1 },
    ...{ startedBy: officer, startedAt: at, activityId: id },
  });
  return id;
}

function save({ screenings }: StorePorts, id: ScreeningId, act: Act) {
  return screenings.change(id, ({ events }) => ({
    save: {
      seq: events.length + 1,
      at,
      by: officer,
      client: 'card',
      activityId: randomUUID(),
      act,
    },
    result: undefined,
  }));
}

const reply = (text: string): Act => ({
  kind: 'reply',
  question: questionIdSchema.parse('FC01'),
  value: { kind: 'text', text },
});

/** What is read anew, by somebody who remembers nothing. */
const actsOf = async (pool: StorePool, id: ScreeningId) =>
  (await makeScreenings(pool).find(id))?.events.map(({ act }) => act);

describe.each(drivers)('words in $name', (driver) => {
  describe.skipIf(driver.isMissing)('of a store of its own', () => {
    let place: Place;
    let opened: StorePool;
    let pool: StorePool;
    let ports: StorePorts;
    beforeAll(async () => {
      place = await driver.makePlace();
      opened = await place.open();
      await migrate(opened);
      pool = await withKeys(opened);
      ports = makePorts(pool);
    }, 60_000);
    afterAll(async () => {
      await ports.close();
      await pool.end();
      await place.remove();
    });

    it('are in columns that exist, each with a primary key or unique row to name it by', async () => {
      for (const { table, column, row } of sealedColumns) {
        const { rows } = await run(
          pool,
          `select column_name from information_schema.columns
           where table_name = $1 and column_name = any($2)`,
          [table, [column, ...row.map(([name]) => name)]],
        );
        expect(rows, `${table}.${column}`).toHaveLength(row.length + 1);
      }
    });

    it('of an act are encrypted; its kind and question stay for the checks of the store', async () => {
      const id = await begin(ports);
      await save(ports, id, reply(marked));
      const { rows } = await run(
        pool,
        'select act, salt, digest from screening_events where screening_id = $1',
        [id],
      );
      expect(rows).toEqual([
        {
          act: { kind: 'reply', question: 'FC01', sealed: expect.stringMatching(/^sealed:1:/) },
          salt: null,
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ]);
      expect(await actsOf(pool, id)).toEqual([reply(marked)]);
    });

    it('cannot be moved to another row, nor what stands beside them be changed', async () => {
      const [from, to] = [await begin(ports), await begin(ports)];
      await save(ports, from, reply(marked));
      await save(ports, to, reply('Other words'));
      const alter = async (statement: string) => {
        for (const change of ['disable', 'enable'] as const) {
          await run(pool, `alter table screening_events ${change} trigger user`);
          if (change === 'disable') await run(pool, statement);
        }
      };
      await alter(`update screening_events set act =
        (select act from screening_events where screening_id = '${from}') where screening_id = '${to}'`);
      await expect(actsOf(pool, to)).rejects.toThrow('altered, moved');
      await alter(
        `update screening_events set act = act || '{"question": "FC02"}' where screening_id = '${from}'`,
      );
      await expect(actsOf(pool, from)).rejects.toThrow('its act was altered');
      // Back, so that what is encrypted anew below meets nothing that cannot be read.
      await alter('delete from screening_events');
    });

    it('are guarded against words in clear in every column that is encrypted', async () => {
      const { rows } = await run(
        pool,
        `select event_object_table as table, split_part(action_statement, '''', 2) as column,
           string_agg(event_manipulation, ' ' order by event_manipulation) as events
         from information_schema.triggers where action_statement like '%refuse_clear(%' group by 1, 2`,
      );
      const guards = rows.map(({ table, column, events }) => `${table}.${column} ${events}`);
      expect(guards.sort()).toEqual(
        sealedColumns.map(({ table, column }) => `${table}.${column} INSERT UPDATE`).sort(),
      );
    });

    it('cannot be planted in clear by whoever has the store’s password and none of its keys', async () => {
      const id = await begin(ports);
      await save(ports, id, reply(marked));
      await ports.people.remember(officer, 'PC Example');
      const task = `insert into curator_tasks (kind, key, question, earlier, comments, answer_kind, shown,
        knowledge_version, first_at, last_at) values ('not-covered', 'k', 'sealed:1:AAAA'`;
      for (const statement of [
        `insert into screening_events (screening_id, seq, acted_at, acted_by, client, activity_id, act)
         values ('${id}', 2, now(), 'officer-1', 'card', 'x', '{"kind": "pause"}')`,
        `update people set name = 'Somebody Else'`,
        `insert into people (id, name) values ('officer-9', 'Somebody Else')`,
        `${task}, '{Planted}', '{}', 'answered', '{}', 'k1', now(), now())`,
        `${task}, '{}', '{sealed:1:AAAA,Planted}', 'answered', '{}', 'k1', now(), now())`,
      ])
        await expect(run(pool, statement), statement).rejects.toThrow('words in clear refused');
      expect(await actsOf(pool, id)).toEqual([reply(marked)]);
      const names = await makePeople(pool).namesOf([officer]);
      expect(names).toEqual(new Map([[officer, 'PC Example']]));
    });

    it('are neither written nor read without the keys', async () => {
      const id = await begin(ports);
      await save(ports, id, reply(marked));
      await expect(actsOf(opened, id)).rejects.toThrow('keys were not opened');
      const locked = makePorts(opened);
      await expect(save(locked, id, reply('more'))).rejects.toThrow('keys were not opened');
      await locked.close();
      expect(closedSealing.open('in clear', { table: 't', column: 'c', row: 'r' })).toBe(
        'in clear',
      );
    });

    it('stay as they are when nothing but the keys changes, and are append-only otherwise', async () => {
      const id = await begin(ports);
      await save(ports, id, reply(marked));
      for (const change of [`acted_by = 'x'`, `digest = repeat('0', 64)`, 'seq = 7'])
        await expect(
          withClient(pool, async (client) => {
            await client.query('begin');
            try {
              await client.query(`set local signpost.resealing = 'on'`);
              await client.query(
                `update screening_events set ${change} where screening_id = '${id}'`,
              );
            } finally {
              await client.query('rollback');
            }
          }),
        ).rejects.toThrow('append-only');
    });

    it('are written with a new key once it is used, read with both, and encrypted anew in batches', async () => {
      const id = await begin(ports);
      for (let count = 1; count <= 450; count += 1)
        await save(ports, id, reply(`${marked} ${count}`));
      await ports.people.remember(officer, 'PC Siân Example');
      const digests = () =>
        run(pool, 'select seq, digest from screening_events where screening_id = $1 order by seq', [
          id,
        ]);
      const before = (await digests()).rows;
      const rotated = await rotateDataKey(pool, testMaster);
      expect(rotated.number).toBe(2);
      if (pool.kind === 'postgres') {
        expect(rotated.usedFrom.getTime()).toBeGreaterThan(Date.now() + 200_000);
        await run(pool, `update data_keys set used_from = now() where number = 2`);
      }
      const renewed = makePorts(await withKeys(opened));
      const newer = await withKeys(opened);
      expect(newer.sealing.newest()).toBe(2);
      await save(renewed, id, reply('with the new key'));
      const keysOf = async () =>
        (await countSealed(newer)).filter(({ table }) => table === 'screening_events');
      expect((await keysOf()).map(({ key }) => key)).toEqual([1, 2]);
      // Stopped in the middle, as by Ctrl+C, and run again.
      const batches: number[] = [];
      const stopped = reseal(newer, ({ rows }) => {
        batches.push(rows);
        throw new Error('stopped');
      });
      await expect(stopped).rejects.toThrow('stopped');
      expect(batches).toEqual([200]);
      const done = await reseal(newer, () => undefined);
      expect(done.find(({ table }) => table === 'people')?.rows).toBe(1);
      expect((await keysOf()).map(({ key }) => key)).toEqual([2]);
      expect((await reseal(newer, () => undefined)).every(({ rows }) => rows === 0)).toBe(true);
      // What the audit holds stays true.
      expect((await digests()).rows.slice(0, 450)).toEqual(before);
      expect((await actsOf(newer, id))?.length).toBe(451);
      expect((await renewed.audit.verify()).kind).toBe('whole');
      await renewed.close();
    }, 60_000);

    it('need only their keys wrapped anew when the master key changes', async () => {
      const id = await begin(ports);
      await save(ports, id, reply(marked));
      const next: MasterKey = {
        wrap: async (key) => ({
          by: 'next',
          wrapped: Buffer.from(key).reverse().toString('base64'),
        }),
        unwrap: async ({ by, wrapped }) =>
          by === 'next'
            ? Buffer.from(wrapped, 'base64').reverse()
            : testMaster.unwrap({ by, wrapped }),
      };
      expect(await rewrapDataKeys(pool, next)).toBe(2);
      const { rows } = await run(pool, 'select distinct wrapped_by from data_keys');
      expect(rows).toEqual([{ wrapped_by: 'next' }]);
      expect(await actsOf(await openSealing(opened, async () => next), id)).toEqual([
        reply(marked),
      ]);
      await rewrapDataKeys(pool, { ...next, wrap: testMaster.wrap });
    });
  });
});
