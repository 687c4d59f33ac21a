import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { userIdSchema } from '../../src/core/ids.js';
import { makeAskWhenOn } from '../../src/flows/ask-when-on.js';
import type { AskModel, Prompt } from '../../src/flows/ports.js';
import { makeFakeAudit, makeFakeSwitch } from '../fakes.js';

const prompt: Prompt<string> = {
  ...{ id: 'p', version: 1, digest: '0123456789ab', purpose: 'A test.', system: 'S', template: '' },
  ...{ inputs: [], schema: z.string() },
};
const off = { kind: 'unavailable', why: 'off' };
const by = userIdSchema.parse('grace');
const turnedOff = { isOn: false, by, at: '2026-11-20T10:00:00.000Z', why: 'Enough.' };
const { signal } = new AbortController();

/** A model that counts its calls, and does something during each. */
function aModel(during: () => Promise<void> = async () => {}) {
  let calls = 0;
  const ask: AskModel = async ({ schema }) => {
    calls += 1;
    await during();
    return { kind: 'replied', output: schema.parse('said'), tokens: undefined };
  };
  return { ask, calls: () => calls };
}

describe('a model with a switch', () => {
  it('is asked while the switch is on, and not once it is off', async () => {
    const kept = makeFakeSwitch(makeFakeAudit());
    const model = aModel();
    const ask = makeAskWhenOn(model.ask, kept, () => {});
    expect(await ask(prompt, {}, signal)).toMatchObject({ kind: 'replied', output: 'said' });
    await kept.turn(turnedOff);
    expect(await ask(prompt, {}, signal)).toEqual(off);
    expect(model.calls()).toBe(1);
  });

  it('is not heard when it was switched off while it was answering', async () => {
    const kept = makeFakeSwitch(makeFakeAudit());
    const model = aModel(() => kept.turn(turnedOff));
    expect(await makeAskWhenOn(model.ask, kept, () => {})(prompt, {}, signal)).toEqual(off);
    expect(model.calls()).toBe(1);
  });

  it('is not asked when the switch cannot be read, and the fault is told', async () => {
    const fault = new Error('no store');
    const faults: unknown[] = [];
    const model = aModel();
    const kept = { isOn: () => Promise.reject(fault) };
    const ask = makeAskWhenOn(model.ask, kept, (error) => void faults.push(error));
    expect(await ask(prompt, {}, signal)).toEqual(off);
    expect([model.calls(), faults]).toEqual([0, [fault]]);
  });

  it('reads the switch once for all who ask at once, and never before they asked', async () => {
    const reads: ((isOn: boolean) => void)[] = [];
    const kept = { isOn: () => new Promise<boolean>((resolve) => void reads.push(resolve)) };
    const ask = makeAskWhenOn(aModel().ask, kept, () => {});
    const soon = () => new Promise((resolve) => setImmediate(resolve));
    const first = ask(prompt, {}, signal);
    await soon();
    const others = [1, 2, 3].map(() => ask(prompt, {}, signal));
    await soon();
    expect(reads).toHaveLength(1);
    reads[0]?.(true);
    await soon();
    // One for the others before they call, and one for the first after its call.
    reads[1]?.(false);
    await soon();
    reads[2]?.(false);
    expect(reads).toHaveLength(3);
    expect(await Promise.all([first, ...others])).toEqual([off, off, off, off]);
  });
});
