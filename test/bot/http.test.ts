import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Readiness } from '../../bot/http.js';
import { refuseRemoteRequest } from '../../bot/teams/admit.js';
import {
  type Answer,
  anActivity,
  post,
  startTransport,
  type Transport,
  type TransportWishes,
} from './transport-setup.js';

let running: Transport[] = [];

async function start(wishes: TransportWishes = {}): Promise<Transport> {
  const transport = await startTransport({ auth: 'anonymous', ...wishes });
  running.push(transport);
  return transport;
}

afterEach(async () => {
  await Promise.all(running.map((transport) => transport.stop()));
  running = [];
});

const get = (port: number, path: string): Promise<Answer> => post(port, '', {}, path, 'GET');
const good = ({ connector }: Transport) =>
  JSON.stringify({ serviceUrl: connector.serviceUrl, ...anActivity() });
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const without = (name: string) =>
  JSON.stringify({ serviceUrl: 'http://127.0.0.1/', ...anActivity(), [name]: undefined });
const withPart = (part: object) =>
  JSON.stringify({ serviceUrl: 'http://127.0.0.1/', ...anActivity(), ...part });

describe('the messages endpoint', () => {
  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['text', 'hello'],
    ['JSON cut short', '{"type":"message"'],
    ['null', 'null'],
    ['a number', '7'],
    ['a string', '"message"'],
    ['an empty object', '{}'],
    ['an empty array', '[]'],
    ['an array of activities', `[${withPart({})}]`],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x7b, 0x7d])],
    ['an object nested 65 deep', withPart({}).replace(/}$/, `,"value":${nested(65)}}`)],
    ['an object nested 40,000 deep', nested(40_000)],
    ['an array nested 120,000 deep', '['.repeat(120_000)],
    ['a prototype key', withPart({}).replace(/}$/, ',"__proto__":{"isAdmin":true}}')],
    ['a prototype key within', withPart({}).replace(/}$/, ',"value":{"constructor":{}}}')],
    ['no type', without('type')],
    ['no sender', without('from')],
    ['no recipient', without('recipient')],
    ['no conversation', without('conversation')],
    ['no channel', without('channelId')],
    ['no service address', JSON.stringify(anActivity())],
    ['a type that is a number', withPart({ type: 5 })],
    ['text that is an object', withPart({ text: { toString: 'x' } })],
    ['a service address that is none', withPart({ serviceUrl: 'nowhere' })],
    ['a service address of a file', withPart({ serviceUrl: 'file:///etc/passwd' })],
    ['an id a thousand times too long', withPart({ id: 'x'.repeat(2_000) })],
    ['members that are no list', withPart({ membersAdded: { length: 9 } })],
  ])('answers %s with 400 and a fixed sentence', async (_, body) => {
    const transport = await start();
    const answer = await post(transport.port, body);
    expect(answer).toMatchObject({ status: 400, text: 'The request is not an activity.' });
    expect(transport.turns).toEqual([]);
    expect((await post(transport.port, good(transport))).status).toBe(200);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each([
    ['declared', { 'content-length': String(300 * 1_024) }],
    ['undeclared', { 'transfer-encoding': 'chunked' }],
  ])('answers a body over 256 kB, its size %s, with 413', async (_, headers) => {
    const transport = await start();
    const answer = await post(transport.port, 'x'.repeat(300 * 1_024), headers);
    expect(answer).toMatchObject({ status: 413, text: 'The request is too large.' });
    expect((await post(transport.port, good(transport))).status).toBe(200);
  });

  it('answers a small body that unpacks to a large one with 413', async () => {
    const transport = await start();
    const bomb = gzipSync(Buffer.alloc(20 * 1_024 * 1_024, 32));
    const answer = await post(transport.port, bomb, { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(413);
  });

  it('takes a body just under the limit', async () => {
    const transport = await start();
    const filled = { serviceUrl: transport.connector.serviceUrl, ...anActivity() };
    const size = JSON.stringify({ ...filled, text: '' }).length;
    const text = 'x'.repeat(256 * 1_024 - size);
    expect((await post(transport.port, JSON.stringify({ ...filled, text }))).status).toBe(200);
  });

  it.each([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['nothing', { 'content-type': '' }],
    ['something like JSON', { 'content-type': 'application/jsonp' }],
    ['JSON in another charset', { 'content-type': 'application/json; charset=latin1' }],
    ['JSON in an unknown packing', { 'content-encoding': 'zstd-9' }],
  ])('answers a body declared as %s with 415', async (_, headers) => {
    const transport = await start();
    const answer = await post(transport.port, good(transport), headers);
    expect(answer).toMatchObject({ status: 415, text: 'The request is not JSON.' });
    expect(transport.turns).toEqual([]);
  });

  it('survives a caller who goes away in the middle of a body', async () => {
    const transport = await start();
    const socket = connect(transport.port, '127.0.0.1');
    const head = 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json';
    socket.write(`${head}\r\nContent-Length: 1000\r\n\r\n{"type":`);
    await pause(50);
    socket.destroy();
    await pause(50);
    expect((await post(transport.port, good(transport))).status).toBe(200);
  });

  it('survives what is not HTTP, and says nothing of itself', async () => {
    const transport = await start();
    const heard = await talk(transport.port, '\u0000\u0001 nonsense\r\n\r\n');
    expect(heard).toMatch(/^HTTP\/1.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
    expect((await post(transport.port, good(transport))).status).toBe(200);
  });

  it('closes a caller who sends too slowly', async () => {
    const timeouts = { headersMs: 200, requestMs: 300, closeMs: 100 };
    const transport = await start({ http: { timeouts } });
    const head = 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json';
    const heard = await talk(transport.port, `${head}\r\nContent-Length: 1000\r\n\r\n{`);
    expect(heard).toMatch(/^HTTP\/1.1 408/);
  });
});

describe('without tokens, the messages endpoint', () => {
  it.each([
    ['localhost', {}],
    ['localhost:3978', {}],
    ['[::1]:3978', {}],
  ])('takes a request to %s', async (host) => {
    const transport = await start();
    expect((await post(transport.port, good(transport), { host })).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['to another name', { host: 'bot.example' }],
    ['to a name that only begins well', { host: 'localhost.evil.example' }],
    ['to an address that only begins well', { host: '127.0.0.1.evil.example' }],
    ['to no name a URL can have', { host: 'a b' }],
    ['that a proxy passed on', { 'x-forwarded-for': '203.0.113.9' }],
    ['that a tunnel passed on', { forwarded: 'for=203.0.113.9' }],
  ])('refuses a request %s', async (_, headers) => {
    const transport = await start();
    const answer = await post(transport.port, good(transport), headers);
    expect(answer).toMatchObject({ status: 403, text: '' });
    expect(transport.turns).toEqual([]);
  });

  it.each(['https://evil.example/', 'http://localhost.evil.example/', 'http://10.0.0.1/'])(
    'refuses to answer to %s',
    async (serviceUrl) => {
      const transport = await start();
      const answer = await post(transport.port, withPart({ serviceUrl }));
      expect(answer).toMatchObject({ status: 403, text: '' });
      expect(transport.turns).toEqual([]);
    },
  );

  it.each([
    ['10.0.0.5', 'not-loopback'],
    ['::ffff:10.0.0.5', 'not-loopback'],
    ['2001:db8::1', 'not-loopback'],
    ['', 'not-loopback'],
    ['127.0.0.2', undefined],
    ['::1', undefined],
    ['::ffff:127.0.0.1', undefined],
  ])('judges the socket’s address %s, whatever the Host header says', (remoteAddress, expected) => {
    const request = { socket: { remoteAddress }, headers: { host: 'localhost' } };
    expect(refuseRemoteRequest(request as IncomingMessage)).toBe(expected);
  });

  it('answers on this machine without a token', async () => {
    const onTurn: TransportWishes['onTurn'] = async ({ send }) =>
      void (await send({ type: 'message', text: 'Hi.' }));
    const transport = await start({ onTurn });
    expect((await post(transport.port, good(transport))).status).toBe(200);
    expect(transport.connector.calls).toHaveLength(1);
    expect(transport.connector.calls[0]?.headers.authorization).toBeUndefined();
    expect(transport.identity.tokenRequests).toEqual([]);
  });
});

describe('without a directory', () => {
  it('takes an activity whose sender has only the channel’s id', async () => {
    const transport = await start();
    const { serviceUrl } = transport.connector;
    const from = { id: '29:officer', name: 'PC Example' };
    const answer = await post(
      transport.port,
      JSON.stringify({ serviceUrl, ...anActivity({ from }) }),
    );
    expect([answer.status, transport.turns.length]).toEqual([200, 1]);
  });
});

describe('the other addresses', () => {
  it('say that the process is alive and ready', async () => {
    const { port } = await start();
    const health = await get(port, '/healthz');
    expect({ status: health.status, body: JSON.parse(health.text) }).toEqual({
      status: 200,
      body: { status: 'alive' },
    });
    const ready = await get(port, '/readyz');
    expect({ status: ready.status, body: JSON.parse(ready.text) }).toEqual({
      status: 200,
      body: { status: 'ready' },
    });
  });

  it.each<[string, () => Promise<Readiness>, string]>([
    ['is not ready', async () => ({ isReady: false, part: 'database' }), 'database'],
    ['cannot say', () => Promise.reject(new Error('password=x')), 'readiness-check'],
    [
      'throws',
      () => {
        throw new Error('password=x');
      },
      'readiness-check',
    ],
    ['stays silent', () => new Promise(() => {}), 'readiness-check'],
  ])('name the part when the check %s, and health is untouched', async (_, isReady, part) => {
    const timeouts = { readyMs: 50, closeMs: 100 };
    const { port } = await start({ http: { isReady, timeouts } });
    const answer = await get(port, '/readyz');
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toEqual({ status: 'not-ready', part });
    expect((await get(port, '/healthz')).status).toBe(200);
  });

  // Whoever likes may ask, and each look takes a connection of the store that officers' turns need.
  it('look whether all is ready once for however many ask, and again when a second has passed', async () => {
    let [looks, now] = [0, Date.parse('2026-11-20T10:00:00Z')];
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const isReady = async (): Promise<Readiness> => {
      looks += 1;
      await held;
      return looks === 1 ? { isReady: true } : { isReady: false, part: 'database' };
    };
    const { port } = await start({ http: { isReady, clock: () => new Date(now) } });
    const asking = Array.from({ length: 50 }, () => get(port, '/readyz'));
    await pause(200);
    answer();
    expect([(await Promise.all(asking)).map(({ status }) => status), looks]).toEqual([
      Array(50).fill(200),
      1,
    ]);
    const askedLater = async (ms: number) => {
      now += ms;
      return [(await get(port, '/readyz')).status, looks];
    };
    expect(await askedLater(999)).toEqual([200, 1]);
    expect(await askedLater(1)).toEqual([503, 2]);
    expect(await askedLater(-5_000)).toEqual([503, 3]);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/api/messages'],
    ['PUT', '/api/messages'],
    ['POST', '/api/messages/more'],
    ['GET', '/../../etc/passwd'],
    ['GET', '/<script>'],
  ])('answer %s %s with 404 and a fixed sentence', async (method, path) => {
    const { port } = await start();
    const answer = await post(port, '', {}, path, method);
    expect(answer).toMatchObject({ status: 404, text: 'There is nothing at this address.' });
  });

  it('answer a malformed address with 400 and a fixed sentence', async () => {
    const addRoutes = (app: { get: (path: string, handler: () => void) => void }) =>
      app.get('/cases/:id', () => undefined);
    const { port } = await start({ http: { addRoutes } });
    expect(await get(port, '/cases/%zz')).toMatchObject({
      status: 400,
      text: 'The request is not understood.',
    });
  });

  it('answer a route’s fault with a fixed sentence, and log it without its words', async () => {
    const transport = await start({
      http: {
        addRoutes: (app) => {
          app.get('/broken', () => Promise.reject(new Error('Jane Doe lives here')));
        },
      },
    });
    const answer = await get(transport.port, '/broken');
    expect(answer).toMatchObject({ status: 500, text: 'Something failed here.' });
    expect(transport.logged()).toContain('route-failed');
    expect(transport.logged()).not.toContain('Jane');
  });

  it.each([
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/nothing', 404],
    ['GET', '/%zz', 404],
    ['POST', '/api/messages', 400],
  ])(
    'say with %s %s that nothing of it may be shown, kept or guessed, and name no software',
    async (method, path, status) => {
      const { port } = await start();
      const { status: answered, headers } = await post(port, '', {}, path, method);
      expect(answered).toBe(status);
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        'permissions-policy':
          'camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
      });
      for (const name of ['x-powered-by', 'server', 'etag', 'access-control-allow-origin'])
        expect([name, headers[name]]).toEqual([name, undefined]);
    },
  );

  it('let no page of another site call them: a question beforehand is refused', async () => {
    const { port } = await start();
    const asked = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    for (const path of ['/api/messages', '/healthz']) {
      const { headers } = await post(port, '', asked, path, 'OPTIONS');
      const allowed = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
      expect([path, allowed]).toEqual([path, []]);
    }
  });
});

describe('closing', () => {
  it('lets a turn in flight end, then takes no more connections', async () => {
    const transport = await start({
      http: { timeouts: { closeMs: 3_000 } },
      onTurn: () => pause(200),
    });
    const inFlight = post(transport.port, good(transport));
    while (transport.turns.length === 0) await pause(5);
    await transport.server.close();
    expect((await inFlight).status).toBe(200);
    await expect(get(transport.port, '/healthz')).rejects.toThrow(/ECONNREFUSED|hang up/);
  });

  it('ends idle connections and cuts off what hangs, in bounded time', async () => {
    const transport = await start({
      http: { timeouts: { closeMs: 100 } },
      onTurn: () => new Promise(() => {}),
    });
    const idle = connect(transport.port, '127.0.0.1');
    const hanging = post(transport.port, good(transport)).catch(() => 'cut off');
    while (transport.turns.length === 0) await pause(5);
    await transport.server.close();
    expect(await hanging).toBe('cut off');
    idle.destroy();
  });

  it('refuses a port that is taken', async () => {
    const { port } = await start();
    await expect(start({ http: { port } })).rejects.toThrow('EADDRINUSE');
  });
});

/** Everything the server says to these bytes before it closes. */
function talk(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
    });
    socket.on('close', () => resolve(heard)).on('error', reject);
  });
}
