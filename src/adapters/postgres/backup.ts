import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../sync-folder.js';
import { startLite } from './embedded.js';
import { unpack } from './unpack-template.js';

/**
 * A backup of the embedded store is one file: a line naming its kind, the SHA-256 and the length of what follows, then
 * the whole cluster, compressed. So one that was cut off or altered is known before anything is restored. Words in it
 * are encrypted as they are in the store; the master key is not in it. It is put together in memory: some hundred MB
 * are no trouble, and a store that outgrows that belongs on PostgreSQL. Take the store lock before.
 */

/** As in `signpost-backup 1 9f86d0… 3145728`. */
const firstLine = /^signpost-backup 1 ([0-9a-f]{64}) (\d{1,12})\n/;

/** Of the longest first line. */
const longestFirstLine = 120;

export type BackedUp =
  | { readonly kind: 'written'; readonly bytes: number; readonly digest: string }
  | { readonly kind: 'exists' };

/** Writes a backup of the store in a folder to a file that is not there yet, whole or not at all. */
export async function backUp(dataDir: string, file: string): Promise<BackedUp> {
  if (existsSync(file)) return { kind: 'exists' };
  const archive = await dump(path.join(dataDir, 'cluster'));
  const digest = createHash('sha256').update(archive).digest('hex');
  const head = Buffer.from(`signpost-backup 1 ${digest} ${archive.length}\n`);
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(Buffer.concat([head, archive]));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Fails where a file stands, unlike renaming.
    await link(unfinished, file);
    await syncFolder(path.dirname(file));
    return { kind: 'written', bytes: head.length + archive.length, digest };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { kind: 'exists' };
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function dump(cluster: string): Promise<Buffer> {
  const lite = await startLite(cluster);
  try {
    // So that a restored store starts at once, with no log of changes to read.
    await lite.exec('checkpoint');
    return Buffer.from(await (await lite.dumpDataDir('gzip')).arrayBuffer());
  } finally {
    await lite.close();
  }
}

export type Restored =
  | { readonly kind: 'restored' }
  /** Something other than a master key is in the folder. */
  | { readonly kind: 'not-empty' }
  | { readonly kind: 'not-a-backup' }
  /** Shorter than it says, or other bytes. */
  | { readonly kind: 'damaged' };

/** Files that may be in the folder: the master key is put there first. */
const mayBeThere = ['master-keys'];

/**
 * Restores a backup into a folder that holds no store. The store grows under another name, is opened once, and only
 * then has its own: stopped at any moment, nothing is there but what the next try removes.
 */
export async function restoreBackup(file: string, dataDir: string): Promise<Restored> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const making = path.join(dataDir, 'cluster.making');
  const there = (await readdir(dataDir)).filter((name) => !mayBeThere.includes(name));
  if (there.some((name) => name !== path.basename(making))) return { kind: 'not-empty' };
  const archive = readArchive(await readFile(file));
  if (typeof archive === 'string') return { kind: archive };
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { mode: 0o700 });
  await unpack(archive, making, file);
  await (await startLite(making)).close();
  await rename(making, path.join(dataDir, 'cluster'));
  await syncFolder(dataDir);
  return { kind: 'restored' };
}

function readArchive(bytes: Buffer): Buffer | 'not-a-backup' | 'damaged' {
  const found = firstLine.exec(bytes.toString('latin1', 0, longestFirstLine));
  if (!found) return 'not-a-backup';
  const [line, digest, length] = found;
  const archive = bytes.subarray(line.length);
  const isWhole =
    archive.length === Number(length) &&
    createHash('sha256').update(archive).digest('hex') === digest;
  return isWhole ? archive : 'damaged';
}
