import { createServer } from 'node:http';

/**
 * The least that can stand in for Teams' connector: takes every call, gives each message an id, and keeps
 * the last message of each chat. `test/bot/connector-double.ts` keeps all of them and can misbehave; that is
 * for tests, and too slow here.
 */
export type Connector = {
  readonly serviceUrl: string;
  readonly calls: () => number;
  readonly last: (chat: string) => { readonly id: string; readonly body: string } | undefined;
  /** Forgets all messages, so that memory stays flat over rounds. */
  readonly forget: () => void;
  readonly close: () => void;
};

export async function startConnector(): Promise<Connector> {
  const last = new Map<string, { id: string; body: string }>();
  let calls = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      calls += 1;
      const id = `m${calls}`;
      // As in `/teams/v3/conversations/<chat>/activities/<activity>`; a PUT replaces, and is not a new message.
      const chat = decodeURIComponent(request.url?.split('/')[4] ?? '');
      // "Is typing" is sent when a turn takes long, and may come in after the answer.
      const isMessage = request.method === 'POST' && !body.startsWith('{"type":"typing"');
      if (isMessage) last.set(chat, { id, body });
      response.writeHead(request.method === 'POST' ? 201 : 200, {
        'content-type': 'application/json',
      });
      response.end(`{"id":"${id}"}`);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    serviceUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/teams/`,
    calls: () => calls,
    last: (chat) => last.get(chat),
    forget: () => last.clear(),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
