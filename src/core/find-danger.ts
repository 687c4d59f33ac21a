import { type Cues, findCues } from './cues.js';
import type { PassageId } from './ids.js';

/** Part of a message read at once when it is longer than a question, and how far the next one steps. */
const partLength = 2_000;
const partStep = 1_700;

/** Returns the first part of a message of any length that holds a sign of danger; undefined when none does. */
export function findDanger(cues: Cues, text: string): string | undefined {
  for (let at = 0; at < text.length; at += partStep) {
    const part = text.slice(at, at + partLength);
    if (findCues(cues, part).danger.length > 0) return part;
    if (at + partLength >= text.length) return undefined;
  }
  return undefined;
}

/** The emergency guidance that most signs of danger lead to; none where none leads anywhere. */
export function emergencyOf({ danger }: Pick<Cues, 'danger'>): readonly PassageId[] {
  const counts = new Map<PassageId, number>();
  for (const id of danger.flatMap(({ shows }) => shows)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 1)
    .map(([id]) => id);
}
