import type { Notification } from 'pg';
import { z } from 'zod';
import { screeningIdSchema } from '../../core/ids.js';
import type { Chat, Chats } from '../../flows/ports.js';
import { parseRow } from './parse-row.js';
import { type Connection, type StorePool, withClient } from './pool.js';

/** Chats remembered at most; beyond that only what was asked for lately is known. */
const mostRemembered = 20_000;
const channel = 'signpost_chats';
const listenAgainMs = 5_000;

/**
 * What each chat shows, kept in PostgreSQL or the embedded store. Every message asks, and nearly all chats show
 * nothing, so the keys that exist are read once and what was found is remembered. The embedded store has one
 * process, which makes every change itself; on PostgreSQL each change is announced to all instances, and an instance
 * that cannot hear remembers nothing.
 */
export function makeChats(pool: StorePool): Chats {
  const memory = makeMemory();
  const learnKeys = async () => {
    const mark = memory.mark();
    const keys = await withClient(pool, listKeys);
    if (keys.length < mostRemembered) memory.learn(keys, mark);
  };
  const ear = pool.kind === 'postgres' ? listen(pool, memory, learnKeys) : undefined;
  if (ear) pool.onEnd(ear.close);
  // What is not learnt is asked for; a store in trouble says so there.
  else learnKeys().catch(() => undefined);
  const mayRemember = () => ear === undefined || ear.isListening();
  return {
    find: async (key) => {
      const known = mayRemember() ? memory.get(key) : undefined;
      if (known) return known.chat;
      const mark = memory.mark();
      const chat = await withClient(pool, (client) => find(client, key));
      if (mayRemember()) memory.set(key, chat, mark);
      return chat;
    },
    put: async (chat) => {
      memory.change(chat.key);
      await withClient(pool, (client) => put(client, chat));
      memory.change(chat.key);
    },
  };
}

async function listKeys(client: Connection): Promise<readonly string[]> {
  const { rows } = await client.query<{ key: string }>('select key from chats limit $1', [
    mostRemembered,
  ]);
  return rows.map(({ key }) => key);
}

async function find(client: Connection, key: string): Promise<Chat | undefined> {
  const { rows } = await client.query(
    'select screening_id, seen, card_message from chats where key = $1',
    [key],
  );
  return rows.length === 0 ? undefined : toChat(key, rows[0]);
}

async function put(client: Connection, { key, screening, seen, cardMessage }: Chat): Promise<void> {
  await client.query(
    `with changed as (
       insert into chats (key, screening_id, seen, card_message) values ($1, $2, $3, $4)
       on conflict (key) do update set
         screening_id = excluded.screening_id,
         seen = excluded.seen,
         card_message = excluded.card_message
       returning key
     )
     select pg_notify('${channel}', key) from changed`,
    [key, screening, seen, cardMessage ?? null],
  );
}

type Memory = ReturnType<typeof makeMemory>;

function makeMemory() {
  const chats = new Map<string, { readonly chat: Chat | undefined }>();
  const nothing = { chat: undefined } as const;
  // Every key in the store; undefined while they are not known.
  let keys: Set<string> | undefined;
  // A change heard while rows were being read makes what was read too old to keep.
  let changes = 0;
  return {
    /** Undefined: ask the store. */
    get: (key: string) => chats.get(key) ?? (keys && !keys.has(key) ? nothing : undefined),
    mark: () => changes,
    set: (key: string, chat: Chat | undefined, mark: number) => {
      if (mark !== changes) return;
      const [oldest] = chats.keys();
      if (chats.size >= mostRemembered && oldest !== undefined) chats.delete(oldest);
      chats.set(key, { chat });
    },
    learn: (all: readonly string[], mark: number) => {
      if (mark === changes) keys = new Set(all);
    },
    change: (key: string) => {
      changes += 1;
      chats.delete(key);
      keys?.add(key);
      if (keys && keys.size > mostRemembered) keys = undefined;
    },
    forgetAll: () => {
      changes += 1;
      chats.clear();
      keys = undefined;
    },
  };
}

/** Holds one connection that hears of changes; while it is lost, nothing is remembered. */
function listen(pool: StorePool, memory: Memory, learnKeys: () => Promise<void>) {
  let isListening = false;
  let isClosed = false;
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    isListening = false;
    memory.forgetAll();
    if (!isClosed) timer = setTimeout(begin, listenAgainMs).unref();
  };
  const begin = () => {
    pool
      .connect()
      .then(async (client) => {
        const hear = ({ payload }: Notification) => memory.change(payload ?? '');
        const end = () => {
          client.off('notification', hear);
          client.off('error', lost);
          client.release(true);
        };
        const lost = () => {
          end();
          again();
        };
        client.on('notification', hear);
        client.on('error', lost);
        stop = end;
        await client.query(`listen ${channel}`);
        memory.forgetAll();
        isListening = true;
        await learnKeys().catch(() => undefined);
      })
      .catch(again);
  };
  begin();
  return {
    isListening: () => isListening,
    close: () => {
      isClosed = true;
      isListening = false;
      clearTimeout(timer);
      stop();
      stop = () => {};
    },
  };
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
