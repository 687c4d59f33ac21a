import { z } from 'zod';
import type { ChosenUnit } from './choosing.js';

/** A second reading may take away what does not answer, never add. */

/** The shape of its reply: labels of what to take away. */
export const secondReadingSchema = z.object({ remove: z.array(z.string()) });
export type SecondReading = z.infer<typeof secondReadingSchema>;

/** What is read again, each under a label of its own. */
export function toReadAgain(units: readonly ChosenUnit[]): readonly {
  readonly label: string;
  readonly heading: string;
  readonly text: string;
}[] {
  return units.map(({ heading, text }, at) => ({ label: labelAt(at), heading, text }));
}

/** What is left of a choice; labels that were not given take nothing away. */
export function readAgain(
  units: readonly ChosenUnit[],
  { remove }: SecondReading,
): readonly ChosenUnit[] {
  const removed = new Set(remove);
  return units.filter((_, at) => !removed.has(labelAt(at)));
}

function labelAt(at: number): string {
  return `p${at + 1}`;
}
