import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type StoredVector, storedVectorSchema } from '../core/vectors.js';

const fileSchema = z.strictObject({
  model: z.string().min(1),
  vectors: z.array(storedVectorSchema),
});
export type VectorFile = z.infer<typeof fileSchema>;

/** The vectors kept in a file; undefined when there is none, a fault naming the file when it is damaged. */
export async function readVectorFile(file: string): Promise<VectorFile | undefined> {
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

/** Replaces the file whole, so that a crash leaves the old one. */
export async function writeVectorFile(
  file: string,
  model: string,
  vectors: readonly StoredVector[],
): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify({ model, vectors }));
  await rename(`${file}.new`, file);
}
