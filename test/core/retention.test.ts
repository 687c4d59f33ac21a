import { describe, expect, it } from 'vitest';
import {
  type CaseAge,
  defaultPeriods,
  endOf,
  overBefore,
  recordSchema,
  standOfCase,
} from '../../src/core/retention.js';

const periods = { ...defaultPeriods, cases: 10, reviews: 20 };
const age = (given: Partial<CaseAge>): CaseAge => ({
  ...{ screeningsChangedAt: '2026-01-01T23:59:59.999Z', reviewChangedAt: null },
  ...{ keptUntil: null, holds: 0, ...given },
});

describe('when a case is due', () => {
  it.each<[string, CaseAge, string]>([
    ['its screenings are over', age({}), '2026-01-11'],
    [
      'its review is over, later',
      age({ reviewChangedAt: '2026-01-02T00:00:00.000Z' }),
      '2026-01-22',
    ],
    [
      'its screenings are over, later',
      age({ reviewChangedAt: '2025-06-01T00:00:00.000Z' }),
      '2026-01-11',
    ],
    ['the day is there until which it is kept', age({ keptUntil: '2027-02-28' }), '2027-02-28'],
    ['an earlier day of keeping has no effect', age({ keptUntil: '2026-01-05' }), '2026-01-11'],
  ])('it is due when %s, and not the day before', (_, one, day) => {
    const before = new Date(Date.parse(day) - 1).toISOString().slice(0, 10);
    expect(standOfCase(one, periods, before)).toEqual({ kind: 'not-due', on: day });
    expect(standOfCase(one, periods, day)).toEqual({ kind: 'due', since: day });
  });

  it('is never while it is held, however old', () => {
    expect(standOfCase(age({ holds: 1 }), periods, '2126-01-01')).toEqual({ kind: 'held' });
  });

  it('is at once where nothing was ever done in it', () => {
    const empty = age({ screeningsChangedAt: null });
    expect(standOfCase(empty, periods, '2026-01-01')).toEqual({ kind: 'due', since: '0001-01-01' });
  });

  it('counts days across the end of summer time and leap years, in UTC', () => {
    expect(endOf('2028-02-28T12:00:00.000Z', 1)).toBe('2028-02-29');
    expect(endOf('2026-10-24T23:30:00.000Z', 1)).toBe('2026-10-25');
    expect(overBefore(new Date('2026-11-20T10:00:00.000Z'), 1)).toBe('2026-11-19T10:00:00.000Z');
  });
});

describe('the number of a record', () => {
  it.each([
    ['RMS/2026-00123', true],
    ['T20267001', true],
    ['', false],
    ['the file of Jane Roe', false],
    ['/etc', false],
    ['x'.repeat(61), false],
    ['a\nb', false],
    ['a\n', false],
  ])('%j is one: %s', (given, is) => {
    expect(recordSchema.safeParse(given).success).toBe(is);
  });
});
