import type { ReviewId, UserId } from '../core/ids.js';

/** What is to be told or reminded, to whom and when: never a word of what it is about. */
export type NewNotice = {
  /** `returned`, `approved`, `promise-due`, `order-ends` …: which message is sent. */
  readonly kind: string;
  readonly to: UserId;
  readonly about: ReviewId;
  /** UTC, ISO 8601; sent at the first look after it. */
  readonly dueAt: string;
  /** Names the occasion, such as `<review> v2 returned`: however often it is put, it is sent once. */
  readonly key: string;
};

export type DueNotice = NewNotice & {
  readonly id: string;
  /** 1 at the first try. */
  readonly tries: number;
};

/**
 * Notices that wait to be sent, kept in the store. One whose sending is cut off by a crash between Teams' answer and
 * `markSent` comes again: twice is better than never. `Reviews.change` puts its own with the event.
 */
export type Notices = {
  /** Keeps those whose key is new, and moves those not yet sent to the new owner and time. */
  readonly put: (notices: readonly NewNotice[]) => Promise<void>;
  /** Takes back those not yet sent, for instance when a promise was kept early or a date was put right. */
  readonly withdraw: (keys: readonly string[]) => Promise<void>;
  /**
   * Takes up to `limit` due ones for this instance, the longest due first. One that is not marked sent is due again
   * after a minute, then two, four … six hours; after 20 tries no more.
   */
  readonly claim: (now: string, limit: number) => Promise<readonly DueNotice[]>;
  readonly markSent: (id: string, at: string) => Promise<void>;
};
