import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openMaster } from '../adapters/keys/open-master.js';
import { openPool, type StorePool } from '../adapters/postgres/pool.js';
import { openSealing } from '../adapters/postgres/sealing.js';
import { type Noted, verifyAudit } from '../adapters/postgres/verify-audit.js';
import { takeStoreLock } from '../adapters/store-lock.js';
import { type Config, readConfig } from '../config.js';

const usage = `npm run audit -- verify                    proves the audit whole, or names the first broken entry
npm run audit -- verify --noted 17:1a2b…   and that entry 17 is still the one that was printed before
The store is that of DATABASE_URL, else of DATA_DIR (which must not be in use). Exit code: 0 whole, 1 broken,
2 not looked at. Keep what it prints away from the store: it shows a chain rewritten to its end.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { noted: { type: 'string' } },
  });
  const noted = readNoted(values.noted);
  if (positionals.join(' ') !== 'verify' || noted === 'unreadable') return refuse(usage);
  const config = readConfig(process.env);
  const store = await open(config.store);
  if (typeof store === 'string') return refuse(store);
  try {
    const pool = await openSealing(store.pool, () => openMaster(config.keys), 'read-only');
    const verified = await verifyAudit(pool, noted);
    if (verified.kind === 'broken') {
      process.stderr.write(`Broken at entry ${verified.seq}: ${verified.why}.\n`);
      return 1;
    }
    const { seq, hash } = verified.head;
    process.stdout.write(`Whole: ${verified.entries} entries. The newest is ${seq}:${hash}\n`);
    return 0;
  } finally {
    await store.close();
  }
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 2;
}

/** `17:` and 64 hex digits, as it is printed. */
function readNoted(given: string | undefined): Noted | undefined | 'unreadable' {
  if (given === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(given) ?? [];
  return seq && hash ? { seq: Number(seq), hash } : 'unreadable';
}

type Opened = { readonly pool: StorePool; readonly close: () => Promise<void> };

/** The store as it is, neither made nor brought up to date; a sentence saying why it cannot be looked at. */
async function open(store: Config['store']): Promise<Opened | string> {
  if (store.kind === 'postgres') {
    const pool = openPool(store.url, 2, { force: store.force });
    return { pool, close: pool.end };
  }
  if (!existsSync(path.join(store.directory, 'cluster', 'PG_VERSION')))
    return `There is no store in ${store.directory}.`;
  const lock = await takeStoreLock(store.directory);
  if (lock.kind === 'taken')
    return `Another process has the store in ${store.directory} open: stop it first.`;
  const { openEmbedded } = await import('../adapters/postgres/embedded.js');
  const pool = await openEmbedded(store.directory, undefined, store.force);
  return {
    pool,
    close: async () => {
      await pool.end();
      await lock.release();
    },
  };
}

process.exitCode = await main();
