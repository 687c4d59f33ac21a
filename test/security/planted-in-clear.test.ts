import { describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { aReview, at, supervisor } from '../contracts/review-setup.js';
import { drivers, makePorts, usePlace } from '../contracts/stores.js';

/**
 * Whoever has the server's password for the store and none of its keys: what they write in clear into a store in which
 * everything was encrypted. docs/keys.md: “moved or altered, it is refused”.
 */
describe.each(drivers.slice(0, 1))('a word planted in $name', (driver) => {
  const place = usePlace(driver);

  it('is not taken for what Signpost wrote', async () => {
    const { pool } = place();
    const ports = makePorts(pool);
    const { id } = await aReview(ports);
    await ports.people.remember(supervisor, 'Aisha Khan');
    await withClient(pool, async (client) => {
      await client.query(`update people set name = 'Somebody Else'`);
      await client.query(
        `insert into review_events (review_id, seq, acted_at, acted_by, act)
       select $1, max(seq) + 1, $2, $3, '{"kind":"approved"}' from review_events where review_id = $1`,
        [id, at, supervisor],
      );
    }).catch(() => undefined);
    const review = await makePorts(pool)
      .reviews.find(id)
      .catch(() => undefined);
    const names = await makePorts(pool)
      .people.namesOf([supervisor])
      .catch(() => new Map<string, string>());
    expect([
      review?.events.some(({ act }) => act.kind === 'approved') ?? false,
      names.get(supervisor) === 'Somebody Else',
    ]).toEqual([false, false]);
    await ports.close();
  });
});
