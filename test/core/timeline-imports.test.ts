import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/adapters/read-csv.js';
import { readDate } from '../../src/adapters/read-date.js';
import { compareTimelines, sayConflict } from '../../src/core/compare-timelines.js';
import type { Incident, When } from '../../src/core/timeline.js';
import { type ImportRow, longestImport, readImport } from '../../src/core/timeline-imports.js';

const on = '2026-11-20';
const read = (text: string) => readImport(text, on, readDate, readCsv);

describe('reading one line', () => {
  it.each<[string, string | undefined, string]>([
    ['3/3/26 he followed me', '2026-03-03 exact', 'he followed me'],
    ['03.03.2026: he followed me', '2026-03-03 exact', 'he followed me'],
    ['- 4 March 2026 - text me 12 times', '2026-03-04 exact', 'text me 12 times'],
    ['• On Mon 5th May 2025, flowers', '2025-05-05 exact', 'flowers'],
    ["1. Sept 3rd '25 he rang", '2025-09-03 exact', 'he rang'],
    ['2) 2024 - first messages', '2024-01-01 year', 'first messages'],
    ['2026-03-03 rang', '2026-03-03 exact', 'rang'],
    ['March 2026 keyed my car', '2026-03-01 month', 'keyed my car'],
    ['mid-June 2025 sat there', '2025-06-01 month', 'sat there'],
    ['about 10 April 2026 sat outside', '2026-04-10 about', 'sat outside'],
    ['before 2020 nothing', '2020-01-01 before', 'nothing'],
    // The year is a guess, and so is which day of several.
    ['3/4 flat tyre', '2026-04-03 about', 'flat tyre'],
    ['3-5 March 2026 rang every night', '2026-03-03 about', 'rang every night'],
    ['he ran off on 12.6.2026 again', '2026-06-12 exact', 'he ran off on 12.6.2026 again'],
    // Nobody knows on which day these were written.
    ['Yesterday he rang', undefined, 'Yesterday he rang'],
    ['he sat outside for 2 days', undefined, 'he sat outside for 2 days'],
    ['he may have been in the sun', undefined, 'he may have been in the sun'],
    ['31/02/2026 odd', undefined, '31/02/2026 odd'],
    ['2000 texts from him', undefined, '2000 texts from him'],
  ])('reads %j', (line, date, words) => {
    const [row, ...more] = read(line).rows;
    expect(more).toEqual([]);
    expect(row?.when && `${row.when.day} ${row.when.precision}`).toBe(date);
    expect([row?.line, row?.words]).toEqual([1, words]);
  });
});

describe('reading a pasted timeline', () => {
  it('dates the lines below a heading that is only a date, up to an empty line', () => {
    const text = '3 March 2026\r\n- he followed me\r\n- rang twice\r\n\r\nstray line\r\n';
    expect(read(text)).toEqual({
      rows: [
        aRow(2, 'he followed me', '2026-03-03'),
        aRow(3, 'rang twice', '2026-03-03'),
        aRow(5, 'stray line'),
      ],
      remarks: ['No date could be read in line 5.'],
    });
  });

  it.each([
    ['commas', 'Date,Time,What happened,Where\n3/3/26,10pm,"he rang, twice",home'],
    ['semicolons', 'DATE;TIME;WHAT HAPPENED;WHERE\n3/3/26;10pm;he rang, twice;home'],
    ['tabs', 'date\ttime\twhat happened\twhere\n3/3/26\t10pm\the rang, twice\thome'],
  ])('reads a table with a heading row and %s', (_, text) => {
    const [row, ...more] = read(text).rows;
    expect(more).toEqual([]);
    expect(row?.when).toEqual({ day: '2026-03-03', precision: 'exact' });
    expect(row?.line).toBe(2);
    expect(row?.words.toLowerCase()).toBe('he rang, twice; time: 10pm; where: home');
  });

  it('finds columns in any order, and the line on which a row begins', () => {
    const text = 'Evidence,What happened,When\nphoto,"he rang\nagain",4 Apr 2026\n,came,5 Apr 2026';
    expect(read(text)).toEqual({
      rows: [
        aRow(2, 'he rang\nagain; Evidence: photo', '2026-04-04'),
        aRow(4, 'came', '2026-04-05'),
      ],
      remarks: [],
    });
  });

  it('keeps what stands in the date column when it is no date', () => {
    expect(read('date,what\nlast summer,he rang\n3/3/26,he came')).toEqual({
      rows: [aRow(2, 'he rang; date: last summer'), aRow(3, 'he came', '2026-03-03')],
      remarks: ['No date could be read in line 2.'],
    });
  });

  it('reads a table without a heading row by the column that holds nothing but dates', () => {
    expect(read('Tesco,2026-03-03,"followed me, twice"\nhome,2026-03-04,rang')).toEqual({
      rows: [
        aRow(1, 'Tesco; followed me, twice', '2026-03-03'),
        aRow(2, 'home; rang', '2026-03-04'),
      ],
      remarks: [],
    });
  });

  it('takes lines with commas in them as lines', () => {
    expect(read('3/3/26, he followed me, then left\n4/3/26, he rang').rows).toEqual([
      aRow(1, 'he followed me, then left', '2026-03-03'),
      aRow(2, 'he rang', '2026-03-04'),
    ]);
  });

  it('says that nothing was pasted', () => {
    expect(read(' \n\t ')).toEqual({ rows: [], remarks: ['Nothing was pasted.'] });
  });

  it.each(['PK\u0003\u0004\u0000\u0000', `%PDF-1.7 ${'\ufffd'.repeat(9)} obj`])(
    'says that %j does not look like text',
    (text) => {
      expect(read(text)).toEqual({
        rows: [],
        remarks: [
          'This does not look like text: it holds characters that nobody types. Copy the words themselves, not the file.',
        ],
      });
    },
  );

  it('reads a table with a quotation mark left open line by line, and says so', () => {
    expect(read('date,what\n3/3/26,"he rang\n4/3/26,he came')).toEqual({
      rows: [
        aRow(1, 'date,what'),
        aRow(2, '"he rang', '2026-03-03'),
        aRow(3, 'he came', '2026-03-04'),
      ],
      remarks: [
        'A quotation mark is opened and never closed, so this was read line by line.',
        'No date could be read in line 1.',
      ],
    });
  });

  it('says that no date could be read', () => {
    expect(read('he rang\nhe came').remarks).toEqual([
      'No date could be read in it, so it cannot be compared by date.',
    ]);
  });

  it('reads 20,000 characters whole, and of more the lines that fit', () => {
    const line = `3/3/26 he rang ${'x'.repeat(84)}\n`;
    expect(line).toHaveLength(100);
    expect(read(line.repeat(longestImport / 100))).toMatchObject({
      rows: { length: 200 },
      remarks: [],
    });
    const long = read(line.repeat(300));
    expect(long.rows).toHaveLength(200);
    expect(long.remarks).toEqual([
      'This is longer than 20,000 characters. All of it is kept, but only the first 200 lines could be compared. Add the rest as a second timeline.',
    ]);
  });

  it.each(['1 ', 'about ', '"', ',', '3/', 'march ', '\n', '- ', "1-1 of ' "])(
    'reads 20,000 characters of %j without harm',
    (piece) => {
      const text = piece.repeat(longestImport / piece.length);
      expect(read(text)).toEqual(read(text));
    },
  );
});

describe('comparing two timelines', () => {
  it('lists conflicts with both versions, and what stands in only one', () => {
    const ours = [
      anIncident('i1', 'He followed me home from the station', '2026-03-03'),
      anIncident('i2', 'Slashed the tyres of my car', '2026-04-10'),
      anIncident('i3', 'Left flowers at work', '2026-05-01'),
      anIncident('i4', 'Someone rang the doorbell at night'),
    ];
    const theirs = [
      aRow(1, 'followd me from the staton to home', '2026-03-04'),
      aRow(2, 'my car tyres slashed', '2026-04-10'),
      aRow(3, 'fake profile on tinder', '2026-06-01'),
      aRow(4, 'doorbell rang in the night', '2026-06-09'),
    ];
    const [i1, i2, i3, i4] = ours;
    const [t1, t2, t3, t4] = theirs;
    const comparison = compareTimelines(ours, theirs);
    expect(comparison).toEqual({
      same: [
        { ours: i2, theirs: t2 },
        { ours: i4, theirs: t4 },
      ],
      conflicts: [{ ours: i1, theirs: t1 }],
      onlyTheirs: [t3],
      onlyOurs: [i3],
    });
    expect(comparison.conflicts.map(sayConflict)).toEqual([
      'Seems to be the same event with different dates. Ours: 3 March 2026. Theirs, line 1: 4 March 2026.',
    ]);
  });

  it('is no conflict where a looser date can mean the other day', () => {
    const ours = [anIncident('i1', 'He keyed my car', { day: '2026-03-01', precision: 'month' })];
    const { same, conflicts } = compareTimelines(ours, [aRow(1, 'keyed the car', '2026-03-29')]);
    expect([same.length, conflicts.length]).toEqual([1, 0]);
  });

  it('pairs events told in the same words by their dates first', () => {
    const ours = [
      anIncident('i1', 'He rang and hung up', '2026-03-10'),
      anIncident('i2', 'He rang and hung up', '2026-03-03'),
    ];
    const theirs = [
      aRow(1, 'rang and hung up', '2026-03-03'),
      aRow(2, 'rang, hung up', '2026-03-10'),
    ];
    const { same, conflicts } = compareTimelines(ours, theirs);
    expect(same.map((pair) => [pair.ours.key, pair.theirs.line])).toEqual([
      ['i1', 2],
      ['i2', 1],
    ]);
    expect(conflicts).toEqual([]);
  });

  it('finds a conflict where day and month were exchanged', () => {
    const ours = [anIncident('i1', 'Brick through window', '2026-02-09')];
    const { conflicts } = compareTimelines(ours, [aRow(1, 'brick, window', '2026-09-02')]);
    expect(conflicts).toHaveLength(1);
  });

  it('takes a few shared words months apart as different events', () => {
    const ours = [anIncident('i1', 'Rang my phone', '2025-01-10')];
    const theirs = [aRow(1, 'phone rang', '2026-03-02')];
    expect(compareTimelines(ours, theirs)).toEqual({
      same: [],
      conflicts: [],
      onlyTheirs: theirs,
      onlyOurs: ours,
    });
  });

  it('of nothing is nothing', () => {
    const nothing = { same: [], conflicts: [], onlyTheirs: [], onlyOurs: [] };
    expect(compareTimelines([], [])).toEqual(nothing);
  });
});

function whenOf(when: When | string | undefined): { readonly when?: When } {
  if (when === undefined) return {};
  return { when: typeof when === 'string' ? { day: when, precision: 'exact' } : when };
}

function aRow(line: number, words: string, day?: string): ImportRow {
  return { line, ...whenOf(day), words };
}

function anIncident(key: string, what: string, when?: When | string): Incident {
  return { key, what, ...whenOf(when), kinds: [], from: { by: 'u', at: '2026-11-20T10:00:00Z' } };
}
