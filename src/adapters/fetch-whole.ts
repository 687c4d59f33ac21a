/** Raised when an answer is longer than it may be; what was read of it is dropped. */
export class TooLongFault extends Error {}

/**
 * Fetches an answer and reads it to its end, under the one signal given, before a package sees it: their own limits
 * end with the headers. Throws TooLongFault past `mostBytes`, counted after decompression. A redirect is not
 * followed, since it would carry key and words to an address nobody set: it comes back as status 421.
 */
export async function fetchWhole(
  input: string | URL | Request,
  init: RequestInit & { readonly signal: AbortSignal },
  mostBytes: number,
): Promise<Response> {
  const answer = await fetch(input, { ...init, redirect: 'manual' });
  const { status, headers } = answer;
  if (status >= 300 && status < 400) {
    await answer.body?.cancel();
    return new Response(undefined, { status: 421, statusText: 'redirected' });
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new TooLongFault('reading an answer: it is too long');
    parts.push(part);
  }
  return new Response(Buffer.concat(parts), { status, headers: withoutCoding(headers) });
}

/** What was read is no longer compressed. */
function withoutCoding(given: Headers): Headers {
  const headers = new Headers(given);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return headers;
}

/** Settles as `work` does, or rejects when the signal says so, whichever is first. */
export function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);
}
