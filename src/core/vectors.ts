import { z } from 'zod';
import { type PassageId, passageIdSchema } from './ids.js';

/**
 * Passages as vectors of an embedding model, for finding what says the same in other words. Optional: without them the
 * ranking by words stands alone.
 */

const vectorSchema = z.array(z.number()).min(1).max(8_192);

/** One passage: `textHash` is of the text that was embedded, so that an edited passage is known to need a new one. */
export const storedVectorSchema = z.strictObject({
  passage: passageIdSchema,
  textHash: z.string().regex(/^[0-9a-f]{64}$/),
  vector: vectorSchema,
});
export type StoredVector = z.infer<typeof storedVectorSchema>;

/** Of one model only: vectors of two models do not compare. */
export type Vectors = {
  readonly model: string;
  readonly of: ReadonlyMap<PassageId, Float32Array>;
};

/** The passages nearest to a vector by the cosine between them, nearest first; those of another length are left out. */
export function nearestPassages(
  { of }: Vectors,
  vector: Float32Array,
  limit: number,
): readonly PassageId[] {
  return [...of]
    .filter(([, other]) => other.length === vector.length)
    .map(([passage, other]) => [passage, cosine(vector, other)] as const)
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([passage]) => passage);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, lengthA, lengthB] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0];
    product += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  const lengths = Math.sqrt(lengthA * lengthB);
  return lengths === 0 ? 0 : product / lengths;
}
