import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { loadKnowledge } from '../../adapters/knowledge-files.js';
import { packageRoot } from '../../adapters/package-root.js';
import { textOf } from '../../core/passage.js';
import { makeSearch, type Search } from '../../core/retrieval.js';
import { type Collection, CollectionFault, parseCollection } from './collection.js';

/** A collection with the product's search over it, built when called. */
export type OpenCollection = {
  readonly collection: Collection;
  readonly makeSearch: () => Search<string>;
};

/** Reads the collection in a directory, or our own knowledge for "own"; throws CollectionFault with one sentence. */
export async function openCollection(directory: string): Promise<OpenCollection> {
  if (directory === 'own') return openOwn();
  // One after the other, so that of several that are not there always the same is named.
  const collection = parseCollection({
    corpus: await readIn(directory, 'corpus.jsonl'),
    queries: await readIn(directory, 'queries.jsonl'),
    qrels: await readIn(directory, 'qrels.tsv'),
  });
  const documents = collection.passages.map(({ id, title, text }) => ({
    id,
    heading: title,
    title: '',
    asks: [],
    text,
  }));
  return { collection, makeSearch: () => makeSearch(documents) };
}

async function readIn(directory: string, name: string): Promise<string> {
  try {
    return await readFile(path.join(directory, name), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new CollectionFault(`${path.join(directory, name)} ${why}.`);
  }
}

const ownSchema = z
  .object({
    id: z.string().min(1),
    q: z.string().optional(),
    turns: z.array(z.string()).min(1).optional(),
    passages: z.array(z.string()).min(1),
  })
  .refine(({ q, turns }) => q !== undefined || turns !== undefined, 'needs q or turns');

/** The libraries are given the same text: heading, then article title, example questions and text together. */
async function openOwn(): Promise<OpenCollection> {
  const root = packageRoot();
  const knowledge = await loadKnowledge(path.join(root, 'knowledge'));
  const documents = [...knowledge.passages.values()]
    .filter(({ status }) => status === 'published')
    .map((passage) => ({
      id: passage.id as string,
      heading: passage.heading,
      title: passage.article,
      asks: passage.asks,
      text: textOf(passage),
    }));
  const file = 'passages.jsonl';
  const lines = (await readIn(path.join(root, 'test', 'questions'), file)).split('\n');
  const asked = lines.flatMap((line, index) => {
    if (!line.trim()) return [];
    const read = ownSchema.safeParse(JSON.parse(line));
    if (!read.success)
      throw new CollectionFault(`${file} line ${index + 1}: ${read.error.issues[0]?.message}.`);
    return [read.data];
  });
  const known = new Set(documents.map(({ id }) => id));
  const collection: Collection = {
    passages: documents.map(({ id, heading, title, asks, text }) => ({
      id,
      title: heading,
      text: [title, ...asks, text].join('\n'),
    })),
    questions: asked.map(({ id, q, turns }) => {
      const [text = '', ...context] = (turns ?? [q ?? '']).toReversed();
      return { id, text, context, isAnswerable: undefined };
    }),
    relevant: new Map(
      asked.map(({ id, passages }) => [
        id,
        new Map(passages.filter((passage) => known.has(passage)).map((passage) => [passage, 1])),
      ]),
    ),
  };
  return { collection, makeSearch: () => makeSearch(documents, knowledge.terms) };
}
