import { makeAudit } from '../src/adapters/postgres/audit.js';
import { type StorePool, withClient } from '../src/adapters/postgres/pool.js';
import { makeReviews } from '../src/adapters/postgres/reviews.js';
import { userIdSchema } from '../src/core/ids.js';
import { reviewQuerySchema } from '../src/core/review-list.js';
import { makeListReviews } from '../src/flows/list-reviews.js';
import { percentile } from './load.js';
import { openLongCase } from './long-case.js';
import { openMeasuredStore } from './open-store.js';
import type { Server } from './processes.js';

/** What is asked of the queue, by so many at once, and how long each waited. */
export type QueueRow = {
  readonly asked: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

export const queueSize = { summaries: 5_000, readers: 20 };

const officer = userIdSchema.parse('officer-1');
const supervisor = { id: userIdSchema.parse('supervisor-1'), name: 'PS Example' };

/**
 * Lists of a queue of 5,000 summaries on PostgreSQL with its own settings, each reader asking again when answered: in
 * this process without routes, JSON and network, and then of the built server over HTTP, with all of them.
 */
export async function measureQueue(
  url: string,
  seconds: number,
  startServer: () => Promise<Pick<Server, 'url' | 'stop'>>,
): Promise<readonly QueueRow[]> {
  const pool = await openMeasuredStore(url);
  try {
    await fill(pool);
    const reviews = makeReviews(pool);
    const audit = makeAudit(pool);
    const clock = () => new Date();
    const list = makeListReviews(reviews, audit, clock);
    const user = { ...supervisor, roles: ['supervisor' as const] };
    const long = await openLongCase(pool);
    const unaudited = (asked: object, of?: typeof officer) => async () => {
      const { rows } = await reviews.list(
        reviewQuerySchema.parse(asked),
        clock().toISOString(),
        of && { person: of, reach: 'own' },
      );
      if (rows.length !== 50) throw new Error(`a page of ${rows.length}`);
    };
    const asks: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['first page, read and audited', () => list(reviewQuerySchema.parse({}), user)],
      ['first page, the list alone', unaudited({})],
      ['red flags of one team', unaudited({ flag: 'red', team: 'Team 1' })],
      ['part of a reference', unaudited({ search: '-00' })],
      ['dates within 14 days', unaudited({ datesWithin: 14 })],
      ['page 80, oldest first', unaudited({ sort: 'oldest', page: 80 })],
      ['first page of an officer’s own', unaudited({}, officer)],
    ];
    const rows: QueueRow[] = [];
    for (const [asked, ask] of asks) rows.push({ asked, ...(await measure(ask, seconds)) });
    const server = await startServer();
    const summary = `summary of ${long.lines} lines, ${long.replies} replies, over HTTP`;
    const paths = [
      ['first page over HTTP', '/tab/api/reviews', queueSize.readers],
      [`one ${summary}, one reader`, `/tab/api/reviews/${long.id}`, 1],
      [`a ${summary}`, `/tab/api/reviews/${long.id}`, queueSize.readers],
    ] as const;
    for (const [asked, path, readers] of paths)
      rows.push({ asked, ...(await measure(await makeAskOver(server, path), seconds, readers)) });
    await server.stop();
    return [...rows, { asked: 'audit verified, entries/s', ...(await measureVerify(audit)) }];
  } finally {
    await pool.end();
  }
}

/** Asks the server as the demo's first supervisor does, and reads the whole answer. */
async function makeAskOver({ url }: Pick<Server, 'url'>, path: string) {
  const address = new URL(path, url);
  const signedIn = await fetch(new URL('/tab/api/me', url));
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async () => {
    const answer = await fetch(address, { headers: { cookie } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  };
}

async function measure(
  ask: () => Promise<unknown>,
  seconds: number,
  readers = queueSize.readers,
): Promise<Omit<QueueRow, 'asked'>> {
  const read = async (end: number) => {
    const times: number[] = [];
    while (performance.now() < end) {
      const startedAt = performance.now();
      await ask();
      times.push(performance.now() - startedAt);
    }
    return times;
  };
  const readAll = (ms: number) =>
    Promise.all(Array.from({ length: readers }, () => read(performance.now() + ms)));
  await readAll(500);
  const times = (await readAll(seconds * 1_000)).flat().sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    ...{ p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) },
  };
}

async function measureVerify(
  audit: ReturnType<typeof makeAudit>,
): Promise<Omit<QueueRow, 'asked'>> {
  const startedAt = performance.now();
  const verified = await audit.verify();
  if (verified.kind === 'broken') throw new Error(`the audit is broken at ${verified.seq}`);
  const ms = performance.now() - startedAt;
  return { perSecond: (verified.entries / ms) * 1_000, p50: ms, p95: ms, p99: ms };
}

/** Straight into the tables, since what is measured is reading: four of five wait, flags and dates spread over them. */
async function fill(pool: StorePool): Promise<void> {
  await withClient(pool, async (client) => {
    const count = queueSize.summaries - 1;
    await client.query(
      `insert into cases select gen_random_uuid(), 'SP-' || lpad(i::text, 6, '0')
       from generate_series(1, ${count}) i`,
    );
    await client.query(
      `insert into case_people (case_id, person, let_in_by, let_in_at)
       select id, person, person, now() from (
         select id, 'officer-' || right(ref, 6)::integer % 20 as person from cases
       ) people`,
    );
    await client.query(
      `insert into reviews (id, case_id, case_ref, events, state, version, submitted_at, decided_at, author,
         team, scripts, red, amber, is_incomplete, check_date, order_ends)
       select gen_random_uuid(), id, ref, 1,
         (array['waiting', 'waiting', 'waiting', 'waiting', 'approved'])[1 + i % 5], 1,
         now() - i * interval '7 minutes', case when i % 5 = 4 then now() end, 'Officer ' || i % 20,
         'Team ' || i % 6, array['first-contact', 'course-of-conduct'],
         case when i % 7 = 0 then 1 + i % 3 else 0 end, i % 4, i % 9 = 0,
         case when i % 3 = 0 then current_date + i % 90 end,
         case when i % 8 = 0 then current_date + i % 200 end
       from (select id, ref, right(ref, 6)::integer as i from cases) c`,
    );
    await client.query('analyze');
  });
}
