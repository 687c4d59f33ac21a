import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/**
 * `released.json` beside the scripts holds the SHA-256 of every script that was released. Open screenings keep the
 * version they began with, so an edit of one would change what people are recorded to have been asked.
 */

const releasedSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

/** One sentence for each released script that is no longer what was released; empty when all are. */
export async function changedReleases(knowledgeFolder: string): Promise<readonly string[]> {
  const recorded = Object.entries(await readReleased(knowledgeFolder));
  const found = await Promise.all(
    recorded.map(async ([name, hash]) => {
      const now = await hashOf(knowledgeFolder, name);
      if (now === hash) return [];
      const became = now === undefined ? 'is gone' : 'was edited';
      return [
        `scripts/${name} ${became} after its release, but screenings that began with it are kept: put it back as it was, and make the change in ${nextOf(name)}.`,
      ];
    }),
  );
  return found.flat();
}

/** Records scripts as released; what is recorded already stays as it is. Returns the names that are new. */
export async function recordReleases(
  knowledgeFolder: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const recorded = await readReleased(knowledgeFolder);
  const fresh = names.filter((name) => !(name in recorded)).sort();
  const entries = await Promise.all(
    fresh.map(async (name) => [name, (await hashOf(knowledgeFolder, name)) ?? ''] as const),
  );
  const all = releasedSchema.parse({ ...recorded, ...Object.fromEntries(entries) });
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(fileIn(knowledgeFolder), `${JSON.stringify(sorted, undefined, 2)}\n`);
  return fresh;
}

/** The names recorded, with their hashes; none where nothing was recorded. */
async function readReleased(folder: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(fileIn(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return releasedSchema.parse(JSON.parse(text));
}

function fileIn(folder: string): string {
  return path.join(folder, 'scripts', 'released.json');
}

/** Line ends aside, since a checkout on Windows may change those. Undefined for a file that is not there. */
async function hashOf(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(path.join(folder, 'scripts', name), 'utf8').catch(() => undefined);
  return text && createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

/** `breach.2.yaml` for `breach.1.yaml`. */
function nextOf(name: string): string {
  const [base, version] = name.split('.');
  return `${base}.${Number(version) + 1}.yaml`;
}
