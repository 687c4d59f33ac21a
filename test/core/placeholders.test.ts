import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownWordsOf } from '../../src/core/known-words.js';
import { makeHide } from '../../src/core/placeholders.js';
import { makeRedact } from '../../src/core/redact.js';
import { loadReal } from '../real-knowledge.js';

const hide = makeHide(makeRedact(knownWordsOf(await loadReal())));

describe('hiding personal data', () => {
  it('numbers what it hides by kind, and gives it back', () => {
    const text =
      'Sarah Whitfield says Imran Qureshi rang her from 07700 900123 at 4 Mill Lane, LS6 2AB';
    const { hidden, restore } = hide([text]);
    expect(hidden).toEqual([
      '[name 1] says [name 2] rang her from [phone 1] at [address 1], [postcode 1]',
    ]);
    expect(restore(hidden[0] ?? '')).toBe(text);
    expect(restore('Ask [name 2] about [phone 1].')).toBe('Ask Imran Qureshi about 07700 900123.');
  });

  it('gives the same words the same placeholder in all texts of a call', () => {
    const { hidden } = hide([
      'does Priyanka need an SPO against Kowalczyk',
      'Kowalczyk was outside. Kowalczyk rang Priyanka',
      'nothing here',
    ]);
    expect(hidden).toEqual([
      'does [name 1] need an SPO against [name 2]',
      '[name 2] was outside. [name 2] rang [name 1]',
      'nothing here',
    ]);
  });

  it('hides in one text what only another tells to be personal', () => {
    const { hidden } = hide([
      'he is called zorbella',
      'zorbella waits outside',
      'zorbellas is not him',
    ]);
    expect(hidden).toEqual([
      'he is called [name 1]',
      '[name 1] waits outside',
      'zorbellas is not him',
    ]);
  });

  it('knows nothing of an earlier call', () => {
    expect(hide(['Priyanka rang']).hidden).toEqual(['[name 1] rang']);
    expect(hide(['Kowalczyk rang']).hidden).toEqual(['[name 1] rang']);
  });

  it.each(['[name 1]', '[Name  1]', '[phone 1]'])(
    'never numbers a name like the “%s” that somebody typed',
    (typed) => {
      const text = `what is ${typed}, and did Priyanka say it`;
      const { hidden, restore } = hide([text]);
      expect(hidden).toEqual([`what is ${typed}, and did [name 2] say it`]);
      expect(restore(hidden[0] ?? '')).toBe(text);
      expect(restore(typed)).toBe(typed);
    },
  );

  it('leaves placeholders that a model invents as they are', () => {
    const { restore } = hide(['Priyanka rang']);
    expect(restore('[name 1], [name 9], [phone 1], [NAME 1], [name 1 ]')).toBe(
      'Priyanka, [name 9], [phone 1], [NAME 1], [name 1 ]',
    );
  });

  it('restores once: words that look like a placeholder are not read again', () => {
    const hideAll = makeHide((text) => ({
      text,
      removed: text === 'a [name 7] b' ? [{ kind: 'name', start: 0, end: text.length }] : [],
    }));
    const { hidden, restore } = hideAll(['a [name 7] b', '[name 7]']);
    expect(hidden).toEqual(['[name 1]', '[name 7]']);
    expect(restore('[name 1] [name 7]')).toBe('a [name 7] b [name 7]');
  });

  // A text was once read anew for each name in it.
  it('reads half a megabyte of different names to its end, and gives it back', () => {
    const letters = (at: number) =>
      [...at.toString(26)]
        .map((one) => String.fromCharCode(97 + Number.parseInt(one, 26)))
        .join('');
    const text = Array.from({ length: 50_000 }, (_, at) => `Mr Q${letters(at)}zx`).join('\n');
    const { hidden, restore } = hide([text]);
    expect(hidden[0]?.split('\n').at(-1)).toMatch(/^Mr \[name \d+\]$/);
    expect(hidden.map(restore)).toEqual([text]);
  });

  it('takes nothing, one text, and empty ones', () => {
    expect(hide([]).hidden).toEqual([]);
    expect(hide(['', ' ']).hidden).toEqual(['', ' ']);
  });

  it('gives back to the letter whatever was typed', () => {
    const piece = fc.constantFrom(
      'Dave Higgins',
      'DAVE HIGGINS',
      "Priyanka's",
      '[name 1]',
      '[phone 2]',
      '07700 900123',
      'zelda@example.org',
      'AB12 CDE',
      'LS6 2AB',
      'dob 3/4/1987',
      '@its_dave99',
      'crime ref 42/123456/26',
      'stalking',
      '\u0000',
      '💬',
      '\n',
      '$1 $& ',
    );
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (parts) => {
        const texts = parts.map((words) => words.join(' '));
        const { hidden, restore } = hide(texts);
        expect(hidden.map(restore)).toEqual(texts);
      }),
    );
  });
});
