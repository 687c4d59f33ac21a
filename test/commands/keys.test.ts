import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../bot/wire-store.js';
import { listKeyNames, makeKeyFile } from '../../src/adapters/keys/key-file.js';
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
  const keysOf = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    runCommand('keys', args, { DATA_DIR: place.folder, ...env });
  const keys = (...args: readonly string[]) => keysOf({}, ...args);
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
      /^\S+master-keys holds, the newest last: (mk-\S+)\nKey 1: made \S+, wrapped by \1\npeople\.name: 1 by key 1\n$/,
    );
    expect((await keys('rotate')).out).toMatch(/^Key 2 is used from/);
    expect((await keys('re-encrypt')).out).toBe('people.name: 1 more\nEncrypted with key 2: 1.\n');
    const file = path.join(place.folder, 'master-keys');
    const before = await readFile(file, 'utf8');
    const [, wrapping = ''] = /wrapped by (mk-\S+)\n/.exec((await keys('status')).out) ?? [];
    const added = await keys('add');
    const [, name = ''] = /^Added (mk-\S+)\. Copy /.exec(added.out) ?? [];
    expect([added.code, (await readFile(file, 'utf8')).startsWith(before.trimEnd())]).toEqual([
      ...[0, true],
    ]);
    // Nothing is wrapped by it before it has been copied.
    const between = (await keys('status')).out;
    expect(between).toContain(`${file} holds, the newest last: ${wrapping}, ${name}\n`);
    expect(between).not.toContain(`wrapped by ${name}`);
    expect((await keys('rewrap')).out).toMatch(
      /^Wrapped anew: 2\. Keep the older master keys for as long as a backup from before today is kept/,
    );
    expect((await keys('status')).out).not.toContain(`wrapped by ${wrapping}`);
    expect((await keys('status')).out).toMatch(/people\.name: 1 by key 2\n$/);
    expect(await keys('new')).toMatchObject({ code: 2, out: '' });
    expect(await nameOf()).toBe('PC Siân Example');
  }, 60_000);

  it('adds no master key to a copy of the file from before another was added', async () => {
    const old = path.join(place.folder, 'old-copy');
    await makeKeyFile(old);
    const refused = await keysOf({ KEY_FILE: old }, 'add');
    expect(refused).toMatchObject({
      ...{ code: 2, err: expect.stringMatching(/holds no mk-\S+, which the store’s words need/) },
    });
    expect(await listKeyNames(old)).toHaveLength(1);
  }, 60_000);

  it('takes the store from one key file to another, and all is read as before', async () => {
    const [was, is] = [path.join(place.folder, 'master-keys'), path.join(place.folder, 'new-keys')];
    await makeKeyFile(is);
    await expect(nameOf({ KEY_FILE: is })).rejects.toThrow('which the store’s words need');
    expect((await keysOf({ KEY_FILE: is }, 'rewrap')).code).toBe(2);
    expect((await keysOf({ KEY_FILE: is }, 'rewrap', '--from', `${was}-none`)).err).toBe(
      `The master key: there is no key file at ${was}-none.\n`,
    );
    expect((await keysOf({ KEY_FILE: is }, 'status', '--from', was)).code).toBe(2);
    expect((await keysOf({ KEY_FILE: is }, 'rewrap', '--from', 'http://elsewhere/k')).err).toMatch(
      /^The setting KEY_VAULT_KEY cannot be used/,
    );
    expect((await keysOf({ KEY_FILE: is }, 'rewrap', '--from', was)).out).toMatch(
      /^Wrapped anew: 2\./,
    );
    expect(await nameOf({ KEY_FILE: is })).toBe('PC Siân Example');
    // And back, for the tests that follow.
    expect((await keys('rewrap', '--from', is)).code).toBe(0);
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
