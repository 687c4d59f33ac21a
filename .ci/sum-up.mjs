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
// By name, so that the end of a long log says what to look at.
for (const file of runs.flatMap((run) => run.testResults)) {
  for (const test of file.assertionResults.filter((one) => one.failureMessages.length > 0)) {
    const how = test.status === 'failed' ? 'Failed' : 'Passed only at the second try';
    console.log(`${how}: ${path.relative('.', file.name)}: ${test.fullName}`);
    console.log(String(test.failureMessages[0] ?? '').slice(0, 2_000));
  }
  if (file.status === 'failed' && file.assertionResults.length === 0) {
    console.log(`Failed to load: ${path.relative('.', file.name)}: ${file.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
