import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The line by which a passage names itself in its article. */
const idLine = /^id: *([a-z0-9-]+) *$/gm;

/** Returns the file of each passage of a knowledge folder, by its id, as its path in that folder, which goes by `name`. */
export async function listArticlePaths(
  directory: string,
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const guidance = path.join(directory, 'guidance');
  const entries = await readdir(guidance, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const read = files.map(async (file) => {
    const place = path.relative(guidance, file).split(path.sep).join('/');
    const ids = [...(await readFile(file, 'utf8')).matchAll(idLine)].map(([, id]) => id ?? '');
    return ids.map((id) => [id, `${name}/guidance/${place}`] as const);
  });
  return new Map((await Promise.all(read)).flat());
}
