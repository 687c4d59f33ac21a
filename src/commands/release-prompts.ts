import path from 'node:path';
import { packageRoot } from '../adapters/package-root.js';
import { PromptFault } from '../adapters/prompt-files.js';
import { changedPrompts, recordPrompts } from './released-prompts.js';

/** `npm run prompts`: records new versions of the prompts, and names those changed without one. */
async function main(): Promise<void> {
  const folder = path.join(packageRoot(), 'prompts');
  try {
    const fresh = await recordPrompts(folder);
    const faults = await changedPrompts(folder);
    for (const line of [...fresh.map((one) => `recorded: ${one}`), ...faults]) {
      process.stdout.write(`${line}\n`);
    }
    if (faults.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof PromptFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

await main();
