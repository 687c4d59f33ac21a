import { describe, expect, it } from 'vitest';
import { chooseExtractive, type Found, judge, toAnswer } from '../../src/core/answer.js';
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
const good = 30;

describe('judge', () => {
  it.each([
    ['nothing found', [], 'inside', 'not-covered'],
    ['a question of this field that is found well', [aFound('a', good)], 'inside', 'answered'],
    [
      'a question of this field of which some is missing',
      [aFound('a', good, 0.4)],
      'inside',
      'partly',
    ],
    [
      'a question of this field that is hardly found',
      [aFound('a', 5, 0.2)],
      'inside',
      'not-covered',
    ],
    ['a question that names nothing of this field', [aFound('a', 12, 0.4)], 'open', 'not-covered'],
    ['one that names nothing but is found very well', [aFound('a', good)], 'open', 'answered'],
    [
      'a question that names another subject, however well found',
      [aFound('a', good)],
      'outside',
      'not-covered',
    ],
    [
      'several passages that fit equally and low',
      [aFound('a', 7), aFound('b', 7), aFound('c', 7)],
      'inside',
      'unclear',
    ],
  ] as const)('%s', (_, found, ground, expected) => {
    expect(judge(found, ground)).toBe(expected);
  });

  it('does not ask back when the question follows another', () => {
    const found = ['a', 'b', 'c'].map((id) => aFound(id, 7));
    expect(judge(found, 'inside', true)).toBe('answered');
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
