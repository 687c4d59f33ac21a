import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeChats } from '../../src/adapters/postgres/chats.js';
import { openEar } from '../../src/adapters/postgres/ear.js';
import { openPool, type StorePool } from '../../src/adapters/postgres/pool.js';

/** The connection that hears of changes: given back once, whatever becomes of it. */

type Client = EventEmitter & { releases: number; listens: boolean };

let clients: Client[] = [];
let onListen: (client: Client) => Promise<void>;
let connected: Promise<void>;

function aClient(): Client {
  const client: Client = Object.assign(new EventEmitter(), { releases: 0, listens: false });
  // As the library's own does, which ends the process with code 1.
  const release = () => {
    if (client.releases > 0)
      throw new Error('Release called on client which has already been released');
    client.releases += 1;
  };
  const query = async (words: string) => {
    if (words.startsWith('listen')) {
      client.listens = true;
      await onListen(client);
    }
    return { rows: [], rowCount: 0 };
  };
  client.on('error', () => undefined);
  clients.push(client);
  return Object.assign(client, { release, query });
}

function aPool(): StorePool {
  const connect = async () => {
    await connected;
    return aClient() as unknown as pg.PoolClient;
  };
  return { ...openPool('postgres://nobody@127.0.0.1:9/none'), connect };
}

const settled = () => vi.advanceTimersByTimeAsync(1);
const listening = () => clients.filter(({ listens }) => listens);

beforeEach(() => {
  vi.useFakeTimers();
  clients = [];
  onListen = async () => undefined;
  connected = Promise.resolve();
});
afterEach(() => {
  vi.useRealTimers();
});

it('is given back once when it is lost and the store is closed after', async () => {
  const pool = aPool();
  makeChats(pool, () => undefined, openEar(pool));
  await settled();
  listening()[0]?.emit('error', new Error('gone'));
  listening()[0]?.emit('error', new Error('gone'));
  await settled();
  await pool.end();
  expect(clients.map(({ releases }) => releases)).toEqual(clients.map(() => 1));
  expect(listening()).toHaveLength(1);
});

it('is given back once, and another taken, when it breaks while it begins to listen', async () => {
  onListen = async (client) => {
    client.emit('error', new Error('gone'));
    throw new Error('gone');
  };
  const pool = aPool();
  makeChats(pool, () => undefined, openEar(pool));
  await settled();
  onListen = async () => undefined;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(listening().map(({ releases }) => releases)).toEqual([1, 0]);
  await pool.end();
  expect(listening().map(({ releases }) => releases)).toEqual([1, 1]);
});

it('is given back at once when the store was closed before it came', async () => {
  let arrive: () => void = () => undefined;
  connected = new Promise((resolve) => {
    arrive = resolve;
  });
  const pool = aPool();
  makeChats(pool, () => undefined, openEar(pool));
  await pool.end();
  arrive();
  await settled();
  expect(clients.map(({ releases, listens }) => [releases, listens])).toEqual([[1, false]]);
});
