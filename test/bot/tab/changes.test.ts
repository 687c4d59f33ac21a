import {
  createServer,
  get,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Changes, type Look, makeChanges } from '../../../bot/tab/changes.js';
import { userIdSchema } from '../../../src/core/ids.js';

/** Who listens is the path: `/sam/all` is Sam, who sees everything, and `/sam/own` sees only what is theirs. */

let changes: Changes;
let server: Server;
let asked: string[] = [];
let underWay = 0;
let mostAtOnce = 0;
let waiting = 1;
let failing: string | undefined;
const faults: unknown[] = [];
const open: IncomingMessage[] = [];

const lookAs =
  (scope: string): Look =>
  async () => ({
    scope,
    count: async () => {
      asked.push(scope);
      underWay += 1;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      if (scope === failing) throw new Error('no connection');
      return { waiting, returned: 0, approved: 0 };
    },
  });

beforeEach(async () => {
  changes = makeChanges((error) => faults.push(error), { gatherMs: 1, heartbeatMs: 60_000 });
  server = createServer(({ url = '' }, response) => {
    const [, name = '', reach = ''] = url.split('/');
    const look = lookAs(reach === 'all' ? 'all' : `own ${name}`);
    const state = changes.listen(response, userIdSchema.parse(name), look);
    if (state !== 'listening') response.writeHead(429).end(state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  changes.close();
  for (const response of open.splice(0)) response.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  asked = [];
  faults.length = 0;
  [waiting, mostAtOnce, failing] = [1, 0, undefined];
});

async function listen(path: string) {
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, agent: false }, resolve).once('error', reject);
  });
  open.push(response);
  let heard = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    heard += chunk;
  });
  response.on('error', () => undefined);
  return { status: response.statusCode, heard: () => heard, hasEnded: () => response.closed };
}

const counts = (many: number) =>
  `data: {"counts":{"waiting":${many},"returned":0,"approved":0}}\n\n`;

describe('telling of changes', () => {
  it('asks for the counts once for all who see the same, one after another', async () => {
    const paths = ['/sam/all', '/sam/all', '/priya/all', '/jo/own', '/jo/own', '/ann/own'];
    const pages = await Promise.all(paths.map(listen));
    await vi.waitUntil(() => pages.every((page) => page.heard() === counts(1)));
    [asked, mostAtOnce, waiting] = [[], 0, 2];
    changes.tell();
    await vi.waitUntil(() => pages.every((page) => page.heard() === counts(1) + counts(2)));
    expect([asked.toSorted(), mostAtOnce]).toEqual([['all', 'own ann', 'own jo'], 1]);
  });

  it('lets go whoever’s counts cannot be had, asks no more for them, and tells the others', async () => {
    const pages = await Promise.all(['/sam/all', '/priya/all', '/jo/own'].map(listen));
    await vi.waitUntil(() => pages.every((page) => page.heard() === counts(1)));
    [asked, waiting, failing] = [[], 2, 'all'];
    changes.tell();
    await vi.waitUntil(() => pages.filter((page) => page.hasEnded()).length === 2);
    await vi.waitUntil(() => pages[2]?.heard() === counts(1) + counts(2));
    expect([asked, faults.length]).toEqual([['all', 'own jo'], 1]);
  });

  it('keeps no place for a page that was closed before it was let in', async () => {
    const { port } = server.address() as AddressInfo;
    const asking: ServerResponse[] = [];
    server.removeAllListeners('request');
    // Keys and roles are asked for between this and `listen`.
    server.on('request', (_, response: ServerResponse) => void asking.push(response));
    const pages = Array.from({ length: 6 }, () =>
      get({ port, host: '127.0.0.1', agent: false }).on('error', () => undefined),
    );
    await vi.waitUntil(() => asking.length === pages.length);
    for (const page of pages) page.destroy();
    await vi.waitUntil(() => asking.every(({ destroyed }) => destroyed));
    const states = asking.map((response) =>
      changes.listen(response, userIdSchema.parse('sam'), lookAs('all')),
    );
    expect(states).toEqual(Array(6).fill('listening'));
    expect(asked).toEqual([]);
  });

  it('takes five pages of one person, and again one when one has gone', async () => {
    const pages = await Promise.all(Array.from({ length: 5 }, () => listen('/sam/all')));
    const sixth = await listen('/sam/all');
    const other = await listen('/priya/all');
    await vi.waitUntil(() => sixth.heard() === 'enough');
    expect([...pages, sixth, other].map(({ status }) => status)).toEqual([
      ...[200, 200, 200, 200, 200, 429, 200],
    ]);
    open[0]?.destroy();
    await vi.waitUntil(async () => (await listen('/sam/all')).status === 200);
  });
});
