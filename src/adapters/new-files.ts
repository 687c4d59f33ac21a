import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type NewFile = { readonly file: string; readonly text: string };

/** `exists` names the first file that stands there already; then nothing was written. */
export type Written =
  | { readonly kind: 'written' }
  | { readonly kind: 'exists'; readonly file: string };

/**
 * Writes files that are not there yet, all or none. Each is written whole under another name first and given its own
 * by a link, which fails where a file stands; so nobody ever sees half of one, and none is written over.
 */
export async function writeNewFiles(files: readonly NewFile[]): Promise<Written> {
  const waiting = files.map(({ file, text }) => ({
    file,
    text,
    unfinished: `${file}.${randomUUID()}.tmp`,
  }));
  const linked: string[] = [];
  try {
    for (const { file, text, unfinished } of waiting) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(unfinished, text, { flag: 'wx' });
    }
    for (const { file, unfinished } of waiting) {
      await link(unfinished, file);
      linked.push(file);
    }
    return { kind: 'written' };
  } catch (error) {
    await Promise.all(linked.map((file) => rm(file, { force: true })));
    const { code, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
    if (code === 'EEXIST' && dest !== undefined) return { kind: 'exists', file: dest };
    throw error;
  } finally {
    await Promise.all(waiting.map(({ unfinished }) => rm(unfinished, { force: true })));
  }
}
