import type { UserId } from '../core/ids.js';

/** What an administrator can turn off and on: the model alone, or the whole assistant in the chat. */
export type SwitchName = 'model' | 'assistant';

/** One turn of a switch, by an administrator. */
export type SwitchTurn = {
  readonly isOn: boolean;
  readonly by: UserId;
  readonly at: string;
  /** At most 300 characters, without personal data. */
  readonly why: string;
};

/**
 * One switch of a force as it is kept: append-only, the newest turn counts, and it is on where nobody has turned it.
 * Effective at once, on every instance.
 */
export type SwitchStore = {
  readonly isOn: () => Promise<boolean>;
  /** Undefined when nobody has turned it. */
  readonly newest: () => Promise<SwitchTurn | undefined>;
  /** Kept and audited before it is acknowledged. */
  readonly turn: (to: SwitchTurn) => Promise<void>;
};
