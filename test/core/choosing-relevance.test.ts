import { describe, expect, it } from 'vitest';
import { makeSpeaksOf, shownText } from '../../src/core/choosing-relevance.js';
import type { ShownPassage } from '../../src/core/citations.js';
import type { Passage } from '../../src/core/passage.js';
import { aKnowledge, aPassageOf } from '../builders.js';

const spo = aPassageOf('spo', [['A stalking protection order lasts two years.']]);
const bail = aPassageOf('bail', [['Police bail ends after a stalking arrest.']]);
const shown = ({ id, heading, blocks }: Passage): ShownPassage => ({
  ...{ passage: id, heading, overdueSince: undefined },
  blocks: blocks.map(({ lead, items }) => ({
    lead: lead.map(({ text }) => ({ text, citations: [] })),
    items: items.map(({ text }) => ({ text, citations: [] })),
  })),
});
const textOf = (...passages: readonly Passage[]) => shownText(passages.map(shown));
const speaksOf = makeSpeaksOf({
  ...aKnowledge({ passages: [spo, bail] }),
  terms: [{ id: 'spo', says: ['SPO', 'stalking protection order'] }],
});

describe('how much of a question is spoken of', () => {
  it('is all when every word that is known here stands there, and none when none does', () => {
    expect([
      speaksOf('does bail end', textOf(bail)),
      speaksOf('does bail end', textOf(spo)),
    ]).toEqual([1, 0]);
  });

  it('counts a term however it is said', () => {
    expect(speaksOf('SPO', textOf(spo))).toBe(1);
  });

  it('counts a rare word for more than a common one', () => {
    const rare = speaksOf('stalking bail', textOf(bail)) - speaksOf('stalking bail', textOf(spo));
    expect(rare).toBeGreaterThan(0.5);
  });

  it('is all of a question that holds no word known here', () => {
    expect(speaksOf('gardd llysiau', textOf(spo))).toBe(1);
  });

  it('is read from headings, paragraphs and lists alike', () => {
    expect(textOf(spo, bail)).toBe(
      'About spo A stalking protection order lasts two years. About bail Police bail ends after a stalking arrest.',
    );
  });

  it('is none when nothing is shown', () => {
    expect(speaksOf('bail', textOf())).toBe(0);
  });
});
