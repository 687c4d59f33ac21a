import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { ownFault } from '../log.js';
import { packageRoot } from '../package-root.js';
import { type Connection, type StorePool, withClient } from './pool.js';

/** The `.sql` files beside this one's source: read there by the sources and by the build alike. */
export const migrationsFolder = path.join(packageRoot(), 'src/adapters/postgres/migrations');

/** Written by node-pg-migrate: one row a migration, in the order they were run. */
const table = 'pgmigrations';

/** Of our own choice, the same in every instance; any number that nothing else here locks. */
const lockNumber = 7_418_220_553;

/** Another instance may be migrating; its migrations take well under a second each. */
const longestLockWaitMs = 60_000;

export type Migrated =
  | { readonly kind: 'up-to-date' }
  | { readonly kind: 'migrated'; readonly names: readonly string[] };

/**
 * Brings the store to this version of the code. Safe when several instances start together. Throws, and
 * changes nothing, when the store is newer than the code. When nothing is to do, node-pg-migrate, slow
 * to load, is left alone.
 */
export async function migrate(pool: StorePool, folder = migrationsFolder): Promise<Migrated> {
  const known = await listMigrations(folder);
  return withClient(pool, async (client) => {
    if (!isBehind(await listRun(client), known)) return { kind: 'up-to-date' };
    await takeLock(client);
    try {
      // Somebody else may have done it while we waited.
      if (!isBehind(await listRun(client), known)) return { kind: 'up-to-date' };
      return { kind: 'migrated', names: await run(client, folder) };
    } finally {
      // Should this fail, the connection is gone, and the lock with it.
      await client.query('select pg_advisory_unlock($1)', [lockNumber]).catch(() => undefined);
    }
  });
}

/** Names of the migrations in a folder, in order. They begin with a number of four digits. */
export async function listMigrations(folder = migrationsFolder): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql'));
  if (files.length === 0) throw ownFault(`migrating: no .sql files in ${folder}`);
  return files.map((file) => file.slice(0, -'.sql'.length)).sort();
}

/** Names of the migrations that were run, in their order; none where the store is new. */
export async function listRun(client: Connection): Promise<readonly string[]> {
  const exists = await client.query('select 1 where to_regclass($1) is not null', [table]);
  if (exists.rowCount === 0) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${table} order by id`);
  return rows.map((row) => row.name);
}

/** True when known migrations are yet to be run. */
function isBehind(run: readonly string[], known: readonly string[]): boolean {
  const foreign = run.find((name) => !known.includes(name));
  if (foreign) {
    throw ownFault(
      `The store holds migration ${foreign}, which this version of Signpost does not know: a newer version has used it. Start that version, or restore a backup from before it.`,
    );
  }
  if (run.some((name, index) => name !== known[index])) {
    throw ownFault('The migrations of the store are not in the order of the files.');
  }
  return run.length < known.length;
}

/** Asks again and again rather than waiting in the server, where the statement limit would end it. */
async function takeLock(client: Connection): Promise<void> {
  const deadline = Date.now() + longestLockWaitMs;
  const ask = 'select pg_try_advisory_lock($1) as taken';
  while (!(await client.query<{ taken: boolean }>(ask, [lockNumber])).rows[0]?.taken) {
    if (Date.now() > deadline)
      throw ownFault('migrating: another instance has been at it too long');
    await pause(50);
  }
}

async function run(client: Connection, folder: string): Promise<readonly string[]> {
  const { runner } = await import('node-pg-migrate');
  const done = await runner({
    // It asks for a whole client and uses `query` alone.
    dbClient: client as PoolClient,
    dir: folder,
    direction: 'up',
    migrationsTable: table,
    // Ours is held: theirs gives up at once instead of waiting.
    noLock: true,
    singleTransaction: true,
    log: () => undefined,
  });
  return done.map((migration) => migration.name);
}
