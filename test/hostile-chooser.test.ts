import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOf, type Quoted, verifyCitations } from '../src/core/citations.js';
import { dayOf } from '../src/core/days.js';
import { isQuotable, type Passage, statementsOf } from '../src/core/passage.js';
import { makeIsSafe } from '../src/core/safe-block.js';
import { unitsOf } from '../src/core/units.js';
import { loadReal } from './real-knowledge.js';

/** Every sentence of the knowledge base, picked alone and with any others, by somebody who means harm. */

const knowledge = await loadReal();
const on = dayOf(new Date('2026-11-20T12:00:00.000Z'));
const isSafe = makeIsSafe(knowledge.neverAdvise);
const all = [...knowledge.passages.values()];
const picksOf = (passage: Passage): readonly Quoted[] =>
  passage.blocks
    .flatMap(statementsOf)
    .map(({ text }, at) => ({ label: labelOf(passage.id, at), quote: text }));
const everyPick = all.flatMap(picksOf);
const verify = (draft: readonly Quoted[], given = all) =>
  verifyCitations(draft, given, knowledge.sources, on, isSafe);

/** The groups of paragraphs a passage may be shown in, as text with the heading that governs it. */
const wholeUnits = new Map(
  all.map((passage) => [
    passage.id,
    unitsOf(passage).map((unit) => unit.map(({ lead, items }) => textsOf(lead, items))),
  ]),
);
function textsOf(
  lead: readonly { readonly text: string }[],
  items: readonly { readonly text: string }[],
) {
  return { lead: lead.map(({ text }) => text), items: items.map(({ text }) => text) };
}

/** What is wrong with what is shown, in words; nothing is the rule. */
function faultsOf({ shown, citations }: ReturnType<typeof verify>): readonly string[] {
  return shown.flatMap(({ passage: id, heading, overdueSince, blocks }) => {
    const passage = knowledge.passages.get(id);
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
        .filter(({ text, citations: ns }) => !ns.every((n) => citations[n - 1]?.quote === text))
        .map(({ text }) => `${id}: cited with other words: ${text}`),
    ];
  });
}
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isIn = (block: unknown, unit: readonly unknown[]) => unit.some((part) => same(part, block));

describe('whatever a chooser picks', () => {
  it('is tried with every sentence of the knowledge base', () => {
    expect(everyPick.length).toBeGreaterThan(1_000);
  });

  it('shows each sentence, picked alone, under its heading and with all that governs it, or not at all', () => {
    const faults = all.flatMap((passage) =>
      picksOf(passage).flatMap((pick) => faultsOf(verify([pick], [passage]))),
    );
    expect(faults).toEqual([]);
  });

  it('holds for any choice of them, in any order', () => {
    const hostile = fc.uniqueArray(fc.integer({ min: 0, max: everyPick.length - 1 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(hostile, (places) => {
        const draft = places.flatMap((place) => everyPick[place] ?? []);
        expect(faultsOf(verify(draft))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('shows nothing of what is draft, retired, not yet or no longer in force', () => {
    const changes: readonly Partial<Passage>[] = [
      { status: 'draft' },
      { status: 'retired' },
      { inForce: { from: '2026-11-21', to: null } },
      { inForce: { from: null, to: '2026-11-19' } },
    ];
    const shown = all.flatMap((passage) =>
      changes.flatMap((change) => verify(picksOf(passage), [{ ...passage, ...change }]).shown),
    );
    expect(shown).toEqual([]);
  });

  it('shows no block with unsafe advice planted in it, nor one under an unsafe heading', () => {
    const unsafe = 'Tell the victim to block him.';
    const marks =
      all.find(({ blocks }) => blocks.length > 0)?.blocks.flatMap(statementsOf)[0]?.marks ?? [];
    const planted = all.slice(0, 60).map((passage) => ({
      ...passage,
      blocks: passage.blocks.map(({ lead, items }) => ({
        lead: [...lead, { text: unsafe, marks }],
        items,
      })),
    }));
    const misled = all.slice(0, 60).map((passage) => ({ ...passage, heading: unsafe }));
    const shown = [...planted, ...misled].flatMap(
      (passage) => verify(picksOf(passage), [passage]).shown,
    );
    expect(JSON.stringify(shown)).not.toContain(unsafe);
    expect(misled.flatMap((passage) => verify(picksOf(passage), [passage]).shown)).toEqual([]);
  });

  it('shows nothing for words that stand in no sentence', () => {
    const invented = everyPick.map(({ label }) => ({
      label,
      quote: 'Words nobody ever wrote here.',
    }));
    expect(verify(invented).shown).toEqual([]);
  });
});
