import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, isAltered } from '../../../src/adapters/keys/cipher.js';

const key = randomBytes(32);

describe('an encrypted text', () => {
  it('is given back whatever is in it, short or long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 400 }),
        (text, times) => {
          const whole = text.repeat(times);
          expect(decrypt(key, encrypt(key, whole, 'here'), 'here')).toBe(whole);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('differs each time, and of a long one the store keeps less than it says', () => {
    expect(encrypt(key, 'yes', 'here').equals(encrypt(key, 'yes', 'here'))).toBe(false);
    const summary = JSON.stringify(
      Array(500).fill({ line: 'FC01', says: 'She said she was told.' }),
    );
    expect(encrypt(key, summary, 'here').length).toBeLessThan(summary.length / 5);
  });

  it.each(['short', 'long '.repeat(1_000)])('of %#: shows a change of any bit', (text) => {
    const bytes = encrypt(key, text, 'here');
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(caught(() => decrypt(key, altered, 'here'))).toBe(true);
    }
  });

  it.each([
    ['another key', () => decrypt(randomBytes(32), encrypt(key, 'yes', 'here'), 'here')],
    ['another place', () => decrypt(key, encrypt(key, 'yes', 'here'), 'there')],
    ['a part cut off', () => decrypt(key, encrypt(key, 'yes', 'here').subarray(0, -1), 'here')],
    ['a shorter tag', () => decrypt(key, encrypt(key, 'yes', 'here').subarray(0, 20), 'here')],
    ['nothing', () => decrypt(key, Buffer.alloc(0), 'here')],
  ])('is not read with %s', (_, read) => {
    expect(caught(read)).toBe(true);
  });
});

function caught(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return isAltered(error);
  }
}
