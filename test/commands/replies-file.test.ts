import { describe, expect, it } from 'vitest';
import { parseReplies } from '../../src/commands/replies-file.js';

describe('a file of replies', () => {
  it('is lines as somebody would type them, with no quotation marks needed', () => {
    expect(
      parseReplies(
        '# a call\nFC01: no\n\nFC02: !\nFC03: He said: "I’m coming"\r\nFC04: "u"\nSI06a: 1, 3\nFC05: ?\n',
      ),
    ).toEqual({
      kind: 'replies',
      replies: [
        { line: 2, question: 'FC01', words: 'no' },
        { line: 4, question: 'FC02', words: '!' },
        { line: 5, question: 'FC03', words: 'He said: "I’m coming"' },
        { line: 6, question: 'FC04', words: 'u' },
        { line: 7, question: 'SI06a', words: '1, 3' },
        { line: 8, question: 'FC05', words: '?' },
      ],
    });
  });

  it('may be YAML, where a question comes twice, a list of words is one reply and each record one', () => {
    expect(
      parseReplies(
        'SI02: [me, "2"]\nTL01: {what: "He rang", when: 03/11/2026}\nTL01:\n  - {what: He came, kinds: [a, b]}\n  - what: He left\nTL02: 007\n',
      ),
    ).toEqual({
      kind: 'replies',
      replies: [
        { line: 1, question: 'SI02', words: 'me, 2' },
        { line: 2, question: 'TL01', fields: { what: 'He rang', when: '03/11/2026' } },
        { line: 3, question: 'TL01', fields: { what: 'He came', kinds: 'a, b' } },
        { line: 3, question: 'TL01', fields: { what: 'He left' } },
        { line: 6, question: 'TL02', words: '007' },
      ],
    });
  });

  it.each([
    ['FC01: {what: {deep: 1}}', 1, 'FC01: must be words, {field: words} or a list of those'],
    ['FC01: no\nFC02: [a, b\n', 3, 'not YAML: '],
    ['only words', 1, 'must be lines such as “FC01: yes”'],
    ['- FC01', 1, 'must be lines such as “FC01: yes”'],
  ])('refuses %j and says where and why', (text, line, reason) => {
    const read = parseReplies(text);
    expect(read).toMatchObject({ kind: 'refused', line });
    expect(read.kind === 'refused' && read.reason).toContain(reason);
  });
});
