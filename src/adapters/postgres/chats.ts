import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { screeningIdSchema } from '../../core/ids.js';
import type { Chat, Chats } from '../../flows/ports.js';
import { makeChatMemory, mostRemembered, nameOf } from './chat-memory.js';
import { makeChatQueue } from './chat-queue.js';
import { channelOf, type Ear } from './ear.js';
import { parseRow } from './parse-row.js';
import { type Connection, type StorePool, withClient } from './pool.js';

/**
 * What each chat shows, kept in PostgreSQL or the embedded store. Every message asks, and nearly all chats show
 * nothing, so the keys that exist are read once and what was found is remembered. The embedded store has one
 * process, which makes every change itself; on PostgreSQL each change is announced to all instances, and an instance
 * that cannot hear remembers nothing but what it has yet to write. Deletions are announced too. What is put is known here at once and in the
 * store moments later: a crash in between leaves a chat that points at what it showed before, whose replies are then
 * stale. `close` writes what is still to be written; `report` hears of chats that could not be.
 */
export function makeChats(
  pool: StorePool,
  report: (count: number, error: unknown) => void,
  ear: Ear,
): Chats & { readonly close: () => Promise<void> } {
  const memory = makeChatMemory<Chat>();
  // Tells our own announcements from those of other instances: we know already.
  const origin = randomUUID();
  const queue = makeChatQueue(async (batch) => {
    await withClient(pool, (client) => write(client, batch, channelOf(pool, 'chats'), origin));
    // All may have been forgotten while they waited.
    for (const { key } of batch) memory.addKey(nameOf(key));
  }, report);
  const learnKeys = async () => {
    const mark = memory.mark();
    const names = await withClient(pool, listNames);
    if (names.length < mostRemembered) memory.learn(names, mark);
  };
  pool.onRemoved(() => {
    memory.forgetAll();
    // What is not learnt is asked for; a store in trouble says so there.
    learnKeys().catch(() => undefined);
  });
  ear.on('chats', (said) => {
    if (!said.startsWith(origin)) memory.change(said.slice(origin.length + 1));
  });
  if (ear.isListening()) learnKeys().catch(() => undefined);
  return {
    close: queue.flush,
    find: async (key) => {
      const waiting = queue.find(key);
      if (waiting) return waiting;
      const name = nameOf(key);
      const known = ear.isListening() ? memory.get(name) : undefined;
      if (known) return known.kept;
      const mark = memory.mark();
      const chat = await withClient(pool, (client) => find(client, key));
      if (ear.isListening()) memory.set(name, chat, mark);
      return chat;
    },
    put: async (chat) => {
      const name = nameOf(chat.key);
      memory.change(name);
      memory.set(name, chat, memory.mark());
      queue.add(chat);
    },
  };
}

async function listNames(client: Connection): Promise<readonly string[]> {
  const { rows } = await client.query<{ key: string }>('select key from chats limit $1', [
    mostRemembered,
  ]);
  return rows.map(({ key }) => nameOf(key));
}

async function find(client: Connection, key: string): Promise<Chat | undefined> {
  const { rows } = await client.query(
    'select screening_id, seen, card_message from chats where key = $1',
    [key],
  );
  return rows.length === 0 ? undefined : toChat(key, rows[0]);
}

async function write(
  client: Connection,
  batch: readonly Chat[],
  channel: string,
  origin: string,
): Promise<void> {
  const rows = batch.map(
    (_, row) => `(${Array.from({ length: 4 }, (_, i) => `$${row * 4 + i + 2}`).join(', ')})`,
  );
  await client.query(
    `with changed as (
       insert into chats (key, screening_id, seen, card_message) values ${rows.join(', ')}
       on conflict (force, key) do update set
         screening_id = excluded.screening_id,
         seen = excluded.seen,
         card_message = excluded.card_message
       returning key
     )
     select pg_notify('${channel}', $1 || ' ' || sha256_hex(key)) from changed`,
    [
      origin,
      ...batch.flatMap(({ key, screening, seen, cardMessage }) => [
        ...[key, screening, seen, cardMessage ?? null],
      ]),
    ],
  );
}

const chatRow = z.object({
  screening_id: screeningIdSchema,
  seen: z.int(),
  card_message: z.string().nullable(),
});

function toChat(key: string, row: unknown): Chat {
  const { screening_id, seen, card_message } = parseRow(chatRow, row, 'chats', key);
  return { key, screening: screening_id, seen, cardMessage: card_message ?? undefined };
}
