import { parseArgs } from 'node:util';
import { addKey, KeyFileFault, listKeyNames, makeKeyFile } from '../adapters/keys/key-file.js';
import { openMaster } from '../adapters/keys/open-master.js';
import { rewrapDataKeys, rotateDataKey, tryMaster } from '../adapters/postgres/data-keys.js';
import { type StorePool, withClient } from '../adapters/postgres/pool.js';
import { countSealed, reseal } from '../adapters/postgres/reseal.js';
import { listKeys, openSealing } from '../adapters/postgres/sealing.js';
import { type Config, ConfigFault, readConfig } from '../config.js';
import { openStore } from './open-store.js';
import { sentenceOf } from './refusal.js';

const usage = `npm run keys -- status        which keys there are, and what each has encrypted
npm run keys -- new           makes the file of the master key (KEY_FILE), where there is none
npm run keys -- add           a new master key in that file; copy the file to every instance, then: rewrap
npm run keys -- rewrap        encrypts the data keys with the newest master key
npm run keys -- rewrap --from WHERE
                              the same, where another master key has encrypted them until now: WHERE is its file, or
                              the address of its key in a vault
npm run keys -- rotate        a new data key: new words are encrypted with it
npm run keys -- re-encrypt    encrypts with the newest data key what is in clear or has an older one; may be stopped
The store is that of MIGRATE_DATABASE_URL, else DATABASE_URL, else DATA_DIR (which must not be in use), for FORCE_ID.
Exit code: 0 done, 2 not.`;

type Task = (pool: StorePool, config: Config, from: Config['keys'] | undefined) => Promise<void>;

const tasks: Readonly<Record<string, Task>> = {
  status,
  add,
  rotate,
  're-encrypt': reEncrypt,
  rewrap,
};

/** The words asked with, without `--from WHERE`; undefined where they cannot be read. */
function readAsked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { from: { type: 'string' } },
    });
    return { asked: positionals.join(' '), where: values.from };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const { asked = '', where } = readAsked() ?? {};
  const config = readConfig(process.env);
  if (asked === 'new') return makeFile(config.keys);
  const task = Object.hasOwn(tasks, asked) ? tasks[asked] : undefined;
  if (!task || (where !== undefined && task !== rewrap)) return refuse(usage);
  const from = where === undefined ? undefined : placeOf(where);
  const store = await openStore(config.store, 'owner');
  if (typeof store === 'string') return refuse(store);
  await task(store.pool, config, from).finally(store.close);
  return 0;
}

/** Where another master key is, read as the setting would be. */
function placeOf(where: string): Config['keys'] {
  const isVault = /^https?:\/\//i.test(where);
  const named = isVault ? { KEY_VAULT_KEY: where } : { KEY_FILE: where };
  return readConfig({ ...process.env, KEY_FILE: '', KEY_VAULT_KEY: '', ...named }).keys;
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

async function status(pool: StorePool, { keys: place }: Config): Promise<void> {
  if (place.kind === 'file') say(await sayFile(place.file));
  const keys = await withClient(pool, listKeys);
  if (keys.length === 0) say('There is no data key yet: the first start makes one.');
  for (const { number, by, made_at, used_from, is_used } of keys) {
    const from = is_used ? '' : `, used from ${used_from.toISOString()}`;
    say(`Key ${number}: made ${made_at.toISOString()}${from}, wrapped by ${by}`);
  }
  for (const { table, column, key, rows } of await countSealed(pool))
    say(`${table}.${column}: ${rows} ${key === null ? 'in clear' : `by key ${key}`}`);
}

async function sayFile(file: string): Promise<string> {
  try {
    return `${file} holds, the newest last: ${(await listKeyNames(file)).join(', ')}`;
  } catch (error) {
    if (error instanceof KeyFileFault) return `The master key: ${error.message}.`;
    throw error;
  }
}

/** Added to a file that opens the store, and not to a copy from before another key was added. */
async function add(pool: StorePool, { keys }: Config): Promise<void> {
  if (keys.kind === 'vault')
    throw new ConfigFault('The master key is in a vault: make its new version there.');
  await tryMaster(pool, await openMaster({ ...keys, isMade: false }));
  const name = await addKey(keys.file);
  say(
    `Added ${name}. Copy ${keys.file} to every instance and to where its copy is kept, then: npm run keys -- rewrap`,
  );
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

async function rewrap(pool: StorePool, config: Config, place?: Config['keys']): Promise<void> {
  const master = await openMaster(config.keys);
  const from = place && (await openMaster(place));
  const count = await rewrapDataKeys(pool, master, from);
  say(
    `Wrapped anew: ${count}. Keep the older master keys for as long as a backup from before today is kept, and while another force uses them.`,
  );
}

process.exitCode = await main().catch((error: unknown) => refuse(sentenceOf(error, usage)));
