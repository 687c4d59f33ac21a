import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../src/config.js';
import { dataSettings, readKeysConfig } from '../src/config-data.js';

const url = 'postgresql://app@db/signpost';
const vault = 'https://north.vault.azure.net/keys/signpost';

describe('where the store and its keys are', () => {
  it('is the folder of the embedded store, unless said otherwise', () => {
    const { store, keys } = readConfig({ DATA_DIR: 'd' });
    expect(store).toEqual({ kind: 'embedded', directory: path.resolve('d'), force: 'local' });
    expect(keys).toEqual({ kind: 'file', file: path.resolve('d', 'master-keys'), isMade: true });
  });

  it('is one address for everything where no other is set, and one for each role where it is', () => {
    expect(readConfig({ DATABASE_URL: url }).store).toMatchObject({
      ...{ url, migrateUrl: url, answersUrl: url },
    });
    const [migrateUrl, answersUrl] = [`${url}?m`, `${url}?a`];
    const roles = { MIGRATE_DATABASE_URL: migrateUrl, ANSWERS_DATABASE_URL: answersUrl };
    const { store } = readConfig({ DATABASE_URL: url, FORCE_ID: ' North-2 ', ...roles });
    expect(store).toMatchObject({ url, migrateUrl, answersUrl, force: 'north-2' });
  });

  it('is refused in production where no master key is named', () => {
    const inProduction = (given: object) =>
      readKeysConfig(z.object(dataSettings).parse(given), true);
    for (const store of [{ DATABASE_URL: url }, { DATA_DIR: 'd' }])
      expect(() => inProduction(store)).toThrow(
        'The setting KEY_FILE is missing: with an app id name the file of the master key, or KEY_VAULT_KEY (docs/keys.md).',
      );
    const file = path.resolve('k');
    expect(inProduction({ KEY_FILE: 'k' })).toEqual({ kind: 'file', file, isMade: false });
    expect(inProduction({ KEY_VAULT_KEY: vault })).toEqual({
      ...{ kind: 'vault', key: vault, scope: 'https://vault.azure.net/.default' },
    });
    expect(readConfig({ DATABASE_URL: url }).keys).toMatchObject({ isMade: true });
  });

  it.each([
    ['FORCE_ID', { FORCE_ID: 'north;drop' }],
    ['FORCE_ID', { FORCE_ID: '-c role=x' }],
    ['FORCE_ID', { FORCE_ID: 'a'.repeat(41) }],
    ['DATABASE_URL', { MIGRATE_DATABASE_URL: url }],
    ['DATABASE_URL', { ANSWERS_DATABASE_URL: url }],
    ['MIGRATE_DATABASE_URL', { DATABASE_URL: url, MIGRATE_DATABASE_URL: 'mysql://x' }],
    ['KEY_FILE', { KEY_FILE: 'k', KEY_VAULT_KEY: vault }],
    ['KEY_VAULT_KEY', { KEY_VAULT_KEY: 'http://north.vault.azure.net/keys/signpost' }],
    ['KEY_VAULT_KEY', { KEY_VAULT_KEY: 'https://north.vault.azure.net/secrets/signpost' }],
    ['KEY_VAULT_KEY', { KEY_VAULT_KEY: `${vault}/version` }],
  ])('is refused with a sentence that names %s: %#', (name, given) => {
    expect(() => readConfig(given)).toThrow(new RegExp(`^The setting ${name} .*\\.$`));
  });
});
