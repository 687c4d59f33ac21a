import type { UserId } from '../core/ids.js';

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
};

/** The one-to-one chat of each person, as it was last seen. */
export type PeopleChats = {
  /** Cheap when it has not changed. */
  readonly remember: (person: UserId, chat: PersonChat) => Promise<void>;
  readonly find: (person: UserId) => Promise<PersonChat | undefined>;
};
