import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readVectors, writeVectors } from '../../src/adapters/vector-file.js';
import type { PassageId } from '../../src/core/ids.js';
import type { Passage } from '../../src/core/passage.js';
import type { Embed } from '../../src/flows/ports.js';
import { aPassage } from '../builders.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vectors-'));
  file = path.join(folder, 'vectors.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Gives each text its length, and keeps what it was asked. */
function aModel() {
  const asked: string[][] = [];
  const embed: Embed = async (texts) => {
    asked.push([...texts]);
    return { kind: 'embedded', vectors: texts.map(({ length }) => Float32Array.from([length])) };
  };
  return { embed, asked };
}

const one = aPassage({ id: 'one' as PassageId, heading: 'How long?' });
const two = aPassage({ id: 'two' as PassageId, heading: 'Who may apply?' });
const changed: Passage = { ...two, heading: 'Who can apply?' };

describe('vectors kept in a file', () => {
  it('are read back for passages as they are, and counted as missing for those that were edited or never embedded', async () => {
    const { embed, asked } = aModel();
    expect(await writeVectors(file, 'm', [one, two], embed)).toEqual({
      kind: 'written',
      embedded: 2,
    });
    expect(asked.flat().map((text) => text.split('\n')[0])).toEqual([
      'How long?',
      'Who may apply?',
    ]);
    const { vectors, missing } = await readVectors(file, 'm', [one, changed]);
    expect([[...vectors.of.keys()], vectors.model, missing]).toEqual([['one'], 'm', 1]);
    expect(readdirSync(folder)).toEqual(['vectors.json']);
  });

  it('are made again only for what is new or was edited, and all of them for another model', async () => {
    await writeVectors(file, 'm', [one, two], aModel().embed);
    const again = aModel();
    expect(await writeVectors(file, 'm', [one, changed], again.embed)).toMatchObject({
      embedded: 1,
    });
    expect(again.asked).toHaveLength(1);
    expect((await readVectors(file, 'm', [one, changed])).missing).toBe(0);
    expect((await readVectors(file, 'other', [one, changed])).missing).toBe(2);
    expect(await writeVectors(file, 'other', [one], aModel().embed)).toMatchObject({ embedded: 1 });
  });

  it('stay as they were when the model does not answer', async () => {
    await writeVectors(file, 'm', [one], aModel().embed);
    const before = readFileSync(file, 'utf8');
    const silent: Embed = async () => ({ kind: 'unavailable' });
    expect(await writeVectors(file, 'm', [one, two], silent)).toEqual({ kind: 'unavailable' });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('are none where there is no file, and a fault naming the file where it is damaged', async () => {
    expect((await readVectors(file, 'm', [one])).missing).toBe(1);
    writeFileSync(file, '{"model": "m", "vectors": [');
    await expect(readVectors(file, 'm', [one])).rejects.toThrow(`${file}: the file is damaged`);
  });
});
