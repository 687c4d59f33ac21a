import { openMaster } from '../src/adapters/keys/open-master.js';
import { migrate } from '../src/adapters/postgres/migrate.js';
import { openPool, type StorePool } from '../src/adapters/postgres/pool.js';
import { openSealing } from '../src/adapters/postgres/sealing.js';
import { readConfig } from '../src/config.js';

/** The store of the servers that are measured, migrated, with their keys: those of local mode in this folder. */
export async function openMeasuredStore(url: string): Promise<StorePool> {
  const pool = openPool(url);
  await migrate(pool);
  return openSealing(pool, () => openMaster(readConfig({}).keys));
}
