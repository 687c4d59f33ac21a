import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from './package-root.js';

/** The version of Signpost, as package.json has it. */
export async function packageVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageRoot(), 'package.json'), 'utf8'));
  return String(version);
}
