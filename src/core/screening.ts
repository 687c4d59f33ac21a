import type { CaseId, QuestionId, ScreeningId, UserId } from './ids.js';
import type { ParsedRecord } from './record.js';
import type { NotAskedReason, ParsedReply, RefusedReply, Value } from './reply.js';
import type { FlagRule, Question } from './script.js';

/**
 * One run of a script. Only what people did is stored, as a list of events that is never edited;
 * where the screening stands is worked out from it every time. The newest reply to a question counts;
 * replies to questions that are no longer on the route are kept but ignored; a flag is raised by whichever
 * event completes its pattern and, once raised, is never cleared by anything said later.
 * A little over 200 lines: the shapes of what people do and of what follows from it are read together.
 */
export type Screening = {
  readonly id: ScreeningId;
  readonly caseId: CaseId;
  /** Short name of the case for people, e.g. `SP-4K7Q-2M`. */
  readonly caseRef: string;
  readonly script: string;
  readonly version: number;
  readonly startedBy: UserId;
  readonly startedAt: string;
  /** Everybody who was let into its case. */
  readonly people: readonly UserId[];
  /** To whom of all staff it is closed, by a conflict of interest that stands. */
  readonly barred: readonly UserId[];
  /** Its case had a screening before this one, so answers may already be held. */
  readonly isFollowOn: boolean;
  readonly events: readonly ScreeningEvent[];
};

/** One record's fields by their ids; what was not filled in is not there. */
export type RecordFields = Readonly<Record<string, FieldValue>>;
export type FieldValue = Extract<Value, { kind: 'choice' | 'choices' | 'text' | 'date' }>;

export type Act =
  | {
      readonly kind: 'reply';
      readonly question: QuestionId;
      readonly value: Value;
      /** The value was held from earlier contact and confirmed, not told again. */
      readonly held?: HeldFrom;
    }
  /** Why the reply just taken replaced another. */
  | { readonly kind: 'reason'; readonly question: QuestionId; readonly reason: string }
  /** Adds a record to a `CARD` question, or with `number` changes one. */
  | {
      readonly kind: 'record';
      readonly question: QuestionId;
      readonly number?: number;
      readonly fields: RecordFields;
    }
  /** Takes a record out of the summary; it stays in the events. */
  | { readonly kind: 'strike'; readonly question: QuestionId; readonly number: number }
  /** From here on only the short set is asked, and why; `lengthen` asks the rest again. */
  | { readonly kind: 'shorten'; readonly reason: NotAskedReason }
  | { readonly kind: 'lengthen' }
  /** Goes to the question before, so that its reply can be changed. */
  | { readonly kind: 'back' }
  /** Leaves the reply of the question gone back to as it is. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'danger' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

export type HeldFrom = {
  readonly screening: ScreeningId;
  readonly question: QuestionId;
  readonly at: string;
};

export type ScreeningEvent = {
  /** 1, 2, 3 … within its screening. */
  readonly seq: number;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly by: UserId;
  readonly client: 'card' | 'chat' | 'terminal';
  /** The channel's id of the activity, so that a repeat of it has no second effect. */
  readonly activityId: string;
  readonly act: Act;
};

/** The reply that counts for a question, and those it replaced, newest first. */
export type Standing = {
  readonly value: Value;
  readonly seq: number;
  readonly at: string;
  readonly by: UserId;
  /** Why it replaced the one before; undefined when it did not, or nobody has said. */
  readonly reason: string | undefined;
  readonly held: HeldFrom | undefined;
  readonly replaced: readonly Replaced<Value>[];
};

/** What stood before, and why it was itself a change. */
export type Replaced<What> = {
  readonly value: What;
  readonly at: string;
  readonly by: UserId;
  readonly reason: string | undefined;
};

/** A record of a `CARD` question as it stands; struck ones stay, so that numbers never move. */
export type Recorded = {
  /** 1, 2, 3 … within its question. */
  readonly number: number;
  readonly fields: RecordFields;
  readonly isStruck: boolean;
  readonly seq: number;
  readonly at: string;
  readonly by: UserId;
  /** Why it was changed or struck. */
  readonly reason: string | undefined;
  readonly replaced: readonly Replaced<RecordFields>[];
};

export type Flag = {
  readonly level: FlagRule['level'];
  /** Undefined when DANGER was pressed. */
  readonly question: QuestionId | undefined;
  readonly message: string | undefined;
  readonly about: string;
  readonly seq: number;
  readonly at: string;
};

/**
 * `not-applicable`: its condition does not hold. `closed`: not asked because of danger. `left-out`: not in
 * the short set that is being asked.
 */
export type Stop = {
  readonly question: Question;
  readonly state: 'replied' | 'open' | 'closed' | 'left-out' | 'not-applicable';
};

export type Position = {
  readonly standings: ReadonlyMap<QuestionId, Standing>;
  readonly records: ReadonlyMap<QuestionId, readonly Recorded[]>;
  /** Every question of the script, in order. */
  readonly route: readonly Stop[];
  /** What to ask now; undefined when nothing is left to ask. */
  readonly at: Question | undefined;
  /** True while a question that has a reply is open again. */
  readonly isRevisiting: boolean;
  /** The question whose reply the newest event changed, while nobody has said why. */
  readonly awaitsReason: QuestionId | undefined;
  readonly isPaused: boolean;
  /** Why only the short set is asked; undefined while everything is. */
  readonly short: NotAskedReason | undefined;
  /** A red flag stands: only the danger set is asked. */
  readonly inDanger: boolean;
  readonly flags: readonly Flag[];
  /** Messages that the newest event called for. */
  readonly messages: readonly string[];
};

/** What somebody did, as it reached us. */
export type Move = {
  readonly by: UserId;
  readonly client: ScreeningEvent['client'];
  readonly activityId: string;
  /** How many events the person had seen when they acted. */
  readonly seen: number;
  readonly act:
    | Exclude<Act, { kind: 'reply' | 'record' }>
    | { readonly kind: 'reply'; readonly question: QuestionId; readonly parsed: ParsedReply }
    | {
        readonly kind: 'record';
        readonly question: QuestionId;
        readonly number?: number;
        readonly parsed: ParsedRecord;
      }
    /** The answer held from earlier contact is still right. */
    | { readonly kind: 'confirm'; readonly question: QuestionId };
};

export type Step =
  | { readonly kind: 'saved'; readonly event: ScreeningEvent }
  /** The same activity, or the same press again: it already has its effect. */
  | { readonly kind: 'repeated' }
  /** The screening has moved on since the card was shown; nothing changed. */
  | { readonly kind: 'stale' }
  | {
      readonly kind: 'refused';
      readonly reason: RefusedStep;
      /** The label of the field of a record that is at fault. */
      readonly field?: string;
    };

export type RefusedStep = RefusedReply | 'no-earlier-question' | 'too-many-records';

/** An answer given earlier in the case that also answers a question here. */
export type Held = HeldFrom & { readonly value: Value; readonly by: UserId };
export type HeldAnswers = ReadonlyMap<QuestionId, Held>;

/** How many questions have been put, and how many may still come. A count of work, not of a person. */
export function progressOf(position: Position): { readonly asked: number; readonly left: number } {
  const count = (state: Stop['state']) =>
    position.route.filter((stop) => stop.state === state).length;
  return { asked: count('replied'), left: count('open') };
}

/** Questions whose replies and records stand but no longer count, because they left the route. */
export function droppedOf({ route, standings, records }: Position): readonly QuestionId[] {
  const has = (id: QuestionId) =>
    standings.has(id) || records.get(id)?.some(({ isStruck }) => !isStruck);
  return route
    .filter(({ question, state }) => state === 'not-applicable' && has(question.id))
    .map(({ question }) => question.id);
}
