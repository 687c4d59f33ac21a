import type { CaseId } from '../src/core/ids.js';
import type { Audit, Commitments, KeptCommitment } from '../src/flows/ports.js';
import type { CaseConflicts } from './fake-conflicts.js';
import { type CasePeople, seesCase } from './fakes.js';

const shownDoneMs = 30 * 86_400_000;
const never = '9999-12-31';

/** Commitments kept in memory. */
export function makeFakeCommitments(
  people: CasePeople,
  audit: Audit,
  conflicts: CaseConflicts = new Map(),
): Commitments {
  const kept = new Map<string, KeptCommitment>();
  const all = () => [...kept.values()];
  const of = (caseId: CaseId) => all().filter((one) => one.caseId === caseId);
  const orderOf = ({ done, by, key }: KeptCommitment) =>
    `${done ? 1 : 0} ${by?.day ?? never} ${key}`;
  return {
    keep: async (caseId, commitments) => {
      const open = of(caseId).filter(({ done }) => !done);
      for (const { key } of open) kept.delete(key);
      for (const one of commitments) if (!kept.has(one.key)) kept.set(one.key, one);
      return open;
    },
    listDone: async (caseId) =>
      new Map(of(caseId).flatMap(({ key, done }) => (done ? [[key, done] as const] : []))),
    list: async (now, limit, sees) =>
      all()
        .filter(({ caseId }) => seesCase(sees, caseId, people, conflicts))
        .filter(({ done }) => !done || Date.parse(done.at) >= Date.parse(now) - shownDoneMs)
        .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
        .slice(0, limit),
    find: async (key) => kept.get(key),
    close: async (key, done, note) => {
      const one = kept.get(key);
      if (!one || one.done) return 'already';
      kept.set(key, { ...one, done });
      await audit.record({ at: done.at, by: done.by, caseId: one.caseId, ...note });
      return 'closed';
    },
  };
}
