import { z } from 'zod';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';
import { isSealedAct, sealAnew, sealStored } from './sealed-act.js';
import { type SealedColumn, sealedColumns, sealedTextOf } from './sealed-columns.js';
import type { Place, Sealing } from './sealing.js';

/**
 * Encrypts with the newest key whatever is in clear or encrypted with an older one, in batches of a transaction each.
 * It may be stopped at any moment and run again: what is done is not done twice, and a row that somebody changes at the
 * same time is left for the next run. Needs the rights of the tables' owner.
 */

/** Some milliseconds' work, so that nobody who writes waits noticeably. */
const rowsAtOnce = 200;

export type Resealed = { readonly table: string; readonly column: string; readonly rows: number };

/** `report` hears of each batch. */
export async function reseal(
  pool: StorePool,
  report: (done: Resealed) => void,
): Promise<readonly Resealed[]> {
  const all: Resealed[] = [];
  for (const column of sealedColumns) {
    let rows = 0;
    let after: readonly string[] | undefined;
    do {
      const batch = await resealBatch(pool, column, after);
      rows += batch.rows;
      after = batch.last;
      if (batch.rows > 0) report({ table: column.table, column: column.column, rows: batch.rows });
    } while (after);
    all.push({ table: column.table, column: column.column, rows });
  }
  return all;
}

type Row = {
  /** The values that name it. */
  readonly row: readonly string[];
  /** The column as the store writes it. */
  readonly old: string;
  readonly salt: string | null;
};

function resealBatch(
  pool: StorePool,
  of: SealedColumn,
  after: readonly string[] | undefined,
): Promise<{ readonly rows: number; readonly last: readonly string[] | undefined }> {
  const { sealing } = pool;
  return inTransaction(pool, async (client) => {
    const rows = await listOld(client, of, sealing.newest(), after);
    if (rows.length === 0) return { rows: 0, last: undefined };
    const anew = rows.map((row) => encryptAnew(sealing, of, row));
    await client.query(`set local signpost.resealing = 'on'`);
    return { rows: await replace(client, of, rows, anew), last: rows.at(-1)?.row };
  });
}

/** Those after the row named, in the order of their keys. */
async function listOld(
  client: Connection,
  of: SealedColumn,
  newest: number,
  after: readonly string[] | undefined,
): Promise<readonly Row[]> {
  const { table, column, row, form } = of;
  const names = row.map(([name]) => name).join(', ');
  const isNewest = `like 'sealed:${newest}:%'`;
  const isOld =
    form === 'texts'
      ? `exists (select 1 from unnest(${column}) one where one not ${isNewest})`
      : `${sealedTextOf(of)} not ${isNewest}`;
  const later = row.map(([, type], at) => `$${at + 1}::${type}`).join(', ');
  const { rows } = await client.query<Row>(
    `select array[${row.map(([name]) => `${name}::text`).join(', ')}] as row,
       ${asText(of)} as old, ${form === 'act' ? 'salt' : 'null'} as salt
     from ${table}
     where force = current_force() and ${column} is not null and ${isOld}
       ${after ? `and (${names}) > (${later})` : ''}
     order by ${names} limit ${rowsAtOnce}`,
    [...(after ?? [])],
  );
  return rows;
}

const asText = ({ column, form }: SealedColumn) =>
  form === 'texts' ? `to_jsonb(${column})::text` : `${column}::text`;

const textsSchema = z.array(z.string());

function encryptAnew(sealing: Sealing, of: SealedColumn, { row, old, salt }: Row): string {
  const place: Place = { table: of.table, column: of.column, row: row.join('/') };
  const anew = (text: string) => sealing.seal(sealing.open(text, place), place);
  if (of.form === 'text') return anew(old);
  if (of.form === 'texts') return JSON.stringify(textsSchema.parse(JSON.parse(old)).map(anew));
  const stored: unknown = JSON.parse(old);
  if (of.form === 'json') return JSON.stringify(anew(typeof stored === 'string' ? stored : old));
  return isSealedAct(stored)
    ? sealAnew(sealing, stored, place)
    : sealStored(sealing, salt ?? '', old, place);
}

/** Replaces what still is as it was read; how many those were. */
async function replace(
  client: Connection,
  of: SealedColumn,
  rows: readonly Row[],
  anew: readonly string[],
): Promise<number> {
  const { table, column, row, form } = of;
  const [old, given] = [row.length + 1, row.length + 2];
  const value = {
    text: 'given.anew',
    json: 'given.anew::jsonb',
    act: 'given.anew::jsonb',
    texts: 'array(select jsonb_array_elements_text(given.anew::jsonb))',
  }[form];
  const lists = row.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ');
  const { rowCount } = await client.query(
    `update ${table} t set ${column} = ${value}${form === 'act' ? ', salt = null' : ''}
     from unnest(${lists}, $${old}::text[], $${given}::text[])
       as given (${row.map((_, at) => `row${at}`).join(', ')}, old, anew)
     where t.force = current_force()
       and ${row.map(([name], at) => `t.${name} = given.row${at}`).join(' and ')}
       and ${asText({ ...of, column: `t.${column}` })} = given.old`,
    [...row.map((_, at) => rows.map((one) => one.row[at])), rows.map((one) => one.old), anew],
  );
  return rowCount ?? 0;
}

/** How many rows of each column each key has encrypted; null: in clear. */
export type SealedCount = {
  readonly table: string;
  readonly column: string;
  readonly key: number | null;
  readonly rows: number;
};

/** Reads every table once. */
export async function countSealed(pool: StorePool): Promise<readonly SealedCount[]> {
  const counts: SealedCount[] = [];
  for (const of of sealedColumns) {
    const { rows } = await withClient(pool, (client) =>
      client.query<{ key: number | null; rows: number }>(
        `select substring(${sealedTextOf(of)} from '^sealed:([0-9]+):')::integer as key,
           count(*)::integer as rows
         from ${of.table}
         where force = current_force() and ${sealedTextOf(of)} is not null
         group by 1 order by 1 nulls first`,
      ),
    );
    counts.push(...rows.map((row) => ({ table: of.table, column: of.column, ...row })));
  }
  return counts;
}
