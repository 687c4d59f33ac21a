/**
 * How fast we may send. Teams counts calls in sliding windows: for each bot in each conversation, and for each app in
 * each tenant. Whoever keeps under them is never told to wait, and waiting in line here costs nobody a refused call.
 */

/** At most so many calls in any span of so many milliseconds. */
export type Window = { readonly most: number; readonly perMs: number };

/** For one bot in one conversation, as Teams' documents have it (sends and creates; we count updates as well). */
export const conversationWindows: readonly Window[] = [
  { most: 7, perMs: 1_000 },
  { most: 8, perMs: 2_000 },
  { most: 60, perMs: 30_000 },
  { most: 1_800, perMs: 3_600_000 },
];

/** For one app in one tenant, whatever the conversation. Of one process: several share it. */
const appWindows = (mostPerSecond: number): readonly Window[] => [
  { most: mostPerSecond, perMs: 1_000 },
];

/**
 * The earliest time, in the same ms as `times`, at which one more call keeps within every window. `times` are those of
 * earlier calls, oldest first; some may lie ahead of `now`, where a call has its place already.
 */
export function earliest(
  times: readonly number[],
  windows: readonly Window[],
  now: number,
): number {
  const afterLast = times.at(-1) ?? now;
  const bounds = windows.map(({ most, perMs }) => (times.at(-most) ?? now - perMs) + perMs);
  return Math.max(now, afterLast, ...bounds);
}

export type SendRate = {
  /** When the conversation may be sent to next. Looks only. */
  readonly next: (conversationId: string, now: number) => number;
  /** Takes the app's next place: the call must not leave before the time given. */
  readonly take: (now: number) => number;
  /** A call of the conversation leaves now. */
  readonly left: (conversationId: string, now: number) => void;
};

/** Idle for the longest window, a conversation need not be remembered. */
const longestMs = Math.max(...conversationWindows.map(({ perMs }) => perMs));
const mostNeeded = Math.max(...conversationWindows.map(({ most }) => most));

/** Keeps the times of calls. Calls of one conversation have to come one after the other. */
export function makeSendRate(mostPerSecond: number): SendRate {
  const app = appWindows(mostPerSecond);
  const ofApp: number[] = [];
  // In the order of their last call, so that the idle stand at the front.
  const byConversation = new Map<string, number[]>();
  const forgetIdle = (now: number) => {
    for (const [id, times] of byConversation) {
      if (now - (times.at(-1) ?? now) < longestMs) return;
      byConversation.delete(id);
    }
  };
  return {
    next: (id, now) => earliest(byConversation.get(id) ?? [], conversationWindows, now),
    take: (now) => {
      const at = earliest(ofApp, app, now);
      keep(ofApp, at, mostPerSecond);
      return at;
    },
    left: (id, now) => {
      forgetIdle(now);
      const times = byConversation.get(id) ?? [];
      keep(times, now, mostNeeded);
      byConversation.delete(id);
      byConversation.set(id, times);
    },
  };
}

function keep(times: number[], at: number, most: number): void {
  times.push(at);
  if (times.length > most) times.shift();
}
