import { describe, expect, it } from 'vitest';
import type { ChosenUnit } from '../../src/core/choosing.js';
import { readAgain, toReadAgain } from '../../src/core/second-reading.js';

const aUnit = (text: string): ChosenUnit => ({
  isChosen: true,
  heading: `About ${text}`,
  text,
  draft: [{ label: `${text}#1`, quote: text }],
});
const units = [aUnit('one'), aUnit('two')];

describe('a second reading', () => {
  it('is given each statement with its heading, under a label of its own', () => {
    expect(toReadAgain(units)).toEqual([
      { label: 'p1', heading: 'About one', text: 'one' },
      { label: 'p2', heading: 'About two', text: 'two' },
    ]);
  });

  it('takes away what it names, and keeps the rest in order', () => {
    expect(readAgain(units, { remove: ['p1', 'p1'] })).toEqual(units.slice(1));
  });

  it('adds nothing and changes nothing by labels that were not given', () => {
    expect(readAgain(units, { remove: ['p3', 'P1', 'one#1', '__proto__', ''] })).toEqual(units);
  });
});
