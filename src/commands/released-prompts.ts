import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type PromptFile, readPrompts } from '../adapters/prompt-files.js';

/**
 * `released.json` beside the prompts holds the digest of every version of each. Stored answers name prompt, version
 * and digest, so a change of words under an old version would make them say what was never asked.
 */

const releasedSchema = z.record(
  z.string(),
  z.record(z.string(), z.string().regex(/^[0-9a-f]{12}$/)),
);
type Released = z.infer<typeof releasedSchema>;

/** One sentence for each prompt whose words are not those of its recorded version; empty when all are. */
export async function changedPrompts(folder: string): Promise<readonly string[]> {
  const [files, released] = await Promise.all([readPrompts(folder), readReleased(folder)]);
  const gone = Object.keys(released).filter((id) => !files.has(id));
  return [
    ...[...files.values()].flatMap((file) => faultOf(file, released[file.id] ?? {})),
    ...gone.map((id) => `${id}.md is gone, but answers are stored that name it: put it back.`),
  ];
}

/** Records what is not recorded yet; a recorded version stays as it is. Returns what is new, as in `pick-one 2`. */
export async function recordPrompts(folder: string): Promise<readonly string[]> {
  const [files, released] = await Promise.all([readPrompts(folder), readReleased(folder)]);
  const fresh = [...files.values()].filter(
    ({ id, version }) => released[id]?.[version] === undefined,
  );
  const added = fresh.map(({ id, version, digest }) => [
    id,
    { ...released[id], [version]: digest },
  ]);
  const all = Object.entries({ ...released, ...Object.fromEntries(added) });
  const sorted = Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(fileIn(folder), `${JSON.stringify(sorted, undefined, 2)}\n`);
  return fresh.map(({ id, version }) => `${id} ${version}`);
}

function faultOf(
  { id, version, digest }: PromptFile,
  recorded: Readonly<Record<string, string>>,
): readonly string[] {
  const newest = Math.max(0, ...Object.keys(recorded).map(Number));
  if (version < newest) return [`${id}.md is version ${version}, but ${newest} was released.`];
  if (recorded[version] === undefined) {
    return [`${id}.md, version ${version}, is not recorded: run npm run prompts.`];
  }
  if (recorded[version] === digest) return [];
  return [`${id}.md was changed after its release: make the change version ${version + 1}.`];
}

async function readReleased(folder: string): Promise<Released> {
  const text = await readFile(fileIn(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return releasedSchema.parse(JSON.parse(text));
}

function fileIn(folder: string): string {
  return path.join(folder, 'released.json');
}
