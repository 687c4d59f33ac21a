import { type UserId, userIdSchema } from '../../core/ids.js';
import type { Clock, People } from '../../flows/ports.js';
import { type Connection, type StorePool, withClient } from './pool.js';
import type { Place, Sealing } from './sealing.js';

/** Everybody a large force has on Signpost in a day. */
const mostRemembered = 10_000;

/**
 * Names of people, kept in PostgreSQL or the embedded store. One changed at another instance is known here once the
 * person speaks here or this process starts again: a name decides nothing. The day on which somebody was last seen is
 * noted, so that names of those who left go (`erase-over.ts`).
 */
export function makePeople(pool: StorePool, clock: Clock = () => new Date()): People {
  const names = new Map<UserId, string>();
  /** Days that were noted here. */
  const seen = new Map<UserId, string>();
  pool.onRemoved(() => {
    names.clear();
    seen.clear();
  });
  const know = (person: UserId, name: string) => {
    names.delete(person);
    names.set(person, name);
    const [oldest] = names.keys();
    if (names.size <= mostRemembered || oldest === undefined) return;
    names.delete(oldest);
    seen.delete(oldest);
  };
  return {
    remember: async (person, name) => {
      const day = clock().toISOString().slice(0, 10);
      if (names.get(person) === name && seen.get(person) === day) return;
      await withClient(pool, async (client) => {
        // Encrypted anew it would differ each time.
        const [kept] = await readNames(client, pool.sealing, [person]);
        if (kept?.[1] === name)
          await client.query('update people set seen_on = $2 where id = $1 and seen_on < $2', [
            ...[person, day],
          ]);
        else
          await client.query(
            `insert into people (id, name, seen_on) values ($1, $2, $3)
             on conflict (force, id) do update set name = excluded.name, seen_on = excluded.seen_on`,
            [person, pool.sealing.seal(name, placeOfName(person), mostLetters), day],
          );
      });
      know(person, name);
      seen.set(person, day);
    },
    namesOf: async (people) => {
      const known = people.flatMap((person) => {
        const name = names.get(person);
        return name === undefined ? [] : [[person, name] as const];
      });
      const unknown = people.filter((person) => !names.has(person));
      const read =
        unknown.length > 0
          ? await withClient(pool, (client) => readNames(client, pool.sealing, unknown))
          : [];
      // One that was remembered meanwhile is newer.
      for (const [person, name] of read) if (!names.has(person)) know(person, name);
      return new Map([...known, ...read]);
    },
    list: async () =>
      new Map(await withClient(pool, (client) => readNames(client, pool.sealing, undefined))),
  };
}

/** In a name. */
const mostLetters = 1_000;

const placeOfName = (person: string): Place => ({ table: 'people', column: 'name', row: person });

async function readNames(
  client: Connection,
  sealing: Sealing,
  /** Undefined: everybody. */
  people: readonly UserId[] | undefined,
): Promise<readonly (readonly [UserId, string])[]> {
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from people where $1::text[] is null or id = any($1)',
    [people ?? null],
  );
  return rows.map(({ id, name }) => [userIdSchema.parse(id), sealing.open(name, placeOfName(id))]);
}
