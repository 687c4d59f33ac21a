import { KeyFileFault } from '../adapters/keys/key-file.js';
import { ConfigFault } from '../config.js';

/** A sentence for somebody who can do something about it. */
class Refusal extends Error {}

/** Ends a command with a sentence: nothing, or nothing more, was done. */
export const refuse = (words: string): never => {
  throw new Refusal(words);
};

/** The sentence for what a person can do something about, `usage` where they asked wrongly; the rest is a fault. */
export function sentenceOf(error: unknown, usage: string): string {
  const { code } = error as { code?: unknown };
  if (error instanceof ConfigFault || error instanceof Refusal) return error.message;
  if (error instanceof KeyFileFault) return `The master key: ${error.message}.`;
  // A table, column or function that is not there.
  if (typeof code === 'string' && ['42P01', '42703', '42883'].includes(code))
    return 'The store was last used by an older version of Signpost: start this one once.';
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')) return usage;
  throw error;
}

/** What is wrong with the words a command was asked with, on standard error, and exit code 2; the rest is a fault. */
export function refuseAsked(error: unknown): number {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== 'string' || !code.startsWith('ERR_PARSE_ARGS')) throw error;
  process.stderr.write(`${message}\n`);
  return 2;
}
