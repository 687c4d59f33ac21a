import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import { ownFault } from '../log.js';
import {
  hearErrors,
  longestWaitMs,
  makeRemovals,
  onlyForce,
  type StorePool,
  withClient,
} from './pool.js';
import { closedSealing } from './sealing.js';
import { unpackTemplate } from './unpack-template.js';

/**
 * PGlite replaces the configuration file by these lines at every start. Buffers of 16 MB rather than 128
 * save 120 MB of memory; a store of this size fits in them. The limits on the log of changes (WAL) save disk.
 */
const configuration = [
  'shared_buffers = 16MB',
  'min_wal_size = 32MB',
  'max_wal_size = 64MB',
  "timezone = 'UTC'",
  "datestyle = 'ISO, MDY'",
];

/**
 * PGlite has no checkpointer, so its log of changes grows until it is closed, and is read again after a
 * crash. Once in ten minutes keeps both short; a checkpoint takes some ms.
 */
const checkpointEveryMs = 10 * 60_000;

/**
 * Opens the store embedded in this process, in `dataDir/cluster`, and makes it on the first start: from the
 * template if there is such a file (half a second), else from nothing (3 s, 750 MB). Take the store lock
 * before: two processes on one folder lose rows. Survives the end of the process at any moment; not a loss
 * of power, since PGlite never waits for the disk. `via` as in `openPool`.
 */
export async function openEmbedded(
  dataDir: string,
  template?: string,
  force = onlyForce,
  via = '',
): Promise<StorePool> {
  const cluster = path.join(dataDir, 'cluster');
  await ensureCluster(dataDir, cluster, template);
  const lite = await startLite(cluster);
  await lite.query(
    `select set_config('signpost.force', $1, false), set_config('signpost.via', $2, false)`,
    [force, via],
  );
  const pool = new pg.Pool({
    ...createPgConfig(lite),
    max: 1,
    connectionTimeoutMillis: longestWaitMs,
    // The one connection stays: taking it away breaks the next.
    idleTimeoutMillis: 0,
  });
  hearErrors(pool);
  const embedded: StorePool = {
    kind: 'embedded',
    force,
    sealing: closedSealing,
    connect: () => pool.connect(),
    // Nobody holds a connection here: there is one, and it is shared.
    onEnd: () => undefined,
    ...makeRemovals(),
    end: async () => {
      clearInterval(timer);
      await pool.end();
      await lite.close();
    },
  };
  const timer = setInterval(() => checkpoint(embedded), checkpointEveryMs).unref();
  return embedded;
}

/**
 * A new cluster grows under another name and is renamed when complete, so what has that other name never
 * held data and may be removed, and what has the right name is never removed.
 */
async function ensureCluster(dataDir: string, cluster: string, template?: string): Promise<void> {
  const making = `${cluster}.making`;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await rm(making, { recursive: true, force: true });
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return;
  if (existsSync(cluster)) throw ownFault(`opening ${cluster}: this is not a store of Signpost`);
  // PGlite writes files that anybody may read: the folder must keep people out.
  await mkdir(making, { mode: 0o700 });
  if (template && existsSync(template)) await unpackTemplate(template, making);
  else await (await startLite(making)).close();
  await rename(making, cluster);
  await syncFolder(dataDir);
}

/** The store in a folder, without connections: for whoever holds the store lock. */
export async function startLite(folder: string): Promise<PGlite> {
  // PostgreSQL's own lock file outlives a killed process, and one cut off while writing it leaves it empty, which
  // PostgreSQL takes for another server starting and refuses. Ours is the store lock, which was taken before.
  await rm(path.join(folder, 'postmaster.pid'), { force: true });
  const lite = new PGlite({ dataDir: folder, postgresqlconf: configuration });
  await lite.waitReady;
  return lite;
}

/** Makes the new name last. Windows has no such call for folders, and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** Missing one costs nothing but a longer start, so a busy or failing store is left to its callers. */
async function checkpoint(pool: StorePool): Promise<void> {
  await withClient(pool, (client) => client.query('checkpoint')).catch(() => undefined);
}
