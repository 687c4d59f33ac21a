import { screeningIdSchema } from '../../core/ids.js';
import type { Screening, ScreeningEvent } from '../../core/screening.js';
import type { Screenings } from '../../flows/ports.js';
import { ownFault } from '../log.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';
import { type ScreeningRow, toScreening } from './screening-row.js';

/** Screenings kept in PostgreSQL or the embedded store. */
export function makeScreenings(pool: StorePool): Screenings {
  return {
    start: (screening) => withClient(pool, (client) => start(client, screening)),
    find: (id) => withClient(pool, (client) => findScreening(client, id)),
    listCase: (caseId) =>
      withClient(pool, (client) =>
        list(client, 's.case_id = $1 order by s.begun, e.seq', [caseId]),
      ),
    listOf: (user, limit) =>
      withClient(pool, (client) =>
        list(client, `${newestOf} order by s.begun desc, e.seq`, [user, limit]),
      ),
    change: (id, change) =>
      inTransaction(pool, async (client) => {
        // `no key update` lets a chat point at this screening meanwhile. The events are read by a
        // second statement on purpose: one that waited for the lock would still see the events of
        // before its wait.
        const lock = 'select 1 from screenings where id = $1 for no key update';
        if ((await client.query(lock, [id])).rowCount === 0) return undefined;
        const screening = await findScreening(client, id);
        if (!screening) return undefined;
        const { save, result } = change(screening);
        if (save) await append(client, screening, save);
        return result;
      }),
  };
}

type Begun = Parameters<Screenings['start']>[0];

/**
 * One statement, so that no case is left without a screening. The foreign key from screening to case is
 * checked at its end, when both are there.
 */
async function start(client: Connection, begun: Begun): ReturnType<Screenings['start']> {
  const { rows } = await client.query<{ id: string }>(
    `with begun as (
       insert into screenings
         (id, case_id, case_ref, script, version, started_by, started_at, started_activity)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (started_by, started_activity) do nothing
       returning id, case_id, case_ref
     ), named as (
       insert into cases (id, ref) select case_id, case_ref from begun on conflict (id) do nothing
     )
     select id from begun`,
    [
      ...[begun.id, begun.caseId, begun.caseRef, begun.script, begun.version],
      ...[begun.startedBy, begun.startedAt, begun.activityId],
    ],
  );
  if (rows.length === 1) return { kind: 'started', id: begun.id };
  const earlier = await client.query<{ id: string }>(
    'select id from screenings where started_by = $1 and started_activity = $2',
    [begun.startedBy, begun.activityId],
  );
  return { kind: 'already', id: screeningIdSchema.parse(earlier.rows[0]?.id) };
}

async function append(client: Connection, to: Screening, event: ScreeningEvent): Promise<void> {
  if (event.seq !== to.events.length + 1) {
    throw ownFault(`saving event ${event.seq} of screening ${to.id}: it has ${to.events.length}`);
  }
  await client.query(
    `insert into screening_events
       (screening_id, seq, acted_at, acted_by, client, activity_id, act)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      to.id,
      event.seq,
      event.at,
      event.by,
      event.client,
      event.activityId,
      JSON.stringify(event.act),
    ],
  );
}

const newestOf = `s.id in (
  select id from screenings where started_by = $1 order by begun desc limit $2
)`;

async function findScreening(client: Connection, id: string): Promise<Screening | undefined> {
  return (await list(client, 's.id = $1 order by e.seq', [id]))[0];
}

/** Screenings with their events, in the order of the rows. */
async function list(
  client: Connection,
  which: string,
  values: readonly unknown[],
): Promise<readonly Screening[]> {
  const { rows } = await client.query<ScreeningRow>(
    `select s.id, s.case_id, s.case_ref, s.script, s.version, s.started_by, s.started_at,
            e.seq, e.acted_at, e.acted_by, e.client, e.activity_id, e.act
     from screenings s left join screening_events e on e.screening_id = s.id
     where ${which}`,
    [...values],
  );
  const found = new Map<string, ScreeningRow[]>();
  for (const row of rows) found.set(row.id, [...(found.get(row.id) ?? []), row]);
  return [...found.values()].map(toScreening);
}
