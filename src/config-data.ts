import path from 'node:path';
import { z } from 'zod';
import { ConfigFault } from './config-fault.js';

/** Where the store is, whose rows are in it, and where its keys are. */

const optional = z.string().trim().min(1).optional();
const database = z
  .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' })
  .optional();

/** The settings, with their defaults. The README's table lists the same names. */
export const dataSettings = {
  DATA_DIR: z.string().trim().min(1).default('./data'),
  DATABASE_URL: database,
  DATABASE_POOL: z.coerce.number('must be a number').int().min(2).max(200).default(10),
  MIGRATE_DATABASE_URL: database,
  ANSWERS_DATABASE_URL: database,
  FORCE_ID: z
    .string()
    .trim()
    .toLowerCase()
    .max(40, 'must be at most 40 letters')
    .regex(
      /^[a-z0-9](?:-?[a-z0-9])*$/,
      'must be letters and digits with single dashes between them',
    )
    .default('local'),
  KEY_FILE: optional,
  // http is for a double on this machine.
  KEY_VAULT_KEY: z
    .url({
      protocol: /^https?$/,
      error: 'must be like https://my-vault.vault.azure.net/keys/signpost',
    })
    .regex(/^(?:https:\/\/[^/]+|http:\/\/(?:127\.0\.0\.1|localhost):\d+)\/keys\/[0-9A-Za-z-]+$/, {
      error: 'must be like https://my-vault.vault.azure.net/keys/signpost',
    })
    .optional(),
  KEY_VAULT_SCOPE: z.string().trim().min(1).default('https://vault.azure.net/.default'),
};

const dataSchema = z.object(dataSettings);
export type DataSettings = z.infer<typeof dataSchema>;

export type StoreConfig =
  | {
      readonly kind: 'postgres';
      readonly url: string;
      readonly pool: number;
      /** As the owner of the tables; the same as `url` where none was set. */
      readonly migrateUrl: string;
      /** As a role that cannot read cases; the same as `url` where none was set. */
      readonly answersUrl: string;
      readonly force: string;
    }
  | { readonly kind: 'embedded'; readonly directory: string; readonly force: string };

/** The master key. `isMade`: made at the first start where there is none. */
export type KeysConfig =
  | { readonly kind: 'file'; readonly file: string; readonly isMade: boolean }
  | { readonly kind: 'vault'; readonly key: string; readonly scope: string };

/** Where the store is, and whose. */
export function readStoreConfig(env: DataSettings): StoreConfig {
  const { DATABASE_URL: url, FORCE_ID: force } = env;
  if (!url) {
    const lone = env.MIGRATE_DATABASE_URL ? 'MIGRATE_DATABASE_URL' : 'ANSWERS_DATABASE_URL';
    if (env.MIGRATE_DATABASE_URL ?? env.ANSWERS_DATABASE_URL)
      throw new ConfigFault(
        `The setting DATABASE_URL is missing: ${lone} does nothing without it.`,
      );
    return { kind: 'embedded', directory: path.resolve(env.DATA_DIR), force };
  }
  return {
    kind: 'postgres',
    url,
    pool: env.DATABASE_POOL,
    migrateUrl: env.MIGRATE_DATABASE_URL ?? url,
    answersUrl: env.ANSWERS_DATABASE_URL ?? url,
    force,
  };
}

/**
 * Where the master key is. In production it has to be said: several instances need the same one, a key made by itself on
 * a disk that is thrown away would take the store with it, and one beside the embedded store would be copied with it.
 */
export function readKeysConfig(env: DataSettings, isProduction: boolean): KeysConfig {
  const { KEY_FILE: file, KEY_VAULT_KEY: key, KEY_VAULT_SCOPE: scope } = env;
  if (file && key)
    throw new ConfigFault(
      'The setting KEY_FILE cannot be used beside KEY_VAULT_KEY: the master key is in one place.',
    );
  if (key) return { kind: 'vault', key, scope };
  if (file) return { kind: 'file', file: path.resolve(file), isMade: false };
  if (isProduction)
    throw new ConfigFault(
      'The setting KEY_FILE is missing: with an app id name the file of the master key, or KEY_VAULT_KEY (docs/keys.md).',
    );
  return { kind: 'file', file: path.resolve(env.DATA_DIR, 'master-keys'), isMade: true };
}
