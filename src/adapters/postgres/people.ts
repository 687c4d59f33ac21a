import { type UserId, userIdSchema } from '../../core/ids.js';
import type { People } from '../../flows/ports.js';
import { type StorePool, withClient } from './pool.js';

/** Everybody a large force has on Signpost in a day. */
const mostRemembered = 10_000;

/**
 * Names of people, kept in PostgreSQL or the embedded store. One changed at another instance is known here once the
 * person speaks here or this process starts again: a name decides nothing.
 */
export function makePeople(pool: StorePool): People {
  const names = new Map<UserId, string>();
  const know = (person: UserId, name: string) => {
    names.delete(person);
    names.set(person, name);
    const [oldest] = names.keys();
    if (names.size > mostRemembered && oldest !== undefined) names.delete(oldest);
  };
  return {
    remember: async (person, name) => {
      if (names.get(person) === name) return;
      await withClient(pool, (client) =>
        client.query(
          `insert into people (id, name) values ($1, $2)
           on conflict (id) do update set name = excluded.name where people.name <> excluded.name`,
          [person, name],
        ),
      );
      know(person, name);
    },
    namesOf: async (people) => {
      const known = people.flatMap((person) => {
        const name = names.get(person);
        return name === undefined ? [] : [[person, name] as const];
      });
      const unknown = people.filter((person) => !names.has(person));
      const read = unknown.length > 0 ? await readNames(pool, unknown) : [];
      // One that was remembered meanwhile is newer.
      for (const [person, name] of read) if (!names.has(person)) know(person, name);
      return new Map([...known, ...read]);
    },
  };
}

async function readNames(
  pool: StorePool,
  people: readonly UserId[],
): Promise<readonly (readonly [UserId, string])[]> {
  const { rows } = await withClient(pool, (client) =>
    client.query<{ id: string; name: string }>('select id, name from people where id = any($1)', [
      people,
    ]),
  );
  return rows.map(({ id, name }) => [userIdSchema.parse(id), name]);
}
