import { describe, expect, it } from 'vitest';
import { makeKeepFor } from '../../src/adapters/keep-for.js';

function kept(mostKept = 10) {
  const clock = { nowMs: 0 };
  const keep = makeKeepFor({ keptMs: 100, failureMs: 10, mostKept, nowMs: () => clock.nowMs });
  const asked: string[] = [];
  return {
    clock,
    asked,
    ask: (key: string, answer: () => unknown = () => key) =>
      keep(key, async () => {
        asked.push(key);
        return answer();
      }),
  };
}

describe('what is kept for a time', () => {
  it('is asked for once in it, and again when it is over', async () => {
    const { ask, asked, clock } = kept();
    await Promise.all([ask('a'), ask('a'), ask('b')]);
    clock.nowMs = 99;
    await ask('a');
    expect(asked).toEqual(['a', 'b']);
    clock.nowMs = 100;
    await ask('a');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('counts from when it was asked, not from when the answer came', async () => {
    const { ask, asked, clock } = kept();
    await ask('a', () => {
      clock.nowMs = 90;
    });
    clock.nowMs = 100;
    await ask('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('is a failure for a moment only, and never what was known before', async () => {
    const { ask, asked, clock } = kept();
    await ask('a');
    clock.nowMs = 100;
    const fail = () => {
      throw new Error('no');
    };
    await expect(ask('a', fail)).rejects.toThrow('no');
    await expect(ask('a')).rejects.toThrow('no');
    expect(asked).toHaveLength(2);
    clock.nowMs = 110;
    expect(await ask('a')).toBe('a');
  });

  it('is never more than the most, the oldest forgotten first', async () => {
    const { ask, asked } = kept(2);
    for (const key of ['a', 'b', 'c', 'b', 'a']) await ask(key);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
