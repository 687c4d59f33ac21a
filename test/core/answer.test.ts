import { describe, expect, it } from 'vitest';
import {
  chooseExtractive,
  chooseLeads,
  chooseShort,
  fitting,
  leftOut,
  toAnswer,
} from '../../src/core/answer.js';
import { passageIdSchema } from '../../src/core/ids.js';
import type { Found } from '../../src/core/judge.js';
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
    hit: {
      id: passage.id,
      score,
      coverage,
      likeness: 0,
      answerability: score,
      missing: ['helicopter'],
    },
  };
}
const good = 30;

describe('chooseExtractive', () => {
  const choose = (found: readonly Found[]) => chooseExtractive(fitting(found));
  const passagesOf = (found: readonly Found[]) => [
    ...new Set(choose(found).map(({ label }) => label.split('#')[0])),
  ];

  it('starts with the short answer of the best passage', () => {
    expect(choose([aFound('a', good)])[0]?.label).toBe('a#1');
  });

  it('never cuts the first block, however long', () => {
    expect(choose([aFound('a', good, 1, [aBlock(400), aBlock(10)])])).toHaveLength(1);
  });

  it('stops where one screen is full, without a gap', () => {
    const picks = choose([aFound('a', good, 1, [aBlock(60), aBlock(60), aBlock(60), aBlock(10)])]);
    expect(picks.map(({ label }) => label)).toEqual(['a#1', 'a#2']);
  });

  it('adds the short answer of a passage that fits nearly as well, and leaves out one that does not', () => {
    expect(passagesOf([aFound('a', 10), aFound('b', 9), aFound('c', 2)])).toEqual(['a', 'b']);
  });

  it('never parts a paragraph from one that takes something back', () => {
    const blocks = [aBlock(140), aBlock(30, 'But')];
    expect(choose([aFound('a', good, 1, blocks)])).toHaveLength(2);
  });

  it('takes only the short answer of a second passage', () => {
    const blocks = [aBlock(20), aBlock(20)];
    expect(choose([aFound('a', 10), aFound('b', 9, 1, blocks)]).map(({ label }) => label)).toEqual([
      'a#1',
      'b#1',
    ]);
  });

  it('leaves out a second passage that would need another screen', () => {
    const found = [aFound('a', 10, 1, [aBlock(120)]), aFound('b', 9, 1, [aBlock(80)])];
    expect(choose(found).map(({ label }) => label)).toEqual(['a#1']);
  });

  it('chooses nothing from nothing', () => {
    expect(choose([])).toEqual([]);
  });
});

describe('what did not go on the screen', () => {
  const found = [
    aFound('a', 10, 1, [aBlock(100), aBlock(100)]),
    aFound('b', 9, 1, [aBlock(20)]),
    aFound('c', 8, 1, [aBlock(100)]),
  ];

  it('is named: first what was shown in part, then what was not', () => {
    const passages = fitting(found);
    expect(leftOut(chooseShort(passages), passages)).toEqual([
      { passage: 'a', heading: 'What is a passage?' },
      { passage: 'c', heading: 'What is a passage?' },
    ]);
  });

  it('is nothing when all was picked', () => {
    const passages = fitting(found).slice(1, 2);
    expect(leftOut(chooseLeads(passages), passages)).toEqual([]);
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

  it('is not covered even when whom to ask cannot be shown', () => {
    const verified = { ...nothing, dropped: [{ label: 'a#1', why: 'no-source' as const }] };
    expect(toAnswer('not-covered', verified).kind).toBe('not-covered');
  });

  it('promises no more of what is not shown at all', () => {
    const more = [{ passage: passageIdSchema.parse('a'), heading: 'About a' }];
    expect(toAnswer('answered', nothing, { more }).more).toEqual([]);
  });

  it('names what is missing only when it answers in part', () => {
    expect(toAnswer('partly', nothing, { missing: ['helicopter'] }).missing).toEqual([
      'helicopter',
    ]);
    expect(toAnswer('answered', nothing, { missing: ['helicopter'] }).missing).toEqual([]);
  });
});
