import { describe, expect, it } from 'vitest';
import { fuseRankings } from '../../src/core/fuse-rankings.js';
import type { PassageId } from '../../src/core/ids.js';
import { nearestPassages } from '../../src/core/vectors.js';

const ids = (...names: string[]) => names as PassageId[];
const vectors = (of: Readonly<Record<string, readonly number[]>>) => ({
  model: 'embed-1',
  of: new Map(Object.entries(of).map(([id, v]) => [id as PassageId, Float32Array.from(v)])),
});

describe('the passages nearest to a vector', () => {
  it('are those with the smallest angle, however long the vectors are', () => {
    const of = vectors({ across: [0, 1], along: [100, 1], between: [1, 1], against: [-1, 0] });
    expect(nearestPassages(of, Float32Array.from([2, 0]), 3)).toEqual(
      ids('along', 'between', 'across'),
    );
  });

  it('leave out vectors of another length, and put those of no length last', () => {
    const of = vectors({ other: [1, 0, 0], none: [0, 0], fit: [1, 1] });
    expect(nearestPassages(of, Float32Array.from([1, 0]), 9)).toEqual(ids('fit', 'none'));
  });
});

describe('fusing orders', () => {
  it('puts first what stands high in both, and keeps what stands in one', () => {
    expect(fuseRankings([ids('a', 'b', 'c'), ids('c', 'b', 'd')])).toEqual(ids('c', 'b', 'a', 'd'));
  });

  it('leaves one order as it is, and nothing of none', () => {
    expect(fuseRankings([ids('a', 'b')])).toEqual(ids('a', 'b'));
    expect(fuseRankings([[], []])).toEqual([]);
  });
});
