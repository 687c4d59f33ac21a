import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { MasterKey } from '../../src/adapters/keys/master-key.js';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { openPool } from '../../src/adapters/postgres/pool.js';
import { makeScreenings } from '../../src/adapters/postgres/screenings.js';
import { openSealing } from '../../src/adapters/postgres/sealing.js';
import { takeStoreLock } from '../../src/adapters/store-lock.js';
import { caseIdSchema, screeningIdSchema, userIdSchema } from '../../src/core/ids.js';

/**
 * A process for the tests to kill. `lock <folder> <platform>` takes the lock and holds it. `write <store>
 * [template]` opens the store, a folder or an address, and adds events to new screenings without end.
 * `migrate <address>` brings a store on PostgreSQL to this version and says what it found.
 * It says each thing it knows on a line of its own, synchronously: a line that was read was meant.
 */
/** Wraps nothing; a store of this process lives as long as a test. */
const openKeys: MasterKey = {
  wrap: async (dataKey) => ({ by: 'test', wrapped: dataKey.toString('base64') }),
  unwrap: async ({ wrapped }) => Buffer.from(wrapped, 'base64'),
};

const [, , task, place = '', option] = process.argv;

if (task === 'lock') {
  say((await takeStoreLock(place, option)).kind);
  setInterval(() => undefined, 60_000);
}

if (task === 'migrate') {
  say('ready');
  const pool = openPool(place);
  say(`did ${(await migrate(pool)).kind}`);
  await pool.end();
}

if (task === 'write') {
  const begunAt = performance.now();
  const isServer = place.startsWith('postgres');
  if (!isServer) say((await takeStoreLock(place)).kind);
  const pool = isServer ? openPool(place) : await openEmbedded(place, option);
  await migrate(pool);
  const sealed = await openSealing(pool, async () => openKeys);
  say(`open ${Math.round(performance.now() - begunAt)}`);
  const screenings = makeScreenings(sealed);
  // Three at once, so that a kill also meets statements that wait for one another.
  await Promise.all([1, 2, 3].map(() => writeWithoutEnd(screenings)));
}

async function writeWithoutEnd(screenings: ReturnType<typeof makeScreenings>): Promise<never> {
  const id = screeningIdSchema.parse(randomUUID());
  const by = userIdSchema.parse('officer-1');
  const at = new Date().toISOString();
  const caseId = caseIdSchema.parse(randomUUID());
  const script = { script: 'first-contact', version: 1 };
  const begun = {
    id,
    caseId,
    caseRef: id,
    ...script,
    startedBy: by,
    startedAt: at,
    activityId: id,
  };
  await screenings.start(begun);
  for (;;) {
    const activityId = randomUUID();
    await screenings.change(id, ({ events }) => {
      const seq = events.length + 1;
      const act = { kind: 'pause' } as const;
      return { save: { seq, at, by, client: 'card', activityId, act }, result: undefined };
    });
    say(`saved ${id} ${activityId}`);
  }
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}
