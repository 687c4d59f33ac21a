import { z } from 'zod';
import { userIdSchema } from '../../core/ids.js';
import type { SwitchName, SwitchStore, SwitchTurn } from '../../flows/ports.js';
import { appendAudit } from './audit.js';
import { parseRow } from './parse-row.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';

const row = z
  .object({ turned_at: z.date(), turned_by: userIdSchema, is_on: z.boolean(), why: z.string() })
  .transform(
    ({ turned_at, turned_by, is_on, why }): SwitchTurn => ({
      ...{ at: turned_at.toISOString(), by: turned_by, isOn: is_on, why },
    }),
  );

/** A switch kept in PostgreSQL or the embedded store; every turn is audited in its own transaction. */
export function makeSwitch(pool: StorePool, name: SwitchName): SwitchStore {
  const newest = () => withClient(pool, (client) => findNewest(client, name));
  return {
    newest,
    // Read each time: what is kept here would not know what was done at another instance.
    isOn: async () => (await newest())?.isOn ?? true,
    turn: (to) => inTransaction(pool, (client) => turn(client, name, to)),
  };
}

async function findNewest(client: Connection, name: SwitchName): Promise<SwitchTurn | undefined> {
  // Without parameters: where an older version has left no such table, the embedded store would never close after them.
  const { rows } = await client.query<{ seq: string; name: string }>(
    'select distinct on (name) seq, name, turned_at, turned_by, is_on, why from switches order by name, seq desc',
  );
  const newest = rows.find((one) => one.name === name);
  return newest && parseRow(row, newest, 'switches', newest.seq);
}

async function turn(client: Connection, name: SwitchName, to: SwitchTurn): Promise<void> {
  const { at, by, isOn, why } = to;
  // One after the other, so that the audit tells of them in the order in which they took effect.
  await client.query("select pg_advisory_xact_lock(hashtext('switches'))");
  await client.query(
    'insert into switches (name, turned_at, turned_by, is_on, why) values ($1, $2, $3, $4, $5)',
    [name, at, by, isOn, why],
  );
  const isModel = name === 'model';
  await appendAudit(client, {
    ...{ at, by, caseId: null, detail: { isOn, why } },
    what: isModel ? 'model-switched' : 'assistant-switched',
  });
}
