import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { addKey } from '../../src/adapters/keys/key-file.js';
import { openMaster } from '../../src/adapters/keys/open-master.js';
import { rewrapDataKeys } from '../../src/adapters/postgres/data-keys.js';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { addDataKey, openSealing } from '../../src/adapters/postgres/sealing.js';
import { makeFolder } from '../contracts/stores.js';

/** “Nothing stops while keys change” (docs/keys.md): an instance that runs on while the master key is changed. */

let store: Awaited<ReturnType<typeof makeFolder>>;
let folder: string;
let pool: StorePool;

beforeAll(async () => {
  store = await makeFolder();
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-test-'));
  pool = await store.open();
  await migrate(pool);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await store.remove();
  await rm(folder, { recursive: true, force: true });
});

it('reads what is encrypted with a data key that the new master key wraps', async () => {
  const file = path.join(folder, 'master-keys');
  const open = () => openMaster({ kind: 'file', file, isMade: true });
  const running = await openSealing(pool, open);
  // npm run keys -- rewrap --new, then rotate; the next instance starts.
  await addKey(file);
  await rewrapDataKeys(pool, await open());
  await withClient(pool, async (client) => addDataKey(client, await open(), 2, 0));
  const started = await openSealing(pool, open);
  const place = { table: 'people', column: 'name', row: 'sam' };
  const sealed = started.sealing.seal('Sam Okafor', place);
  expect(sealed).toMatch(/^sealed:2:/);
  const read = () => {
    try {
      return running.sealing.open(sealed, place);
    } catch {
      return 'not read';
    }
  };
  await vi.waitUntil(() => read() !== 'not read', { timeout: 3_000, interval: 50 }).catch(() => {});
  expect([read(), running.sealing.newest()]).toEqual(['Sam Okafor', 2]);
});
