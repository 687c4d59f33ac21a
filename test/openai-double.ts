import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip, gzipSync } from 'node:zlib';
import { type Said, streamedEvents, wholeBody } from './openai-protocol.js';

/**
 * A server that speaks the OpenAI protocol over HTTP, as a test wants it to behave: chat completions and responses,
 * whole and streamed, whichever is asked for.
 *
 *     const double = await startOpenAiDouble(replyWith({ sentences: [] }));
 *     const double = await startOpenAiDouble((asked, response) =>
 *       double.asked.length === 1 ? refuseWith(503)(asked, response) : replyWith(…)(asked, response));
 *
 * A behaviour is a function of what was asked and the response to write; those below serve most tests, `inTurn` gives
 * one after the other. Azure's addresses and `api-key` are taken as they come.
 */
export type OpenAiDouble = {
  /** With `/v1`; Azure's endpoint is `origin`. */
  readonly baseUrl: string;
  readonly origin: string;
  /** What was asked, in order. */
  readonly asked: readonly {
    readonly path: string;
    readonly key: string;
    readonly body: unknown;
  }[];
  readonly close: () => Promise<void>;
};

export type Asked = { readonly path: string; readonly body: never };
export type Behaviour = (asked: Asked, response: ServerResponse) => void;

export async function startOpenAiDouble(reply: Behaviour, port = 0): Promise<OpenAiDouble> {
  const asked: { path: string; key: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const body = await bodyOf(request);
    const { authorization, 'api-key': apiKey } = request.headers;
    asked.push({ path, key: authorization ?? String(apiKey ?? ''), body });
    reply({ path, body: body as never }, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ baseUrl: `${origin}/v1`, origin, asked },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const usual = { stop: 'done', tokens: { input: 120, output: 30 } } as const;

/** Replies with this value as JSON, or with what is made of the question asked; a string goes as it is. */
export function replyWith(
  output: unknown | ((asked: Asked) => unknown),
  how: Partial<Said> = {},
): Behaviour {
  return (asked, response) => {
    const value = typeof output === 'function' ? output(asked) : output;
    const content = typeof value === 'string' ? value : JSON.stringify(value);
    const said = { ...usual, content, ...how };
    if (!isStreamed(asked)) return sendJson(response, 200, wholeBody(asked.path, said));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(streamedEvents(asked.path, said).join(''));
  };
}

/** An error of the protocol, as in `refuseWith(429, { 'retry-after': '1' })`. */
export function refuseWith(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  code = 'refused',
): Behaviour {
  return (_, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    sendJson(response, status, { error: { message: 'refused', type: 'error', code } });
  };
}

/** A provider's filter that stops the prompt, as Azure words it. */
export const refuseByFilter: Behaviour = (_, response) =>
  sendJson(response, 400, {
    error: {
      ...{ message: 'filtered', type: null, param: 'prompt', code: 'content_filter', status: 400 },
      innererror: { code: 'ResponsibleAIPolicyViolation' },
    },
  });

/** Says nothing at all, not even headers. */
export const staySilent: Behaviour = () => undefined;

/** Sends headers and the first letter, and then nothing. */
export const stallAfterHeaders: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{');
};

/** Sends a space now and then, for ever: something always comes, and no answer. */
export const dripSlowly: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const drip = setInterval(() => response.write(' '), 5);
  response.once('close', () => clearInterval(drip));
};

/** Closes the connection before any headers. */
export const reset: Behaviour = (_, response) => void response.destroy();

/** Promises more than it sends, and closes the connection. */
export const cutWhole: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' });
  response.write('{"id":', () => response.destroy());
};

/** Ends a stream in good order before the reply has ended. */
export function endStreamEarly(output: unknown): Behaviour {
  return ({ path }, response) => {
    const events = streamedEvents(path, { ...usual, content: JSON.stringify(output) });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(events.slice(0, 2).join(''));
  };
}

/** Sends and sends. */
export const sendEndlessly: Behaviour = (_, response) => {
  const part = Buffer.alloc(64 * 1024, ' ');
  response.writeHead(200, { 'content-type': 'application/json' });
  const send = () => {
    while (!response.destroyed && response.write(part));
  };
  response.on('drain', send);
  send();
};

/** Some kilobytes that unpack to 64 million bytes. */
export const sendBomb: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  const packed = createGzip();
  packed.pipe(response);
  packed.end(Buffer.alloc(64 * 1024 * 1024, ' '));
};

/** The reply, compressed. */
export function replyCompressed(output: unknown): Behaviour {
  return ({ path }, response) => {
    const body = wholeBody(path, { ...usual, content: JSON.stringify(output) });
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify(body)));
  };
}

/** Streams, whether or not that was asked for. */
export function streamUnasked(output: unknown): Behaviour {
  return ({ path }, response) =>
    replyWith(output)({ path, body: { stream: true } as never }, response);
}

export function redirectTo(location: string): Behaviour {
  return (_, response) => void response.writeHead(307, { location }).end();
}

/** One behaviour after the other, the last one for good. */
export function inTurn(...behaviours: readonly Behaviour[]): Behaviour {
  let turn = 0;
  return (asked, response) => {
    behaviours[Math.min(turn, behaviours.length - 1)]?.(asked, response);
    turn += 1;
  };
}

function isStreamed({ body }: Asked): boolean {
  return Reflect.get(Object(body), 'stream') === true;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += part;
  return text && JSON.parse(text);
}
