import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addKey } from '../../../src/adapters/keys/key-file.js';
import type { MasterKey } from '../../../src/adapters/keys/master-key.js';
import { openMaster } from '../../../src/adapters/keys/open-master.js';
import { rewrapDataKeys } from '../../../src/adapters/postgres/data-keys.js';
import { migrate } from '../../../src/adapters/postgres/migrate.js';
import { type StorePool, withClient } from '../../../src/adapters/postgres/pool.js';
import { addDataKey, listKeys, openSealing } from '../../../src/adapters/postgres/sealing.js';
import { makeDatabase, makeFolder } from '../../contracts/stores.js';

/** “Nothing stops while keys change” (docs/keys.md). */
describe('an instance that runs on while the master key is changed', () => {
  const place = { table: 'people', column: 'name', row: 'sam' };
  let store: Awaited<ReturnType<typeof makeFolder>>;
  let folder: string;
  let file: string;
  let pool: StorePool;
  const open = () => openMaster({ kind: 'file', file, isMade: true });

  beforeEach(async () => {
    store = await makeFolder();
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-test-'));
    file = path.join(folder, 'master-keys');
    pool = await store.open();
    await migrate(pool);
  }, 60_000);
  afterEach(async () => {
    await pool.end();
    await store.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** As `npm run keys -- add`, `rewrap` and `rotate` do it, and the words of an instance started after that. */
  async function changeKeys(): Promise<string> {
    await addKey(file);
    await rewrapDataKeys(pool, await open());
    await withClient(pool, async (client) => addDataKey(client, await open(), 2, 0));
    const sealed = (await openSealing(pool, open)).sealing.seal('Sam Okafor', place);
    expect(sealed).toMatch(/^sealed:2:/);
    return sealed;
  }

  it('reads what is encrypted with a data key that the new one wraps, and encrypts with it', async () => {
    const running = await openSealing(pool, open);
    const sealed = await changeKeys();
    expect(() => running.sealing.open(sealed, place)).toThrow('data key 2 is not known here');
    await vi.waitUntil(() => running.sealing.newest() === 2);
    expect(running.sealing.open(sealed, place)).toBe('Sam Okafor');
    expect(running.sealing.seal('Sam', place)).toMatch(/^sealed:2:/);
  });

  it('leaves out a key that is none, says so, and reads and writes with the others', async () => {
    const words = (await openSealing(pool, open)).sealing.seal('Sam Okafor', place);
    const { by } = await (await open()).wrap(Buffer.alloc(32));
    await withClient(pool, (client) =>
      client.query(
        `insert into data_keys (number, wrapped, wrapped_by) values (2, repeat('A', 120), $1)`,
        [by],
      ),
    );
    const heard: unknown[] = [];
    const started = await openSealing(pool, open, 'full', (error) => heard.push(error));
    expect(heard).toEqual([
      expect.objectContaining({ message: expect.stringContaining('data key 2') }),
    ]);
    expect(started.sealing.newest()).toBe(1);
    expect(started.sealing.open(words, place)).toBe('Sam Okafor');
    expect(started.sealing.open(started.sealing.seal('Jo', place), place)).toBe('Jo');
    expect(() => started.sealing.open('sealed:2:AAAA', place)).toThrow(
      'data key 2 is not known here',
    );
    // Found again later, by one that runs.
    await vi.waitUntil(() => heard.length > 1);
  });

  it('is refused at its start where a master key is missing that some of the words need', async () => {
    await openSealing(pool, open);
    await addKey(file);
    await withClient(pool, async (client) => addDataKey(client, await open(), 2, 0));
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    await writeFile(file, `${lines.at(-1)}\n`);
    await expect(openSealing(pool, open)).rejects.toThrow('which the store’s words need');
  });

  it('says why it cannot, and goes on with the keys it has', async () => {
    const heard: unknown[] = [];
    const running = await openSealing(pool, open, 'full', (error) => heard.push(error));
    const sealed = await changeKeys();
    await writeFile(file, 'cut off');
    expect(() => running.sealing.open(sealed, place)).toThrow('data key 2 is not known here');
    await vi.waitUntil(() => heard.length > 0);
    expect(heard).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('is not a key file of Signpost'),
      }),
    ]);
    expect(running.sealing.seal('Sam', place)).toMatch(/^sealed:1:/);
  });
});

describe.skipIf(!process.env.TEST_DATABASE_URL)('two who wrap the data keys at once', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  let pool: StorePool;
  beforeEach(async () => {
    database = await makeDatabase();
    pool = await database.open();
    await migrate(pool);
  }, 60_000);
  afterEach(async () => {
    await pool.end();
    await database.remove();
  });

  /** A master key as in a file of `mine` and of what wraps now. */
  const aMaster = (
    mine: string,
    before: () => Promise<void> = async () => undefined,
  ): MasterKey => ({
    wrap: async (dataKey) => {
      await before();
      return { by: mine, wrapped: dataKey.toString('base64') };
    },
    unwrap: async ({ by, wrapped }) => {
      if (!['test', mine].includes(by)) throw new Error(`no ${by} here`);
      return Buffer.from(wrapped, 'base64');
    },
  });

  it('with files that differ: the second is refused, and the key of the first stays', async () => {
    await openSealing(pool, async () => aMaster('test'));
    let second: Promise<number | string> | undefined;
    const isWaiting = async () => {
      const { rows } = await withClient(pool, (client) =>
        client.query<{ count: number }>(
          `select count(*)::integer as count from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        ),
      );
      return (rows[0]?.count ?? 0) > 0;
    };
    // The second begins while the first is about to write, and waits for it.
    const first = aMaster('one', async () => {
      second ??= rewrapDataKeys(pool, aMaster('two')).catch((error) => error.message);
      await vi.waitUntil(isWaiting, { timeout: 5_000, interval: 10 });
    });
    expect(await rewrapDataKeys(pool, first)).toBe(1);
    expect(await second).toBe('no one here');
    const keys = await withClient(pool, listKeys);
    expect(keys.map(({ by }) => by)).toEqual(['one']);
  });
});
