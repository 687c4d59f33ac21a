import type { Server } from 'node:http';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../bot/tab/identify.js';
import { limitRequests } from '../../../bot/tab/limit-requests.js';
import { userIdSchema } from '../../../src/core/ids.js';

let looks = 0;

/** Who asks is told by a header here; in the program, by a token that was checked. */
const identity: Identity = {
  identify: async ({ headers }) => {
    looks += 1;
    const id = headers['x-who'];
    if (typeof id !== 'string') return { kind: 'signed-out' };
    return { kind: 'known', user: { id: userIdSchema.parse(id), name: 'A', roles: [] } };
  },
};

let server: Server;
let port = 0;
beforeEach(async () => {
  const app = express();
  looks = 0;
  const limited = limitRequests(identity, 2);
  app.use('/tab/api', limited.limit);
  app.get('/tab/api/me', async (request, response) => {
    const { kind } = await limited.identity.identify(request);
    response.status(kind === 'known' ? 200 : 401).json({});
  });
  app.get('/tab/api/changes', async (request, response) => {
    await limited.identity.identify(request);
    await limited.identity.identify(request);
    response.json({});
  });
  await new Promise<void>((resolve) => {
    server = app.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const ask = (headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${port}/tab/api/me`, { headers });

describe('the routes of the page', () => {
  it('answer a person who asks too often with 429, a sentence and when to come again', async () => {
    await ask({ 'x-who': 'a' });
    await ask({ 'x-who': 'a' });
    const refused = await ask({ 'x-who': 'a' });
    expect([refused.status, await refused.json()]).toEqual([
      429,
      { kind: 'too-many', message: expect.stringMatching(/^You are asking faster .*emergency/) },
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('hold up nobody else, and take no address for a person', async () => {
    for (let i = 0; i < 3; i += 1) await ask({ 'x-who': 'a', 'x-forwarded-for': `10.0.0.${i}` });
    expect((await ask({ 'x-who': 'a', 'x-forwarded-for': '10.0.0.9' })).status).toBe(429);
    expect((await ask({ 'x-who': 'b', 'x-forwarded-for': '10.0.0.9' })).status).toBe(200);
  });

  it('look once at who asks, and anew each time after', async () => {
    await ask({ 'x-who': 'a' });
    expect(looks).toBe(1);
    await fetch(`http://127.0.0.1:${port}/tab/api/changes`, { headers: { 'x-who': 'a' } });
    expect(looks).toBe(3);
  });

  it('tell everybody who is nobody to sign in, however often they ask', async () => {
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await ask({})).status);
    expect(statuses).toEqual([401, 401, 401, 401]);
  });
});
