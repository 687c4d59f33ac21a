import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../bot/wire-store.js';
import { makeKeyFile } from '../../src/adapters/keys/key-file.js';
import { packageRoot } from '../../src/adapters/package-root.js';
import { listMigrations, migrate, migrationsFolder } from '../../src/adapters/postgres/migrate.js';
import { makePeople } from '../../src/adapters/postgres/people.js';
import { openPool, type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { readConfig } from '../../src/config.js';
import { userIdSchema } from '../../src/core/ids.js';
import { makeDatabase } from '../contracts/stores.js';
import { runCommand } from '../run-command.js';

const officer = userIdSchema.parse('officer-1');
const isOlder =
  'The store is older than this version of Signpost, and the login of DATABASE_URL may not change its tables: run npm run store -- migrate as their owner first (docs/runbook.md).';

describe('npm run store -- migrate', () => {
  it('leaves the embedded store to the server', async () => {
    expect(await runCommand('store', ['migrate'], {})).toEqual({
      ...{ code: 2, out: '' },
      err: 'The embedded store is brought to this version by the start of the server.\n',
    });
  });
});

/** The server as infra/ runs it: with no login that owns the tables. */
describe.skipIf(!process.env.TEST_DATABASE_URL)('a server without the owner’s login', () => {
  const suffix = randomUUID().slice(0, 8);
  const logins = { owner: `own_${suffix}`, app: `app_${suffix}`, answers: `ans_${suffix}` };
  let folder: string;
  let keys: string;
  let place: Awaited<ReturnType<typeof makeDatabase>>;
  let admin: StorePool;
  const run = (text: string) => withClient(admin, (client) => client.query(text));
  const as = (login: string) => {
    const url = new URL(place.url);
    url.username = login;
    return url.href;
  };
  const settings = () => ({
    ...{ DATABASE_URL: as(logins.app), ANSWERS_DATABASE_URL: as(logins.answers) },
    ...{ KEY_FILE: keys, FORCE_ID: 'north' },
  });
  const start = () => openStore(readConfig(settings()));
  const migrated = (env = {}) => runCommand('store', ['migrate'], { ...settings(), ...env });
  const asOwner = () => migrated({ MIGRATE_DATABASE_URL: as(logins.owner) });
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-test-'));
    keys = path.join(folder, 'master-keys');
    await makeKeyFile(keys);
  });
  beforeEach(async () => {
    place = await makeDatabase();
    admin = await place.open();
    await run(await readFile(path.join(packageRoot(), 'src/adapters/postgres/roles.sql'), 'utf8'));
    await run(
      `drop role if exists ${logins.owner}, ${logins.app}, ${logins.answers};
       create role ${logins.owner} login in role signpost_owner;
       alter role ${logins.owner} set role signpost_owner;
       create role ${logins.app} login in role signpost_app;
       create role ${logins.answers} login in role signpost_answers;`,
    );
    return async () => {
      await admin.end();
      await place.remove();
    };
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('does not start on an empty store, and starts once that was migrated by the owner', async () => {
    await expect(start()).rejects.toThrow(isOlder);
    expect(await migrated()).toEqual({
      ...{ code: 2, out: '' },
      err: 'The login may not change the tables: set MIGRATE_DATABASE_URL to that of their owner (docs/keys.md). Nothing was changed.\n',
    });
    expect(await asOwner()).toEqual({
      ...{ code: 0, err: '', out: `Migrated: ${(await listMigrations()).join(', ')}.\n` },
    });
    expect(await asOwner()).toEqual({ code: 0, err: '', out: 'Nothing to do.\n' });
    const store = await start();
    await makePeople(store.pool).remember(officer, 'PC Example');
    expect(await makePeople(store.pool).namesOf([officer])).toEqual(
      new Map([[officer, 'PC Example']]),
    );
    await store.close();
  }, 120_000);

  it('does not start on a store of the version before, which stays as it is', async () => {
    const [all, before] = [await listMigrations(), path.join(folder, 'before')];
    await mkdir(before);
    for (const name of all.slice(0, -1))
      await copyFile(path.join(migrationsFolder, `${name}.sql`), path.join(before, `${name}.sql`));
    const owner = openPool(as(logins.owner), 1, { force: 'north', unlimited: true });
    await migrate(owner, before);
    await owner.end();
    await expect(start()).rejects.toThrow(isOlder);
    const { rows } = await run('select name from pgmigrations order by id');
    expect(rows.map(({ name }) => name)).toEqual(all.slice(0, -1));
    expect((await asOwner()).out).toBe(`Migrated: ${all.at(-1)}.\n`);
    await (await start()).close();
  }, 120_000);

  it('is told by the command, in a sentence, of a store that a newer version has used', async () => {
    await asOwner();
    await run(`insert into pgmigrations (name, run_on) values ('9999_newer', now())`);
    expect(await asOwner()).toMatchObject({
      ...{ code: 2, err: expect.stringMatching(/^The store holds migration 9999_newer/) },
    });
  }, 120_000);
});
