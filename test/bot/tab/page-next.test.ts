import { describe, expect, it } from 'vitest';
import { nextAfter } from '../../../bot/tab/page/next-case.js';
import type { ReviewRow } from '../../../src/core/review-list.js';

const rows = (...ids: readonly string[]) =>
  ids.map((id) => {
    const [name = '', to] = id.split('>');
    return { id: name, handedToId: to ?? null } as Pick<ReviewRow, 'id' | 'handedToId'>;
  });
const next = (current: string, now: readonly string[], order: readonly string[]) =>
  nextAfter(current, rows(...now), order, 'me')?.id;

describe('the next case', () => {
  const order = ['a', 'b', 'c', 'd'];
  it.each([
    ['is the one after the current, which is gone', 'b', ['a', 'c', 'd'], order, 'c'],
    ['is the one after the current, which waits on', 'b', ['a', 'b', 'c', 'd'], order, 'c'],
    ['is a new one that stands before the rest', 'b', ['new', 'a', 'c', 'd'], order, 'new'],
    ['is not one that somebody else decided', 'b', ['a', 'd'], order, 'd'],
    ['is not one handed to somebody else', 'b', ['a', 'c>tom', 'd>me'], order, 'd'],
    ['is the first passed over, when none is after it', 'd', ['a', 'b'], order, 'a'],
    ['is the first of all, when the queue was never seen', 'b', ['a', 'c'], [], 'a'],
    ['is none when nothing is left', 'b', ['b', 'c>tom'], order, undefined],
  ])('%s', (_, current, now, seen, expected) => {
    expect(next(current, now, seen)).toBe(expected);
  });
});
