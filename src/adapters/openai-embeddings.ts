import { OpenAIEmbeddings } from '@langchain/openai';
import type { Embed } from '../flows/ports.js';

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
    const client = new OpenAIEmbeddings({
      ...{ model, apiKey, maxRetries: 0, timeout: timeoutMs, encodingFormat: 'float' as const },
      configuration: {
        ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
        fetch: (input, init) => fetchWhole(input, { ...init, signal: deadline, redirect: 'error' }),
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

/** Read to its end before the package sees it, and given up once it is too long. */
async function fetchWhole(input: string | URL | Request, init: RequestInit): Promise<Response> {
  const answer = await fetch(input, init);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error('reading embeddings: the answer is too long');
    parts.push(part);
  }
  const { status, headers } = answer;
  return new Response(Buffer.concat(parts), { status, headers: withoutCoding(headers) });
}

/** What was read is no longer compressed. */
function withoutCoding(given: Headers): Headers {
  const headers = new Headers(given);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return headers;
}

function within<Value>(deadline: AbortSignal, work: Promise<Value>): Promise<Value> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) =>
      deadline.addEventListener('abort', () => reject(deadline.reason), { once: true }),
    ),
  ]);
}
