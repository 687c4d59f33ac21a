import type { Chat } from '../../flows/ports.js';

/** Chats remembered at most; beyond that only what was asked for lately is known. */
export const mostRemembered = 20_000;

export type ChatMemory = ReturnType<typeof makeChatMemory>;

/** What chats show, and which of them show anything, as far as this process knows; keys may be anything unique. */
export function makeChatMemory() {
  const chats = new Map<string, { readonly chat: Chat | undefined }>();
  const nothing = { chat: undefined } as const;
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
    set: (key: string, chat: Chat | undefined, mark: number) => {
      if (mark !== changes) return;
      const [oldest] = chats.keys();
      if (chats.size >= mostRemembered && oldest !== undefined) chats.delete(oldest);
      chats.set(key, { chat });
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
