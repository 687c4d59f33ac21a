import type { NewNotice, Notices } from '../src/flows/notice-port.js';

type Kept = NewNotice & {
  readonly tries: number;
  readonly nextTryAt: string;
  readonly sentAt?: string;
};

const minuteMs = 60_000;
const longestPauseMs = 360 * minuteMs;
const mostTries = 20;

/** Notices kept in memory. `wait` lets the pauses after a try pass. */
export function makeFakeNotices(): Notices & {
  readonly wait: () => void;
  readonly waiting: () => readonly NewNotice[];
} {
  const kept = new Map<string, Kept>();
  const all = () => [...kept.values()];
  const isDue = ({ sentAt, nextTryAt, tries }: Kept, now: string) =>
    !sentAt && nextTryAt <= now && tries < mostTries;
  return {
    wait: () => {
      for (const one of all()) kept.set(one.key, { ...one, nextTryAt: one.dueAt });
    },
    waiting: () =>
      all()
        .filter(({ sentAt }) => !sentAt)
        .map(({ tries: _, nextTryAt: __, ...notice }) => notice),
    put: async (notices) => {
      for (const notice of notices) {
        const earlier = kept.get(notice.key);
        const isSame = earlier?.to === notice.to && earlier.dueAt === notice.dueAt;
        if (earlier?.sentAt || isSame) continue;
        kept.set(notice.key, { ...(earlier ?? notice), ...placeOf(notice) });
      }
    },
    withdraw: async (keys) => {
      for (const key of keys) if (!kept.get(key)?.sentAt) kept.delete(key);
    },
    claim: async (now, limit) =>
      all()
        .filter((one) => isDue(one, now))
        .toSorted((a, b) => (a.nextTryAt < b.nextTryAt ? -1 : 1))
        .slice(0, limit)
        .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
        .map((one) => {
          const pauseMs = Math.min(minuteMs * 2 ** one.tries, longestPauseMs);
          const nextTryAt = new Date(Date.parse(now) + pauseMs).toISOString();
          const tries = one.tries + 1;
          kept.set(one.key, { ...one, tries, nextTryAt });
          const { kind, to, about, dueAt, key } = one;
          return { id: key, kind, to, about, dueAt, key, tries };
        }),
    markSent: async (id, at) => {
      const one = kept.get(id);
      if (one && !one.sentAt) kept.set(id, { ...one, sentAt: at });
    },
  };
}

/** What a notice put again changes while it is not sent. */
function placeOf({ to, dueAt }: NewNotice) {
  return { to, dueAt, nextTryAt: dueAt, tries: 0 };
}
