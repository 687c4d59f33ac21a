import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findPort } from '../e2e/programs.js';

/** A PostgreSQL server of a test's own, to be stopped and started as the test wants. */
export type Cluster = {
  /** Of a new, empty database. */
  readonly makeDatabase: () => Promise<string>;
  /** `immediate` ends it as a crash would; what was committed is read back from its log. */
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>;
  /** Nothing where it runs already. */
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

const run = promisify(execFile);
const installed = '/usr/lib/postgresql';

/** Where PostgreSQL's programs are; undefined where it is not installed. Debian keeps them out of the PATH. */
async function findPrograms(): Promise<string> {
  const versions = await readdir(installed).catch(() => []);
  const newest = versions.map(Number).sort((a, b) => b - a)[0];
  return newest === undefined ? '' : path.join(installed, String(newest), 'bin');
}

/** PostgreSQL refuses to run as root. */
async function otherUser(): Promise<{ readonly uid?: number; readonly gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (what) => Number((await run('id', [what, 'postgres'])).stdout)),
  );
  return uid === undefined || gid === undefined ? {} : { uid, gid };
}

/** Makes it and starts it. It keeps what was committed through a crash of its own, not of the machine. */
export async function startCluster(): Promise<Cluster> {
  const [programs, port, user] = await Promise.all([findPrograms(), findPort(), otherUser()]);
  const folder = await mkdtemp(path.join(tmpdir(), 'signpost-faults-'));
  await chmod(folder, 0o700);
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  const cluster = path.join(folder, 'cluster');
  const call = (program: string, ...words: readonly string[]) =>
    run(path.join(programs, program), ['-D', cluster, ...words], { cwd: folder, ...user });
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  let isRunning = false;
  const start = async () => {
    if (isRunning) return;
    await call('pg_ctl', '-s', '-w', '-l', path.join(folder, 'log'), '-o', settings, 'start');
    isRunning = true;
  };
  const stop = async (how: 'fast' | 'immediate') => {
    if (!isRunning) return;
    await call('pg_ctl', '-s', '-w', '-m', how, 'stop');
    isRunning = false;
  };
  await call('initdb', '-U', 'app', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8');
  await start();
  const server = `postgresql://app@127.0.0.1:${port}`;
  return {
    start,
    stop,
    makeDatabase: async () => {
      const name = `signpost_${randomUUID().slice(0, 8)}`;
      const client = new pg.Client({ connectionString: `${server}/postgres` });
      await client.connect();
      await client.query(`create database ${name}`).finally(() => client.end());
      return `${server}/${name}`;
    },
    remove: async () => {
      await stop('immediate').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
