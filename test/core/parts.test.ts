import { describe, expect, it } from 'vitest';
import { partsOf, sayBack } from '../../src/core/parts.js';

describe('the parts of a question', () => {
  it.each<[string, readonly string[]]>([
    [
      'How long does an SPO last and how do I claim overtime?',
      ['How long does an SPO last', 'how do I claim overtime'],
    ],
    ['what is an SPO? who can apply for one?', ['what is an SPO', 'who can apply for one']],
    [
      'time limit for 2A, and also whats the limit in Scotland',
      ['time limit for 2A', 'whats the limit in Scotland'],
    ],
    ['He texts her daily. Is that stalking?', ['He texts her daily', 'Is that stalking']],
  ])('“%s”', (question, parts) => {
    expect(partsOf(question)).toEqual(parts);
  });

  it.each([
    'must he notify his name and address',
    'what is an SPO and why',
    'how long does it last?',
    '',
    '???',
  ])('“%s” stays whole', (question) => {
    expect(partsOf(question)).toEqual([question]);
  });

  it('leaves a story whole', () => {
    const story = `${'He waited there again. '.repeat(12)}What is the offence?`;
    expect(partsOf(story)).toEqual([story]);
  });
});

describe('words said back', () => {
  it('hold nothing that a message would draw', () => {
    expect(sayBack('**[press](https://evil.example)** <b>`now`</b> what’s it-worth')).toBe(
      'press https evil example b now b what’s it-worth',
    );
  });

  it('are whole words, eighty characters at most', () => {
    const said = sayBack('overtime '.repeat(40));
    expect(said.length).toBeLessThanOrEqual(80);
    expect(said).toMatch(/^(?:overtime ?)+$/);
  });
});
