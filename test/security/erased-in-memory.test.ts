import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { caseIdSchema, screeningIdSchema, userIdSchema } from '../../src/core/ids.js';
import { makeDatabase, makePorts, type StorePorts, withKeys } from '../contracts/stores.js';

/** A case that is deleted while a server runs, by the command or at another instance: what the server still knows. */
describe.skipIf(!process.env.TEST_DATABASE_URL)('a case deleted elsewhere', () => {
  let place: Awaited<ReturnType<typeof makeDatabase>>;
  let pool: StorePool;
  let server: StorePorts;
  beforeAll(async () => {
    place = await makeDatabase();
    const opened = await place.open();
    await migrate(opened);
    pool = await withKeys(opened);
    server = makePorts(pool);
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await pool.end();
    await place.remove();
  });

  it('is no longer what a chat shows', async () => {
    const officer = userIdSchema.parse('officer-1');
    const id = screeningIdSchema.parse(randomUUID());
    const caseId = caseIdSchema.parse(randomUUID());
    const at = '2026-11-20T10:00:00.000Z';
    await server.screenings.start({
      ...{ id, caseId, caseRef: 'SP-1234-5678', script: 'closing', version: 1 },
      ...{ startedBy: officer, startedAt: at, activityId: 'a1' },
    });
    await server.screenings.recall(id);
    const chat = { key: 'msteams/a:1', screening: id, seen: 0, cardMessage: 'm1' };
    // Once it listens it remembers.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.chats.put(chat);
    await vi.waitUntil(async () => {
      const { rowCount } = await withClient(pool, (client) => client.query('select from chats'));
      return rowCount === 1;
    });
    expect(await server.chats.find(chat.key)).toEqual(chat);
    const { rows } = await withClient(pool, (client) =>
      client.query(
        `select erase_case($1, now(), 'curator', 'period-over', null, now(), false) as done`,
        [caseId],
      ),
    );
    expect(rows[0]?.done).toHaveProperty('erased');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const shown = await server.chats.find(chat.key);
    expect([shown, shown && (await server.screenings.recall(shown.screening))]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
