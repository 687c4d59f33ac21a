import { describe, expect, it } from 'vitest';
import { type ReviewId, reviewIdSchema } from '../../src/core/ids.js';
import { pageSize, type ReviewQuery } from '../../src/core/review-list.js';
import { makeKeepAll } from '../../src/flows/keep-all.js';
import type { Reviews } from '../../src/flows/ports.js';
import { aTime } from '../builders.js';

const idOf = (number: number): ReviewId =>
  reviewIdSchema.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => idOf(from + at));

const waiting = ids(1, pageSize + 2);
const returned = ids(100, pageSize);
const approved = ids(200, 1);

/** Only lists, by state and page. */
const reviews = {
  list: async ({ state, page }: ReviewQuery) => ({
    rows: { waiting, returned, approved }[state]
      .slice((page - 1) * pageSize, page * pageSize)
      .map((id) => ({ id })),
  }),
} as unknown as Reviews;

function keeping(broken?: ReviewId) {
  const kept: ReviewId[] = [];
  const faults: unknown[] = [];
  const keepAll = makeKeepAll({
    reviews,
    keepCommitments: async (id) => {
      if (id === broken) throw new Error('cannot be read');
      kept.push(id);
    },
    clock: () => new Date(aTime),
    onFault: (id, error) => faults.push([id, String(error)]),
  });
  return { keepAll, kept, faults };
}

describe('keeping the commitments of every review', () => {
  it('takes every page of those waiting, returned and approved', async () => {
    const { keepAll, kept, faults } = keeping();
    await keepAll(() => false);
    expect(kept).toEqual([...waiting, ...returned, ...approved]);
    expect(faults).toEqual([]);
  });

  it('names the case that cannot be read, and keeps the others', async () => {
    const { keepAll, kept, faults } = keeping(idOf(2));
    await keepAll(() => false);
    expect(kept).toEqual([...waiting, ...returned, ...approved].filter((id) => id !== idOf(2)));
    expect(faults).toEqual([[idOf(2), 'Error: cannot be read']]);
  });

  it('begins none after it is stopped', async () => {
    const { keepAll, kept } = keeping();
    await keepAll(() => kept.length === 3);
    expect(kept).toEqual(waiting.slice(0, 3));
  });
});
