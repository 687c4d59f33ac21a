import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOf, type Quoted, verifyCitations } from '../src/core/citations.js';
import { dayOf } from '../src/core/days.js';
import { type Passage, statementsOf } from '../src/core/passage.js';
import { makeIsSafe } from '../src/core/safe-block.js';
import { loadReal } from './real-knowledge.js';
import { makeFaultsOf } from './shown-faults.js';

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

const faultsOf = makeFaultsOf(knowledge, on);

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
