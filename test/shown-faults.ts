import type { Verified } from '../src/core/citations.js';
import type { Day } from '../src/core/ids.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { isQuotable } from '../src/core/passage.js';
import { unitsOf } from '../src/core/units.js';

/** What is wrong with what is shown, in words, measured against the passages it claims to come from. */

export type FaultsOf = (answer: Pick<Verified, 'shown' | 'citations'>) => readonly string[];

/** Tells of each passage shown whether it is in force, under its heading, whole, in order, and cited with its words. */
export function makeFaultsOf({ passages }: Pick<Knowledge, 'passages'>, on: Day): FaultsOf {
  /** The groups of paragraphs a passage may be shown in, as text. */
  const wholeUnits = new Map(
    [...passages.values()].map((passage) => [
      passage.id,
      unitsOf(passage).map((unit) => unit.map(({ lead, items }) => textsOf(lead, items))),
    ]),
  );
  return ({ shown, citations }) =>
    shown.flatMap(({ passage: id, heading, overdueSince, blocks }) => {
      const passage = passages.get(id);
      const shownBlocks = blocks.map(({ lead, items }) => textsOf(lead, items));
      const units = wholeUnits.get(id) ?? [];
      const kept = units.filter((unit) => shownBlocks.some((block) => isIn(block, unit)));
      return [
        ...(passage && isQuotable(passage, on) ? [] : [`${id}: may not be quoted`]),
        ...(passage?.heading === heading ? [] : [`${id}: not under its heading`]),
        ...(passage && passage.reviewBy < on && !overdueSince ? [`${id}: overdue, unsaid`] : []),
        ...(same(shownBlocks, kept.flat()) ? [] : [`${id}: torn or out of order`]),
        ...(shownBlocks.every(({ lead, items }) => items.length === 0 || lead.length > 0)
          ? []
          : [`${id}: a list without its lead-in`]),
        ...blocks
          .flatMap(({ lead, items }) => [...lead, ...items])
          .filter(
            ({ text, citations: ns }) =>
              ns.length === 0 || !ns.every((n) => citations[n - 1]?.quote === text),
          )
          .map(({ text }) => `${id}: cited with other words: ${text}`),
      ];
    });
}

function textsOf(
  lead: readonly { readonly text: string }[],
  items: readonly { readonly text: string }[],
) {
  return { lead: lead.map(({ text }) => text), items: items.map(({ text }) => text) };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isIn = (block: unknown, unit: readonly unknown[]) => unit.some((part) => same(part, block));
