import type { Day, PassageId } from './ids.js';
import { isOverdue, type Passage } from './passage.js';
import { addDays } from './timeline.js';

/**
 * Why a passage is on the curator's list. `overdue`: past its review date, and shown with a note of it. `ended`: its
 * last day in force has passed, so that it is no longer shown. `due`: its review date comes within 30 days. `draft`:
 * not published, and never shown.
 */
export const passageNeeds = ['overdue', 'ended', 'due', 'draft'] as const;
export type PassageNeed = (typeof passageNeeds)[number];

export type CuratedPassage = {
  readonly id: PassageId;
  readonly heading: string;
  readonly topic: string;
  readonly article: string;
  readonly need: PassageNeed;
  readonly reviewBy: Day;
  readonly checkedOn: Day;
  /** Last day in force; null where none is known. */
  readonly inForceTo: Day | null;
  /** Of its file, from the root of the project; null for a passage that does not come with Signpost. */
  readonly path: string | null;
};

/** A month's notice: a source can be looked up and a change be reviewed in it. */
const noticeDays = 30;

/** The passages that need a curator on a day, by need, then by review date. Retired ones need nobody. */
export function curatedPassages(
  passages: Iterable<Passage>,
  today: Day,
  paths: ReadonlyMap<string, string>,
): readonly CuratedPassage[] {
  return [...passages]
    .flatMap((passage): CuratedPassage[] => {
      const need = needOf(passage, today);
      if (!need) return [];
      const { id, heading, topic, article, reviewBy, checkedOn, inForce } = passage;
      const path = paths.get(id) ?? null;
      return [
        { id, heading, topic, article, need, reviewBy, checkedOn, inForceTo: inForce.to, path },
      ];
    })
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function needOf(passage: Passage, today: Day): PassageNeed | undefined {
  if (passage.status === 'draft') return 'draft';
  if (passage.status === 'retired') return undefined;
  if (passage.inForce.to !== null && passage.inForce.to < today) return 'ended';
  if (isOverdue(passage, today)) return 'overdue';
  return passage.reviewBy <= addDays(today, noticeDays) ? 'due' : undefined;
}

function orderOf({ need, reviewBy, id }: CuratedPassage): string {
  return `${passageNeeds.indexOf(need)} ${reviewBy} ${id}`;
}
