import { describe, expect, it } from 'vitest';
import { makeWordsWithin } from '../../src/core/words-within.js';

const within = makeWordsWithin(
  'My ex, [name 1], won’t stop: how long does an SPO last (and who pays)?',
);

describe('words that stand in a question', () => {
  it.each([
    ['how long does an SPO last', 'how long does an SPO last'],
    ['HOW LONG does an spo LAST?', 'how long does an SPO last'],
    ["won't stop", 'won’t stop'],
    ['last and who pays', 'last and who pays'],
    ['**who pays**', 'who pays'],
  ])('are given back as they were typed: %s', (words, said) => {
    expect(within(words)).toBe(said);
  });

  it.each([
    ['in another order', 'last SPO an'],
    ['with something left out', 'how does an SPO last'],
    ['of other letters', 'hоw long'],
    ['half a word', 'how lon'],
    ['the placeholder of a name', '[name 1]'],
    ['the name of a placeholder', 'name 1'],
    ['across a placeholder', 'my ex won’t stop'],
    ['none', ' … '],
  ])('are not found when they are %s', (_, words) => {
    expect(within(words)).toBeUndefined();
  });

  it('are cut at eighty characters', () => {
    const long = 'word '.repeat(40).trim();
    expect(makeWordsWithin(long)(long)?.length).toBeLessThanOrEqual(80);
  });
});
