import type { Passage } from './passage.js';
import { statementsOf } from './passage.js';

/** What the lint says of the knowledge: a fault may not ship, a warning is for a person to judge. */
export type Finding = {
  readonly level: 'fault' | 'warning';
  /** Where it stands, e.g. `passage spo-length`. */
  readonly where: string;
  readonly reason: string;
};

export function fault(where: string, reason: string): Finding {
  return { level: 'fault', where, reason };
}

export function warning(where: string, reason: string): Finding {
  return { level: 'warning', where, reason };
}

/** The statements of passages, each with the passage it stands in. */
export function statementsIn(passages: readonly Passage[]) {
  return passages.flatMap((passage) =>
    passage.blocks.flatMap(statementsOf).map((statement) => ({ passage, statement })),
  );
}

/** The first words of a text, for naming it. */
export function beginningOf(text: string): string {
  return text.length <= 70 ? text : `${text.slice(0, 69).trimEnd()}…`;
}
