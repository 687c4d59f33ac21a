import { type ScreeningId, screeningIdSchema } from '../../core/ids.js';
import type { Screening, ScreeningEvent } from '../../core/screening.js';
import type { Screenings } from '../../flows/ports.js';
import { ownFault } from '../log.js';
import { makeInTurn } from './in-turn.js';
import { type Connection, type StorePool, withClient } from './pool.js';
import { makeScreeningMemory } from './screening-memory.js';
import { placeOfAct, type ScreeningRow, toEvent, toScreening } from './screening-row.js';
import { sealAct } from './sealed-act.js';

/** Each try but the first is lost only to a change somebody else saved; a hundred in a row are no such race. */
const mostTries = 100;

/**
 * Screenings kept in PostgreSQL or the embedded store. A change is decided on the screening as it is remembered and
 * appended in one statement, which inserts nothing unless the event before it is the last there is: what was saved
 * was therefore decided on what stands, however old the memory. A decision to save nothing proves nothing, so on a
 * remembered screening it is made again on what the store holds: an act is never called stale or repeated, and nobody
 * refused who was let in a moment ago at another instance, because of an old memory.
 */
export function makeScreenings(pool: StorePool): Screenings {
  const memory = makeScreeningMemory();
  pool.onRemoved(memory.forgetAll);
  const remember = (screening: Screening, mark: number) => {
    if (mark === memory.mark()) memory.set(screening);
  };
  const inTurn = makeInTurn<ScreeningId>();
  const read = async (which: string, values: readonly unknown[]) => {
    const mark = memory.mark();
    const rows = await withClient(pool, (client) => list(client, which, values));
    const found = rows.map((row) => toScreening(pool.sealing, row));
    for (const screening of found) remember(screening, mark);
    return found;
  };
  const readSince = async (known: Screening) => {
    const mark = memory.mark();
    const [row] = await withClient(pool, (client) => list(client, 's.id = $1', [known.id], known));
    const found = row && toScreening(pool.sealing, row, known);
    if (found) remember(found, mark);
    return found;
  };
  const find = async (id: ScreeningId) => {
    const known = memory.get(id);
    return (known && (await readSince(known))) ?? (await read('s.id = $1', [id]))[0];
  };
  const save = async (screening: Screening, event: ScreeningEvent) => {
    const mark = memory.mark();
    try {
      const saved = await append(pool, screening, event);
      if (saved) remember({ ...screening, events: [...screening.events, saved] }, mark);
      return saved !== undefined;
    } catch (error) {
      // It may or may not have been saved.
      memory.forget(screening.id);
      throw error;
    }
  };
  return {
    start: (screening) => withClient(pool, (client) => start(client, screening)),
    find,
    recall: async (id) => memory.get(id) ?? (await find(id)),
    listCase: (caseId) => read('s.case_id = $1 order by s.begun', [caseId]),
    listOf: (user, limit) => read(`${newestOf} order by s.begun desc`, [user, limit]),
    change: (id, change) =>
      inTurn(id, async () => {
        for (let tries = 0; tries < mostTries; tries += 1) {
          const remembered = tries === 0 ? memory.get(id) : undefined;
          const screening = remembered ?? (await find(id));
          if (!screening) return undefined;
          const decided = change(screening);
          if (decided.save ? await save(screening, decided.save) : !remembered)
            return decided.result;
        }
        throw ownFault(`changing screening ${id}: others were faster ${mostTries} times`);
      }),
  };
}

type Begun = Parameters<Screenings['start']>[0];

/** Two at once that both take themselves for the first of a case: the second finds the other at its next try. */
const mostStarts = 3;

/**
 * One statement, so that no case is left without a screening, and nobody shut out of what they began. The foreign
 * keys to the case are checked at its end, when all rows are there.
 */
async function start(client: Connection, begun: Begun): ReturnType<Screenings['start']> {
  for (let tries = 0; tries < mostStarts; tries += 1) {
    const { rowCount } = await client.query(
      `with begun as (
         insert into screenings
           (id, case_id, case_ref, script, version, started_by, started_at, started_activity, is_follow_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, exists (select 1 from screenings where case_id = $2))
         on conflict do nothing
         returning id, case_id, case_ref, started_by, started_at
       ), named as (
         insert into cases (id, ref) select case_id, case_ref from begun on conflict (id) do nothing
       ), let_in as (
         insert into case_people (case_id, person, let_in_by, let_in_at)
         select case_id, started_by, started_by, started_at from begun on conflict do nothing
       )
       select id from begun`,
      [
        ...[begun.id, begun.caseId, begun.caseRef, begun.script, begun.version],
        ...[begun.startedBy, begun.startedAt, begun.activityId],
      ],
    );
    if (rowCount === 1) return { kind: 'started', id: begun.id };
    const earlier = await client.query<{ id: string }>(
      'select id from screenings where started_by = $1 and started_activity = $2',
      [begun.startedBy, begun.activityId],
    );
    const id = earlier.rows[0]?.id;
    if (id !== undefined) return { kind: 'already', id: screeningIdSchema.parse(id) };
  }
  throw ownFault(`starting screening ${begun.id}: the id is in use`);
}

/**
 * Appends an event and gives it as it will be read; undefined when the screening is not as it was handed in, or the
 * activity already has its event. That the event before is there, and the case not closed to whoever acts, is asked in
 * the statement, so that no memory, however wrong, leaves a gap or lets anybody in.
 */
async function append(
  pool: StorePool,
  to: Screening,
  given: ScreeningEvent,
): Promise<ScreeningEvent | undefined> {
  const { seq, activityId } = given;
  if (seq !== to.events.length + 1) {
    throw ownFault(`saving event ${seq} of screening ${to.id}: it has ${to.events.length}`);
  }
  if (to.events.some((earlier) => earlier.activityId === activityId)) {
    throw ownFault(`saving event ${seq} of screening ${to.id}: its activity already has one`);
  }
  const event = toEvent(to.id, given, seq);
  const { act, digest } = sealAct(pool.sealing, event.act, placeOfAct(to.id, seq));
  const { rowCount } = await withClient(pool, (client) =>
    client.query(
      `insert into screening_events (screening_id, seq, acted_at, acted_by, client, activity_id, act, digest)
       select $1::uuid, $2::integer, $3::timestamptz, $4, $5, $6, $7::jsonb, $8
       where ($2 = 1 or exists (select 1 from screening_events where screening_id = $1 and seq = $2 - 1))
         and not exists (select 1 from screenings s where s.id = $1 and is_barred(s.case_id, $4))
       on conflict do nothing`,
      [to.id, seq, event.at, event.by, event.client, activityId, act, digest],
    ),
  );
  return rowCount === 1 ? event : undefined;
}

const newestOf = `s.id in (
  select id from screenings join case_people using (case_id)
  where person = $1 and not is_barred(case_id, person) order by begun desc limit $2
)`;

/**
 * Screenings with their people and events, a row each, still encrypted. Of one that is known only the events that came
 * after are read, which spares an instance that did not save them from decrypting what it has already; no row where the
 * store does not hold the last event known, as after a restore.
 */
async function list(
  client: Connection,
  which: string,
  values: readonly unknown[],
  known?: Screening,
): Promise<readonly ScreeningRow[]> {
  const last = known?.events.at(-1);
  const [seq, activity] = [values.length + 1, values.length + 2].map((place) => `$${place}`);
  const since = last ? `and seq > ${seq}` : '';
  const isHeld = `exists (select from screening_events k
    where k.screening_id = s.id and k.seq = ${seq} and k.activity_id = ${activity})`;
  const { rows } = await client.query<ScreeningRow>(
    `select s.id, s.case_id, s.case_ref, s.script, s.version, s.started_by, s.started_at, s.is_follow_on,
       array(
         select person from case_people p where p.case_id = s.case_id order by let_in
       ) as people,
       array(
         select person from conflicts c
         where c.case_id = s.case_id and c.lifted_at is null order by number
       ) as barred,
       array(
         select json_build_object('seq', seq, 'at', acted_at, 'by', acted_by, 'client', client,
           'activityId', activity_id, 'act', act)
         from screening_events e where e.screening_id = s.id ${since} order by seq
       ) as events
     from screenings s where ${last ? `${which} and ${isHeld}` : which}`,
    [...values, ...(last ? [last.seq, last.activityId] : [])],
  );
  return rows;
}
