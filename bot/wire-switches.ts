import type { Log } from '../src/adapters/log.js';
import { makeAudit } from '../src/adapters/postgres/audit.js';
import { inspectStore } from '../src/adapters/postgres/inspect-store.js';
import type { StorePool } from '../src/adapters/postgres/pool.js';
import { makeSwitch } from '../src/adapters/postgres/switches.js';
import type { Config } from '../src/config.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { installedBy } from '../src/core/self-check.js';
import type { After } from '../src/flows/answer-in-time.js';
import type { Clock, Directory, People, SwitchStore } from '../src/flows/ports.js';
import { makeAskSelfCheck } from '../src/flows/self-check.js';
import { makeStandingSwitch, type StandingSwitch } from '../src/flows/standing-switch.js';
import { makeModelState, makeTurnSwitch } from '../src/flows/turn-switch.js';
import type { HandlerParts } from './teams/handler.js';
import { makeOnSelfCheck } from './teams/on-self-check.js';
import { assistantSays, makeOnSwitch, modelSays } from './teams/on-switch.js';

/** The part of the composition root that joins what administrators switch and look at in the chat. */

export type Switches = {
  readonly model: SwitchStore;
  readonly assistant: SwitchStore;
  /** Of the assistant, for every message. */
  readonly standing: StandingSwitch;
  /** No model is asked or heard while the assistant is off, whatever its own switch says. */
  readonly mayAskModel: Pick<SwitchStore, 'isOn'>;
};

/** Both switches; that of the assistant is read once, so that it stands should the store then be gone. */
export async function openSwitches(pool: StorePool, after: After, log: Log): Promise<Switches> {
  const [model, assistant] = [makeSwitch(pool, 'model'), makeSwitch(pool, 'assistant')];
  const standing = makeStandingSwitch(assistant, after, (error) =>
    log.error('assistant-switch-not-read', {}, error),
  );
  await standing();
  const mayAskModel = { isOn: async () => (await standing()).isOn && (await model.isOn()) };
  return { model, assistant, standing, mayAskModel };
}

export function wireAdministration(parts: {
  readonly config: Config;
  readonly version: string;
  readonly switches: Switches;
  readonly knowledge: () => Knowledge;
  readonly pool: StorePool;
  readonly people: People;
  readonly rolesOf: Directory['rolesOf'];
  readonly clock: Clock;
  readonly log: Log;
}): Pick<HandlerParts, 'onSwitch' | 'onSelfCheck'> {
  const { config, version, switches, knowledge, pool, people, rolesOf, clock, log } = parts;
  const audit = makeAudit(pool);
  const modelState = makeModelState({
    isConfigured: config.model !== undefined,
    isOffBySetting: config.model?.isOff ?? false,
  });
  const turnModel = makeTurnSwitch({
    ...{ store: switches.model, audit, clock, action: 'switch-model', stateOf: modelState },
  });
  const turnAssistant = makeTurnSwitch({
    ...{ store: switches.assistant, audit, clock, action: 'switch-assistant' },
    stateOf: (isOn) => (isOn ? 'on' : 'off'),
  });
  const askSelfCheck = makeAskSelfCheck({
    installed: installedBy(config, version),
    ...{ knowledge, modelState, audit, clock, inspect: () => inspectStore(pool) },
    onFault: (error) => log.error('store-not-inspected', {}, error),
  });
  return {
    onSwitch: {
      model: makeOnSwitch(turnModel, modelSays, people, rolesOf),
      assistant: makeOnSwitch(turnAssistant, assistantSays, people, rolesOf),
    },
    onSelfCheck: makeOnSelfCheck(askSelfCheck, rolesOf),
  };
}
