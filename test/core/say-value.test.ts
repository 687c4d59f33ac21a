import { describe, expect, it } from 'vitest';
import { sayValue } from '../../src/core/say-value.js';

const said = (text: string) => sayValue({ choices: [] }, { kind: 'text', text });

describe('somebody’s words', () => {
  it('stand in quotation marks as they were typed', () => {
    expect(said('he waits by the gate')).toBe('“he waits by the gate”');
  });

  it.each([
    ['turn what follows round', 'he waits\u202e by the gate'],
    ['hide in a word', 'he wa\u200bits by the gate'],
    ['are controls', 'he waits by\u0007 the gate'],
  ])('lose marks that %s, and the reader is told', (_, text) => {
    expect(said(text)).toBe('“he waits by the gate” (hidden characters left out)');
  });

  it('keep the joiners of emoji and scripts, and line ends', () => {
    expect(said('👩🏽‍🚒 came\nat six')).toBe('“👩🏽‍🚒 came\nat six”');
  });
});
