import { describe, expect, it } from 'vitest';
import { spellOutCapitals } from '../../src/core/capitals.js';

describe('an abbreviation that is another word in small letters', () => {
  it.each([
    ['what is FOUR', 'what is FOUR mnemonic'],
    ['FOUR', 'FOUR mnemonic'],
    ['the FOUR mnemonic', 'the FOUR mnemonic'],
    ['evidence for SAD', 'evidence for serious alarm or distress'],
    ['max for s4A SAD', 'max for s4A '],
    ['four officers, and he is sad', 'four officers, and he is sad'],
    ['HE IS SAD AND RINGS HER', 'HE IS SAD AND RINGS HER'],
    ['', ''],
  ])('“%s” is searched as “%s”', (typed, searched) => {
    expect(spellOutCapitals(typed)).toBe(searched);
  });
});
