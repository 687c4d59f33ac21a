import { onlyForce, type StorePool, withClient } from './pool.js';

/**
 * Why a pool cannot work for its force, in one sentence; undefined when it can. A role that the policies of the tables do
 * not hold (a superuser, or one with `bypassrls`) would see everybody's rows wherever a statement forgets whose it means;
 * the embedded store has only such a role, and so the rows of one force only.
 */
export async function findForceFault(pool: StorePool): Promise<string | undefined> {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ is_free: boolean; other: string | null }>(
      `select r.rolsuper or r.rolbypassrls as is_free,
         (select min(force) from data_keys where force <> $1) as other
       from pg_roles r where r.rolname = current_user`,
      [pool.force],
    ),
  );
  const { is_free: isFree = true, other = null } = rows[0] ?? {};
  if (pool.kind === 'embedded') {
    if (other === null) return undefined;
    return `The setting FORCE_ID cannot be ${pool.force}: the store is that of ${other}.`;
  }
  if (!isFree || (other === null && pool.force === onlyForce)) return undefined;
  return 'The setting DATABASE_URL cannot be used with several forces: its role sees the rows of all of them (docs/keys.md).';
}
