import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A child of `store-child.ts`. */
export type Child = {
  /** What it has said so far. */
  readonly lines: readonly string[];
  /** The first line that begins so; rejects should it end before. */
  readonly said: (beginning: string) => Promise<string>;
  /** Ends it at once, as a power cut of the process would; resolves when it is gone. */
  readonly kill: () => Promise<void>;
};

const script = fileURLToPath(new URL('./store-child.ts', import.meta.url));

export function startChild(...words: readonly string[]): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const isGone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    lines,
    said: (beginning) => waitFor(child, lines, beginning),
    kill: () => {
      child.kill('SIGKILL');
      return isGone;
    },
  };
}

async function waitFor(
  child: ChildProcess,
  lines: readonly string[],
  beginning: string,
): Promise<string> {
  for (;;) {
    const line = lines.find((each) => each.startsWith(beginning));
    if (line !== undefined) return line;
    if (child.exitCode !== null) throw new Error(`the child ended before it said ${beginning}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
