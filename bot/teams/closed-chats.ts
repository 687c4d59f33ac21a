import { findDeliveryFault, makeDeliveryFault } from './delivery-fault.js';

/**
 * Chats whose person blocked or removed the bot. Nothing that answers nobody is sent there until they write again; and
 * as they may have come back through another instance, one try a day is made.
 */

const closedForMs = 24 * 60 * 60_000;

/** Oldest out: one more try in a chat does less harm than a memory without end. */
const mostKept = 10_000;

export type ClosedChats = {
  /** Runs `send`, or throws a fault of kind `blocked` without sending; a chat found blocked or gone is closed. */
  readonly unlessClosed: <Result>(
    conversationId: string,
    send: () => Promise<Result>,
  ) => Promise<Result>;
  /** Its person is back. */
  readonly reopen: (conversationId: string) => void;
};

export function makeClosedChats(): ClosedChats {
  const closedAt = new Map<string, number>();
  const isClosed = (id: string) => {
    const at = closedAt.get(id);
    return at !== undefined && performance.now() - at < closedForMs;
  };
  const close = (id: string) => {
    closedAt.delete(id);
    closedAt.set(id, performance.now());
    const [oldest] = closedAt.keys();
    if (closedAt.size > mostKept && oldest !== undefined) closedAt.delete(oldest);
  };
  return {
    unlessClosed: async (id, send) => {
      if (isClosed(id)) throw makeDeliveryFault('create', 'blocked', { code: 'closed-before' });
      try {
        return await send();
      } catch (error) {
        const kind = findDeliveryFault(error)?.kind;
        if (kind === 'blocked' || kind === 'gone') close(id);
        throw error;
      }
    },
    reopen: (id) => void closedAt.delete(id),
  };
}
