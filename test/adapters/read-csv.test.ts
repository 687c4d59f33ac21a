import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/adapters/read-csv.js';

describe('readCsv', () => {
  it('reads quoted fields with marks and line ends in them, and the line each row begins on', () => {
    expect(readCsv('\ufeffa, b\n"one, ""two""\nthree",4\n\n5,6,7', ',')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['one, "two"\nthree', '4'] },
      { line: 5, cells: ['5', '6', '7'] },
    ]);
  });

  it('takes a quotation mark within a field as it stands', () => {
    expect(readCsv('he said "no";x', ';')).toEqual([{ line: 1, cells: ['he said "no"', 'x'] }]);
  });

  it('returns undefined for a quotation mark that is never closed', () => {
    expect(readCsv('a,b\n1,"2', ',')).toBeUndefined();
  });
});
