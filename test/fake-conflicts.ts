import { barredBy, type Conflict, conflictSchema } from '../src/core/conflicts.js';
import type { CaseId, UserId } from '../src/core/ids.js';
import type { Audit, Conflicts } from '../src/flows/ports.js';

/** Conflicts of interest by case; read by the fakes that keep people out, and written by the fake conflicts. */
export type CaseConflicts = Map<CaseId, readonly Conflict[]>;

/** To whom a case is closed. */
export const barredFrom = (conflicts: CaseConflicts, caseId: CaseId): readonly UserId[] =>
  barredBy(conflicts.get(caseId) ?? []);

/** Conflicts of interest kept in memory. */
export function makeFakeConflicts(conflicts: CaseConflicts, audit: Audit): Conflicts {
  const of = (caseId: CaseId) => conflicts.get(caseId) ?? [];
  const noted = ({ person }: Conflict, why: string, record: string | null) => ({
    ...{ conflictOf: person, why },
    ...(record === null ? {} : { record }),
  });
  return {
    name: async (caseId, given) => {
      if (barredBy(of(caseId)).includes(given.person)) return 'already';
      const number = [...conflicts.values()].flat().length + 1;
      const conflict = conflictSchema.parse({ number, ...given });
      if (conflict.why === 'other-recorded' && conflict.record === null)
        throw new Error('naming a conflict: refused');
      conflicts.set(caseId, [...of(caseId), conflict]);
      const { at, by, person, why, record } = conflict;
      const what = person === by ? 'conflict-declared' : 'conflict-named';
      const detail = { ...noted(conflict, why, record), conflict: number };
      await audit.record({ at, by, what, caseId, detail });
      return 'named';
    },
    lift: async (caseId, { number }, lifted) => {
      const found = of(caseId).find((one) => one.number === number);
      if (!found || found.lifted) return 'already';
      if (lifted.by === found.person || lifted.at < found.at)
        throw new Error('lifting a conflict: refused');
      const over = conflictSchema.parse({ ...found, lifted });
      conflicts.set(
        caseId,
        of(caseId).map((one) => (one.number === number ? over : one)),
      );
      const { at, by, why, record } = lifted;
      const detail = { ...noted(found, why, record), conflict: number };
      await audit.record({ at, by, what: 'conflict-lifted', caseId, detail });
      return 'lifted';
    },
    listCase: async (caseId) => of(caseId),
    isBarred: async (caseId, person) => barredBy(of(caseId)).includes(person),
    closedTo: async (person) =>
      [...conflicts.keys()].filter((caseId) => barredBy(of(caseId)).includes(person)),
  };
}
