import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import type { MasterKey } from '../../src/adapters/keys/master-key.js';
import { packageRoot } from '../../src/adapters/package-root.js';
import { makeAnswers } from '../../src/adapters/postgres/answers.js';
import { makeAudit } from '../../src/adapters/postgres/audit.js';
import { makeCases } from '../../src/adapters/postgres/cases.js';
import { makeChats } from '../../src/adapters/postgres/chats.js';
import { makeCommitmentStore } from '../../src/adapters/postgres/commitments.js';
import { makeConflicts } from '../../src/adapters/postgres/conflicts.js';
import { makeCounted } from '../../src/adapters/postgres/counted.js';
import { openEar } from '../../src/adapters/postgres/ear.js';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { makeNotices } from '../../src/adapters/postgres/notices.js';
import { makePeople } from '../../src/adapters/postgres/people.js';
import { makePeopleChats } from '../../src/adapters/postgres/people-chats.js';
import { openPool, type StorePool } from '../../src/adapters/postgres/pool.js';
import { makeReviews } from '../../src/adapters/postgres/reviews.js';
import { makeScreenings } from '../../src/adapters/postgres/screenings.js';
import { openSealing } from '../../src/adapters/postgres/sealing.js';
import { makeSharing } from '../../src/adapters/postgres/sharing.js';
import { takeStoreLock } from '../../src/adapters/store-lock.js';
import { makeStoreTemplate } from '../../src/commands/make-store-template.js';
import type {
  Answers,
  Audit,
  Cases,
  Chats,
  Commitments,
  Conflicts,
  Counted,
  Notices,
  People,
  PeopleChats,
  Reviews,
  Screenings,
  Sharing,
} from '../../src/flows/ports.js';
import {
  type CasePeople,
  makeFakeAnswers,
  makeFakeCases,
  makeFakeChats,
  makeFakePeople,
  makeFakeScreenings,
} from '../fakes.js';

/** A place of its own, empty and not yet migrated; `open` may be called more than once. */
export type Place = {
  readonly open: () => Promise<StorePool>;
  readonly remove: () => Promise<void>;
};

export type Driver = {
  readonly name: string;
  /** PostgreSQL is left out, and reported as skipped, where no server is named. */
  readonly isMissing: boolean;
  readonly makePlace: () => Promise<Place>;
};

const serverUrl = process.env.TEST_DATABASE_URL;

export const drivers: readonly Driver[] = [
  { name: 'PGlite', isMissing: false, makePlace: makeFolder },
  { name: 'PostgreSQL', isMissing: !serverUrl, makePlace: makeDatabase },
];

export type Ports = {
  readonly screenings: Screenings;
  readonly cases: Cases;
  readonly people: People;
  readonly chats: Chats;
  readonly answers: Answers;
};

/** Runs a suite against the fake, PGlite and PostgreSQL. */
export function describeStores(name: string, suite: (ports: () => Ports) => void): void {
  describe(`${name} in the fake`, () => {
    const people: CasePeople = new Map();
    const screenings = makeFakeScreenings(people);
    const fake = {
      screenings,
      cases: makeFakeCases(screenings, people),
      people: makeFakePeople(),
      chats: makeFakeChats(),
      answers: makeFakeAnswers(),
    };
    suite(() => fake);
  });
  for (const driver of drivers) {
    describe.skipIf(driver.isMissing)(`${name} in ${driver.name}`, () => {
      const pool = usePool(driver);
      suite(() => portsOver(pool()));
    });
  }
}

/** A master key that wraps nothing, for stores that live as long as a test. */
export const testMaster: MasterKey = {
  wrap: async (dataKey) => ({ by: 'test', wrapped: dataKey.toString('base64') }),
  unwrap: async ({ wrapped }) => Buffer.from(wrapped, 'base64'),
};

/** The pool with its keys open. */
export const withKeys = (pool: StorePool) => openSealing(pool, async () => testMaster);

/** A migrated store for the tests of one `describe`. */
export function usePool(driver: Driver): () => StorePool {
  const place = usePlace(driver);
  return () => place().pool;
}

/** The same, with the way to open it once more. */
export function usePlace(driver: Driver): () => Place & { readonly pool: StorePool } {
  let used: (Place & { readonly pool: StorePool }) | undefined;
  beforeAll(async () => {
    const place = await driver.makePlace();
    const pool = await place.open();
    await migrate(pool);
    used = {
      ...place,
      open: async () => withKeys(await place.open()),
      pool: await withKeys(pool),
    };
  }, 60_000);
  afterAll(async () => {
    if (used) await ports.get(used.pool)?.close();
    await used?.pool.end();
    await used?.remove();
  });
  return () => {
    if (!used) throw new Error('the store is opened before the first test');
    return used;
  };
}

export type StorePorts = Ports & {
  readonly reviews: Reviews;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly commitments: Commitments;
  readonly peopleChats: PeopleChats;
  readonly counted: Counted;
  readonly sharing: Sharing;
  readonly conflicts: Conflicts;
  readonly close: () => Promise<void>;
};

const ports = new WeakMap<StorePool, StorePorts>();

/** The adapters over a pool, made once: that of the chats holds a connection. `close` writes what waits. */
export function portsOver(pool: StorePool): StorePorts {
  const known = ports.get(pool);
  if (known) return known;
  const made = makePorts(pool);
  ports.set(pool, made);
  return made;
}

/** The adapters over a pool, with a memory of their own, as another instance of Signpost has them. */
export function makePorts(pool: StorePool): StorePorts {
  const report = (_: number, error: unknown) => {
    throw error;
  };
  const ear = openEar(pool);
  const chats = makeChats(pool, report, ear);
  const answers = makeAnswers(pool, report);
  return {
    screenings: makeScreenings(pool),
    cases: makeCases(pool),
    people: makePeople(pool),
    chats,
    answers,
    reviews: makeReviews(pool),
    audit: makeAudit(pool),
    notices: makeNotices(pool),
    commitments: makeCommitmentStore(pool),
    peopleChats: makePeopleChats(pool, ear),
    counted: makeCounted(pool),
    sharing: makeSharing(pool),
    conflicts: makeConflicts(pool),
    close: async () => {
      await chats.close();
      await answers.close();
    },
  };
}

export async function makeFolder(): Promise<Place & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'signpost-test-'));
  const template = await findTemplate();
  return {
    folder,
    open: () => openEmbedded(folder, template),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Kept between runs, since a cluster built from nothing takes 3 s and 750 MB; made by one worker. */
export async function findTemplate(): Promise<string> {
  const folder = path.join(packageRoot(), 'node_modules', '.cache', 'signpost');
  const template = path.join(folder, 'store-template.tar.gz');
  let lock = await takeStoreLock(folder);
  while (lock.kind === 'taken') {
    await pause(50);
    lock = await takeStoreLock(folder);
  }
  await makeStoreTemplate(template).finally(lock.release);
  return template;
}

export async function makeDatabase(): Promise<Place & { readonly url: string }> {
  const name = `signpost_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template template0`);
  const url = new URL(serverUrl ?? '');
  url.pathname = `/${name}`;
  return {
    url: url.href,
    open: async () => openPool(url.href),
    remove: () => onServer(`drop database ${name} with (force)`),
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
