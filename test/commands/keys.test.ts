import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../bot/wire-store.js';
import { makePeople } from '../../src/adapters/postgres/people.js';
import { readConfig } from '../../src/config.js';
import { userIdSchema } from '../../src/core/ids.js';
import { makeFolder } from '../contracts/stores.js';
import { runCommand } from '../run-command.js';

const officer = userIdSchema.parse('officer-1');

describe('npm run keys', () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  beforeAll(async () => {
    place = await makeFolder();
  }, 60_000);
  afterAll(() => place.remove());
  const keys = (...args: readonly string[]) => runCommand('keys', args, { DATA_DIR: place.folder });
  const config = (more = {}) => readConfig({ DATA_DIR: place.folder, ...more });
  const nameOf = async (more = {}) => {
    const store = await openStore(config(more));
    try {
      return (await makePeople(store.pool).namesOf([officer])).get(officer);
    } finally {
      await store.close();
    }
  };

  it('says how it is used, and that there is no store where there is none', async () => {
    const unknown = await keys('mend');
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('keys -- rotate')]);
    expect(await keys('status')).toEqual({
      ...{ code: 2, out: '', err: `There is no store in ${place.folder}.\n` },
    });
  });

  it('shows, rotates, encrypts anew and wraps anew, and everything is read as before', async () => {
    const store = await openStore(config());
    await makePeople(store.pool).remember(officer, 'PC Siân Example');
    expect((await keys('status')).err).toMatch(/open: stop it first\.\n$/);
    await store.close();
    expect((await keys('status')).out).toMatch(
      /^Key 1: made \S+, wrapped by mk-\S+\npeople\.name: 1 by key 1\n$/,
    );
    expect((await keys('rotate')).out).toMatch(/^Key 2 is used from/);
    expect((await keys('re-encrypt')).out).toBe('people.name: 1 more\nEncrypted with key 2: 1.\n');
    const file = path.join(place.folder, 'master-keys');
    const before = await readFile(file, 'utf8');
    expect((await keys('rewrap', '--new')).out).toMatch(/^Wrapped anew: 2\./);
    expect((await readFile(file, 'utf8')).startsWith(before.trimEnd())).toBe(true);
    expect((await keys('status')).out).toMatch(/people\.name: 1 by key 2\n$/);
    expect(await keys('new')).toMatchObject({ code: 2, out: '' });
    expect(await nameOf()).toBe('PC Siân Example');
  }, 60_000);

  it('lets the server refuse, in one sentence, a store of another force or without its key', async () => {
    await expect(nameOf({ FORCE_ID: 'north' })).rejects.toThrow(
      'The setting FORCE_ID cannot be north: the store is that of local.',
    );
  });

  it('lets the server refuse, in one sentence, to start with another key than the store’s', async () => {
    await rm(path.join(place.folder, 'master-keys'));
    await expect(nameOf()).rejects.toThrow(
      /^The setting KEY_FILE cannot be used: .*master-keys holds no mk-\S+, which the store’s words need\.$/,
    );
  });
});
