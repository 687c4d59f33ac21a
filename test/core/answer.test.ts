import { describe, expect, it } from 'vitest';
import {
  chooseExtractive,
  type Found,
  judge,
  thresholds,
  toAnswer,
} from '../../src/core/answer.js';
import { passageIdSchema } from '../../src/core/ids.js';
import type { Block } from '../../src/core/passage.js';
import { aPassage, aSource } from '../builders.js';

const marks = [{ source: aSource().id, locator: 'p1' }];
const aBlock = (words: number, start = 'Word'): Block => ({
  lead: [{ text: [start, ...Array.from({ length: words - 1 }, () => 'more')].join(' '), marks }],
  items: [],
});
function aFound(id: string, score: number, coverage = 1, blocks = [aBlock(20)]): Found {
  const passage = aPassage({ id: passageIdSchema.parse(id), blocks });
  return {
    passage,
    hit: { id: passage.id, score, coverage, likeness: 0, missing: ['helicopter'] },
  };
}
const good = 3 * thresholds.leastScore;

describe('judge', () => {
  it.each([
    ['nothing found', [], 'not-covered'],
    ['most of the question missing', [aFound('a', good, thresholds.decline - 0.01)], 'not-covered'],
    ['some of the question missing', [aFound('a', good, thresholds.decline + 0.01)], 'partly'],
    ['all of it found', [aFound('a', good)], 'answered'],
    ['only words that stand everywhere', [aFound('a', thresholds.leastScore - 1)], 'unclear'],
    ['words that stand everywhere, among strange ones', [aFound('a', 1, 0.7)], 'not-covered'],
    [
      'several passages that fit equally and low',
      [
        aFound('a', thresholds.leastScore + 1),
        aFound('b', thresholds.leastScore + 1),
        aFound('c', thresholds.leastScore + 1),
      ],
      'unclear',
    ],
  ] as const)('%s', (_, found, expected) => {
    expect(judge(found)).toBe(expected);
  });

  it('does not ask back when the question follows another', () => {
    const found = ['a', 'b', 'c'].map((id) => aFound(id, thresholds.leastScore + 1));
    expect(judge(found, true)).toBe('answered');
  });
});

describe('chooseExtractive', () => {
  const passagesOf = (found: readonly Found[]) => [
    ...new Set(chooseExtractive(found).map(({ label }) => label.split('#')[0])),
  ];

  it('starts with the short answer of the best passage', () => {
    expect(chooseExtractive([aFound('a', good)])[0]?.label).toBe('a#1');
  });

  it('never cuts the first block, however long', () => {
    expect(chooseExtractive([aFound('a', good, 1, [aBlock(400), aBlock(10)])])).toHaveLength(1);
  });

  it('stops where one screen is full', () => {
    const picks = chooseExtractive([
      aFound('a', good, 1, [aBlock(60), aBlock(60), aBlock(60), aBlock(10)]),
    ]);
    expect(picks.map(({ label }) => label)).toEqual(['a#1', 'a#2', 'a#4']);
  });

  it('adds the short answer of a passage that fits nearly as well, and leaves out one that does not', () => {
    expect(passagesOf([aFound('a', 10), aFound('b', 9), aFound('c', 2)])).toEqual(['a', 'b']);
  });

  it('chooses nothing from nothing', () => {
    expect(chooseExtractive([])).toEqual([]);
  });
});

describe('toAnswer', () => {
  const nothing = { shown: [], citations: [], dropped: [] };

  it('is withheld when everything of a draft was dropped', () => {
    const verified = { ...nothing, dropped: [{ label: 'a#1', why: 'not-quoted' as const }] };
    expect(toAnswer('answered', verified).kind).toBe('withheld');
  });

  it('stays urgent even when nothing can be shown', () => {
    const verified = { ...nothing, dropped: [{ label: 'a#1', why: 'not-quotable' as const }] };
    expect(toAnswer('urgent', verified).kind).toBe('urgent');
  });

  it('names what is missing only when it answers in part', () => {
    expect(toAnswer('partly', nothing, { missing: ['helicopter'] }).missing).toEqual([
      'helicopter',
    ]);
    expect(toAnswer('answered', nothing, { missing: ['helicopter'] }).missing).toEqual([]);
  });
});
