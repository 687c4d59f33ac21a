import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { openEmbedded } from '../adapters/postgres/embedded.js';
import { listMigrations, migrate, migrationsFolder } from '../adapters/postgres/migrate.js';

/**
 * Writes a migrated, empty embedded store to a compressed file, from which the first start on a new folder
 * unpacks in place of building a cluster: `node make-store-template.js dist/store-template.tar.gz`.
 * Beside it lies a hash of what it was made from; while that has not changed, nothing is done.
 */
export async function makeStoreTemplate(output: string): Promise<'made' | 'unchanged'> {
  const hash = await hashOfSources();
  const hashFile = `${output}.sha256`;
  if (existsSync(output) && (await readIfAny(hashFile)) === hash) return 'unchanged';
  await mkdir(path.dirname(path.resolve(output)), { recursive: true });
  // Gone first, so that it never vouches for an older file; then whole or not at all.
  await rm(hashFile, { force: true });
  await writeWhole(output, await dumpStore());
  await writeWhole(hashFile, hash);
  return 'made';
}

async function dumpStore(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'signpost-template-'));
  try {
    const pool = await openEmbedded(folder);
    await migrate(pool).finally(() => pool.end());
    const lite = await PGlite.create(path.join(folder, 'cluster'));
    const dump = await lite.dumpDataDir('gzip').finally(() => lite.close());
    return Buffer.from(await dump.arrayBuffer());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The migrations and the release of PGlite, whose clusters differ from one PostgreSQL to the next. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256').update(await versionOfPglite());
  for (const name of await listMigrations()) {
    hash.update(name).update(await readFile(path.join(migrationsFolder, `${name}.sql`)));
  }
  return hash.digest('hex');
}

async function versionOfPglite(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return await readFile(path.join(path.dirname(main), '..', 'package.json'), 'utf8');
}

async function readIfAny(file: string): Promise<string | undefined> {
  return existsSync(file) ? await readFile(file, 'utf8') : undefined;
}

async function writeWhole(file: string, content: Buffer | string): Promise<void> {
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, content);
  await rename(partial, file);
}

/** Run as a command, and not merely imported. */
const [, script, output] = process.argv;
if (script && import.meta.url === pathToFileURL(path.resolve(script)).href) {
  if (!output) throw new Error('Say where to write: make-store-template <file.tar.gz>');
  process.stdout.write(`Store template ${await makeStoreTemplate(output)}: ${output}\n`);
}
