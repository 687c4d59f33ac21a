import type { Embed } from '../flows/ports.js';
import { fetchWhole, responseOf, within } from './fetch-whole.js';
import { loadLangChain, openAiAddress } from './load-langchain.js';

export type EmbeddingSettings = {
  readonly model: string;
  readonly apiKey: string;
  /** Any server that speaks the protocol; undefined: OpenAI's own. */
  readonly baseUrl: string | undefined;
};

/** A passage or question is some hundred words; an answer many times this long is not one of vectors. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Embeddings by the OpenAI protocol. One deadline from the call to the last byte, since the package's own ends with
 * the headers; no repeats, no redirects; the key and the texts are never logged.
 */
export function makeOpenAiEmbed(
  { model, apiKey, baseUrl }: EmbeddingSettings,
  onFault: (error: unknown) => void,
): Embed {
  return async (texts, timeoutMs) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const { OpenAIEmbeddings } = await loadLangChain();
    const client = new OpenAIEmbeddings({
      ...{ model, apiKey, maxRetries: 0, timeout: timeoutMs, encodingFormat: 'float' as const },
      configuration: {
        baseURL: baseUrl ?? openAiAddress,
        fetch: async (input, init) =>
          responseOf(await fetchWhole(input, { ...init, signal: deadline }, mostBytes)),
      },
    });
    try {
      const vectors = await within(deadline, client.embedDocuments([...texts]));
      const isWhole =
        vectors.length === texts.length &&
        vectors.every((one) => one.length > 0 && one.every(Number.isFinite));
      if (!isWhole) throw new Error(`embedding ${texts.length} texts: the answer does not fit`);
      return { kind: 'embedded', vectors: vectors.map((one) => Float32Array.from(one)) };
    } catch (error) {
      onFault(error);
      return { kind: 'unavailable' };
    }
  };
}
