import type { Chat } from '../../flows/ports.js';

/** Long enough to gather what is put at once, short enough that little is lost in a crash. */
const gatherMs = 50;
/** Rows in one statement. */
const mostRows = 100;

export type ChatQueue = {
  readonly add: (chat: Chat) => void;
  /** What is yet to be written of a chat; undefined when nothing is. */
  readonly find: (key: string) => Chat | undefined;
  /** Resolves once all that was added is in the store, or was given up and reported. */
  readonly flush: () => Promise<void>;
};

/**
 * Gathers what chats show and writes many in one statement, the newest of each, one batch after the other. A batch the
 * store refuses is reported and dropped: the next turn of each chat writes it anew, and holding on to it would fill
 * the memory of a process whose store is gone.
 */
export function makeChatQueue(
  write: (batch: readonly Chat[]) => Promise<void>,
  report: (count: number, error: unknown) => void,
): ChatQueue {
  const waiting = new Map<string, Chat>();
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  const writeBatch = async () => {
    // In the order of the keys, so that two instances never wait for each other's rows.
    const batch = [...waiting.values()].slice(0, mostRows).sort((a, b) => (a.key < b.key ? -1 : 1));
    if (batch.length === 0) return;
    await write(batch).catch((error) => report(batch.length, error));
    // One that was put again meanwhile waits on.
    for (const chat of batch) if (waiting.get(chat.key) === chat) waiting.delete(chat.key);
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batches = Math.ceil(waiting.size / mostRows);
    for (let batch = 0; batch < batches; batch += 1) last = last.then(writeBatch);
    return last;
  };
  return {
    add: (chat) => {
      waiting.set(chat.key, chat);
      timer ??= setTimeout(flush, gatherMs).unref();
    },
    find: (key) => waiting.get(key),
    flush,
  };
}
