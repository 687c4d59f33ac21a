import { z } from 'zod';
import { caseIdSchema, daySchema, userIdSchema } from '../../core/ids.js';
import {
  defaultPeriods,
  type Hold,
  periodSchema,
  recordSchema,
  retentionKindSchema,
  type Tombstone,
  tombstoneSchema,
  whyHeldSchema,
} from '../../core/retention.js';
import type { AgedCase, Decided, Retention } from '../../flows/ports.js';
import { appendAudit } from './audit.js';
import { eraseOver } from './erase-over.js';
import { parseRow } from './parse-row.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';

/** What may be removed from the store, and how it is noted. Over 200 lines: one statement for each kind, side by side. */

/** Who stands in the audit for what goes by itself. */
const ofItself = userIdSchema.parse('signpost');

const instant = z
  .date()
  .nullable()
  .transform((at) => at?.toISOString() ?? null);

const agedRow = z
  .object({
    id: caseIdSchema,
    ref: z.string(),
    screenings_changed_at: instant,
    review_changed_at: instant,
    kept_until: daySchema.nullable(),
    holds: z.coerce.number(),
  })
  .transform(
    (row): AgedCase => ({
      ...{ caseId: row.id, caseRef: row.ref, keptUntil: row.kept_until, holds: row.holds },
      screeningsChangedAt: row.screenings_changed_at,
      reviewChangedAt: row.review_changed_at,
    }),
  );

const holdRow = z
  .object({
    ...{ number: z.coerce.number(), case_id: caseIdSchema, ref: z.string(), set_by: userIdSchema },
    ...{ set_at: z.date(), why: whyHeldSchema, record: recordSchema.nullable() },
  })
  .transform(
    ({ number, case_id, ref, set_by, set_at, why, record }): Hold => ({
      ...{ number, caseId: case_id, caseRef: ref, by: set_by, at: set_at.toISOString() },
      ...{ why, record },
    }),
  );

const erasedSchema = z.union([
  z.object({ refused: z.enum(['held', 'changed', 'unknown']) }),
  z.object({ erased: z.record(z.string(), z.number()) }),
]);

const prunedSchema = z.object({ seq: z.number(), hash: z.string(), removed: z.number() });

/** PostgreSQL's code for what a role may not do. */
const insufficientPrivilege = '42501';

const aged = `select c.id, c.ref, screenings_changed_at(c.id) as screenings_changed_at,
    review_changed_at(c.id) as review_changed_at,
    (select until::text from case_keeps k where k.case_id = c.id order by kept_at desc limit 1) as kept_until,
    (select count(*) from legal_holds h where h.case_id = c.id and h.lifted_at is null) as holds
  from cases c`;

/** Retention kept in PostgreSQL or the embedded store. */
export function makeRetention(pool: StorePool): Retention {
  const listAged = (which: string, values: readonly unknown[]) =>
    withClient(pool, async (client) => {
      const { rows } = await client.query<{ id: string }>(`${aged} ${which}`, [...values]);
      return rows.map((row) => parseRow(agedRow, row, 'cases', row.id));
    });
  return {
    periods: () => withClient(pool, readPeriods),
    setPeriod: (kind, days, by, at) =>
      inTransaction(pool, async (client) => {
        await client.query(
          `insert into retention_periods (kind, days, set_by, set_at) values ($1, $2, $3, $4)
           on conflict (force, kind) do update
           set days = excluded.days, set_by = excluded.set_by, set_at = excluded.set_at`,
          [kind, periodSchema.parse(days), by, at],
        );
        await appendAudit(client, {
          ...{ at, by, what: 'retention-set', caseId: null, detail: { kind, days } },
        });
      }),
    findCase: async (ref) => (await listAged('where c.ref = $1', [ref]))[0],
    listOver: ({ screenings, reviews, today }, limit) =>
      listAged(
        // In this order: most cases have a young screening, which is quickly seen.
        `where case
             when exists (select 1 from screenings s where s.case_id = c.id and s.started_at >= $1) then false
             else coalesce(screenings_changed_at(c.id) < $1, true)
               and coalesce(review_changed_at(c.id) < $2, true)
               and coalesce((select until from case_keeps k where k.case_id = c.id order by kept_at desc limit 1) <= $3, true)
           end
         order by is_held(c.id), greatest(screenings_changed_at(c.id), review_changed_at(c.id)) nulls first, c.id
         limit $4`,
        [screenings, reviews, today, limit],
      ),
    keep: (caseId, decided, until) =>
      inTransaction(pool, async (client) => {
        const { by, at, why, record } = decided;
        await client.query(
          `insert into case_keeps (case_id, kept_by, kept_at, why, record, until)
           values ($1, $2, $3, $4, $5, $6)`,
          [caseId, by, at, why, record, until],
        );
        await note(client, 'case-kept', caseId, decided, { until });
      }),
    hold: (caseId, decided) =>
      inTransaction(pool, async (client) => {
        const { by, at, why, record } = decided;
        const { rows } = await client.query<{ number: string }>(
          `insert into legal_holds (case_id, set_by, set_at, why, record)
           values ($1, $2, $3, $4, $5) returning number`,
          [caseId, by, at, why, record],
        );
        const number = Number(rows[0]?.number);
        await note(client, 'hold-set', caseId, decided, { hold: number });
        return number;
      }),
    lift: (caseId, number, decided) =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `update legal_holds set lifted_by = $3, lifted_at = $4, lifted_why = $5
           where case_id = $1 and number = $2 and lifted_at is null`,
          [caseId, number, decided.by, decided.at, decided.why],
        );
        if (rowCount === 0) return 'none';
        await note(client, 'hold-lifted', caseId, decided, { hold: number });
        return 'lifted';
      }),
    listHolds: (caseId) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<{ number: string }>(
          `select h.*, c.ref from legal_holds h join cases c on c.id = h.case_id
           where h.lifted_at is null and ($1::uuid is null or h.case_id = $1) order by h.number`,
          [caseId ?? null],
        );
        return rows.map((row) => parseRow(holdRow, row, 'legal_holds', row.number));
      }),
    erase: (caseId, decided, unchangedSince) =>
      removing(pool, async (client) => {
        const erased = await erase(client, caseId, decided, unchangedSince, false);
        if ('refused' in erased) return erased.refused;
        const stone = (await listTombstones(client, pool.force)).find(
          (one) => one.caseId === caseId,
        );
        return stone ?? 'unknown';
      }),
    listTombstones: () => withClient(pool, (client) => listTombstones(client, pool.force)),
    eraseAgain: ({ caseId, why, record, lastChange }, by, at) =>
      removing(pool, async (client) => {
        const erased = await erase(client, caseId, { by, at, why, record }, lastChange, true);
        return 'refused' in erased ? erased.refused : 'erased';
      }),
    eraseOver: (kind, before, most, at) => {
      let rows = 0;
      const run = async (client: Connection) => {
        rows = await eraseOver(client, kind, before, most);
        const detail = { kind, rows };
        if (rows > 0)
          await appendAudit(client, {
            ...{ at, by: ofItself, what: 'expired-erased', caseId: null, detail },
          });
        return rows;
      };
      // Only chats and people are remembered.
      return removing(pool, run, () => (kind === 'chats' || kind === 'people') && rows > 0);
    },
    countOldAudit: (before) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<{ old: string; prunable: string }>(
          `select (select count(*) from audit where force = current_force() and at < $1) as old,
             coalesce(last_prunable($1), 0) - coalesce(
               (select max(seq) from audit_anchors where force = current_force()), 0
             ) as prunable`,
          [before],
        );
        const [counted] = rows;
        // An empty audit has no last entry.
        return { old: Number(counted?.old), prunable: Math.max(0, Number(counted?.prunable)) };
      }),
    pruneAudit: async (before, { by, at, why, record }) => {
      try {
        return await withClient(pool, async (client) => {
          const { rows } = await client.query<{ anchor: unknown }>(
            'select prune_audit($1, $2, $3, $4, $5) as anchor',
            [before, at, by, why, record],
          );
          const anchor = rows[0]?.anchor;
          return anchor ? parseRow(prunedSchema, anchor, 'audit_anchors', before) : 'nothing';
        });
      } catch (error) {
        if ((error as { code?: unknown }).code === insufficientPrivilege) return 'not-owner';
        throw error;
      }
    },
  };
}

/**
 * In a transaction after which nothing that was deleted is remembered, unless nothing remembered was; other instances
 * hear of it from the store.
 */
async function removing<Result>(
  pool: StorePool,
  run: (client: Connection) => Promise<Result>,
  isRemembered = () => true,
): Promise<Result> {
  try {
    return await inTransaction(pool, run);
  } finally {
    if (isRemembered()) pool.sayRemoved();
  }
}

async function readPeriods(client: Connection) {
  const { rows } = await client.query<{ kind: string; days: number }>(
    'select kind, days from retention_periods where force = current_force()',
  );
  const set = rows.map(({ kind, days }) => [retentionKindSchema.parse(kind), days] as const);
  return { ...defaultPeriods, ...Object.fromEntries(set) };
}

function note(
  client: Connection,
  what: string,
  caseId: AgedCase['caseId'],
  { by, at, why, record }: Decided,
  more: Readonly<Record<string, string | number>>,
): Promise<void> {
  const detail = { why, ...(record === null ? {} : { record }), ...more };
  return appendAudit(client, { at, by, what, caseId, detail });
}

async function erase(
  client: Connection,
  caseId: string,
  { by, at, why, record }: Decided,
  unchangedSince: string,
  again: boolean,
): Promise<z.infer<typeof erasedSchema>> {
  const { rows } = await client.query<{ done: unknown }>(
    'select erase_case($1, $2, $3, $4, $5, $6, $7) as done',
    [caseId, at, by, why, record, unchangedSince, again],
  );
  return parseRow(erasedSchema, rows[0]?.done, 'tombstones', caseId);
}

async function listTombstones(client: Connection, force: string): Promise<readonly Tombstone[]> {
  const { rows } = await client.query<{
    readonly [key: string]: unknown;
    readonly case_id: string;
    readonly erased_at: Date;
    readonly last_change: Date;
  }>('select * from tombstones where force = current_force() order by erased_at, case_id');
  return rows.map((row) =>
    parseRow(
      tombstoneSchema,
      {
        ...{ force, caseId: row.case_id, at: row.erased_at.toISOString(), by: row.erased_by },
        ...{ why: row.why, record: row.record, lastChange: row.last_change.toISOString() },
        counts: row.counts,
      },
      'tombstones',
      row.case_id,
    ),
  );
}
