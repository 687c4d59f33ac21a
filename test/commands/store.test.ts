import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../bot/wire-store.js';
import { openMaster } from '../../src/adapters/keys/open-master.js';
import { openPool, withClient } from '../../src/adapters/postgres/pool.js';
import { caseTables } from '../../src/adapters/postgres/read-case.js';
import { openSealing } from '../../src/adapters/postgres/sealing.js';
import { takeStoreLock } from '../../src/adapters/store-lock.js';
import { readConfig } from '../../src/config.js';
import { aReview, officer } from '../contracts/review-setup.js';
import { makeDatabase, makeFolder, makePorts } from '../contracts/stores.js';
import { runCommand } from '../run-command.js';

/** The commands of the store and of retention as they are run, over a store with two cases. */
let place: Awaited<ReturnType<typeof makeFolder>>;
let data: string;
let refs: readonly string[];
let ids: readonly string[];

beforeAll(async () => {
  place = await makeFolder();
  data = path.join(place.folder, 'data');
  const store = await openStore(readConfig({ DATA_DIR: data }));
  const ports = makePorts(store.pool);
  // Over when the tests run; of no case.
  for (const at of ['2015-01-01T10:00:00.000Z', '2015-01-02T10:00:00.000Z'])
    await ports.audit.record({ at, by: officer, what: 'exported', caseId: null, detail: {} });
  const cases = [await aReview(ports), await aReview(ports)];
  refs = cases.map(({ caseRef }) => caseRef);
  ids = cases.map(({ caseId }) => caseId);
  await ports.people.remember(officer, 'PC Siân *Example*');
  await ports.close();
  await store.close();
}, 240_000);
afterAll(() => place.remove());

const inPlace = (name: string) => path.join(place.folder, name);
const store = (args: readonly string[], env = {}) =>
  runCommand('store', args, { DATA_DIR: data, ...env });
const retention = (args: readonly string[], env = {}) =>
  runCommand('retention', args, { DATA_DIR: data, ...env });
const verified = (env = {}) => runCommand('audit', ['verify'], { DATA_DIR: data, ...env });
const by = ['--by', 'sgt-1', '--as', 'supervisor'];
const admin = ['--by', 'admin-1', '--as', 'administrator'];
/** Of this machine; left out where it is no plain name. */
const account = /^[\w.@-]{1,64}$/.test(userInfo().username) ? userInfo().username : undefined;
const refOf = (at: number) => refs[at] ?? '';
const lineOfDeleted = /^Deleted: \d+ rows\. What remains is its tombstone, /;

describe('npm run store', () => {
  it('says how it is used, and refuses what is not there or in use', async () => {
    expect((await store(['mend'])).err).toMatch(/^npm run store -- backup FILE/);
    expect(await store(['backup', inPlace('x')], { DATA_DIR: inPlace('none') })).toEqual({
      ...{ code: 2, out: '', err: `There is no store in ${inPlace('none')}.\n` },
    });
    const lock = await takeStoreLock(data);
    expect((await store(['backup', inPlace('x')])).err).toBe(
      `Another process has the store in ${data} open: stop it first.\n`,
    );
    if (lock.kind === 'held') await lock.release();
    expect(existsSync(inPlace('x'))).toBe(false);
  });

  it('backs up and restores, and refuses a damaged file, a full folder and a file that is there', async () => {
    const file = inPlace('one.backup');
    expect(await store(['backup', file])).toMatchObject({
      ...{
        code: 0,
        out: expect.stringMatching(/^Backed up: \d+ bytes in .*SHA-256 [0-9a-f]{64}\./),
      },
    });
    expect((await store(['backup', file])).err).toMatch(
      /is there already: it was left as it is\.\n$/,
    );
    const [half, longer, none] = ['half', 'longer', 'none'].map(inPlace) as [
      string,
      string,
      string,
    ];
    await copyFile(file, half);
    await truncate(half, 100_000);
    await copyFile(file, longer);
    await appendFile(longer, 'x');
    await writeFile(none, 'no backup');
    const fresh = { DATA_DIR: inPlace('fresh') };
    for (const damaged of [half, longer])
      expect(await store(['restore', damaged], fresh)).toMatchObject({
        ...{ code: 2, err: expect.stringMatching(/is damaged or was not written to its end/) },
      });
    expect((await store(['restore', none], fresh)).err).toMatch(/is no backup of Signpost/);
    expect((await store(['restore', file])).err).toMatch(/is not empty: restore into a new folder/);
    expect(readdirSync(inPlace('fresh'))).toEqual([]);
    // As a restore that was stopped in the middle leaves it.
    await mkdir(path.join(inPlace('fresh'), 'cluster.making'));
    await copyFile(path.join(data, 'master-keys'), path.join(inPlace('fresh'), 'master-keys'));
    expect(await store(['restore', file], fresh)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(inPlace('fresh')).sort()).toEqual(['cluster', 'master-keys']);
    expect((await verified(fresh)).out).toBe((await verified()).out);
  }, 240_000);

  it('gives out everything held of a case in clear, and notes the disclosure', async () => {
    const args = ['export-case', refOf(0), '--to', inPlace('given')];
    expect((await store(args)).err).toMatch(/^Say who/);
    expect((await store([...args, ...by])).err).toMatch(
      /^Say why: --why with one of subject-access/,
    );
    const why = ['--why', 'subject-access', '--record', 'SAR/1'];
    const officers = ['--by', 'pc-1', '--as', 'officer'];
    expect((await store([...args, ...officers, ...why])).err).toBe(
      'That role may not. The refusal is in the audit.\n',
    );
    expect(await store([...args, ...by, ...why])).toMatchObject({ code: 0, err: '' });
    const given = JSON.parse(await readFile(inPlace('given/case.json'), 'utf8'));
    expect(Object.keys(given.tables)).toEqual(
      Object.keys(caseTables).filter((name) =>
        [
          'cases',
          'case_people',
          'screenings',
          'screening_events',
          'reviews',
          'review_events',
          'review_versions',
          'audit',
        ].includes(name),
      ),
    );
    expect(given.tables.review_events[0].act.summary.caseRef).toBe(refOf(0));
    expect(given.tables.audit.at(-1)).toMatchObject({
      ...{
        what: 'case-disclosed',
        who: 'sgt-1',
        detail: { why: 'subject-access', record: 'SAR/1', via: 'command', account },
      },
    });
    expect(JSON.stringify(given)).not.toContain('sealed:');
    const markdown = await readFile(inPlace('given/case.md'), 'utf8');
    expect(markdown).toContain('acted_by: officer-1 (PC Siân \\*Example\\*)');
    expect((await store([...args, ...by, ...why])).err).toMatch(/is there already/);
    expect(
      (await store(['export-case', 'SP-none', '--to', inPlace('g2'), ...by, ...why])).err,
    ).toBe('There is no case with that reference.\n');
  }, 240_000);
});

describe('npm run retention', () => {
  it('refuses, in a sentence, what is not said, and changes nothing', async () => {
    const because = ['--why', 'erasure-request'];
    const asked: readonly (readonly [readonly string[], RegExp])[] = [
      [['purge'], /^npm run retention -- policy/],
      [['delete', refOf(1), ...because, ...by], /^Name the file: --list FILE/],
      [['delete', refOf(1), ...because, '--list', inPlace('l')], /^Say who decides/],
      [
        ['delete', refOf(1), ...by, '--list', inPlace('l')],
        /^Say why: --why with one of period-ended/,
      ],
      [
        ['delete', refOf(1), ...by, '--why', 'period-ended', '--list', inPlace('l')],
        /^It is not due before /,
      ],
      [['keep', refOf(1), ...by, '--why', 'other-cases'], /^Say until when/],
      [['period', 'letters', '9', ...by], /^Name a kind: one of cases,/],
      [['period', 'answers', '0', ...by], /^Days are a whole number/],
      [['prune-audit', '--why', 'period-ended'], /^Say who decides/],
      [['prune-audit', ...admin], /^Say why: --why with one of period-ended, records-review/],
      [['prune-audit', '9', '--why', 'period-ended', ...admin], /^The period says which/],
      [['prune-audit', '--why', 'period-ended', ...by], /^That role may not/],
    ];
    for (const [args, words] of asked)
      expect(await retention(args)).toMatchObject({ code: 2, err: expect.stringMatching(words) });
    expect((await retention(['policy'])).out).toMatch(
      /^cases: 2190 days \(as delivered\)\n[\s\S]*\npeople: 400 days \(as delivered\)\n[\s\S]*than that: 2, of which 2 may go/,
    );
    expect((await retention(['due', ...by])).out).toBe('0 to be looked at.\n');
  }, 240_000);

  it('deletes after a hold is lifted, and again after a restore from before, by the list', async () => {
    const [file, list] = [inPlace('before.backup'), inPlace('tombstones')];
    expect((await store(['backup', file])).code).toBe(0);
    const held = ['hold', refOf(1), '--why', 'civil-claim', '--record', 'CC/7', ...by];
    expect((await retention(held)).out).toBe('Held: nothing of it is deleted. This is hold 1.\n');
    const gone = ['delete', refOf(1), '--why', 'court-order', '--list', list, ...by];
    expect((await retention(gone)).err).toMatch(
      /^It is held, and nothing was deleted\.\nHold 1 on SP-\S+: civil-claim \(CC\/7\)/,
    );
    const lifted = ['release', refOf(1), '--hold', '1', '--why', 'proceedings-over', ...by];
    expect((await retention(lifted)).out).toBe('Hold 1 is lifted.\n');
    expect((await retention(gone)).out).toMatch(lineOfDeleted);
    const line = JSON.parse(await readFile(list, 'utf8'));
    expect(line).toMatchObject({ caseId: ids[1], why: 'court-order', by: 'sgt-1', force: 'local' });
    const restored = { DATA_DIR: inPlace('restored') };
    await mkdir(restored.DATA_DIR);
    await copyFile(path.join(data, 'master-keys'), path.join(restored.DATA_DIR, 'master-keys'));
    expect((await store(['restore', file], restored)).code).toBe(0);
    const again = ['reapply', '--list', list, ...by];
    await writeFile(inPlace('half-list'), `${JSON.stringify(line)}\n{"force":`);
    expect(
      (await retention(['reapply', '--list', inPlace('half-list'), ...by], restored)).err,
    ).toMatch(/half-list, line 2: this is no tombstone, and nothing was deleted\.\n$/);
    expect((await retention(again, restored)).out).toBe('Deleted again: 1 of 1 named.\n');
    expect((await retention(again, restored)).out).toBe('Deleted again: 0 of 1 named.\n');
    expect((await verified(restored)).out).toMatch(/^Whole: \d+ entries\./);
    expect((await verified()).out).toMatch(/^Whole: \d+ entries\./);
  }, 240_000);
});

describe('npm run retention -- prune-audit', () => {
  it('removes what is over once, says so ever after, and goes into backups', async () => {
    const noted = (entry = '') =>
      runCommand('audit', ['verify', '--noted', entry], { DATA_DIR: data });
    const opened = await openStore(readConfig({ DATA_DIR: data }));
    const [second, first] = (
      await makePorts(opened.pool).audit.search({ to: '2016-01-01' }, 2)
    ).map(({ seq, hash }) => `${seq}:${hash}`);
    await opened.close();
    expect((await noted(first)).code).toBe(0);
    const prune = ['prune-audit', '--why', 'period-ended', '--record', 'RM/7', ...admin];
    expect(await retention(prune)).toMatchObject({
      ...{ code: 0, err: '' },
      out: expect.stringContaining(`Removed: 2 entries. The audit goes on from ${second}.`),
    });
    expect((await retention(prune)).err).toMatch(/^No entry may go/);
    const whole =
      /^Whole: \d+ entries from 3 on\. Entries up to 2 were removed by admin-1 at \S+\. The newest is /;
    expect(await noted(second)).toMatchObject({ code: 0, out: expect.stringMatching(whole) });
    expect(await noted(first)).toMatchObject({
      ...{ code: 2, out: '' },
      err: expect.stringMatching(
        /^Entry 1, which you noted, is among those that were removed: it cannot be compared\..*\nWhole: /,
      ),
    });
    const [file, restored] = [inPlace('pruned.backup'), { DATA_DIR: inPlace('pruned') }];
    expect((await store(['backup', file])).code).toBe(0);
    await mkdir(restored.DATA_DIR);
    await copyFile(path.join(data, 'master-keys'), path.join(restored.DATA_DIR, 'master-keys'));
    expect((await store(['restore', file], restored)).code).toBe(0);
    expect((await verified(restored)).out).toBe((await verified()).out);
  }, 240_000);
});

describe.skipIf(!process.env.TEST_DATABASE_URL)('with PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  /** Debian keeps them out of the PATH; the newest is taken. */
  const run = (tool: string, args: readonly string[]) => {
    const newest = readdirSync('/usr/lib/postgresql')
      .sort((one, other) => Number(one) - Number(other))
      .at(-1);
    return promisify(execFile)(`/usr/lib/postgresql/${newest}/bin/${tool}`, [...args]);
  };
  const there = (url = database.url) => ({
    ...{ DATABASE_URL: url, KEY_FILE: path.join(data, 'master-keys') },
  });
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.remove());

  it('moves the embedded store, whole or not at all, and only to an empty one', async () => {
    const before = (await verified()).out;
    expect(await store(['move'], { DATABASE_URL: database.url })).toMatchObject({
      ...{ code: 0, err: '', out: expect.stringMatching(/^Moved: \d+ rows of \d+ tables/) },
    });
    expect((await verified(there())).out).toBe(before);
    expect((await store(['move'], { DATABASE_URL: database.url })).err).toMatch(
      /^The table \S+ of DATABASE_URL is not empty\. Nothing was moved\.\n$/,
    );
    const config = readConfig({ DATA_DIR: data, ...there() });
    const pool = await openSealing(openPool(database.url), () => openMaster(config.keys));
    const ports = makePorts(pool);
    expect([...(await ports.people.namesOf([officer]))]).toEqual([[officer, 'PC Siân *Example*']]);
    // What the store numbers goes on, and its triggers are back.
    await aReview(ports);
    expect((await ports.audit.verify()).kind).toBe('whole');
    await expect(withClient(pool, (client) => client.query('delete from audit'))).rejects.toThrow(
      'append-only',
    );
    await ports.close();
    await pool.end();
  }, 240_000);

  it('restores a dump, proves the audit and deletes again what was deleted since', async () => {
    const [dump, list] = [inPlace('pg.dump'), inPlace('pg-tombstones')];
    await run('pg_dump', ['-Fc', '-f', dump, database.url]);
    const gone = ['delete', refOf(0), '--why', 'court-order', '--list', list, ...by];
    expect((await retention(gone, there())).out).toMatch(lineOfDeleted);
    const fresh = await makeDatabase();
    try {
      await run('pg_restore', ['--exit-on-error', '-d', fresh.url, dump]);
      expect((await verified(there(fresh.url))).out).toMatch(/^Whole: \d+ entries from 3 on\./);
      const again = ['reapply', '--list', list, ...by];
      expect((await retention(again, there(fresh.url))).out).toBe('Deleted again: 1 of 1 named.\n');
      expect((await verified(there(fresh.url))).out).toMatch(/^Whole: \d+ entries from 3 on\./);
      const held = await retention(
        ['hold', refOf(0), '--why', 'civil-claim', ...by],
        there(fresh.url),
      );
      expect(held.err).toBe('There is no case with that reference.\n');
    } finally {
      await fresh.remove();
    }
  }, 240_000);
});
