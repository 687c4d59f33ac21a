import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** A server under measurement, in a process (group) of its own. */
export type Server = {
  readonly url: string;
  /** From the call to spawn to the first 200 of /readyz. */
  readonly startMs: number;
  readonly cpuMs: () => number;
  /** MB: now, and the most since the start. */
  readonly memory: () => { readonly rss: number; readonly peak: number };
  readonly stop: () => Promise<void>;
};

export type Start = {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes: a file, as in production, so that logging costs what it costs. */
  readonly logFile: string;
};

const root = path.join(import.meta.dirname, '..');
const longestStartMs = 60_000;

export async function startServer({ command, env, logFile }: Start): Promise<Server> {
  const port = await findPort();
  const log = openSync(logFile, 'a');
  const [program = '', ...args] = command;
  const { PATH = '', HOME = '', KNOWLEDGE_DIR = '' } = process.env;
  const startedAt = performance.now();
  const child = spawn(program, args, {
    cwd: root,
    env: { PATH, HOME, KNOWLEDGE_DIR, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', log, log],
    // A group of its own: npm start is a shell and a node, which end together.
    detached: true,
  });
  const { pid } = child;
  if (!pid) throw new Error(`${program} cannot be started`);
  const address = `http://127.0.0.1:${port}`;
  await untilReady(`${address}/readyz`, child, logFile).catch((error: unknown) => {
    if (child.exitCode === null) process.kill(-pid, 'SIGKILL');
    throw error;
  });
  return {
    url: `${address}/api/messages`,
    startMs: performance.now() - startedAt,
    cpuMs: () => readCpuMs(pid),
    memory: () => ({ rss: readMb(pid, 'VmRSS'), peak: readMb(pid, 'VmHWM') }),
    stop: async () => {
      // Ended by itself, or by a signal.
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('close', resolve));
      process.kill(-pid, 'SIGTERM');
      await gone;
    },
  };
}

export function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const end = performance.now() + longestStartMs;
  for (;;) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (child.exitCode !== null || performance.now() > end) {
      throw new Error(`It did not start:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** NaN where there is no /proc (anything but Linux): printed as "not measured". */
function readMb(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readProc(pid, 'status'));
  return Number(found?.[1] ?? Number.NaN) / 1_024;
}

/** User and system time; the kernel counts in hundredths of a second. */
function readCpuMs(pid: number): number {
  const [user = Number.NaN, system = Number.NaN] = readTimes(pid);
  return (user + system) * 10;
}

/** User and system time, then those of children that ended, in hundredths of a second; see proc_pid_stat(5). */
function readTimes(pid: number): readonly number[] {
  const fields = readProc(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).map(Number);
}

/** CPU time of a process, of its children that live, and of those it has seen end, ms. */
export function readTreeCpuMs(pid: number): number {
  const [, , endedUser, endedSystem] = readTimes(pid);
  const children = readProc(pid, `task/${pid}/children`).split(' ').map(Number).filter(Boolean);
  const living = children.reduce((sum, child) => sum + (readCpuMs(child) || 0), 0);
  return readCpuMs(pid) + ((endedUser ?? 0) + (endedSystem ?? 0)) * 10 + living;
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
