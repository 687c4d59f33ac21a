import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { makeRetention } from '../../src/adapters/postgres/retention.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import { aCase, at, supervisor } from './review-setup.js';
import { drivers, portsOver, usePlace } from './stores.js';

/** A case that is deleted while a server runs, which remembers: on PostgreSQL by the command or another instance. */
describe.each(drivers)('a case deleted in $name', (driver) => {
  describe.skipIf(driver.isMissing)('while a server runs', () => {
    const place = usePlace(driver);
    const server = () => portsOver(place().pool);
    let elsewhere: StorePool;
    beforeAll(async () => {
      if (driver.name !== 'PostgreSQL') {
        elsewhere = place().pool;
        return;
      }
      elsewhere = await place().open();
      return () => elsewhere.end();
    });
    const count = async (statement: string, values: readonly unknown[] = []) =>
      (await withClient(place().pool, (client) => client.query(statement, [...values]))).rowCount;

    it('is no longer what a chat shows', async () => {
      const { caseId } = await aCase(server());
      const [begun] = await server().screenings.listCase(caseId);
      const screening = screeningIdSchema.parse(begun?.id);
      if (driver.name === 'PostgreSQL')
        // Only once it listens does it remember.
        await vi.waitUntil(() =>
          count(
            `select from pg_stat_activity where query like 'listen%' and datname = current_database()`,
          ),
        );
      const chat = { key: `msteams/a:${randomUUID()}`, screening, seen: 0, cardMessage: 'm1' };
      await server().chats.put(chat);
      await vi.waitUntil(() => count('select from chats where key = $1', [chat.key]));
      expect(await server().chats.find(chat.key)).toEqual(chat);
      expect((await server().screenings.recall(screening))?.id).toBe(screening);
      const why = { by: supervisor, at, why: 'erasure-request', record: null };
      const erased = await makeRetention(elsewhere).erase(caseId, why, new Date().toISOString());
      expect(erased).toMatchObject({ caseId });
      await vi
        .waitUntil(async () => !(await server().screenings.recall(screening)), { timeout: 3_000 })
        .catch(() => undefined);
      expect([
        await server().chats.find(chat.key),
        await server().screenings.recall(screening),
      ]).toEqual([undefined, undefined]);
    });

    it.runIf(driver.name === 'PostgreSQL')(
      'and every other change is announced without saying which chat it is of',
      async () => {
        const { caseId } = await aCase(server());
        const [begun] = await server().screenings.listCase(caseId);
        const screening = screeningIdSchema.parse(begun?.id);
        const heard: string[] = [];
        const client = await elsewhere.connect();
        client.on('notification', ({ payload = '' }) => heard.push(payload));
        await client.query(`listen "signpost_chats_${elsewhere.force}"`);
        await server().chats.put({
          ...{ key: 'msteams/a:the-chat', screening, seen: 0, cardMessage: undefined },
        });
        await vi.waitUntil(() => heard.length > 0);
        client.release(true);
        expect(heard).toEqual([expect.stringMatching(/^[0-9a-f-]{36} [0-9a-f]{64}$/)]);
      },
    );
  });
});
