import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** As the packages call it. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** An answer read to its end, no longer compressed. */
export type Whole = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
};

/** Raised when an answer is longer than it may be; what was read of it is dropped. */
export class TooLongFault extends Error {}

/** An idle connection is closed before servers close it, which is after 5 s and more: nothing is sent into a closed one. */
const idle = { keepAlive: true, timeout: 4_000 };
const plain = { send: requestHttp, agent: new HttpAgent(idle) };
const secure = { send: requestHttps, agent: new HttpsAgent(idle) };

/**
 * Fetches an answer and reads it to its end, under the one signal given, before a package sees it: their own limits
 * end with the headers. Throws TooLongFault past `mostBytes`, counted after decompression. A redirect is not
 * followed, since it would carry key and words to an address nobody set: it comes back as status 421. By `node:http`,
 * since the platform's `fetch` and its streams take several times as long, and many ask at once.
 */
export async function fetchWhole(
  input: Parameters<Fetch>[0],
  init: RequestInit & { readonly signal: AbortSignal },
  mostBytes: number,
): Promise<Whole> {
  const answer = await send(new URL(input instanceof Request ? input.url : input), init);
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    answer.destroy();
    return { status: 421, headers: new Headers(), bytes: Buffer.alloc(0) };
  }
  const bytes = await readWhole(answer, mostBytes);
  return { status, headers: headersOf(answer), bytes };
}

/** An answer in the form in which the packages take it. */
export function responseOf({ status, headers, bytes }: Whole): Response {
  return new Response(bytes.length === 0 ? undefined : bytes, { status, headers });
}

function send(
  address: URL,
  { method = 'GET', headers, body, signal }: RequestInit & { readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  if (body != null && typeof body !== 'string') throw new Error('sending a request: no text');
  const { send: request, agent } = address.protocol === 'https:' ? secure : plain;
  const wish = { method, agent, signal, headers: Object.fromEntries(new Headers(headers)) };
  return new Promise((resolve, reject) => {
    request(address, wish, resolve)
      .on('error', reject)
      .end(body ?? undefined);
  });
}

function readWhole(answer: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const body = unpacked(answer);
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    body
      .on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes <= mostBytes) parts.push(part);
        else body.destroy(new TooLongFault('reading an answer: it is too long'));
      })
      .on('end', () => resolve(Buffer.concat(parts)))
      .on('error', reject);
  });
}

/** Compression is not asked for, and some servers compress all the same. */
const unpackers: Readonly<Record<string, typeof createGunzip | typeof createBrotliDecompress>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function unpacked(answer: IncomingMessage): Readable {
  const unpack = unpackers[answer.headers['content-encoding'] ?? '']?.();
  // What fails on the way ends what comes out, which is listened to.
  return unpack ? pipeline(answer, unpack, () => undefined) : answer;
}

/** Without what was said of the body as it was sent. */
function headersOf({ headers }: IncomingMessage): Headers {
  const { 'content-encoding': _, 'content-length': __, ...rest } = headers;
  return new Headers(
    Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
  );
}

/** Settles as `work` does, or rejects when the signal says so, whichever is first. */
export function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
