import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that speaks the OpenAI protocol over HTTP, as a test wants it to behave. */
export type OpenAiDouble = {
  readonly baseUrl: string;
  /** What was asked, in order. */
  readonly asked: readonly {
    readonly path: string;
    readonly key: string;
    readonly body: unknown;
  }[];
  readonly close: () => Promise<void>;
};

type Reply = (
  asked: { readonly path: string; readonly body: never },
  response: ServerResponse,
) => void;

export async function startOpenAiDouble(reply: Reply): Promise<OpenAiDouble> {
  const asked: { path: string; key: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const body = await bodyOf(request);
    asked.push({ path, key: request.headers.authorization ?? '', body });
    reply({ path, body: body as never }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request) text += part;
  return JSON.parse(text);
}
