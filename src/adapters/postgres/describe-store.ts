import { ownFault } from '../log.js';
import { type StorePool, withClient } from './pool.js';
import { sealedColumns } from './sealed-columns.js';

/** What the store holds, told by itself: its tables and columns with the comments that its migrations gave them. */

export type ColumnWords = {
  readonly name: string;
  /** As in the store, such as `timestamp with time zone`. */
  readonly type: string;
  /** One word, such as `person`, `words` or `code`. */
  readonly kind: string;
  readonly says: string;
  readonly isEncrypted: boolean;
};

export type TableWords = {
  readonly name: string;
  /** By which period it goes: a kind of src/core/retention.ts, or `store`. */
  readonly kept: string;
  readonly says: string;
  readonly columns: readonly ColumnWords[];
};

/** `kind: words`, as in `person: who began it`. */
const comment = /^([a-z]+): (.+)$/;

type Row = {
  readonly name: string;
  readonly says: string | null;
  readonly column: string;
  readonly type: string;
  readonly column_says: string | null;
};

/** By name, columns in their order. A fault names the first table or column that lacks its comment. */
export async function describeStore(pool: StorePool): Promise<readonly TableWords[]> {
  const rows = await withClient(pool, async (client) => {
    const found = await client.query<Row>(
      `select c.table_name as name, c.column_name as column, c.data_type as type,
         obj_description(format('%I', c.table_name)::regclass) as says,
         col_description(format('%I', c.table_name)::regclass, c.ordinal_position) as column_says
       from information_schema.columns c
       where c.table_schema = 'public' order by c.table_name collate "C", c.ordinal_position`,
    );
    return found.rows;
  });
  const names = [...new Set(rows.map(({ name }) => name))];
  return names.map((name) => {
    const columns = rows.filter((row) => row.name === name);
    const [kept, says] = parsed(columns[0]?.says ?? null, name);
    return { name, kept, says, columns: columns.map(describeColumn) };
  });
}

function describeColumn({ name: table, column, type, column_says }: Row): ColumnWords {
  const [kind, says] = parsed(column_says, `${table}.${column}`);
  const isEncrypted = sealedColumns.some((one) => one.table === table && one.column === column);
  return { name: column, type, kind, says, isEncrypted };
}

function parsed(words: string | null, place: string): readonly [string, string] {
  const [, kind, says] = comment.exec(words ?? '') ?? [];
  if (!kind || !says)
    throw ownFault(`describing the store: ${place} has no comment of the form “kind: words”`);
  return [kind, says];
}
