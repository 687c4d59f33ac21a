import { describe, expect, it } from 'vitest';
import { userIdSchema } from '../../src/core/ids.js';
import type { SwitchTurn } from '../../src/flows/ports.js';
import { longestReadMs, makeStandingSwitch } from '../../src/flows/standing-switch.js';
import { makeFakeAudit, makeFakeSwitch } from '../fakes.js';

const by = userIdSchema.parse('grace');
const at = '2026-11-20T10:00:00.000Z';
const off: SwitchTurn = { isOn: false, by, at, why: 'Enough.' };
const on: SwitchTurn = { isOn: true, by, at: '2026-11-20T11:00:00.000Z', why: 'Mended.' };

const never = () => () => {};
const noFault = (error: unknown) => {
  throw error;
};

describe('where a switch stands', () => {
  it('is on until it is turned, and else as it was turned last, at each instance', async () => {
    const kept = makeFakeSwitch(makeFakeAudit(), 'assistant');
    const here = makeStandingSwitch(kept, never, noFault);
    const there = makeStandingSwitch(kept, never, noFault);
    const both = () => Promise.all([here(), there()]);
    expect(await both()).toEqual([{ isOn: true }, { isOn: true }]);
    await kept.turn(off);
    expect(await both()).toEqual(Array(2).fill({ isOn: false, since: at }));
    await kept.turn(on);
    expect(await both()).toEqual([{ isOn: true }, { isOn: true }]);
  });

  it('is on where it could never be read, and the fault is told', async () => {
    const fault = new Error('no store');
    const faults: unknown[] = [];
    const gone = { newest: () => Promise.reject(fault) };
    const standing = makeStandingSwitch(gone, never, (error) => void faults.push(error));
    expect([await standing(), faults]).toEqual([{ isOn: true }, [fault]]);
  });

  it('stays as it was last read while it cannot be read', async () => {
    let isGone = false;
    const newest = async () => {
      if (isGone) throw new Error('no store');
      return off;
    };
    const standing = makeStandingSwitch({ newest }, never, () => {});
    const read = { isOn: false, since: at };
    expect(await standing()).toEqual(read);
    isGone = true;
    expect(await standing()).toEqual(read);
  });

  it('stays as it was last read where the store does not move, and is what comes once it does', async () => {
    const reads: ((newest: SwitchTurn) => void)[] = [];
    const newest = () => new Promise<SwitchTurn>((resolve) => void reads.push(resolve));
    const waits: number[] = [];
    /** The time is up at once. */
    const after = (ms: number, run: () => void) => {
      waits.push(ms);
      run();
      return () => {};
    };
    const standing = makeStandingSwitch({ newest }, after, noFault);
    expect([await standing(), waits]).toEqual([{ isOn: true }, [longestReadMs]]);
    reads[0]?.(off);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await standing()).toEqual({ isOn: false, since: at });
  });

  it('is read once for all who ask at once', async () => {
    let reads = 0;
    const newest = async () => {
      reads += 1;
      return off;
    };
    const standing = makeStandingSwitch({ newest }, never, noFault);
    const all = await Promise.all(Array.from({ length: 20 }, () => standing()));
    expect([reads, new Set(all.map(({ isOn }) => isOn))]).toEqual([1, new Set([false])]);
  });
});
