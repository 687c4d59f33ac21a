import type { AskModel, SwitchStore } from './ports.js';

/**
 * Asks the model only while its switch is on. The switch is read before each call, which takes far longer, and again
 * after it, so that nothing that comes back once it was turned off is used. A switch that cannot be read is off.
 */
export function makeAskWhenOn(
  ask: AskModel,
  { isOn }: Pick<SwitchStore, 'isOn'>,
  onFault: (error: unknown) => void,
): AskModel {
  const mayAsk = makeShared(async () => {
    try {
      return await isOn();
    } catch (error) {
      onFault(error);
      return false;
    }
  });
  return async (prompt, inputs, deadline) => {
    const off = { kind: 'unavailable', why: 'off' } as const;
    if (!(await mayAsk())) return off;
    const reply = await ask(prompt, inputs, deadline);
    return (await mayAsk()) ? reply : off;
  };
}

/**
 * Whoever asks at once shares one read. Nobody is told what was read before they asked: a read under way is waited for,
 * and the next one shared.
 */
function makeShared(read: () => Promise<boolean>): () => Promise<boolean> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<boolean> | undefined;
  return () => {
    next ??= underWay.then(() => {
      next = undefined;
      const reading = read();
      underWay = reading;
      return reading;
    });
    return next;
  };
}
