import { addKey, makeKeyFile } from '../adapters/keys/key-file.js';
import { openMaster } from '../adapters/keys/open-master.js';
import { rewrapDataKeys, rotateDataKey } from '../adapters/postgres/data-keys.js';
import { type StorePool, withClient } from '../adapters/postgres/pool.js';
import { countSealed, reseal } from '../adapters/postgres/reseal.js';
import { listKeys, openSealing } from '../adapters/postgres/sealing.js';
import { type Config, ConfigFault, readConfig } from '../config.js';
import { openStore } from './open-store.js';
import { sentenceOf } from './refusal.js';

const usage = `npm run keys -- status        which keys there are, and what each has encrypted
npm run keys -- new           makes the file of the master key (KEY_FILE), where there is none
npm run keys -- rotate        a new data key: new words are encrypted with it
npm run keys -- re-encrypt    encrypts with the newest data key what is in clear or has an older one; may be stopped
npm run keys -- rewrap        encrypts the data keys with the newest master key; --new makes one in the file first
The store is that of MIGRATE_DATABASE_URL, else DATABASE_URL, else DATA_DIR (which must not be in use), for FORCE_ID.
Exit code: 0 done, 2 not.`;

const tasks: Readonly<Record<string, (pool: StorePool, config: Config) => Promise<void>>> = {
  status: (pool) => status(pool),
  rotate: (pool, config) => rotate(pool, config),
  're-encrypt': (pool, config) => reEncrypt(pool, config),
  rewrap: (pool, config) => rewrap(pool, config),
  'rewrap --new': async (pool, config) => {
    if (config.keys.kind === 'vault')
      throw new ConfigFault('The master key is in a vault: make its new version there.');
    await addKey(config.keys.file);
    await rewrap(pool, config);
  },
};

async function main(): Promise<number> {
  const asked = process.argv.slice(2).join(' ');
  const config = readConfig(process.env);
  if (asked === 'new') return makeFile(config.keys);
  const task = tasks[asked];
  if (!task) return refuse(usage);
  const store = await openStore(config.store, 'owner');
  if (typeof store === 'string') return refuse(store);
  await task(store.pool, config).finally(store.close);
  return 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 2;
}

async function makeFile(keys: Config['keys']): Promise<number> {
  if (keys.kind === 'vault') return refuse('The master key is in a vault: make it there.');
  const made = await makeKeyFile(keys.file);
  if (made === 'there') return refuse(`${keys.file} is there already, and was left as it is.`);
  say(
    `Made ${keys.file}. Keep a copy apart from the store and its backups: without it nothing can be read.`,
  );
  return 0;
}

async function status(pool: StorePool): Promise<void> {
  const keys = await withClient(pool, listKeys);
  if (keys.length === 0) say('There is no data key yet: the first start makes one.');
  for (const { number, by, made_at, used_from, is_used } of keys) {
    const from = is_used ? '' : `, used from ${used_from.toISOString()}`;
    say(`Key ${number}: made ${made_at.toISOString()}${from}, wrapped by ${by}`);
  }
  for (const { table, column, key, rows } of await countSealed(pool))
    say(`${table}.${column}: ${rows} ${key === null ? 'in clear' : `by key ${key}`}`);
}

async function rotate(pool: StorePool, config: Config): Promise<void> {
  const waiting = (await withClient(pool, listKeys)).find(({ is_used }) => !is_used);
  if (waiting)
    throw new ConfigFault(
      `Key ${waiting.number} is used from ${waiting.used_from.toISOString()}: rotate again after that.`,
    );
  const { number, usedFrom } = await rotateDataKey(pool, await openMaster(config.keys));
  say(
    `Key ${number} is used from ${usedFrom.toISOString()}. After that: npm run keys -- re-encrypt`,
  );
}

async function reEncrypt(pool: StorePool, config: Config): Promise<void> {
  const sealed = await openSealing(pool, () => openMaster(config.keys));
  const done = await reseal(sealed, ({ table, column, rows }) =>
    say(`${table}.${column}: ${rows} more`),
  );
  const rows = done.reduce((sum, one) => sum + one.rows, 0);
  say(`Encrypted with key ${sealed.sealing.newest()}: ${rows}.`);
}

async function rewrap(pool: StorePool, config: Config): Promise<void> {
  const count = await rewrapDataKeys(pool, await openMaster(config.keys));
  say(`Wrapped anew: ${count}. Master keys that wrap nothing may go (npm run keys -- status).`);
}

process.exitCode = await main().catch((error: unknown) => refuse(sentenceOf(error, usage)));
