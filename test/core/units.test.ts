import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/core/passage.js';
import { unitsOf, unitWith } from '../../src/core/units.js';
import { aPassageOf } from '../builders.js';

const openings = (units: readonly (readonly Block[])[]) =>
  units.map((unit) => unit.map(({ lead }) => lead[0]?.text));

describe('paragraphs that must not be parted', () => {
  it('stand alone when none leans on another', () => {
    expect(openings(unitsOf(aPassageOf('a', [['One rule.'], ['A second rule.']])))).toEqual([
      ['One rule.'],
      ['A second rule.'],
    ]);
  });

  it.each([
    'But only for a full order.',
    'Except in Wales.',
    'Unless a court says so.',
    'Then tell the victim.',
    'Both need a court.',
    'It ends there.',
    'However, an interim order differs.',
    'The same court may end it.',
    'Another may be made.',
    'Until it ends, report each breach.',
    'Where it has ended, apply again.',
  ])('keeps “%s” with the paragraph before it', (text) => {
    expect(openings(unitsOf(aPassageOf('a', [['A rule.'], [text], ['More.']])))).toEqual([
      ['A rule.', text],
      ['More.'],
    ]);
  });

  it('is not misled by a word that only begins alike', () => {
    expect(
      unitsOf(aPassageOf('a', [['A rule.'], ['Item by item.'], ['Orders last.']])),
    ).toHaveLength(3);
  });

  it('never leans on nothing', () => {
    expect(openings(unitsOf(aPassageOf('a', [['But this is the first.']])))).toEqual([
      ['But this is the first.'],
    ]);
  });

  it('finds the group of a paragraph, and a stranger alone', () => {
    const passage = aPassageOf('a', [['A rule.'], ['But not always.']]);
    const [rule, exception] = passage.blocks;
    const stranger: Block = { lead: [{ text: 'Not of it.', marks: [] }], items: [] };
    if (!rule || !exception) throw new Error('the passage has no blocks');
    expect(unitWith(passage, rule)).toEqual([rule, exception]);
    expect(unitWith(passage, exception)).toEqual([rule, exception]);
    expect(unitWith(passage, stranger)).toEqual([stranger]);
  });
});
