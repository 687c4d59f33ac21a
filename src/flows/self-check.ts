import { dayOf } from '../core/days.js';
import type { Knowledge } from '../core/knowledge.js';
import { reachOf, type User } from '../core/roles.js';
import type { Installed, SelfCheck, StoreState } from '../core/self-check.js';
import { listStale } from '../core/stale.js';
import type { Audit, Clock } from './ports.js';
import type { ModelState } from './turn-switch.js';

export type SelfCheckParts = {
  readonly installed: Installed;
  /** Undefined where it cannot be loaded. */
  readonly knowledge: () => Knowledge | undefined;
  /** What follows for the model from where its switch stands. */
  readonly modelState: (isOn: boolean) => ModelState;
  /** Rejects where the store cannot be read. */
  readonly inspect: () => Promise<StoreState>;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
};

/** Looks at everything the self-check names; a store that cannot be read is a finding and no fault. */
export async function runSelfCheck(parts: SelfCheckParts): Promise<SelfCheck> {
  const { installed, modelState, clock } = parts;
  const knowledge = parts.knowledge();
  const state = await parts.inspect().catch((error: unknown) => {
    parts.onFault(error);
    return undefined;
  });
  // Without its switch it is still known that there is none, or that a setting holds it off.
  const isModelOn = state?.held?.isModelOn;
  const model = modelState(isModelOn ?? true);
  const isDecided = isModelOn !== undefined || model !== 'on';
  return {
    ...installed,
    knowledge: knowledge && {
      version: knowledge.version,
      overdue: listStale(knowledge, dayOf(clock())).overdue.length,
    },
    state,
    model: isDecided ? model : 'unknown',
  };
}

export type AskSelfCheck = (
  by: User,
) => Promise<
  { readonly kind: 'not-allowed' } | { readonly kind: 'checked'; readonly check: SelfCheck }
>;

/** The same for an administrator in the chat. Whoever is none is refused, and the audit says so. */
export function makeAskSelfCheck(
  parts: SelfCheckParts & { readonly audit: Pick<Audit, 'record'> },
): AskSelfCheck {
  return async (by) => {
    if (reachOf(by.roles, 'self-check') === 'none') {
      const [at, detail] = [parts.clock().toISOString(), { action: 'self-check', why: 'role' }];
      await parts.audit.record({ at, by: by.id, what: 'access-refused', caseId: null, detail });
      return { kind: 'not-allowed' };
    }
    return { kind: 'checked', check: await runSelfCheck(parts) };
  };
}
