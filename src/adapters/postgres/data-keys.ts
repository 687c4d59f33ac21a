import type { MasterKey } from '../keys/master-key.js';
import { inTransaction, type StorePool, withClient } from './pool.js';
import { addDataKey, listKeys, usedAfterSeconds } from './sealing.js';

/** A new data key beside those there are. Gives its number and when new words are encrypted with it. */
export function rotateDataKey(
  pool: StorePool,
  master: MasterKey,
): Promise<{ readonly number: number; readonly usedFrom: Date }> {
  return inTransaction(pool, async (client) => {
    const number = Math.max(0, ...(await listKeys(client)).map((key) => key.number)) + 1;
    // The embedded store has one process, and that is this one.
    const isAlone = pool.kind === 'embedded' || number === 1;
    await addDataKey(client, master, number, isAlone ? 0 : usedAfterSeconds);
    const made = (await listKeys(client)).find((key) => key.number === number);
    return { number, usedFrom: made?.used_from ?? new Date(0) };
  });
}

/**
 * Wraps every data key with the newest master key; nothing else in the store changes. How many those were. `from`: the
 * one that wraps them now, where that is another.
 */
export function rewrapDataKeys(
  pool: StorePool,
  master: MasterKey,
  from: MasterKey = master,
): Promise<number> {
  return inTransaction(pool, async (client) => {
    // Of two at once the second sees what the first did: it must not put another master key over it.
    await client.query('select 1 from data_keys where force = current_force() for update');
    const keys = await listKeys(client);
    for (const { number, by, wrapped } of keys) {
      const anew = await master.wrap(await from.unwrap({ by, wrapped }));
      await client.query(
        `update data_keys set wrapped = $2, wrapped_by = $3
         where force = current_force() and number = $1`,
        [number, anew.wrapped, anew.by],
      );
    }
    return keys.length;
  });
}

/** Throws as `unwrap` does where a master key cannot open every data key of the store. */
export async function tryMaster(pool: StorePool, master: MasterKey): Promise<void> {
  for (const key of await withClient(pool, listKeys)) await master.unwrap(key);
}
