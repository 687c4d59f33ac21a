import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../src/adapters/package-root.js';
import { changedPrompts, recordPrompts } from '../src/commands/released-prompts.js';

const shipped = path.join(packageRoot(), 'prompts');

describe('released prompts', () => {
  it('never change their words without a new version', async () => {
    const recorded = await readFile(path.join(shipped, 'released.json'), 'utf8');
    expect(Object.keys(JSON.parse(recorded))).toContain('choose-sentences');
    expect(await changedPrompts(shipped)).toEqual([]);
  });
});

describe('recording prompts', () => {
  let folder = '';
  const write = (version: number, words: string) =>
    writeFile(
      path.join(folder, 'pick.md'),
      `---\nid: pick\nversion: ${version}\npurpose: Picks one sentence.\ninputs: [a]\noutput: pick\n---\n\n# System\n\n${words}\n\n# User\n\n{{a}}\n`,
    );
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-released-'));
    await write(1, 'Pick one.');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('asks for a version that is not recorded, and is content once it is', async () => {
    expect(await changedPrompts(folder)).toEqual([
      'pick.md, version 1, is not recorded: run npm run prompts.',
    ]);
    expect(await recordPrompts(folder)).toEqual(['pick 1']);
    expect(await changedPrompts(folder)).toEqual([]);
  });

  it('notices a change of words, which it never records, until it has a new version', async () => {
    await recordPrompts(folder);
    await write(1, 'Pick two.');
    expect(await recordPrompts(folder)).toEqual([]);
    expect(await changedPrompts(folder)).toEqual([
      'pick.md was changed after its release: make the change version 2.',
    ]);
    await write(2, 'Pick two.');
    expect(await recordPrompts(folder)).toEqual(['pick 2']);
    expect(await changedPrompts(folder)).toEqual([]);
  });

  it('notices a version taken back and a prompt taken away', async () => {
    await write(2, 'Pick two.');
    await recordPrompts(folder);
    await write(1, 'Pick one.');
    expect(await changedPrompts(folder)).toEqual(['pick.md is version 1, but 2 was released.']);
    await rm(path.join(folder, 'pick.md'));
    expect(await changedPrompts(folder)).toEqual([
      'pick.md is gone, but answers are stored that name it: put it back.',
    ]);
  });
});
