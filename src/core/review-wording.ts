import { citesOf } from './indications.js';
import type { Knowledge } from './knowledge.js';
import type { WordingFinding } from './review-detail.js';
import { findWording } from './wording.js';

/** What in a text should not reach a victim; empty when nothing was found. */
export type CheckWording = (text: string) => readonly WordingFinding[];

/** Returns the check of words that people add to a summary: edits, reasons and notes. */
export function makeCheckWording({
  neverAdvise,
  sources,
}: Pick<Knowledge, 'neverAdvise' | 'sources'>): CheckWording {
  const families = new Map(neverAdvise.map((family) => [family.id, family]));
  return (text) =>
    findWording(neverAdvise, text).flatMap(({ family: id, level, phrase }) => {
      const family = families.get(id);
      if (!family) return [];
      const cites = citesOf(family.cites, sources);
      return [{ phrase, level, reason: family.reason, cites, better: family.insteadSay }];
    });
}
