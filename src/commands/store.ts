import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openMaster } from '../adapters/keys/open-master.js';
import { writeNewFiles } from '../adapters/new-files.js';
import { makeAudit } from '../adapters/postgres/audit.js';
import { backUp, restoreBackup } from '../adapters/postgres/backup.js';
import { describeStore } from '../adapters/postgres/describe-store.js';
import { openEmbedded } from '../adapters/postgres/embedded.js';
import { migrate } from '../adapters/postgres/migrate.js';
import { migrateAsOwner } from '../adapters/postgres/migrate-as-owner.js';
import { moveStore } from '../adapters/postgres/move.js';
import { openPool, type StorePool } from '../adapters/postgres/pool.js';
import { readCase } from '../adapters/postgres/read-case.js';
import { openSealing } from '../adapters/postgres/sealing.js';
import { verifyAudit } from '../adapters/postgres/verify-audit.js';
import { takeStoreLock } from '../adapters/store-lock.js';
import { type Config, readConfig } from '../config.js';
import { dataStatement } from '../core/data-statement.js';
import { heldCaseMarkdown } from '../core/held-case.js';
import { userIdSchema } from '../core/ids.js';
import { recordSchema, whyDisclosedSchema } from '../core/retention.js';
import { reachOf, roleSchema } from '../core/roles.js';
import { openStore } from './open-store.js';
import { refuse, sentenceOf } from './refusal.js';

/** Over 200 lines: each verb with its sentences. */

const usage = `npm run store -- backup FILE      of the embedded store in DATA_DIR, to a new file; without its master key
npm run store -- restore FILE     into DATA_DIR, which holds nothing but perhaps the file master-keys
npm run store -- move             of the embedded store in DATA_DIR to the empty PostgreSQL of DATABASE_URL
npm run store -- export-case REF --to FOLDER --why WHY --by ID --as supervisor (or administrator)
                                  everything held of a case, as JSON and Markdown; --record NUMBER names your record
npm run store -- statement        prints what is stored where (docs/data-statement.md)
WHY: ${whyDisclosedSchema.options.join(', ')}
The server must be stopped for backup, restore and move, and for the others where the store is in DATA_DIR.
On PostgreSQL back up with its own tools (docs/backup.md). Exit code: 0 done, 2 not done.`;

const options = {
  to: { type: 'string' },
  by: { type: 'string' },
  as: { type: 'string' },
  why: { type: 'string' },
  record: { type: 'string' },
} as const;

function readAsked() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [verb = '', what, ...more] = positionals;
  return { verb, what, isMore: more.length > 0, ...values };
}
type Asked = ReturnType<typeof readAsked>;

const whatOf = ({ what, isMore }: Asked, words: string): string =>
  what === undefined || isMore ? refuse(words) : what;

/** The embedded store, whatever else is set. */
function embeddedConfig() {
  const {
    DATABASE_URL: _,
    MIGRATE_DATABASE_URL: _m,
    ANSWERS_DATABASE_URL: _a,
    ...env
  } = process.env;
  const config = readConfig(env);
  if (config.store.kind !== 'embedded') return refuse('There is no embedded store.');
  return { ...config, store: config.store };
}

/** Runs `work` while no other process has the store in a folder. */
async function alone<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await takeStoreLock(directory);
  if (lock.kind === 'taken')
    return refuse(`Another process has the store in ${directory} open: stop it first.`);
  return work().finally(lock.release);
}

function hasStore(directory: string): void {
  if (!existsSync(path.join(directory, 'cluster', 'PG_VERSION')))
    refuse(`There is no store in ${directory}.`);
}

const verbs: Readonly<Record<string, (asked: Asked) => Promise<string>>> = {
  backup: async (asked) => {
    const file = whatOf(asked, 'Name the file: npm run store -- backup FILE');
    const { store } = embeddedConfig();
    hasStore(store.directory);
    const done = await alone(store.directory, () => backUp(store.directory, file));
    if (done.kind === 'exists') return refuse(`${file} is there already: it was left as it is.`);
    return `Backed up: ${done.bytes} bytes in ${file}, SHA-256 ${done.digest}. Keep the master key apart from it: without it, it cannot be read.`;
  },
  restore: async (asked) => {
    const file = whatOf(asked, 'Name the file: npm run store -- restore FILE');
    const { store } = embeddedConfig();
    if (!existsSync(file)) return refuse(`${file} is not there.`);
    const done = await alone(store.directory, () => restoreBackup(file, store.directory));
    if (done.kind === 'restored')
      return `Restored into ${store.directory}. Put the master key there before the start, then: npm run audit -- verify, and npm run retention -- reapply --list FILE.`;
    return refuse(
      {
        'not-empty': `${store.directory} is not empty: restore into a new folder. Nothing was changed.`,
        'not-a-backup': `${file} is no backup of Signpost. Nothing was restored.`,
        damaged: `${file} is damaged or was not written to its end. Nothing was restored.`,
      }[done.kind],
    );
  },
  move: async () => {
    const [from, to] = [embeddedConfig(), readConfig(process.env).store];
    if (to.kind !== 'postgres') return refuse('Name the PostgreSQL to move to: DATABASE_URL.');
    hasStore(from.store.directory);
    return alone(from.store.directory, () => move(from, to));
  },
  'export-case': exportCase,
  statement: async () => {
    const store = await opened(readConfig(process.env).store);
    return describeStore(store.pool).then(dataStatement).finally(store.close);
  },
};

async function move(
  from: ReturnType<typeof embeddedConfig>,
  to: Extract<Config['store'], { kind: 'postgres' }>,
): Promise<string> {
  await migrateAsOwner(to);
  const embedded = await openEmbedded(from.store.directory, undefined, from.store.force);
  const target = openPool(to.migrateUrl, 2, { force: to.force, unlimited: true });
  try {
    await migrate(embedded);
    const keys = () => openMaster(from.keys);
    const source = await openSealing(embedded, keys, 'read-only');
    const before = await verifyAudit(source);
    if (before.kind === 'broken')
      return refuse(
        `The audit is broken at entry ${before.seq}: ${before.why}. Nothing was moved.`,
      );
    const moved = await moveStore(source, target);
    if (moved.kind === 'not-empty')
      return refuse(`The table ${moved.table} of DATABASE_URL is not empty. Nothing was moved.`);
    if (moved.kind === 'other-version')
      return refuse('The two stores are of different versions. Nothing was moved.');
    const rows = Object.values(moved.rows).reduce((sum, count) => sum + count, 0);
    return `Moved: ${rows} rows of ${Object.keys(moved.rows).length} tables, each compared; the audit is whole (${before.entries} entries). The master key stays the same: set KEY_FILE to a copy of it (${keyPlace(from)}). ${from.store.directory} still holds everything: remove it once the server runs on PostgreSQL.`;
  } finally {
    await target.end();
    await embedded.end();
  }
}

const keyPlace = ({ keys }: Pick<Config, 'keys'>) =>
  keys.kind === 'file' ? keys.file : 'in the vault';

async function exportCase(asked: Asked): Promise<string> {
  const ref = whatOf(asked, 'Name one case by its reference.');
  const folder = asked.to ?? refuse('Say where to: --to FOLDER.');
  const [by, role] = [userIdSchema.safeParse(asked.by?.trim()), roleSchema.safeParse(asked.as)];
  if (!by.success || !role.success) return refuse('Say who: --by ID --as supervisor.');
  const why = whyDisclosedSchema.safeParse(asked.why);
  if (!why.success)
    return refuse(`Say why: --why with one of ${whyDisclosedSchema.options.join(', ')}.`);
  const record = recordSchema.nullable().safeParse(asked.record ?? null);
  if (!record.success)
    return refuse('A record is named by letters, digits and / . - only, at most 60 of them.');
  const config = readConfig(process.env);
  const files = ['json', 'md'].map((ending) => path.join(folder, `case.${ending}`));
  // Before anything is noted as given out.
  const there = files.find((file) => existsSync(file));
  if (there) return refuse(`${there} is there already: it was left as it is.`);
  const store = await opened(config.store);
  try {
    const pool: StorePool = await openSealing(
      store.pool,
      () => openMaster(config.keys),
      'read-only',
    );
    const at = new Date().toISOString();
    if (reachOf([role.data], 'disclose-case') !== 'all') {
      const detail = { action: 'disclose-case', why: 'role' };
      const entry = { at, by: by.data, what: 'access-refused', caseId: null, detail };
      await makeAudit(pool).record(entry);
      return refuse('That role may not. The refusal is in the audit.');
    }
    const given = { by: by.data, at, why: why.data, record: record.data };
    const held = await readCase(pool, ref, given);
    if (!held) return refuse('There is no case with that reference.');
    const words = Object.fromEntries(
      (await describeStore(pool)).map(({ name, says }) => [name, says]),
    );
    const [json = '', markdown = ''] = files;
    const written = await writeNewFiles([
      { file: json, text: `${JSON.stringify({ caseRef: ref, ...given, ...held }, null, 2)}\n` },
      { file: markdown, text: heldCaseMarkdown(ref, held.tables, held.names, words) },
    ]);
    if (written.kind === 'exists') return refuse(`${written.file} is there already.`);
    const rows = Object.values(held.tables).reduce((sum, some) => sum + some.length, 0);
    return `Written: ${rows} rows to ${json} and ${markdown}; the audit notes the disclosure. They hold words in clear: keep them as you keep the case.`;
  } finally {
    await store.close();
  }
}

async function opened(store: Config['store']) {
  const found = await openStore(store);
  return typeof found === 'string' ? refuse(found) : found;
}

async function main(): Promise<string> {
  const asked = readAsked();
  const verb = Object.hasOwn(verbs, asked.verb) ? verbs[asked.verb] : undefined;
  return verb ? await verb(asked) : refuse(usage);
}

try {
  process.stdout.write(`${(await main()).trimEnd()}\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error, usage)}\n`);
  process.exitCode = 2;
}
