import { checkPasted, type WordingCheck } from '../core/check-wording.js';
import { findDanger } from '../core/find-danger.js';
import type { Knowledge } from '../core/knowledge.js';

/** Checks a message or note meant for a victim. Nothing of it is kept anywhere. */
export type CheckPasted = (pasted: string) => WordingCheck;

/** However long a text is, and whatever else is said of it, a sign of danger in it is not missed. */
export function makeCheckPasted(
  knowledge: Pick<Knowledge, 'neverAdvise' | 'sources' | 'cues'>,
): CheckPasted {
  return (pasted) =>
    checkPasted(pasted, knowledge, findDanger(knowledge.cues, pasted) !== undefined);
}
