import { describe, expect, it } from 'vitest';
import {
  auroc,
  mean,
  ndcg,
  quantile,
  recall,
  reciprocalRank,
} from '../../../src/commands/evaluate-retrieval/metrics.js';

/** Worked by hand: gains 3, 0, 1 over log2(2), log2(3), log2(4) give 3 + 0.5; ideal 3 + 2/log2(3) + 0.5. */
const relevant = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 1],
]);

describe('ndcg', () => {
  it.each([
    ['the ideal order', ['a', 'b', 'c'], 10, 1],
    ['one missed', ['a', 'x', 'c'], 10, 3.5 / (3 + 2 / Math.log2(3) + 0.5)],
    ['what stands below the depth', ['x', 'a'], 1, 0],
    ['the best of one', ['b'], 1, 2 / 3],
    ['nothing found', [], 10, 0],
  ])('measures %s', (_, ranked, depth, expected) => {
    expect(ndcg(ranked, relevant, depth)).toBeCloseTo(expected, 12);
  });
});

describe('recall and reciprocal rank', () => {
  it.each([
    [['a', 'x', 'b'], 3, 2 / 3, 1],
    [['x', 'a', 'b'], 2, 1 / 3, 1 / 2],
    [['x', 'y', 'c'], 2, 0, 0],
  ])('of %j to a depth of %i', (ranked, depth, share, reciprocal) => {
    expect(recall(ranked, relevant, depth)).toBeCloseTo(share, 12);
    expect(reciprocalRank(ranked, relevant, depth)).toBeCloseTo(reciprocal, 12);
  });
});

describe('auroc', () => {
  it.each([
    ['all told apart', [3, 4], [1, 2], 1],
    ['all the wrong way', [1], [2, 3], 0],
    ['a tie by half', [2], [2], 0.5],
    ['three of four pairs', [2, 4], [1, 3], 0.75],
    ['none to compare', [1], [], undefined],
  ])('counts %s', (_, positive, negative, expected) => {
    expect(auroc(positive, negative)).toBe(expected);
  });
});

describe('quantile and mean', () => {
  it('take the nearest rank', () => {
    const values = [5, 1, 4, 2, 3];
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile([], 0.5)]).toEqual([3, 5, 0]);
    expect([mean(values), mean([])]).toEqual([3, 0]);
  });
});
