import { fork } from 'node:child_process';
import { type ReadOutcome, readOutcomeSchema } from '../../core/imported-document.js';

/**
 * Reads a file in a process of its own, so that a file made to use up memory or time ends that process and nothing
 * else. It is given no environment, no input and no way to answer but one message.
 */

/** Bounds of a reading; the defaults are several times what the longest guidance known to us takes. */
export type Limits = { readonly timeoutMs: number; readonly heapMb: number };
const readingLimits: Limits = { timeoutMs: 60_000, heapMb: 512 };

/** What the file says, or why it is refused; a process that was ended is a refusal too. */
export function readApart(
  reader: string,
  file: string,
  { timeoutMs, heapMb }: Limits = readingLimits,
): Promise<ReadOutcome> {
  // From sources, the reader is TypeScript and needs its loader.
  const loader = reader.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = fork(reader, [file], {
    execArgv: [...loader, `--max-old-space-size=${heapMb}`],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let said: unknown;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('message', (message) => {
      said = message;
    });
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      resolve(said === undefined ? ended(isLate, timeoutMs) : readOutcomeSchema.parse(said));
    });
  });
}

function ended(isLate: boolean, timeoutMs: number): ReadOutcome {
  const reason = isLate
    ? `The file could not be read within ${timeoutMs / 1000} seconds.`
    : 'The file could not be read: its reader failed or needed too much memory.';
  return { kind: 'refused', reason };
}
