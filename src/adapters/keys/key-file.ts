import { randomBytes, randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../sync-folder.js';
import { decrypt, encrypt } from './cipher.js';
import { keyBytes, type MasterKey } from './master-key.js';

/** Master keys in a file: a line each of name and 32 bytes in base64, the newest last. Lines with # say nothing. */

/** As in `mk-1f0c2f1e-7d5c-4d0f-9b1e-0e5f6a7b8c9d Zm9v…=`. */
const keyLine = /^(mk-[0-9a-f-]{36}) ([A-Za-z0-9+/]{43}=)$/;

const heading =
  '# Master keys of Signpost, the newest last. Without them nothing in the store can be read.\n';

/** Says in one sentence why a key file cannot be used. */
export class KeyFileFault extends Error {}

/** Reads the keys of a file; KeyFileFault where it is missing, readable by others, or not such a file. */
export async function openKeyFile(file: string): Promise<MasterKey> {
  const keys = await readKeys(file);
  const newest = [...keys.keys()].at(-1);
  const keyOf = (name: string | undefined) => {
    const key = name === undefined ? undefined : keys.get(name);
    if (!key) throw new KeyFileFault(`${file} holds no ${name}, which the store’s words need`);
    return key;
  };
  return {
    wrap: async (dataKey) => ({
      by: newest ?? '',
      wrapped: encrypt(keyOf(newest), dataKey.toString('base64'), newest ?? '').toString('base64'),
    }),
    unwrap: async ({ by, wrapped }) =>
      Buffer.from(decrypt(keyOf(by), Buffer.from(wrapped, 'base64'), by), 'base64'),
  };
}

/** Names of the keys in a file, the newest last; KeyFileFault as `openKeyFile`. */
export async function listKeyNames(file: string): Promise<readonly string[]> {
  return [...(await readKeys(file)).keys()];
}

/** Makes a file with one new key, for its owner alone; `there` where a file has that name already, which stays. */
export async function makeKeyFile(file: string): Promise<'made' | 'there'> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const partial = `${file}.${randomUUID()}`;
  try {
    await writeWhole(await open(partial, 'wx', 0o600), heading + newLine());
    // Unlike renaming, this never takes the place of a file.
    await link(partial, file);
  } catch (error) {
    if (isThere(error)) return 'there';
    throw error;
  } finally {
    await rm(partial, { force: true });
  }
  await syncFolder(path.dirname(file));
  return 'made';
}

/**
 * Adds a new key, which wraps from then on, and gives its name; the file is replaced whole. KeyFileFault where another
 * is being added: of two at once, one would be lost.
 */
export async function addKey(file: string): Promise<string> {
  // One name for all: whoever has it is alone.
  const partial = `${file}.new`;
  const handle = await open(partial, 'wx', 0o600).catch((error: unknown) => {
    if (isThere(error))
      throw new KeyFileFault(
        `${partial} is there, so another key is being added; remove it where that was cut off, since nothing uses it yet`,
      );
    if (isMissing(error)) throw new KeyFileFault(`there is no key file at ${file}`);
    throw error;
  });
  const line = newLine();
  try {
    await readKeys(file);
    await writeWhole(handle, `${(await readFile(file, 'utf8')).trimEnd()}\n${line}`);
    await rename(partial, file);
  } catch (error) {
    // Not once it was renamed: then the name may be somebody else's already.
    await rm(partial, { force: true });
    throw error;
  } finally {
    // Twice is harmless.
    await handle.close();
  }
  await syncFolder(path.dirname(file));
  return line.split(' ')[0] ?? '';
}

const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code;
const isThere = (error: unknown) => codeOf(error) === 'EEXIST';
const isMissing = (error: unknown) => codeOf(error) === 'ENOENT';

function newLine(): string {
  return `mk-${randomUUID()} ${randomBytes(keyBytes).toString('base64')}\n`;
}

/** All of a text, on the disk, and the file closed. */
async function writeWhole(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readKeys(file: string): Promise<ReadonlyMap<string, Buffer>> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new KeyFileFault(`there is no key file at ${file}`);
  // Windows has no such bits.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new KeyFileFault(
      `${file} may be read by others: let its owner alone read it (chmod 600)`,
    );
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new KeyFileFault(`${file} cannot be read`);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() && !line.startsWith('#'));
  const keys = lines.map((line) => {
    const [, name, key] = keyLine.exec(line.trim()) ?? [];
    if (!name || !key)
      throw new KeyFileFault(`${file} is not a key file of Signpost, or was cut off`);
    return [name, Buffer.from(key, 'base64')] as const;
  });
  if (keys.length === 0) throw new KeyFileFault(`${file} holds no key`);
  return new Map(keys);
}
