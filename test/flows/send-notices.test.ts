import { describe, expect, it } from 'vitest';
import type { ReviewId } from '../../src/core/ids.js';
import type { DueNotice } from '../../src/flows/notice-port.js';
import { makeSendNotices, type Told } from '../../src/flows/send-notices.js';
import { anna, aTime } from '../builders.js';
import { makeFakeNotices } from '../fake-notices.js';

const clock = () => new Date(aTime);
const mayTell = async () => true;
const about = '00000000-0000-4000-8000-000000000009' as ReviewId;
const aNotice = (key: string, dueAt = aTime) => ({ kind: 'returned', to: anna, about, dueAt, key });

/** Tells by key what becomes of each; `told` holds the keys in order. */
function aTell(outcomes: Readonly<Record<string, Told>> = {}) {
  const told: string[] = [];
  const tell = async ({ key }: DueNotice): Promise<Told> => {
    told.push(key);
    return outcomes[key] ?? 'sent';
  };
  return { told, tell };
}

describe('sending notices', () => {
  it('sends what is due, once, however often it is run', async () => {
    const notices = makeFakeNotices();
    await notices.put([aNotice('a'), aNotice('b'), aNotice('c', '2026-11-21T07:00:00.000Z')]);
    const { told, tell } = aTell();
    const send = makeSendNotices({ notices, tell, mayTell, clock });
    expect(await send()).toEqual({ sent: 2, unclear: 0, unreachable: 0, failed: 0 });
    expect(await send()).toEqual({ sent: 0, unclear: 0, unreachable: 0, failed: 0 });
    expect(told).toEqual(['a', 'b']);
  });

  it('goes on after a restart where it was cut off', async () => {
    const notices = makeFakeNotices();
    await notices.put([aNotice('a'), aNotice('b')]);
    const { told, tell } = aTell();
    let isFirst = true;
    const cutOff = async (notice: DueNotice) => {
      if (!isFirst) throw new Error('the process ends');
      isFirst = false;
      return tell(notice);
    };
    await expect(makeSendNotices({ notices, tell: cutOff, mayTell, clock })()).rejects.toThrow(
      'ends',
    );
    notices.wait();
    await makeSendNotices({ notices, tell, mayTell, clock })();
    expect(told).toEqual(['a', 'b']);
  });

  it('leaves for later what was not sent, and not what may have arrived', async () => {
    const notices = makeFakeNotices();
    await notices.put(['a', 'b', 'c', 'd'].map((key) => aNotice(key)));
    const { told, tell } = aTell({ a: 'unclear', b: 'unreachable', c: 'failed' });
    const send = makeSendNotices({ notices, tell, mayTell, clock });
    expect(await send()).toEqual({ sent: 1, unclear: 1, unreachable: 1, failed: 1 });
    notices.wait();
    await send();
    expect(told).toEqual(['a', 'b', 'c', 'd', 'b', 'c']);
  });

  it('waits while nobody may be told, and then tells everything, once', async () => {
    const notices = makeFakeNotices();
    await notices.put([aNotice('a'), aNotice('b')]);
    const { told, tell } = aTell();
    let isOn = false;
    const send = makeSendNotices({ notices, tell, mayTell: async () => isOn, clock });
    const none = { sent: 0, unclear: 0, unreachable: 0, failed: 0 };
    expect([await send(), await send(), told]).toEqual([none, none, []]);
    isOn = true;
    expect([await send(), await send()]).toEqual([{ ...none, sent: 2 }, none]);
    expect(told).toEqual(['a', 'b']);
  });

  it('sends a long queue whole', async () => {
    const notices = makeFakeNotices();
    await notices.put(Array.from({ length: 120 }, (_, place) => aNotice(`n${place}`)));
    const { told, tell } = aTell();
    await makeSendNotices({ notices, tell, mayTell, clock })();
    expect(new Set(told).size).toBe(120);
    expect(told).toHaveLength(120);
  });

  it('runs once where it is called twice at a time', async () => {
    const notices = makeFakeNotices();
    await notices.put([aNotice('a')]);
    const { told, tell } = aTell();
    const send = makeSendNotices({ notices, tell, mayTell, clock });
    const [first, second] = await Promise.all([send(), send()]);
    expect(second).toEqual(first);
    expect(told).toEqual(['a']);
  });
});
