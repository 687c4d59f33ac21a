// Adds up the counts that Vitest left in a folder and prints them as one line: N passed, N failed, N skipped
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2] ?? '.';
const runs = readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
const sum = (count) => runs.reduce((total, run) => total + count(run), 0);
const passed = sum((run) => run.numPassedTests);
// A file that could not be loaded has no tests to count, and yet has failed.
const failed = sum(
  (run) =>
    run.numFailedTests +
    run.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
      .length,
);
const skipped = sum((run) => run.numPendingTests + run.numTodoTests);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
