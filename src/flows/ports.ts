import type { AnswerId, CaseId, PassageId, ScreeningId, UserId } from '../core/ids.js';
import type { Screening, ScreeningEvent } from '../core/screening.js';

/** Screenings and what was done in them. What a method acknowledges is committed. */
export type Screenings = {
  /** Begins one; `already` when this activity began one before (a repeat), with that one's id. */
  readonly start: (
    screening: Omit<Screening, 'events'> & { readonly activityId: string },
  ) => Promise<{ readonly kind: 'started' | 'already'; readonly id: ScreeningId }>;
  readonly find: (id: ScreeningId) => Promise<Screening | undefined>;
  /** All screenings of a case, in the order they were begun. */
  readonly listCase: (caseId: CaseId) => Promise<readonly Screening[]>;
  /** The newest screenings a person began, newest first. */
  readonly listOf: (user: UserId, limit: number) => Promise<readonly Screening[]>;
  /**
   * Locks the screening, runs the pure `change` on it and appends the event it asks to save. Undefined
   * when there is no such screening. Two changes at once run one after the other.
   */
  readonly change: <Result>(
    id: ScreeningId,
    change: (screening: Screening) => { readonly save?: ScreeningEvent; readonly result: Result },
  ) => Promise<Result | undefined>;
};

/** What a chat shows at the moment: the screening whose card is open in it, and what was seen of it. */
export type Chat = {
  /** Channel and conversation, as the channel names them. */
  readonly key: string;
  readonly screening: ScreeningId;
  /** Number of events when the card was last drawn; a typed reply is taken to answer that card. */
  readonly seen: number;
  /** The channel's id of the message that holds the card; undefined until it is known. */
  readonly cardMessage: string | undefined;
};

export type Chats = {
  readonly find: (key: string) => Promise<Chat | undefined>;
  readonly put: (chat: Chat) => Promise<void>;
};

/** An answer that was given: what it showed, never what was asked. */
export type GivenAnswer = {
  readonly id: AnswerId;
  readonly chat: string;
  readonly activityId: string;
  readonly at: string;
  readonly kind: string;
  readonly passages: readonly PassageId[];
  readonly knowledgeVersion: string;
};

export type Feedback = {
  readonly messageId: string;
  readonly chat: string;
  readonly by: UserId;
  readonly reaction: 'like' | 'dislike';
  readonly comment: string;
  readonly at: string;
};

export type Answers = {
  /** `already` when an answer to this activity of this chat was recorded before: do not answer again. */
  readonly record: (answer: GivenAnswer) => Promise<'recorded' | 'already'>;
  /**
   * Records an answer that was sent in a message, within moments and without making anybody wait. A crash in
   * between loses the record, never the answer. `supersede` and `giveFeedback` see it at once.
   */
  readonly recordSoon: (answer: GivenAnswer, messageId: string | undefined) => void;
  /** Ties an answer to the message that shows it, so that feedback finds it. */
  readonly markSent: (id: AnswerId, messageId: string) => Promise<void>;
  /** Marks the answer to that activity as superseded (its question was edited or deleted). */
  readonly supersede: (chat: string, activityId: string) => Promise<string | undefined>;
  /** Stores feedback; a repeat by the same person overwrites. `unknown` when no answer has that message. */
  readonly giveFeedback: (feedback: Feedback) => Promise<'stored' | 'unknown'>;
};

export type Clock = () => Date;
