import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { findPort, readTreeCpuMs } from './processes.js';

/** A new database of its own, to be dropped or thrown away afterwards. */
export type Database = {
  readonly url: string;
  /** CPU time of the whole throwaway server, ms; NaN of a server that was given. */
  readonly cpuMs: () => number;
  readonly remove: () => Promise<void>;
};

/** On the server of BENCH_DATABASE_URL, else on a throwaway one with PostgreSQL's own settings; else undefined. */
export async function makeDatabase(folder: string): Promise<Database | undefined> {
  const given = process.env.BENCH_DATABASE_URL;
  if (!given) return startThrowaway(path.join(folder, 'postgres'));
  const name = `signpost_bench_${process.pid}`;
  await runOn(given, `create database ${name} template template0`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  const remove = () => runOn(given, `drop database ${name} with (force)`);
  return { url: url.href, cpuMs: () => Number.NaN, remove };
}

async function startThrowaway(folder: string): Promise<Database | undefined> {
  const bin = findBin();
  const owner = findOwner();
  if (!bin || !owner) return undefined;
  mkdirSync(folder);
  const log = openSync(path.join(folder, 'log'), 'a');
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid);
  const cluster = path.join(folder, 'data');
  const settings = ['-U', 'app', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  execFileSync(path.join(bin, 'initdb'), ['-D', cluster, ...settings], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  });
  const port = await findPort();
  const where = ['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
  const server = spawn(path.join(bin, 'postgres'), ['-D', cluster, ...where], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', log, log],
  });
  const url = `postgres://app@127.0.0.1:${port}/postgres`;
  for (let tries = 0; ; tries += 1) {
    const isUp = await runOn(url, 'select 1').then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (tries > 100) throw new Error('The throwaway PostgreSQL did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const remove = () =>
    new Promise<void>((resolve) => {
      server.once('close', () => resolve());
      // "Fast": ends sessions and closes in good order.
      server.kill('SIGINT');
    });
  return { url, cpuMs: () => (server.pid ? readTreeCpuMs(server.pid) : Number.NaN), remove };
}

function findBin(): string | undefined {
  const find =
    'ls -d $(dirname $(readlink -f $(command -v initdb))) /usr/lib/postgresql/*/bin 2>/dev/null | head -1';
  return execFileSync('sh', ['-c', `${find} || true`], { encoding: 'utf8' }).trim() || undefined;
}

/** PostgreSQL refuses to run as root, where its package's own user takes over. */
function findOwner(): { uid: number; gid: number } | object | undefined {
  if (process.getuid?.() !== 0) return {};
  try {
    const [uid, gid] = ['-u', '-g'].map((of) =>
      Number(
        execFileSync('id', [of, 'postgres'], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      ),
    );
    return { uid, gid };
  } catch {
    return undefined;
  }
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
