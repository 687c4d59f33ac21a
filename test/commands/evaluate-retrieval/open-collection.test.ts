import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCollection } from '../../../src/commands/evaluate-retrieval/open-collection.js';

describe('openCollection', () => {
  it('says which file is not there', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'collection-'));
    await writeFile(path.join(directory, 'corpus.jsonl'), '{"_id":"a","text":"x"}\n');
    await expect(openCollection(directory)).rejects.toThrow(
      `${path.join(directory, 'queries.jsonl')} is not there.`,
    );
  });

  it('ranks with the search of the product, the title as heading', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'collection-'));
    const write = (name: string, text: string) => writeFile(path.join(directory, name), text);
    await write('corpus.jsonl', '{"_id":"a","title":"Bail","text":"x"}\n{"_id":"b","text":"y"}\n');
    await write('queries.jsonl', '{"_id":"q","text":"what is bail?"}\n');
    await write('qrels.tsv', 'q\ta\t1\n');
    const { collection, makeSearch } = await openCollection(directory);
    const [hit] = makeSearch()(collection.questions[0]?.text ?? '');
    expect(hit).toMatchObject({ id: 'a', coverage: 1, missing: [] });
    expect(hit?.likeness).toBeGreaterThan(0);
  });

  it('holds our own questions against passages that are published', async () => {
    const { collection } = await openCollection('own');
    expect(collection.questions.length).toBeGreaterThanOrEqual(150);
    const empty = collection.questions.filter(({ id }) => !collection.relevant.get(id)?.size);
    expect(empty).toEqual([]);
  });
});
