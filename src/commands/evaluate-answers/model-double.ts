import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../adapters/package-root.js';

/** A double of a model's server, in a process of its own: its work must not slow what is measured. */
export type ModelDouble = { readonly baseUrl: string; readonly close: () => Promise<void> };

/** Longest it may take to say where it listens. */
const longestStartMs = 30_000;

/** Both take a port, where 0 is any that is free, and how long they wait before they answer. */
const mains = { honest: 'model-double-main.ts', hostile: 'hostile-double-main.ts' } as const;

/**
 * Starts a double that answers each call after `delayMs`; throws when it does not say where it listens. `honest` does
 * what the prompts say, `hostile` lies in many ways.
 */
export async function startModelDouble(
  manner: 'honest' | 'hostile',
  delayMs = 0,
): Promise<ModelDouble> {
  const root = packageRoot();
  const file = path.join(root, 'test', mains[manner]);
  const args = ['--import', 'tsx', file, '0', String(delayMs)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = async () => {
    child.kill();
    await closed;
  };
  const timer = setTimeout(() => child.kill(), longestStartMs);
  for await (const line of createInterface(child.stdout)) {
    const [baseUrl] = /http:\/\/\S+/.exec(line) ?? [];
    if (baseUrl === undefined) continue;
    clearTimeout(timer);
    return { baseUrl, close };
  }
  clearTimeout(timer);
  throw new Error('starting the double of a model: it ended without saying where it listens');
}
