import { describe, expect, it } from 'vitest';
import { type IncomingActivity, incomingActivitySchema } from '../../bot/teams/activity.js';
import { makeIsRepeat } from '../../bot/teams/repeats.js';
import { anActivity } from './transport-setup.js';

function aMessage(parts: object = {}): IncomingActivity {
  return incomingActivitySchema.parse({
    serviceUrl: 'https://smba.example/',
    ...anActivity(parts),
  });
}

function begun() {
  const clock = { now: Date.parse('2026-11-20T10:00:00Z') };
  return { clock, isRepeat: makeIsRepeat(() => new Date(clock.now)) };
}

describe('a repeat', () => {
  it('is the same activity again, for ten minutes', () => {
    const { clock, isRepeat } = begun();
    expect([isRepeat(aMessage()), isRepeat(aMessage())]).toEqual([false, true]);
    clock.now += 9 * 60_000;
    expect(isRepeat(aMessage())).toBe(true);
    clock.now += 2 * 60_000;
    expect(isRepeat(aMessage())).toBe(false);
  });

  it.each<[string, object]>([
    ['another id', { id: '1700000000002' }],
    ['another chat', { conversation: { id: 'a:other' } }],
    ['another channel', { channelId: 'emulator' }],
    ['an edit of it', { type: 'messageUpdate' }],
    ['a later edit', { timestamp: '2026-11-20T10:00:05.000Z' }],
  ])('is not %s', (_, parts) => {
    const { isRepeat } = begun();
    isRepeat(aMessage());
    expect(isRepeat(aMessage(parts))).toBe(false);
  });

  it('is never an activity without an id', () => {
    const { isRepeat } = begun();
    const nameless = aMessage({ id: undefined });
    expect([isRepeat(nameless), isRepeat(nameless)]).toEqual([false, false]);
  });

  it('is remembered among ten thousand, and no further', () => {
    const { isRepeat } = begun();
    for (let i = 0; i < 10_000; i += 1) isRepeat(aMessage({ id: `id-${i}` }));
    expect(isRepeat(aMessage({ id: 'id-9999' }))).toBe(true);
    isRepeat(aMessage({ id: 'one-more' }));
    expect(isRepeat(aMessage({ id: 'id-0' }))).toBe(false);
  });
});
