import type { Turn } from './turn.js';

/** Work that takes longer is announced; without a model, none does. */
const typingAfterMs = 400;

/** Shows that work goes on: once, when it takes long enough to be noticed and nothing was said yet. */
export async function withTyping(turn: Turn, work: (turn: Turn) => Promise<void>): Promise<void> {
  const timer = setTimeout(() => {
    turn.send({ type: 'typing' }).catch(() => undefined);
  }, typingAfterMs);
  // Cleared before anything leaves: a sign of typing below an answer would promise another.
  const silenced: Turn = {
    ...turn,
    send: (activity) => {
      clearTimeout(timer);
      return turn.send(activity);
    },
    update: (messageId, activity) => {
      clearTimeout(timer);
      return turn.update(messageId, activity);
    },
  };
  try {
    await work(silenced);
  } finally {
    clearTimeout(timer);
  }
}
