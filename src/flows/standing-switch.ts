import type { After } from './answer-in-time.js';
import type { SwitchStore, SwitchTurn } from './ports.js';
import { makeShared } from './share-reads.js';

/** Where a switch stands; `since` is the instant at which it was turned off. */
export type Standing = { readonly isOn: true } | { readonly isOn: false; readonly since: string };

/** Reads where a switch stands now; never rejects. */
export type StandingSwitch = () => Promise<Standing>;

/** Each message waits for this: a few ms as a rule, and never longer than this where the store does not move. */
export const longestReadMs = 500;

/**
 * Reads a switch anew each time it is asked for. One that cannot be read in time stands as it was last read, and is on
 * where it never was: a store that is gone takes away neither the emergency guidance nor answers.
 */
export function makeStandingSwitch(
  { newest }: Pick<SwitchStore, 'newest'>,
  after: After,
  onFault: (error: unknown) => void,
): StandingSwitch {
  let standing: Standing = { isOn: true };
  const read = makeShared(async () => {
    try {
      standing = standingOf(await newest());
    } catch (error) {
      onFault(error);
    }
  });
  return async () => {
    let callOff = () => {};
    const late = new Promise<void>((resolve) => {
      callOff = after(longestReadMs, resolve);
    });
    await Promise.race([read(), late]);
    callOff();
    return standing;
  };
}

function standingOf(newest: SwitchTurn | undefined): Standing {
  return !newest || newest.isOn ? { isOn: true } : { isOn: false, since: newest.at };
}
