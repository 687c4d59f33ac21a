import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const read = (name: string) => readFile(path.join(root, name), 'utf8');

/** What stands between `it(` and the end of its name, as in `it('disk full: told', …` and on the line after it. */
const name = /^\s*it(?:\.runIf\(\w+\))?\(\s*'([^']+: [^']+)'/gm;

it('docs/faults.md has a row for each fault that is tested, in the words of its test, and no other', async () => {
  const sources = await Promise.all(
    ['several-instances', 'one-machine'].map((file) => read(`test/faults/${file}.test.ts`)),
  );
  const names = sources.flatMap((source) => [...source.matchAll(name)].map((match) => match[1]));
  const rows = (await read('docs/faults.md')).matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm);
  const listed = [...rows].map(([, fault, seen]) => `${fault}: ${seen}`);
  expect(listed.filter((row) => row !== 'Fault: What was seen')).toEqual(names);
});
