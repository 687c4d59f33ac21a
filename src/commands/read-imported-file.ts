import { readImportedFile } from '../adapters/imports/read-file.js';
import { endAbove } from '../adapters/imports/watch-memory.js';

/** The process that reads one file for `knowledge import` and `knowledge diff`; started by `readApart`. */

/** Everything together: heap, buffers and the program itself. */
const mostMegabytes = 900;

async function main(): Promise<number> {
  endAbove(mostMegabytes);
  const outcome = await readImportedFile(process.argv[2] ?? '');
  await new Promise((resolve) => process.send?.(outcome, resolve));
  process.disconnect();
  return 0;
}

process.exitCode = await main();
