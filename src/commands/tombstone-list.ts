import { appendFile, open, readFile } from 'node:fs/promises';
import { type Tombstone, tombstoneSchema } from '../core/retention.js';
import { refuse } from './refusal.js';

/** The list of tombstones that is kept apart from the store and its backups: a file with one of them a line. */

/** Writes all of them to a file that is not there yet. */
export async function writeList(file: string, stones: readonly Tombstone[]): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch(() =>
    refuse(`${file} is there already, or cannot be written: it was left as it is.`),
  );
  await handle.writeFile(stones.map(lineOf).join(''));
  await handle.sync().finally(() => handle.close());
}

/** Before anything is deleted it is known that the list can be written. */
export async function openList(file: string): Promise<void> {
  const handle = await open(file, 'a', 0o600).catch(() =>
    refuse(`${file} cannot be written: nothing was deleted.`),
  );
  await handle.close();
}

/** Adds a line; a refusal says how to write the list anew where that fails. */
export async function addToList(file: string, stone: Tombstone): Promise<void> {
  await appendFile(file, lineOf(stone), { flush: true }).catch(() =>
    refuse(
      `The case is deleted, but ${file} could not be written. Write it anew: npm run retention -- tombstones --list FILE`,
    ),
  );
}

const lineOf = (stone: Tombstone) => `${JSON.stringify(stone)}\n`;

/** Every line of the list, or a refusal that names the one that is none: half a list is no list. */
export async function readList(file: string, force: string): Promise<readonly Tombstone[]> {
  const text = await readFile(file, 'utf8').catch(() => refuse(`${file} cannot be read.`));
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const stone = tombstoneSchema.safeParse(parsed(line));
    if (!stone.success)
      return refuse(`${file}, line ${at + 1}: this is no tombstone, and nothing was deleted.`);
    // One list may serve all forces of a server.
    return stone.data.force === force ? [stone.data] : [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
