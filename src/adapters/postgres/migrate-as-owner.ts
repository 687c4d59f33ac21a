import { type Migrated, migrate } from './migrate.js';
import { openPool } from './pool.js';

/** A PostgreSQL store, as the owner of its tables. */
export type OwnedStore = {
  readonly migrateUrl: string;
  readonly force: string;
};

/**
 * Brings the store to this version of the code as the owner of its tables, over a connection of its own without limits
 * on time.
 */
export async function migrateAsOwner({ migrateUrl, force }: OwnedStore): Promise<Migrated> {
  const owner = openPool(migrateUrl, 1, { force, unlimited: true });
  return migrate(owner).finally(owner.end);
}
