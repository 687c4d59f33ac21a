import { describe, expect, it } from 'vitest';
import {
  comingDateOf,
  type Incident,
  importOf,
  incidentOf,
  makeTimeline,
  sayWhen,
  spanOf,
  type When,
} from '../../src/core/timeline.js';

const from = { by: 'officer-1', at: '2026-11-20T10:00:00Z' };

describe('makeTimeline', () => {
  it('orders by date, the looser date first within the same day, and without a date last', () => {
    const incidents = [
      anIncident('none-1'),
      anIncident('exact', { day: '2026-03-01', precision: 'exact' }),
      anIncident('month', { day: '2026-03-01', precision: 'month' }),
      anIncident('year', { day: '2026-01-01', precision: 'year' }),
      anIncident('new-year', { day: '2026-01-01', precision: 'exact' }),
      anIncident('before', { day: '2026-01-01', precision: 'before' }),
      anIncident('about', { day: '2026-03-01', precision: 'about' }),
      anIncident('none-2'),
      anIncident('old', { day: '2025-12-31', precision: 'exact' }),
    ];
    const input = { incidents, dates: [], imports: [], lastActs: [], on: '2026-11-20' };
    expect(makeTimeline(input).incidents.map(({ key }) => key)).toEqual([
      'old',
      'before',
      'year',
      'new-year',
      'month',
      'about',
      'exact',
      'none-1',
      'none-2',
    ]);
    expect(makeTimeline(input)).toEqual(makeTimeline(input));
  });
});

describe('dates in words', () => {
  it.each<[When | undefined, string]>([
    [{ day: '2026-03-03', precision: 'exact' }, '3 March 2026'],
    [{ day: '2026-03-03', precision: 'about' }, 'about 3 March 2026'],
    [{ day: '2026-03-01', precision: 'month' }, 'March 2026'],
    [{ day: '2026-01-01', precision: 'year' }, '2026'],
    [{ day: '2026-03-03', precision: 'before' }, 'before 3 March 2026'],
    [undefined, 'date not recorded'],
  ])('says %j as %s', (when, said) => {
    expect(sayWhen(when)).toBe(said);
  });

  it.each<[When, string, string]>([
    [{ day: '2026-03-03', precision: 'exact' }, '2026-03-03', '2026-03-03'],
    [{ day: '2026-03-03', precision: 'about' }, '2026-02-17', '2026-03-17'],
    [{ day: '2024-02-01', precision: 'month' }, '2024-02-01', '2024-02-29'],
    [{ day: '2026-01-01', precision: 'year' }, '2026-01-01', '2026-12-31'],
    [{ day: '2026-03-03', precision: 'before' }, '0001-01-01', '2026-03-02'],
  ])('takes %j to mean %s to %s', (when, first, last) => {
    expect(spanOf(when)).toEqual({ from: first, to: last });
  });
});

describe('records read as entries', () => {
  it('takes every field of an incident', () => {
    const text = (words: string) => ({ kind: 'text' as const, text: words });
    const fields = {
      what: text('He followed me'),
      when: { kind: 'date' as const, day: '2026-03-03', precision: 'about' as const },
      where: text('Tesco'),
      kinds: { kind: 'choices' as const, choices: ['a', 'other'] },
      witnesses: text('My sister'),
      evidence: text('Photo'),
      effect: text('Scared'),
      told: text('101'),
      order: { kind: 'choice' as const, choice: 'unsure' },
    };
    expect(incidentOf('s/TL/1', fields, from)).toEqual({
      key: 's/TL/1',
      what: 'He followed me',
      when: { day: '2026-03-03', precision: 'about' },
      where: 'Tesco',
      kinds: ['a', 'other'],
      witnesses: 'My sister',
      evidence: 'Photo',
      effect: 'Scared',
      told: '101',
      order: 'unsure',
      from,
    });
  });

  it('leaves out what was not filled in', () => {
    const what = { kind: 'text' as const, text: 'He rang' };
    expect(incidentOf('k', { what }, from)).toEqual({ key: 'k', what: 'He rang', kinds: [], from });
  });

  it('takes a coming date and an import', () => {
    const text = (words: string) => ({ kind: 'text' as const, text: words });
    const court = { kind: 'choice' as const, choice: 'court' };
    expect(comingDateOf('k', { what: court, tells: text('PC Ali') }, from)).toEqual({
      key: 'k',
      what: 'court',
      tells: 'PC Ali',
      from,
    });
    expect(importOf('k', { from: text('Her advocate'), text: text('3/3/26  rang') }, from)).toEqual(
      {
        key: 'k',
        whose: 'Her advocate',
        text: '3/3/26  rang',
        from,
      },
    );
  });
});

function anIncident(key: string, when?: When): Incident {
  return { key, what: 'He rang', ...(when ? { when } : {}), kinds: [], from };
}
