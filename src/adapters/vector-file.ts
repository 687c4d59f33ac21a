import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Passage, textOf } from '../core/passage.js';
import { type StoredVector, storedVectorSchema, type Vectors } from '../core/vectors.js';
import type { Embed } from '../flows/ports.js';

/** Vectors of the passages, kept in a file that a command makes and the server reads. */

const fileSchema = z.strictObject({
  model: z.string().min(1),
  vectors: z.array(storedVectorSchema),
});
type VectorFile = z.infer<typeof fileSchema>;

/** So many passages go into one call; they are short, and a call that fails costs only these. */
const batch = 64;
const batchMs = 60_000;

/** The vectors in a file; undefined when there is no file, a fault naming it when it is damaged. */
async function read(file: string): Promise<VectorFile | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`reading the vectors in ${file}: the file is damaged, make it anew`, { cause });
  }
}

/** Those of a model for passages as they now are; `missing` counts passages without one. */
export async function readVectors(
  file: string,
  model: string,
  passages: Iterable<Passage>,
): Promise<{ readonly vectors: Vectors; readonly missing: number }> {
  const kept = await keptVectors(file, model);
  const of = new Map<Passage['id'], Float32Array>();
  let missing = 0;
  for (const passage of passages) {
    const found = kept.get(passage.id);
    if (found?.textHash === hashOf(passage)) of.set(passage.id, Float32Array.from(found.vector));
    else missing += 1;
  }
  return { vectors: { model, of }, missing };
}

/**
 * Embeds the passages that are new or were changed, and replaces the file whole, so that a crash leaves the old one.
 * `unavailable` when the model did not answer: then nothing is written.
 */
export async function writeVectors(
  file: string,
  model: string,
  passages: readonly Passage[],
  embed: Embed,
): Promise<
  { readonly kind: 'written'; readonly embedded: number } | { readonly kind: 'unavailable' }
> {
  const kept = await keptVectors(file, model);
  const isKept = (passage: Passage) => kept.get(passage.id)?.textHash === hashOf(passage);
  const wanted = passages.filter((passage) => !isKept(passage));
  const vectors: StoredVector[] = passages.flatMap((passage) =>
    isKept(passage) ? (kept.get(passage.id) ?? []) : [],
  );
  for (let from = 0; from < wanted.length; from += batch) {
    const some = wanted.slice(from, from + batch);
    const answer = await embed(some.map(embeddedText), batchMs);
    if (answer.kind === 'unavailable') return answer;
    for (const [place, passage] of some.entries()) {
      const vector = [...(answer.vectors[place] ?? [])];
      vectors.push({ passage: passage.id, textHash: hashOf(passage), vector });
    }
  }
  await writeFile(`${file}.new`, JSON.stringify({ model, vectors }));
  await rename(`${file}.new`, file);
  return { kind: 'written', embedded: wanted.length };
}

async function keptVectors(
  file: string,
  model: string,
): Promise<ReadonlyMap<Passage['id'], StoredVector>> {
  const found = await read(file);
  const ofModel = found?.model === model ? found.vectors : [];
  return new Map(ofModel.map((one) => [one.passage, one]));
}

/** What of a passage becomes a vector: its heading and its words. */
function embeddedText(passage: Passage): string {
  return `${passage.heading}\n${textOf(passage)}`;
}

/** SHA-256 in hex, by which an edited passage is known to need a new vector. */
function hashOf(passage: Passage): string {
  return createHash('sha256').update(embeddedText(passage)).digest('hex');
}
