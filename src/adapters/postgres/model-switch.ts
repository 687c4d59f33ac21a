import { z } from 'zod';
import { userIdSchema } from '../../core/ids.js';
import type { SwitchStore, SwitchTurn } from '../../flows/ports.js';
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

/** The model's switch kept in PostgreSQL or the embedded store; every turn is audited in its own transaction. */
export function makeModelSwitch(pool: StorePool): SwitchStore {
  const newest = () => withClient(pool, findNewest);
  return {
    newest,
    // Read each time: what is kept here would not know what was done at another instance.
    isOn: async () => (await newest())?.isOn ?? true,
    turn: (to) => inTransaction(pool, (client) => turn(client, to)),
  };
}

async function findNewest(client: Connection): Promise<SwitchTurn | undefined> {
  const { rows } = await client.query<{ seq: string }>(
    'select seq, turned_at, turned_by, is_on, why from model_switch order by seq desc limit 1',
  );
  return rows[0] && parseRow(row, rows[0], 'model_switch', rows[0].seq);
}

async function turn(client: Connection, { at, by, isOn, why }: SwitchTurn): Promise<void> {
  // One after the other, so that the audit tells of them in the order in which they took effect.
  await client.query("select pg_advisory_xact_lock(hashtext('model_switch'))");
  await client.query(
    'insert into model_switch (turned_at, turned_by, is_on, why) values ($1, $2, $3, $4)',
    [at, by, isOn, why],
  );
  await appendAudit(client, {
    ...{ at, by, what: 'model-switched', caseId: null, detail: { isOn, why } },
  });
}
