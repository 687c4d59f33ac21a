import { describe, expect, it } from 'vitest';
import { passageIdSchema } from '../../src/core/ids.js';
import { type Found, judge } from '../../src/core/judge.js';
import { aPassage } from '../builders.js';

function aFound(id: string, score: number, coverage = 1, likeness = 0): Found {
  const passage = aPassage({ id: passageIdSchema.parse(id) });
  return {
    passage,
    hit: { id: passage.id, score, coverage, likeness, answerability: score, missing: [] },
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
    ['one that shares a single rare word', [aFound('a', 8)], 'inside', 'not-covered'],
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
