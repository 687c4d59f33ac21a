import { describe, expect, it } from 'vitest';
import { findOdd, showOdd } from '../../src/core/odd-characters.js';

describe('odd characters', () => {
  it.each([
    ['a mark that turns the words round', '\u202e', 'U+202E', 'hidden'],
    ['a space of no width', '\u200b', 'U+200B', 'hidden'],
    ['a letter that is not drawn', '\u3164', 'U+3164', 'hidden'],
    ['a sign that only changes another', '\ufe0f', 'U+FE0F', 'hidden'],
    ['a key of the terminal', '\u001b', 'U+001B', 'hidden'],
    ['a return without a new line', '\r', 'U+000D', 'hidden'],
    ['a look-alike letter', 'а', 'U+0430', 'foreign'],
    ['a byte that is no text', '\ufffd', 'U+FFFD', 'foreign'],
  ])('are found: %s', (_, character, code, kind) => {
    const text = `First line.\nNot${character} here.`;
    expect(findOdd(text)).toEqual([{ line: 2, code, kind }]);
    const kept = kind === 'foreign' ? character : '';
    expect(showOdd(text)).toBe(`First line.\nNot${kept}[${code}] here.`);
  });

  it('are none in English, Welsh, lists and the line ends of Windows', () => {
    const text = 'Don’t – “wait”: £5 · ½ é\r\nŵyn, tŷ, Siân\t⚠️ 🚨\r\n';
    expect(findOdd(text)).toEqual([]);
    expect(showOdd(text)).toBe(text);
  });
});
