import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedReleases, recordReleases } from '../src/commands/released-scripts.js';
import { knowledgeFolder } from './real-knowledge.js';

describe('released scripts', () => {
  it('are never edited: a change is made in the next version', async () => {
    const recorded = await readFile(path.join(knowledgeFolder, 'scripts/released.json'), 'utf8');
    expect(Object.keys(JSON.parse(recorded))).toEqual(
      expect.arrayContaining(['first-contact.1.yaml', 'identification.1.yaml']),
    );
    expect(await changedReleases(knowledgeFolder)).toEqual([]);
  });
});

describe('recording a release', () => {
  let folder = '';
  const script = () => path.join(folder, 'scripts/a.1.yaml');
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-released-'));
    await cp(
      path.join(knowledgeFolder, 'scripts/first-contact.1.yaml'),
      path.join(folder, 'scripts/a.1.yaml'),
    );
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('notices an edit and a deletion afterwards, and says what to do instead', async () => {
    expect(await recordReleases(folder, ['a.1.yaml'])).toEqual(['a.1.yaml']);
    expect(await changedReleases(folder)).toEqual([]);
    const text = await readFile(script(), 'utf8');
    await writeFile(script(), `${text}# one more\n`);
    expect(await changedReleases(folder)).toEqual([
      'scripts/a.1.yaml was edited after its release, but screenings that began with it are kept: put it back as it was, and make the change in a.2.yaml.',
    ]);
    await rm(script());
    expect(await changedReleases(folder)).toEqual([
      'scripts/a.1.yaml is gone after its release, but screenings that began with it are kept: put it back as it was, and make the change in a.2.yaml.',
    ]);
  });

  it('never records an edit of what was recorded before', async () => {
    await recordReleases(folder, ['a.1.yaml']);
    await writeFile(script(), 'name: a\n');
    expect(await recordReleases(folder, ['a.1.yaml'])).toEqual([]);
    expect(await changedReleases(folder)).toHaveLength(1);
  });

  it('passes over line ends, which a checkout may change', async () => {
    await recordReleases(folder, ['a.1.yaml']);
    const text = await readFile(script(), 'utf8');
    await writeFile(script(), text.replaceAll('\n', '\r\n'));
    expect(await changedReleases(folder)).toEqual([]);
  });
});
