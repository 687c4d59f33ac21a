import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addKey } from '../../../src/adapters/keys/key-file.js';
import { openMaster } from '../../../src/adapters/keys/open-master.js';
import { rewrapDataKeys } from '../../../src/adapters/postgres/data-keys.js';
import { migrate } from '../../../src/adapters/postgres/migrate.js';
import { type StorePool, withClient } from '../../../src/adapters/postgres/pool.js';
import { addDataKey, openSealing } from '../../../src/adapters/postgres/sealing.js';
import { makeFolder } from '../../contracts/stores.js';

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

  /** As `npm run keys -- rewrap --new` and `rotate` do it, and the words of an instance started after that. */
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
