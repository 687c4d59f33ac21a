import { describe, expect, it } from 'vitest';
import { drawTimeline, timelineSvg } from '../../src/adapters/timeline-picture.js';
import { type Incident, makeTimeline, type When } from '../../src/core/timeline.js';
import { factsOf } from '../../src/core/timeline-facts.js';

describe('the picture of a timeline', () => {
  it('draws a bar for each month with its count, and the quiet months between', () => {
    const facts = factsFor([exact('2025-11-03'), exact('2026-02-01'), exact('2026-02-09')]);
    expect(wordsOf(timelineSvg(facts))).toEqual([
      'Reported incidents: 3 entries',
      'First: 3 November 2025. Last: 9 February 2026.',
      'One bar = one month.',
      '1',
      'Nov',
      '2025',
      'Dec',
      'Jan',
      '2026',
      '2',
      'Feb',
    ]);
  });

  it('says what is not drawn, and marks approximate dates by white', () => {
    const facts = factsFor([
      { day: '2026-03-03', precision: 'about' },
      { day: '2024-01-01', precision: 'year' },
      undefined,
    ]);
    expect(wordsOf(timelineSvg(facts))).toEqual([
      'Reported incidents: 3 entries',
      'First: 2024. Last: about 3 March 2026.',
      'One bar = one month. Not drawn, date too loosely known: 2.',
      '1',
      'Mar',
      '2026',
      'White: date approximate',
    ]);
  });

  it.each<[string, string, string, number]>([
    ['24 months', '2024-01-05', '2025-12-05', 24],
    ['25 months', '2024-01-05', '2026-01-05', 9],
    ['six years', '2021-01-05', '2026-12-05', 24],
    ['more than six years', '2020-12-05', '2026-12-05', 7],
    ['25 years', '2001-12-05', '2026-12-05', 6],
  ])('has 24 bars at most: %s', (_, first, last, bars) => {
    const words = wordsOf(timelineSvg(factsFor([exact(first), exact(last)])));
    const names = words.filter((word) => /^(?:[A-Z][a-z]{2}|Q\d)$/.test(word));
    const years = words.filter((word) => /^\d{4}$/.test(word));
    expect(names.length || years.length).toBe(bars);
  });

  it('draws entries known to a year only where a bar is a year', () => {
    const facts = factsFor([
      { day: '2020-01-01', precision: 'year' },
      { day: '2022-01-01', precision: 'year' },
    ]);
    expect(wordsOf(timelineSvg(facts)).slice(2)).toEqual([
      'One bar = one year.',
      '1',
      '2020',
      '2021',
      '1',
      '2022',
    ]);
  });

  it('says when there is nothing to draw', () => {
    expect(wordsOf(timelineSvg(factsFor([])))).toEqual([
      'Reported incidents: 0 entries',
      'No entry has a date.',
    ]);
    expect(wordsOf(timelineSvg(factsFor([{ day: '2026-01-01', precision: 'before' }])))).toEqual([
      'Reported incidents: 1 entry',
      'First: before 1 January 2026. Last: before 1 January 2026.',
      'Not drawn, date too loosely known: 1.',
    ]);
  });

  it('holds nothing that anybody wrote', () => {
    expect(timelineSvg(factsFor([exact('2026-03-03')]))).not.toMatch(/Anna|Tesco|followed/);
  });

  it('is a PNG of 640 by 280 under 25 kB with the same bytes each time', async () => {
    const many = Array.from({ length: 400 }, (_, at): When => {
      const day = new Date(Date.UTC(2021, 0, 5 + at * 5)).toISOString().slice(0, 10);
      return { day, precision: at % 3 === 0 ? 'exact' : 'about' };
    });
    const facts = factsFor(many);
    const png = await drawTimeline(facts);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([640, 280]);
    expect(png.length).toBeLessThan(25_000);
    expect(png.equals(await drawTimeline(facts))).toBe(true);
  });

  it('brings its own letters: more words make another picture', async () => {
    const one = await drawTimeline(factsFor([exact('2026-03-03')]));
    const other = await drawTimeline(factsFor([exact('2026-03-04')]));
    expect(one.equals(other)).toBe(false);
  });
});

function exact(day: string): When {
  return { day, precision: 'exact' };
}

function factsFor(dates: readonly (When | undefined)[]) {
  const incidents = dates.map(
    (when, at): Incident => ({
      key: `s/TL/${at}`,
      what: 'Anna was followed',
      where: 'Tesco',
      ...(when ? { when } : {}),
      kinds: ['a'],
      from: { by: 'officer-1', at: '2026-11-20T10:00:00Z' },
    }),
  );
  return factsOf(
    makeTimeline({ incidents, dates: [], imports: [], lastActs: [], on: '2026-12-20' }),
  );
}

function wordsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]+)</g)].map((match) => match[1] ?? '');
}
