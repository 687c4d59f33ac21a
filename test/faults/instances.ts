import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPort } from '../e2e/programs.js';

/** Signpost as a process, as a platform runs it. */
export type Instance = {
  readonly port: number;
  /** What it wrote: its log, and why it did not start. */
  readonly written: () => string;
  readonly signal: (name: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => void;
  /** Resolves when it is gone, with its exit code; null where a signal ended it. */
  readonly gone: Promise<number | null>;
  readonly isGone: () => boolean;
};

type Settings = Readonly<Record<string, string>>;

const root = path.join(import.meta.dirname, '..', '..');
const running = new Set<ChildProcess>();

/** Starts one from the sources without waiting for it. Settings of whoever runs the tests do not reach it. */
export async function launch(settings: Settings): Promise<Instance> {
  const port = await findPort();
  const { PATH, TMPDIR } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts'], {
    cwd: root,
    env: { PATH, TMPDIR, PORT: String(port), LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  const hear = (chunk: Buffer) => {
    text += chunk;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const gone = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return {
    ...{ port, written: () => text, signal: (name) => void child.kill(name) },
    ...{ gone, isGone: () => !running.has(child) },
  };
}

/** Starts one and waits until it says that it is ready. */
export async function startInstance(settings: Settings): Promise<Instance> {
  const instance = await launch(settings);
  while ((await statusOf(instance, '/readyz')) !== 200) {
    if (instance.isGone()) throw new Error(`the server did not start: ${instance.written()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return instance;
}

/** The status of an address of it; undefined when nobody answers. */
export async function statusOf({ port }: Instance, address: string): Promise<number | undefined> {
  try {
    const { status } = await fetch(`http://127.0.0.1:${port}${address}`);
    return status;
  } catch {
    return undefined;
  }
}

/** Ends whatever still runs. */
export async function endAll(): Promise<void> {
  const ends = [...running].map(
    (child) => new Promise((resolve) => child.once('close', resolve).kill('SIGKILL')),
  );
  await Promise.all(ends);
}

/** A folder that goes with the test. */
export async function makeFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'signpost-faults-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
