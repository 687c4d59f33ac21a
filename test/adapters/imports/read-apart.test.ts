import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApart } from '../../../src/adapters/imports/read-apart.js';

/** Readers that do what a hostile file would make one do, in a process of their own. */

const reader = path.join(import.meta.dirname, '../../../src/commands/read-imported-file.ts');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-apart-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function aReader(name: string, code: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, code);
  return file;
}

const failed = {
  kind: 'refused',
  reason: 'The file could not be read: its reader failed or needed too much memory.',
};

describe('a file read apart', () => {
  it('comes back as it was read', async () => {
    const file = path.join(folder, 'good.md');
    await writeFile(
      file,
      '# Recording\n\nKeep a record of each act, with its day and its place.\n',
    );
    expect(await readApart(reader, file)).toMatchObject({
      kind: 'read',
      document: { kind: 'markdown', blocks: [{ text: 'Recording' }, { page: null }] },
    });
  });

  it('is given up when it takes too long', async () => {
    const stuck = await aReader('stuck.mjs', 'for (;;);');
    expect(await readApart(stuck, 'any', { timeoutMs: 300, heapMb: 64 })).toEqual({
      kind: 'refused',
      reason: 'The file could not be read within 0.3 seconds.',
    });
  });

  it('is given up when it needs too much of the heap', async () => {
    const greedy = await aReader(
      'heap.mjs',
      'const all = []; for (;;) all.push(new Array(1e6).fill({}));',
    );
    expect(await readApart(greedy, 'any', { timeoutMs: 15_000, heapMb: 32 })).toEqual(failed);
  });

  it.each([
    ['is given up when it needs too much beside the heap', 4_000, failed],
    ['is not given up for less', 10, { kind: 'refused', reason: 'was not stopped' }],
  ])('%s', async (_, megabytes, outcome) => {
    const watcher = path.join(import.meta.dirname, '../../../src/adapters/imports/watch-memory.ts');
    const greedy = await aReader(
      `buffers-${megabytes}.ts`,
      `import { endAbove } from ${JSON.stringify(watcher)};
       endAbove(400);
       const all: Buffer[] = [];
       for (let i = 0; i < ${megabytes}; i += 1) all.push(Buffer.alloc(1024 * 1024, 1));
       process.send?.({ kind: 'refused', reason: 'was not stopped' }, () => process.exit());`,
    );
    expect(await readApart(greedy, 'any')).toEqual(outcome);
  });

  it('is told nothing of the environment it is read in', async () => {
    const curious = await aReader(
      'curious.mjs',
      `const names = Object.keys(process.env).filter((name) => !name.startsWith('NODE_'));
       process.send({ kind: 'refused', reason: names.length + ' names' });`,
    );
    expect(await readApart(curious, 'any')).toEqual({ kind: 'refused', reason: '0 names' });
  });
});
