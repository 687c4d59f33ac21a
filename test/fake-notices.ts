import type { NewNotice, Notices } from '../src/flows/notice-port.js';

type Kept = NewNotice & {
  readonly tries: number;
  readonly isTaken: boolean;
  readonly sentAt?: string;
};

/** Notices kept in memory. What was claimed comes again after `wait`, as it does after its pause. */
export function makeFakeNotices(): Notices & {
  readonly wait: () => void;
  readonly waiting: () => readonly NewNotice[];
} {
  const kept = new Map<string, Kept>();
  const all = () => [...kept.values()];
  return {
    wait: () => {
      for (const one of all()) kept.set(one.key, { ...one, isTaken: false });
    },
    waiting: () =>
      all()
        .filter(({ sentAt }) => !sentAt)
        .map(({ tries: _, isTaken: __, ...notice }) => notice),
    put: async (notices) => {
      for (const notice of notices) {
        const earlier = kept.get(notice.key);
        if (!earlier?.sentAt) kept.set(notice.key, { tries: 0, isTaken: false, ...notice });
      }
    },
    withdraw: async (keys) => {
      for (const key of keys) if (!kept.get(key)?.sentAt) kept.delete(key);
    },
    claim: async (now, limit) => {
      const due = all()
        .filter(({ isTaken, sentAt, dueAt }) => !isTaken && !sentAt && dueAt <= now)
        .slice(0, limit);
      return due.map((one) => {
        const taken = { ...one, isTaken: true, tries: one.tries + 1 };
        kept.set(one.key, taken);
        const { kind, to, about, dueAt, key, tries } = taken;
        return { id: key, kind, to, about, dueAt, key, tries };
      });
    },
    markSent: async (id, at) => {
      const one = kept.get(id);
      if (one) kept.set(id, { ...one, sentAt: at });
    },
  };
}
