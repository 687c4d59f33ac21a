import { readFile, writeFile } from 'node:fs/promises';
import type { Parsed } from './knowledge-files.js';

/** Keeps what knowledge files parsed to, as JSON made by the build and read at every start. */
export async function readParsed(file: string | undefined): Promise<Parsed> {
  if (!file) return new Map();
  const entries: readonly (readonly [string, unknown])[] = JSON.parse(await readFile(file, 'utf8'));
  return new Map(entries);
}

export async function writeParsed(file: string, parsed: Parsed): Promise<void> {
  await writeFile(file, JSON.stringify([...parsed]));
}
