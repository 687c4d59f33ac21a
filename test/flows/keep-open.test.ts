import { describe, expect, it } from 'vitest';
import { type ReviewId, reviewIdSchema } from '../../src/core/ids.js';
import { pageSize, type ReviewQuery } from '../../src/core/review-list.js';
import { makeKeepOpen } from '../../src/flows/keep-open.js';
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
  const keepOpen = makeKeepOpen({
    reviews,
    keepCommitments: async (id) => {
      if (id === broken) throw new Error('cannot be read');
      kept.push(id);
    },
    clock: () => new Date(aTime),
    onFault: (id, error) => faults.push([id, String(error)]),
  });
  return { keepOpen, kept, faults };
}

describe('keeping the commitments of open reviews', () => {
  it('takes every page of those waiting and returned, and none that is approved', async () => {
    const { keepOpen, kept, faults } = keeping();
    await keepOpen(() => false);
    expect(kept).toEqual([...waiting, ...returned]);
    expect(faults).toEqual([]);
  });

  it('names the case that cannot be read, and keeps the others', async () => {
    const { keepOpen, kept, faults } = keeping(idOf(2));
    await keepOpen(() => false);
    expect(kept).toEqual([...waiting, ...returned].filter((id) => id !== idOf(2)));
    expect(faults).toEqual([[idOf(2), 'Error: cannot be read']]);
  });

  it('begins none after it is stopped', async () => {
    const { keepOpen, kept } = keeping();
    await keepOpen(() => kept.length === 3);
    expect(kept).toEqual(waiting.slice(0, 3));
  });
});
