import type { Screening } from '../core/screening.js';
import type { Screenings } from '../flows/ports.js';

/** Screenings for as long as the command runs: nothing is written anywhere. */
export function makeMemoryScreenings(): Screenings {
  const kept = new Map<Screening['id'], Screening>();
  return {
    start: async ({ activityId: _, ...begun }) => {
      const { id, startedBy } = begun;
      kept.set(id, { ...begun, people: [startedBy], barred: [], isFollowOn: false, events: [] });
      return { kind: 'started', id };
    },
    find: async (id) => kept.get(id),
    recall: async (id) => kept.get(id),
    listCase: async (caseId) => [...kept.values()].filter((one) => one.caseId === caseId),
    listOf: async (user) => [...kept.values()].filter(({ people }) => people.includes(user)),
    change: async (id, change) => {
      const screening = kept.get(id);
      if (!screening) return undefined;
      const { save, result } = change(screening);
      if (save) kept.set(id, { ...screening, events: [...screening.events, save] });
      return result;
    },
  };
}
