import { expect, it } from 'vitest';
import { curatedPassages } from '../../src/core/curation.js';
import { passageIdSchema } from '../../src/core/ids.js';
import type { Passage } from '../../src/core/passage.js';
import { aPassage } from '../builders.js';

const today = '2026-11-20';
const passage = (id: string, given: Partial<Passage> = {}) =>
  aPassage({ id: passageIdSchema.parse(id), reviewBy: '2027-11-20', ...given });
const needs = (...passages: readonly Passage[]) =>
  curatedPassages(passages, today, new Map()).map(({ id, need }) => [id, need]);

it('lists overdue, ended, due within 30 days and draft, each by its review date', () => {
  const ended = { inForce: { from: null, to: '2026-11-19' } };
  expect(
    needs(
      passage('draft', { status: 'draft', reviewBy: '2020-01-01' }),
      passage('due', { reviewBy: '2026-12-20' }),
      passage('due-today', { reviewBy: today }),
      passage('not-due', { reviewBy: '2026-12-21' }),
      passage('ended', ended),
      passage('ends-today', { inForce: { from: null, to: today } }),
      passage('overdue', { reviewBy: '2026-11-19' }),
      passage('long-overdue', { reviewBy: '2026-01-01' }),
      passage('retired', { status: 'retired', reviewBy: '2020-01-01', ...ended }),
    ),
  ).toEqual([
    ['long-overdue', 'overdue'],
    ['overdue', 'overdue'],
    ['ended', 'ended'],
    ['due-today', 'due'],
    ['due', 'due'],
    ['draft', 'draft'],
  ]);
});

it('names the file of a passage where it is known', () => {
  const paths = new Map([['one', 'knowledge/guidance/breach/one.md']]);
  const listed = curatedPassages(
    [passage('one', { status: 'draft' }), passage('two', { status: 'draft' })],
    today,
    paths,
  );
  expect(listed.map(({ path }) => path)).toEqual(['knowledge/guidance/breach/one.md', null]);
});
