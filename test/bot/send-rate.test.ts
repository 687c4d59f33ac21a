import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationWindows, earliest, makeSendRate } from '../../bot/teams/send-rate.js';

/** Times at which calls leave that all come at the given times, each as soon as the windows allow. */
function leave(asked: readonly number[], windows = conversationWindows): readonly number[] {
  const times: number[] = [];
  for (const now of asked) times.push(earliest(times, windows, now));
  return times;
}

describe('calls in one conversation', () => {
  it('leave at once while the windows have room', () => {
    expect(leave([0, 0, 0, 0, 0, 0, 0])).toEqual(Array(7).fill(0));
  });

  it.each([
    ['the eighth within a second', 8, 1_000],
    ['the ninth within two seconds', 9, 2_000],
    ['the 61st within half a minute', 61, 30_000],
    ['the 1,801st within an hour', 1_801, 3_600_000],
  ])('wait for their place: %s', (_, count, from) => {
    expect(leave(Array(count).fill(0)).at(-1)).toBe(from);
  });

  it('are never more than Teams allows in any span, however they come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(gaps, (given) => {
        let now = 0;
        const asked = given.map((gap) => {
          now += gap;
          return now;
        });
        const times = leave(asked);
        for (const { most, perMs } of conversationWindows)
          for (const [i, at] of times.entries())
            expect(at - (times[i - most] ?? at - perMs)).toBeGreaterThanOrEqual(perMs);
        for (const [i, at] of times.entries()) expect(at).toBeGreaterThanOrEqual(asked[i] ?? 0);
      }),
    );
  });
});

describe('the places of the app', () => {
  it('are given out one after the other, whatever the conversation', () => {
    const rate = makeSendRate(2);
    expect([0, 0, 0, 0, 10].map(rate.take)).toEqual([0, 0, 1_000, 1_000, 2_000]);
  });

  it('are not held up by a conversation that has to wait', () => {
    const rate = makeSendRate(50);
    for (let call = 0; call < 7; call += 1) rate.left('busy', rate.take(0));
    expect([rate.next('busy', 0), rate.next('other', 0), rate.take(0)]).toEqual([1_000, 0, 0]);
  });
});

describe('a conversation that was idle for the longest span', () => {
  it('is forgotten, and sent to at once', () => {
    const rate = makeSendRate(50);
    for (let call = 0; call < 1_800; call += 1) rate.left('old', 0);
    rate.left('new', 3_600_000);
    expect(rate.next('old', 3_600_000)).toBe(3_600_000);
  });
});
