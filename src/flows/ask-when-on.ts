import type { AskModel, SwitchStore } from './ports.js';
import { makeShared } from './share-reads.js';

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
