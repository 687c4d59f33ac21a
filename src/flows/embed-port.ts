/**
 * Turns texts into vectors, one each and in their order. `unavailable`: no answer in time, or none that can be used;
 * why it failed is in the adapter's log.
 */
export type Embed = (
  texts: readonly string[],
  timeoutMs: number,
) => Promise<
  | { readonly kind: 'embedded'; readonly vectors: readonly Float32Array[] }
  | { readonly kind: 'unavailable' }
>;
