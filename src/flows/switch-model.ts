import { reachOf, type User } from '../core/roles.js';
import type { Audit, Clock, SwitchStore, SwitchTurn } from './ports.js';

/** Whether the model is asked at the moment, and what that rests on. */
export type ModelState = 'not-configured' | 'off-by-setting' | 'off' | 'on';

export type WantedOfModel =
  | { readonly kind: 'state' }
  | { readonly kind: 'turn'; readonly isOn: boolean; readonly why: string };

export type SwitchModel = (
  by: User,
  wanted: WantedOfModel,
) => Promise<
  | { readonly kind: 'not-allowed' }
  /** The reason is missing or longer than `longestWhy`. */
  | { readonly kind: 'no-reason' }
  /** `newest` is absent where nobody has ever turned the switch. */
  | { readonly kind: 'shown'; readonly state: ModelState; readonly newest?: SwitchTurn }
>;

/** Characters of a reason, as the store takes it. */
export const longestWhy = 300;

/** A reason as it can be stored; undefined when it is none. */
export function parseWhy(given: string): string | undefined {
  // Control characters and halves of a pair, as in "\u0000".
  const why = given.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();
  return why === '' || why.length > longestWhy ? undefined : why;
}

export type SwitchModelParts = {
  readonly modelSwitch: SwitchStore;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
  readonly isConfigured: boolean;
  readonly isOffBySetting: boolean;
};

/**
 * Shows the model's switch to an administrator, or turns it. Turning it to where it stands changes nothing, so that a
 * message that comes again has one effect. Whoever may not is refused, and the audit says so.
 */
export function makeSwitchModel(parts: SwitchModelParts): SwitchModel {
  const { modelSwitch, audit, clock } = parts;
  return async (by, wanted) => {
    const at = clock().toISOString();
    if (reachOf(by.roles, 'switch-model') === 'none') {
      const detail = { action: 'switch-model', why: 'role' };
      await audit.record({ at, by: by.id, what: 'access-refused', caseId: null, detail });
      return { kind: 'not-allowed' };
    }
    if (wanted.kind === 'turn') {
      const why = parseWhy(wanted.why);
      if (why === undefined) return { kind: 'no-reason' };
      const { isOn } = wanted;
      if ((await modelSwitch.isOn()) !== isOn) await modelSwitch.turn({ isOn, by: by.id, at, why });
    }
    const newest = await modelSwitch.newest();
    const state = stateOf(parts, newest?.isOn ?? true);
    return { kind: 'shown', state, ...(newest ? { newest } : {}) };
  };
}

function stateOf({ isConfigured, isOffBySetting }: SwitchModelParts, isOn: boolean): ModelState {
  if (!isConfigured) return 'not-configured';
  if (isOffBySetting) return 'off-by-setting';
  return isOn ? 'on' : 'off';
}
