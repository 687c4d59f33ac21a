import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, whether this runs from the sources or from the build. */
export function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

/** A file that the build made; undefined when it is not there, or when the sources run. */
export function findBuilt(name: string): string | undefined {
  const build = path.join(packageRoot(), 'dist');
  const file = path.join(build, name);
  const isBuild = fileURLToPath(import.meta.url).startsWith(build + path.sep);
  return isBuild && existsSync(file) ? file : undefined;
}
