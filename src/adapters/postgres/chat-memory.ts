import { createHash } from 'node:crypto';

/** Chats remembered at most; beyond that only what was asked for lately is known. */
export const mostRemembered = 20_000;

/** What stands for a chat or a person in memory and announcements, which any login of the database may hear. */
export const nameOf = (key: string) => createHash('sha256').update(key).digest('hex');

/**
 * What is kept of chats or of people, and of which of them anything is, as far as this process knows; keys may be
 * anything unique.
 */
export function makeChatMemory<Kept>() {
  const chats = new Map<string, { readonly kept: Kept | undefined }>();
  const nothing = { kept: undefined } as const;
  // Every key in the store; undefined while they are not known.
  let keys: Set<string> | undefined;
  // A change heard while rows were being read makes what was read too old to keep.
  let changes = 0;
  const addKey = (key: string) => {
    changes += 1;
    keys?.add(key);
    if (keys && keys.size > mostRemembered) keys = undefined;
  };
  return {
    /** Undefined: ask the store. */
    get: (key: string) => chats.get(key) ?? (keys && !keys.has(key) ? nothing : undefined),
    mark: () => changes,
    set: (key: string, kept: Kept | undefined, mark: number) => {
      if (mark !== changes) return;
      const [oldest] = chats.keys();
      if (chats.size >= mostRemembered && oldest !== undefined) chats.delete(oldest);
      chats.set(key, { kept });
    },
    learn: (all: readonly string[], mark: number) => {
      if (mark === changes) keys = new Set(all);
    },
    /** The store holds it now. */
    addKey,
    change: (key: string) => {
      addKey(key);
      chats.delete(key);
    },
    forgetAll: () => {
      changes += 1;
      chats.clear();
      keys = undefined;
    },
  };
}
