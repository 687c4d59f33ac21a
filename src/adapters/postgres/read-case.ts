import { conflictOfInterest } from '../../core/conflicts.js';
import { type CaseId, type UserId, userIdSchema } from '../../core/ids.js';
import { appendAudit } from './audit.js';
import { type Connection, inTransaction, type StorePool } from './pool.js';
import { openAct } from './sealed-act.js';
import { type SealedColumn, sealedColumns } from './sealed-columns.js';
import type { Sealing } from './sealing.js';

/** Everything that is held of a case, row by row, in clear: for a request of access or a disclosure. */

const ofScreening = 'screening_id in (select id from screenings where case_id = $1)';
const inReview = 'in (select id from reviews where case_id = $1)';

/** Every table that can hold a row of a case, and which of its rows; those `erase_case` removes, and the audit. */
export const caseTables = {
  cases: 'id = $1',
  case_people: 'case_id = $1',
  screenings: 'case_id = $1',
  screening_events: ofScreening,
  chats: ofScreening,
  invitations: ofScreening,
  reviews: 'case_id = $1',
  review_events: `review_id ${inReview}`,
  review_versions: `review_id ${inReview}`,
  commitments: 'case_id = $1',
  notices: `about_review ${inReview}`,
  shares: 'case_id = $1',
  share_ends: 'share_id in (select id from shares where case_id = $1)',
  case_keeps: 'case_id = $1',
  legal_holds: 'case_id = $1',
  conflicts: 'case_id = $1',
  // Who read it.
  case_reads: 'case_id = $1',
  audit: 'case_id = $1',
} as const;

export type HeldRow = Readonly<Record<string, unknown>>;

export type HeldCase = {
  readonly caseId: CaseId;
  /** By table; a table without a row of the case is absent. */
  readonly tables: Readonly<Record<string, readonly HeldRow[]>>;
  /** Of everybody who stands in a row, by id; absent where none is known. */
  readonly names: Readonly<Record<string, string>>;
};

/** Why it is given out, and a number of the force's own record. */
export type Disclosure = {
  readonly by: UserId;
  readonly at: string;
  readonly why: string;
  readonly record: string | null;
};

/**
 * Reads it and notes in the audit that it was disclosed, in one transaction: nothing is given out without the entry.
 * Undefined when there is no such case, and, with an entry of that refusal, when it is closed to them. The entry itself is among what is read.
 */
export function readCase(
  pool: StorePool,
  caseRef: string,
  { by, at, why, record }: Disclosure,
): Promise<HeldCase | undefined> {
  return inTransaction(pool, async (client) => {
    const found = await client.query<{ id: CaseId }>('select id from cases where ref = $1', [
      caseRef,
    ]);
    const [row] = found.rows;
    if (!row) return undefined;
    const barred = await client.query<{ is_barred: boolean }>(
      'select is_barred($1, $2) as is_barred',
      [row.id, by],
    );
    if (barred.rows[0]?.is_barred) {
      const refused = { action: 'disclose-case', why: conflictOfInterest };
      await appendAudit(client, {
        ...{ at, by, what: 'access-refused', caseId: row.id, detail: refused },
      });
      return undefined;
    }
    const detail = { why, ...(record === null ? {} : { record }) };
    await appendAudit(client, { at, by, what: 'case-disclosed', caseId: row.id, detail });
    const tables: Record<string, readonly HeldRow[]> = {};
    for (const [table, condition] of Object.entries(caseTables)) {
      const rows = await readTable(client, pool.sealing, table, condition, row.id);
      if (rows.length > 0) tables[table] = rows;
    }
    return { caseId: row.id, tables, names: await namesIn(client, pool.sealing, tables) };
  });
}

async function readTable(
  client: Connection,
  sealing: Sealing,
  table: string,
  condition: string,
  id: string,
): Promise<readonly HeldRow[]> {
  const { rows } = await client.query<{ row: HeldRow }>(
    `select to_jsonb(t) - 'force' - 'salt' as row from ${table} t where ${condition}`,
    [id],
  );
  const opened = rows.map(({ row }) => openRow(sealing, table, row));
  // In the order in which things were done, where the rows tell it.
  return opened.toSorted(
    (a, b) => timeOf(a).localeCompare(timeOf(b)) || Number(a.seq ?? 0) - Number(b.seq ?? 0),
  );
}

const timeOf = (row: HeldRow) =>
  String(row.acted_at ?? row.at ?? row.read_at ?? row.started_at ?? row.made_at ?? '');

/** The row with its words in clear. */
function openRow(sealing: Sealing, table: string, row: HeldRow): HeldRow {
  const sealed = sealedColumns.filter((one) => one.table === table && row[one.column] !== null);
  return {
    ...row,
    ...Object.fromEntries(sealed.map((one) => [one.column, openColumn(sealing, one, row)])),
  };
}

function openColumn(sealing: Sealing, of: SealedColumn, row: HeldRow): unknown {
  const stored = row[of.column];
  const place = {
    ...{ table: of.table, column: of.column },
    row: of.row.map(([name]) => String(row[name])).join('/'),
  };
  if (of.form === 'act') return openAct(sealing, stored, place);
  if (Array.isArray(stored)) return stored.map((one) => sealing.open(String(one), place));
  if (typeof stored !== 'string') return stored;
  const text = sealing.open(stored, place);
  return of.form === 'json' ? JSON.parse(text) : text;
}

async function namesIn(
  client: Connection,
  sealing: Sealing,
  tables: HeldCase['tables'],
): Promise<Readonly<Record<string, string>>> {
  const values = Object.values(tables).flatMap((rows) => rows.flatMap(Object.values));
  const ids = new Set(values.filter((value) => userIdSchema.safeParse(value).success));
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from people where id = any($1) order by id',
    [[...ids]],
  );
  const place = (row: string) => ({ table: 'people', column: 'name', row });
  return Object.fromEntries(rows.map(({ id, name }) => [id, sealing.open(name, place(id))]));
}
