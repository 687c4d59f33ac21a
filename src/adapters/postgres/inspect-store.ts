import type { HeldState, StoreState } from '../../core/self-check.js';
import { listMigrations, listRun } from './migrate.js';
import { type Connection, type StorePool, withClient } from './pool.js';
import { makeSwitch } from './switches.js';

/** What the store tells of itself, read and not changed; rejects where it cannot be read. */
export async function inspectStore(pool: StorePool): Promise<StoreState> {
  const known = await listMigrations();
  const run = await withClient(pool, listRun);
  const missing = known.filter((name) => !run.includes(name)).length;
  const isNewer = run.some((name) => !known.includes(name));
  const isOurs = missing === 0 && !isNewer;
  return {
    ...{ newestMigration: run.at(-1), missing, isNewer },
    held: isOurs ? await readHeld(pool) : undefined,
  };
}

async function readHeld(pool: StorePool): Promise<HeldState> {
  const isModelOn = await makeSwitch(pool, 'model').isOn();
  const isAssistantOn = await makeSwitch(pool, 'assistant').isOn();
  return { ...(await withClient(pool, readHead)), isModelOn, isAssistantOn };
}

type Head = {
  readonly seq: string | null;
  readonly hash: string;
  readonly recorded: string | null;
};

/** In one statement, so that an entry added meanwhile is in both or in neither. */
async function readHead(client: Connection): Promise<Pick<HeldState, 'head' | 'isHeadRecorded'>> {
  const { rows } = await client.query<Head>(
    `select newest.seq, newest.hash, ends.seq || ':' || ends.hash as recorded
     from (select 1) one
     left join (
       select seq, hash from audit where force = current_force() order by seq desc limit 1
     ) newest on true
     left join (select seq, hash from audit_head where force = current_force() and seq > 0) ends on true`,
  );
  const [{ seq = null, hash = '', recorded = null } = {}] = rows;
  return {
    head: seq === null ? undefined : { seq: Number(seq), hash },
    isHeadRecorded: recorded === (seq === null ? null : `${seq}:${hash}`),
  };
}
