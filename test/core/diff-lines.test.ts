import { describe, expect, it } from 'vitest';
import { diffLines } from '../../src/core/diff-lines.js';

const said = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${kind === 'added' ? '+' : '-'}${text}`);

describe('a difference line by line', () => {
  it.each([
    ['nothing', 'a\nb', 'a\nb', []],
    ['other line ends alone', 'a\nb\n', 'a\r\nb\r\n', []],
    [
      'a comma',
      'Do not go, alone.',
      'Do not, go alone.',
      ['-Do not go, alone.', '+Do not, go alone.'],
    ],
    ['lines added and removed', 'a\nb\nc', 'b\nx\nc\nd', ['-a', '+x', '+d']],
    ['lines that changed places', 'a\nb', 'b\na', ['-a', '+a']],
    ['all of it', '', 'a\nb', ['-', '+a', '+b']],
  ])('tells of %s', (_, before, after, expected) => {
    expect(said(before, after)).toEqual(expected);
  });

  it('tells a large rewriting as removed and added', () => {
    const many = (word: string) => Array.from({ length: 4_100 }, (_, at) => `${word} ${at}`);
    const told = said(many('old').join('\n'), many('new').join('\n'));
    expect(told).toHaveLength(8_200);
    expect([told[0], told.at(-1)]).toEqual(['-old 0', '+new 4099']);
  });
});
