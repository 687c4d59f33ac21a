import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { openPool, type StorePool } from '../adapters/postgres/pool.js';
import { takeStoreLock } from '../adapters/store-lock.js';
import type { Config } from '../config.js';

export type Opened = { readonly pool: StorePool; readonly close: () => Promise<void> };

/**
 * The store as it is, neither made nor brought up to date; a sentence saying why it cannot be looked at. `owner` works
 * as whoever may change the schema. Nobody waits for a command: its statements take as long as they take. What is done
 * through it stands in the audit as done by a command, with the account of this machine.
 */
export async function openStore(
  store: Config['store'],
  as: 'server' | 'owner' = 'server',
): Promise<Opened | string> {
  if (store.kind === 'postgres') {
    const url = as === 'owner' ? store.migrateUrl : store.url;
    const pool = openPool(url, 2, { force: store.force, unlimited: true, via: via() });
    return { pool, close: pool.end };
  }
  if (!existsSync(path.join(store.directory, 'cluster', 'PG_VERSION')))
    return `There is no store in ${store.directory}.`;
  const lock = await takeStoreLock(store.directory);
  if (lock.kind === 'taken')
    return `Another process has the store in ${store.directory} open: stop it first.`;
  const { openEmbedded } = await import('../adapters/postgres/embedded.js');
  const pool = await openEmbedded(store.directory, undefined, store.force, via());
  return {
    pool,
    close: async () => {
      await pool.end();
      await lock.release();
    },
  };
}

/** As in `command:alice`; the account is left out where it has no name, or one that is more than a name. */
function via(): string {
  try {
    const { username } = userInfo();
    return /^[A-Za-z0-9._@-]{1,64}$/.test(username) ? `command:${username}` : 'command';
  } catch {
    // A container may run as a number that has no name.
    return 'command';
  }
}
