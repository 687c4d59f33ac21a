import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ownFault } from './log.js';

const entrySchema = z.object({
  version: z.string().default(''),
  license: z.string().default(''),
  dev: z.boolean().default(false),
});
const lockfileSchema = z.object({ packages: z.record(z.string(), entrySchema) });

export type InstalledPackage = {
  readonly name: string;
  readonly version: string;
  /** As the package declares it; empty where it declares none. */
  readonly licence: string;
};

/** The packages a lockfile installs for production, each version once, sorted by name; a fault where it is none. */
export async function listInstalled(lockfile: string): Promise<readonly InstalledPackage[]> {
  const parsed = lockfileSchema.safeParse(JSON.parse(await readFile(lockfile, 'utf8')));
  if (!parsed.success) throw ownFault(`reading ${lockfile}: it is no lockfile of npm 7 or newer`);
  const found = Object.entries(parsed.data.packages)
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, { version, license }]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [`${name}@${version}`, { name, version, licence: license }] as const;
    });
  return [...new Map(found)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
