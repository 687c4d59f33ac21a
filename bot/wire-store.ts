import { KeyFileFault } from '../src/adapters/keys/key-file.js';
import { openMaster } from '../src/adapters/keys/open-master.js';
import type { Log } from '../src/adapters/log.js';
import { findBuilt } from '../src/adapters/package-root.js';
import { findForceFault } from '../src/adapters/postgres/find-force-fault.js';
import { migrate } from '../src/adapters/postgres/migrate.js';
import { migrateAsOwner } from '../src/adapters/postgres/migrate-as-owner.js';
import { openPool, type StorePool } from '../src/adapters/postgres/pool.js';
import { openSealing } from '../src/adapters/postgres/sealing.js';
import { takeStoreLock } from '../src/adapters/store-lock.js';
import { type Config, ConfigFault } from '../src/config.js';

export type Store = {
  readonly pool: StorePool;
  /** For answering questions, which needs nothing of any case; the same where no other role is set. */
  readonly answersPool: StorePool;
  readonly close: () => Promise<void>;
};

type OpenKeys = (pool: StorePool) => Promise<StorePool>;

/** Half of what the rest has: its statements are short, and batched. */
const shareOfAnswers = 0.5;

/**
 * The store, migrated and with its keys open. ConfigFault where it is in use or its key file cannot be used. The log
 * says where a key that was added later could not be read.
 */
export async function openStore({ store, keys }: Config, log?: Log): Promise<Store> {
  const open = (pool: StorePool) => openKeys(pool, keys, log);
  if (store.kind === 'embedded') return openInProcess(store, open);
  const { url, answersUrl, force } = store;
  await bringUpToDate(store);
  const pool = openPool(url, store.pool, { force });
  const sealed = await open(pool);
  if (answersUrl === url) return { pool: sealed, answersPool: sealed, close: sealed.end };
  const connections = Math.max(2, Math.ceil(store.pool * shareOfAnswers));
  const answersPool = await open(openPool(answersUrl, connections, { force }));
  return {
    pool: sealed,
    answersPool,
    close: async () => {
      await Promise.all([answersPool.end(), sealed.end()]);
    },
  };
}

/**
 * Where the server's login owns the tables, or the owner's is set beside it, the start migrates; else somebody has done
 * it before (`npm run store -- migrate`), and a server that is ahead of its store does not start.
 */
async function bringUpToDate(store: Extract<Config['store'], { kind: 'postgres' }>): Promise<void> {
  if ((await migrateAsOwner(store)).kind !== 'not-allowed') return;
  const setting = store.migrateUrl === store.url ? 'DATABASE_URL' : 'MIGRATE_DATABASE_URL';
  throw new ConfigFault(
    `The store is older than this version of Signpost, and the login of ${setting} may not change its tables: run npm run store -- migrate as their owner first (docs/runbook.md).`,
  );
}

async function openInProcess(
  { directory, force }: Extract<Config['store'], { kind: 'embedded' }>,
  open: OpenKeys,
): Promise<Store> {
  const lock = await takeStoreLock(directory);
  if (lock.kind === 'taken') {
    throw new ConfigFault(
      `The setting DATA_DIR cannot be ${directory}: another process has the store there open.`,
    );
  }
  try {
    const pool = await openFolder(directory, force, open);
    return {
      pool,
      answersPool: pool,
      close: async () => {
        await pool.end();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openFolder(directory: string, force: string, open: OpenKeys): Promise<StorePool> {
  // Loaded only where it is used: it costs a server on PostgreSQL 40 MB.
  const { openEmbedded } = await import('../src/adapters/postgres/embedded.js');
  const opened = await openEmbedded(directory, findBuilt('store-template.tar.gz'), force);
  try {
    await migrate(opened);
    return await open(opened);
  } catch (error) {
    await opened.end();
    throw error;
  }
}

async function openKeys(
  pool: StorePool,
  keys: Config['keys'],
  log: Log | undefined,
): Promise<StorePool> {
  const fault = await findForceFault(pool);
  if (fault) throw new ConfigFault(fault);
  try {
    return await openSealing(
      pool,
      () => openMaster(keys),
      'full',
      (error) => log?.error('data-keys-not-read', {}, error),
    );
  } catch (error) {
    if (error instanceof KeyFileFault)
      throw new ConfigFault(`The setting KEY_FILE cannot be used: ${error.message}.`);
    throw error;
  }
}
