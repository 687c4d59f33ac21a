import { ownFault } from '../log.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';
import { verifyAudit } from './verify-audit.js';

/**
 * Moves the embedded store to PostgreSQL: every row of every table, in an order in which nothing points at what is not
 * there yet. All in one transaction of the target, which is committed only when each table has the same rows and the
 * audit is whole; stopped at any moment, the target is as before, and one starts again. It may hold other forces, whose
 * servers wait meanwhile. What is moved is read and not changed. Triggers rest: they would write the audit's chain anew.
 * Needs the owner of the tables, and the keys of what is moved, which are moved with it and stay wrapped by the same
 * master key.
 */

export type Moved =
  | { readonly kind: 'moved'; readonly rows: Readonly<Record<string, number>> }
  /** A table of the target has rows of this force already. */
  | { readonly kind: 'not-empty'; readonly table: string }
  /** The two are not at the same step. */
  | { readonly kind: 'other-version' };

/** Rows of one statement: summaries have some 100 kB each. */
const rowsAtOnce = 200;

/** Not moved: each store keeps its own. */
const steps = 'pgmigrations';

/**
 * Said in each statement, since a superuser's are not held to it: the embedded store has only such a role, and one made
 * from the template has an empty end of the audit that belongs to no force of its own.
 */
const ours = 't.force = current_force()';

export async function moveStore(from: StorePool, to: StorePool): Promise<Moved> {
  return withClient(from, (source) =>
    inTransaction(to, async (target) => {
      if ((await stepsOf(source)) !== (await stepsOf(target))) return { kind: 'other-version' };
      const tables = await listTables(source);
      // Nobody writes between the look and the commit.
      await target.query(`lock table ${tables.join(', ')} in access exclusive mode`);
      // Where an empty chain ends, as the migration put it in.
      await target.query(`delete from audit_head t where seq = 0 and ${ours}`);
      for (const table of tables)
        if ((await countRows(target, table)) > 0) return { kind: 'not-empty', table };
      for (const table of tables) await target.query(`alter table ${table} disable trigger user`);
      for (const table of tables) await copyTable(source, target, table);
      await setSequences(target);
      for (const table of tables) await target.query(`alter table ${table} enable trigger user`);
      const rows: Record<string, number> = {};
      for (const table of tables) rows[table] = await compare(source, target, table);
      await proveAudit({ ...to, sealing: from.sealing }, target);
      return { kind: 'moved', rows };
    }),
  );
}

async function stepsOf(client: Connection): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    `select string_agg(name, ',' order by id) as names from ${steps}`,
  );
  return rows[0]?.names ?? '';
}

/** Tables, each after those it points at. */
async function listTables(client: Connection): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; needs: string[] }>(
    `select t.relname as name, array(
       select distinct f.relname::text from pg_constraint c join pg_class f on f.oid = c.confrelid
       where c.conrelid = t.oid and c.contype = 'f' and c.confrelid <> t.oid
     ) as needs
     from pg_class t
     where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace and t.relname <> $1
     order by 1`,
    [steps],
  );
  const ordered: string[] = [];
  while (ordered.length < rows.length) {
    const next = rows.filter(
      ({ name, needs }) => !ordered.includes(name) && needs.every((one) => ordered.includes(one)),
    );
    if (next.length === 0) throw ownFault('moving the store: its tables point at each other');
    ordered.push(...next.map(({ name }) => name));
  }
  return ordered;
}

async function countRows(client: Connection, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from ${table} t where ${ours}`,
  );
  return Number(rows[0]?.count);
}

/** Columns that can be written, and those by which the rows stand in the order in which they were put in. */
async function columnsOf(client: Connection, table: string) {
  const { rows } = await client.query<{ name: string; is_order: boolean; in_key: boolean }>(
    `select quote_ident(a.attname) as name, a.attidentity <> '' as is_order,
       coalesce(a.attnum = any(k.conkey), false) as in_key
     from pg_attribute a
     left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'p'
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by a.attnum`,
    [table],
  );
  const order = rows.filter(({ is_order }) => is_order);
  const key = rows.filter(({ in_key }) => in_key);
  // A few tables have no key: then as they lie, since nobody writes meanwhile.
  const by = [order, key].find((some) => some.length > 0)?.map(({ name }) => name);
  return {
    columns: rows.map(({ name }) => name).join(', '),
    order: by?.join(', ') ?? 't.ctid',
  };
}

/** Rows as the store's own JSON, which gives back every value as it was. */
async function copyTable(source: Connection, target: Connection, table: string): Promise<void> {
  const { columns, order } = await columnsOf(source, table);
  for (let done = 0; ; done += rowsAtOnce) {
    const { rows } = await source.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t where ${ours} order by ${order} limit $1 offset $2`,
      [rowsAtOnce, done],
    );
    if (rows.length === 0) return;
    await target.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [`[${rows.map(({ row }) => row).join(',')}]`],
    );
  }
}

/** What is numbered by the store goes on after the newest, and never back: other forces' rows are not seen here. */
async function setSequences(target: Connection): Promise<void> {
  const { rows } = await target.query<{ name: string; column: string; sequence: string }>(
    `select c.relname as name, a.attname as column,
       pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attidentity <> '' and c.relnamespace = 'public'::regnamespace`,
  );
  for (const { name, column, sequence } of rows)
    await target.query(
      `select setval('${sequence}', greatest(s.last_value, t.newest), s.is_called or t.newest is not null)
       from ${sequence} s, (select max(${column}) as newest from ${name}) t`,
    );
}

/** The number of rows, which are the same on both sides, each by a hash of all it holds. */
async function compare(source: Connection, target: Connection, table: string): Promise<number> {
  const read = async (client: Connection) => {
    // Instants are written in the time zone of the connection.
    await client.query(`set time zone 'UTC'`);
    const { rows } = await client.query<{ count: string; hash: string | null }>(
      `select count(*) as count, md5(string_agg(hash, '' order by hash collate "C")) as hash
       from (select md5(to_jsonb(t)::text) as hash from ${table} t where ${ours}) hashes`,
    );
    return rows[0];
  };
  const [was, is] = [await read(source), await read(target)];
  if (!was || was.count !== is?.count || was.hash !== is.hash)
    throw ownFault(`moving the store: ${table} is not the same on both sides, nothing was moved`);
  return Number(was.count);
}

/** Within the transaction, as nobody else sees it yet. */
async function proveAudit(to: StorePool, target: Connection): Promise<void> {
  const client = { query: target.query.bind(target), release: () => undefined };
  const within = { ...to, connect: async () => client } as unknown as StorePool;
  const verified = await verifyAudit(within);
  if (verified.kind === 'broken')
    throw ownFault(
      `moving the store: the audit is broken at entry ${verified.seq} (${verified.why}), nothing was moved`,
    );
}
