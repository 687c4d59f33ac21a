import type { AnswerId, CaseId, PassageId, ReviewId, ScreeningId, UserId } from '../core/ids.js';
import type { SentSummary, UncoveredQuestion } from '../core/overview.js';
import type { Review, ReviewEvent } from '../core/review.js';
import type { ReviewPage, ReviewQuery, ReviewRow } from '../core/review-list.js';
import type { Role } from '../core/roles.js';
import type { Screening, ScreeningEvent } from '../core/screening.js';
import type { PromptName } from './model-port.js';
import type { NewNotice } from './notice-port.js';

export type { Commitments, KeptCommitment } from './commitment-port.js';
export type { Conflicts } from './conflict-port.js';
export type {
  CuratorTasks,
  ShownAnswer,
  TaskClosing,
  TaskPage,
  TaskQuery,
} from './curator-port.js';
export type { Embed } from './embed-port.js';
export type {
  AskModel,
  ModelReply,
  Prompt,
  PromptName,
  Tokens,
} from './model-port.js';
export type { DueNotice, NewNotice, Notices } from './notice-port.js';
export type { PeopleChats, PersonChat } from './people-chats-port.js';
export type { AgedCase, Decided, Retention } from './retention-port.js';
export type { SharedCase, Sharing } from './sharing-port.js';
export type { SwitchName, SwitchStore, SwitchTurn } from './switch-port.js';
export type { Asked, SharedTalk } from './talk-port.js';

/** What flows ask of the outside. Over 200 lines: the ports that most flows share are one list; others stand beside it. */

/** Screenings and what was done in them. What a method acknowledges is committed. */
export type Screenings = {
  /**
   * Begins one, by somebody who may then work on its case; `already` when this activity began one before (a
   * repeat), with that one's id.
   */
  readonly start: (
    screening: Omit<Screening, 'events' | 'people' | 'barred' | 'isFollowOn'> & {
      readonly activityId: string;
    },
  ) => Promise<{ readonly kind: 'started' | 'already'; readonly id: ScreeningId }>;
  readonly find: (id: ScreeningId) => Promise<Screening | undefined>;
  /**
   * The screening as it was last seen here, which may be older than the store: enough to show a step, since whatever
   * is then done is decided by `change` on what stands.
   */
  readonly recall: (id: ScreeningId) => Promise<Screening | undefined>;
  /** All screenings of a case, in the order they were begun. */
  readonly listCase: (caseId: CaseId) => Promise<readonly Screening[]>;
  /** The newest screenings of the cases a person may work on, newest first. */
  readonly listOf: (user: UserId, limit: number) => Promise<readonly Screening[]>;
  /**
   * Runs the pure `change` on the screening and appends the event it asks to save. When somebody else was
   * faster, `change` runs again on what then stands, so it must do nothing but decide. Undefined when there
   * is no such screening. Two changes at once have their effects one after the other.
   */
  readonly change: <Result>(
    id: ScreeningId,
    change: (screening: Screening) => { readonly save?: ScreeningEvent; readonly result: Result },
  ) => Promise<Result | undefined>;
};

/** Who may work on a case, and who looked at it. */
export type Cases = {
  /** Keeps an invitation into the case of a screening. `codeHash` is the SHA-256, in hex, of the code said aloud. */
  readonly invite: (invitation: {
    readonly codeHash: string;
    readonly screening: ScreeningId;
    readonly by: UserId;
    readonly at: string;
    readonly validUntil: string;
  }) => Promise<void>;
  /**
   * Lets a person in by a code and gives the screening it was made for. An invitation lets in one person,
   * once; the same person may use it again until it ends (a repeat). `refused` for every other code.
   */
  readonly join: (join: {
    readonly codeHash: string;
    readonly by: UserId;
    readonly at: string;
  }) => Promise<
    | { readonly kind: 'joined'; readonly screening: ScreeningId }
    | { readonly kind: 'refused' }
    /** A good code into a case that is closed to them, or to whoever made it; it is not used up. */
    | { readonly kind: 'barred'; readonly caseId: CaseId }
  >;
  /** Records that somebody was shown what a case holds. Every change is recorded by its event. */
  readonly recordRead: (read: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly at: string;
    readonly what: 'screening' | 'summary' | 'held-answers';
  }) => Promise<void>;
};

/** Reviews of summaries. What a method acknowledges is committed, its audit entry with it. */
export type Reviews = {
  /** The review of a case; one a case. */
  readonly findOfCase: (caseId: CaseId) => Promise<Review | undefined>;
  readonly find: (id: ReviewId) => Promise<Review | undefined>;
  /** Begins the review of a case with its first event, or gives the one there is (`already`), unchanged. */
  readonly open: (
    review: Omit<Review, 'events' | 'people' | 'barred' | 'shares'>,
    first: ReviewEvent,
    row: ReviewFacts,
    audit: AuditNote,
    notices?: readonly NewNotice[],
  ) => Promise<{ readonly kind: 'opened' | 'already'; readonly id: ReviewId }>;
  /**
   * Runs the pure `change` and appends the event it asks to save, with the facts the queue is listed by. Runs again on
   * what then stands when somebody else was faster. Undefined when there is no such review; `case-moved`, and nothing
   * saved, when its case holds more than `caseSeen`.
   */
  readonly change: <Result>(
    id: ReviewId,
    change: (review: Review) => {
      readonly save?: {
        readonly event: ReviewEvent;
        readonly facts: ReviewFacts;
        readonly audit: AuditNote;
        readonly notices?: readonly NewNotice[];
        /** `sizeOfCase` of what this was decided on; absent where the case does not matter. */
        readonly caseSeen?: number;
      };
      readonly result: Result;
    },
  ) => Promise<Result | 'case-moved' | undefined>;
  /** A page of the queue, and its counts, as somebody sees it; absent: as the service itself does. */
  readonly list: (query: ReviewQuery, now: string, sees?: Sees) => Promise<ReviewPage>;
};

/** Who sees a list: of `all` cases or their `own`, and never of one that a conflict of interest closes to them. */
export type Sees = { readonly person: UserId; readonly reach: 'all' | 'own' };

/** What the queue is listed by, worked out from a review at each event. */
export type ReviewFacts = Omit<ReviewRow, 'id' | 'caseRef'>;

/** An append-only, hash-chained record of every read, change, export and refusal. */
export type Audit = {
  readonly record: (entry: AuditEntry) => Promise<void>;
  /** Of one case, oldest first. */
  readonly listCase: (caseId: CaseId) => Promise<readonly AuditRecord[]>;
  readonly search: (
    wanted: {
      readonly by?: UserId;
      readonly what?: string;
      readonly from?: string;
      readonly to?: string;
      /** Left out: what was done with these. */
      readonly except?: readonly CaseId[];
    },
    limit: number,
  ) => Promise<readonly AuditRecord[]>;
  /** Whole, or the first entry that does not fit the one before it. */
  readonly verify: () => Promise<
    | { readonly kind: 'whole'; readonly entries: number }
    | { readonly kind: 'broken'; readonly seq: number; readonly why: string }
  >;
};

export type AuditEntry = {
  readonly at: string;
  readonly by: UserId;
  /** `review-read`, `line-edited`, `approved`, `exported`, `access-refused` … */
  readonly what: string;
  readonly caseId: CaseId | null;
  /** Purpose of an export, reason codes, format: never the words of a reply. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
};
/** What a change adds to the audit; who, when and which case stand in its event and review. */
export type AuditNote = Pick<AuditEntry, 'what' | 'detail'>;
export type AuditRecord = AuditEntry & { readonly seq: number; readonly hash: string };

/** Who works where, as the force's directory has it. */
export type Directory = {
  /**
   * The roles somebody has now, none when they have none. Rejects when that cannot be told: then nothing is allowed.
   */
  readonly rolesOf: (person: UserId) => Promise<readonly Role[]>;
  /** Everybody a review can be handed to. */
  readonly listSupervisors: () => Promise<
    readonly { readonly id: UserId; readonly name: string }[]
  >;
  /** Everybody a case can be shared with. */
  readonly listAdvocates: () => Promise<readonly { readonly id: UserId; readonly name: string }[]>;
  /** Null when the directory names none. */
  readonly teamOf: (person: UserId) => Promise<string | null>;
};

/** Names to print beside what people did; nobody's authority. */
export type People = {
  /** Remembers the name somebody goes by; cheap when it has not changed. */
  readonly remember: (person: UserId, name: string) => Promise<void>;
  /** The names known of these people; one who is not known is not in the map. */
  readonly namesOf: (people: readonly UserId[]) => Promise<ReadonlyMap<UserId, string>>;
  /** Everybody known. */
  readonly list: () => Promise<ReadonlyMap<UserId, string>>;
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
  /** Known here at once, in the store within moments; a crash loses at most the newest pointer, never a reply. */
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
  /** The nearest topic to a question that is not covered; absent where none is near, and for other answers. */
  readonly topic?: string;
  /** The prompts that had a part in choosing what it shows; absent or empty: code chose. */
  readonly chosenBy?: readonly PromptName[];
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
  /** Whether an answer is in the store and its question stands as it was asked. */
  readonly stands: (id: AnswerId) => Promise<boolean>;
  /**
   * Records that the message of an answer now shows what a model chose; when and where it was given stays. Once an
   * answer: `superseded`, and nothing is changed, when there is none that stands or it was improved before.
   */
  readonly improve: (answer: GivenAnswer) => Promise<'improved' | 'superseded'>;
  /** Stores feedback; a repeat by the same person overwrites. `unknown` when no answer has that message. */
  readonly giveFeedback: (feedback: Feedback) => Promise<'stored' | 'unknown'>;
};

/** What the overview counts. */
export type Counted = {
  /** Every version sent since that instant. */
  readonly listSent: (since: string) => Promise<readonly SentSummary[]>;
  /** Every question since then that the guidance did not cover, and was not withdrawn. */
  readonly listUncovered: (since: string) => Promise<readonly UncoveredQuestion[]>;
};

export type Clock = () => Date;
