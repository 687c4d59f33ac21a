import { parseArgs } from 'node:util';
import { openMaster } from '../adapters/keys/open-master.js';
import { openSealing } from '../adapters/postgres/sealing.js';
import { type Noted, verifyAudit } from '../adapters/postgres/verify-audit.js';
import { readConfig } from '../config.js';
import { openStore } from './open-store.js';
import { sentenceOf } from './refusal.js';

const usage = `npm run audit -- verify                    proves the audit whole, or names the first broken entry
npm run audit -- verify --noted 17:1a2b…   and that entry 17 is still the one that was printed before
Where entries that were over were removed (npm run retention -- prune-audit), it proves those that are left, and says so.
The store is that of DATABASE_URL, else of DATA_DIR (which must not be in use). Exit code: 0 whole, 1 broken,
2 not looked at, or
the noted entry is among those that were removed. Keep what it prints away from the store: it shows a chain rewritten to its end.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { noted: { type: 'string' } },
  });
  const noted = readNoted(values.noted);
  if (positionals.join(' ') !== 'verify' || noted === 'unreadable') return refuse(usage);
  const config = readConfig(process.env);
  const store = await openStore(config.store);
  if (typeof store === 'string') return refuse(store);
  try {
    const pool = await openSealing(store.pool, () => openMaster(config.keys), 'read-only');
    const verified = await verifyAudit(pool, noted);
    if (verified.kind === 'broken') {
      process.stderr.write(`Broken at entry ${verified.seq}: ${verified.why}.\n`);
      return 1;
    }
    const { head, anchor } = verified;
    const since = anchor
      ? ` from ${anchor.seq + 1} on. Entries up to ${anchor.seq} were removed by ${anchor.by} at ${anchor.at}.`
      : '.';
    const words = `Whole: ${verified.entries} entries${since} The newest is ${head.seq}:${head.hash}\n`;
    if (verified.isNotedRemoved)
      return refuse(
        `Entry ${noted?.seq}, which you noted, is among those that were removed: it cannot be compared. Ask whoever removed them, and note the newest.\n${words.trimEnd()}`,
      );
    process.stdout.write(words);
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

process.exitCode = await main().catch((error: unknown) => refuse(sentenceOf(error, usage)));
