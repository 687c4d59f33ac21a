import type { UserId } from '../core/ids.js';
import type { Language } from '../core/words.js';

/** Where a person can be written to: what the channel needs to send a message that answers none. */
export type PersonChat = {
  readonly channelId: string;
  /** Checked against the token and the allow-list when it came. */
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly tenantId: string | undefined;
  /** The channel's ids of the bot and of the person. */
  readonly botId: string;
  readonly personId: string;
  /** In which to write: as Teams gave it; where it is found, the one the person chose, if any. Undefined: not known. */
  readonly language: Language | undefined;
};

/** The one-to-one chat of each person, as it was last seen, with the language they chose. */
export type PeopleChats = {
  /** Cheap when it has not changed. Without a language, that of before stays. */
  readonly remember: (person: UserId, chat: PersonChat) => Promise<void>;
  readonly find: (person: UserId) => Promise<PersonChat | undefined>;
  /** What a person chose, wherever they did; undefined where they follow Teams. Nearly always asks no store. */
  readonly chosenBy: (person: UserId) => Promise<Language | undefined>;
  /**
   * Keeps what a person chose in a message sent at that time (UTC, ISO 8601), `undefined` to follow Teams again, and
   * gives what counts then: one that was sent before the last choice changes nothing.
   */
  readonly choose: (
    person: UserId,
    chat: PersonChat,
    language: Language | undefined,
    at: string,
  ) => Promise<Language | undefined>;
};
