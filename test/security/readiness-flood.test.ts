import { get } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpServer, makeHttpServer } from '../../bot/http.js';
import { makeLog } from '../../src/adapters/log.js';

/** `/readyz` is open to anybody, and each look takes a connection of the store that officers' turns need. */

let server: HttpServer;
let port = 0;
let looks = 0;
let answer: () => void = () => undefined;
const held = new Promise<void>((resolve) => {
  answer = resolve;
});

beforeAll(async () => {
  server = makeHttpServer({
    ...{ host: '127.0.0.1', port: 0, log: makeLog('silent') },
    channel: { handle: async () => undefined, drain: async () => undefined },
    isReady: async () => {
      looks += 1;
      await held;
      return { isReady: true };
    },
  });
  port = await server.listen();
});
afterAll(() => server.close());

it('looks into the store once for however many ask at the same time', async () => {
  const asked = Array.from(
    { length: 50 },
    () =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ port, host: '127.0.0.1', path: '/readyz', agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).once('error', reject);
      }),
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  answer();
  expect([await Promise.all(asked), looks]).toEqual([Array(50).fill(200), 1]);
});
