import { type Action, reachOf, type User } from '../core/roles.js';
import type { Audit, Clock, SwitchStore, SwitchTurn } from './ports.js';

/** Whether the model is asked at the moment, and what that rests on. */
export type ModelState = 'not-configured' | 'off-by-setting' | 'off' | 'on';

export type WantedOfSwitch =
  | { readonly kind: 'state' }
  | { readonly kind: 'turn'; readonly isOn: boolean; readonly why: string };

export type TurnSwitch<State> = (
  by: User,
  wanted: WantedOfSwitch,
) => Promise<
  | { readonly kind: 'not-allowed' }
  /** The reason is missing or longer than `longestWhy`. */
  | { readonly kind: 'no-reason' }
  /** `newest` is absent where nobody has ever turned the switch. */
  | { readonly kind: 'shown'; readonly state: State; readonly newest?: SwitchTurn }
>;

/** Characters of a reason, as the store takes it. */
export const longestWhy = 300;

/** A reason as it can be stored; undefined when it is none. */
export function parseWhy(given: string): string | undefined {
  // Control characters and halves of a pair, as in "\u0000".
  const why = given.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();
  return why === '' || why.length > longestWhy ? undefined : why;
}

export type TurnSwitchParts<State> = {
  readonly store: SwitchStore;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
  /** What its administrators may do by their role. */
  readonly action: Extract<Action, 'switch-model' | 'switch-assistant'>;
  /** What follows from where the switch stands. */
  readonly stateOf: (isOn: boolean) => State;
};

/**
 * Shows a switch to an administrator, or turns it. Turning it to where it stands changes nothing, so that a message
 * that comes again has one effect. Whoever may not is refused, and the audit says so.
 */
export function makeTurnSwitch<State>(parts: TurnSwitchParts<State>): TurnSwitch<State> {
  const { store, audit, clock, action } = parts;
  return async (by, wanted) => {
    const at = clock().toISOString();
    if (reachOf(by.roles, action) === 'none') {
      const detail = { action, why: 'role' };
      await audit.record({ at, by: by.id, what: 'access-refused', caseId: null, detail });
      return { kind: 'not-allowed' };
    }
    if (wanted.kind === 'turn') {
      const why = parseWhy(wanted.why);
      if (why === undefined) return { kind: 'no-reason' };
      const { isOn } = wanted;
      if ((await store.isOn()) !== isOn) await store.turn({ isOn, by: by.id, at, why });
    }
    const newest = await store.newest();
    const state = parts.stateOf(newest?.isOn ?? true);
    return { kind: 'shown', state, ...(newest ? { newest } : {}) };
  };
}

/** What the model's switch comes to, given how the model is configured. */
export function makeModelState(model: {
  readonly isConfigured: boolean;
  readonly isOffBySetting: boolean;
}): (isOn: boolean) => ModelState {
  return (isOn) => {
    if (!model.isConfigured) return 'not-configured';
    if (model.isOffBySetting) return 'off-by-setting';
    return isOn ? 'on' : 'off';
  };
}
