import type { CaseId, QuestionId, ScreeningId, UserId } from './ids.js';
import type { ParsedReply, RefusedReply, Value } from './reply.js';
import type { FlagRule, Question } from './script.js';

/**
 * One run of a script. Only what people did is stored, as a list of events that is never edited;
 * where the screening stands is worked out from it every time. The newest reply to a question counts;
 * replies to questions that are no longer on the route are kept but ignored; a flag is raised by whichever
 * event completes its pattern and, once raised, is never cleared by anything said later.
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
  readonly events: readonly ScreeningEvent[];
};

export type Act =
  | {
      readonly kind: 'reply';
      readonly question: QuestionId;
      readonly value: Value;
      readonly reason?: string;
    }
  /** Goes to the question before, so that its reply can be changed. */
  | { readonly kind: 'back' }
  /** Leaves the reply of the question gone back to as it is. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'danger' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

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
  readonly reason: string | undefined;
  readonly replaced: readonly { readonly value: Value; readonly at: string; readonly by: UserId }[];
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

/** `not-applicable`: its condition does not hold. `closed`: not asked because of danger. */
export type Stop = {
  readonly question: Question;
  readonly state: 'replied' | 'open' | 'closed' | 'not-applicable';
};

export type Position = {
  readonly standings: ReadonlyMap<QuestionId, Standing>;
  /** Every question of the script, in order. */
  readonly route: readonly Stop[];
  /** What to ask now; undefined when nothing is left to ask. */
  readonly at: Question | undefined;
  /** True while a question that has a reply is open again. */
  readonly isRevisiting: boolean;
  readonly isPaused: boolean;
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
    | Exclude<Act, { kind: 'reply' }>
    | {
        readonly kind: 'reply';
        readonly question: QuestionId;
        readonly parsed: ParsedReply;
        readonly reason?: string;
      };
};

export type Step =
  | { readonly kind: 'saved'; readonly event: ScreeningEvent }
  /** The same activity, or the same press again: it already has its effect. */
  | { readonly kind: 'repeated' }
  /** The screening has moved on since the card was shown; nothing changed. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly reason: RefusedReply | 'no-earlier-question' };

/** How many questions have been put, and how many may still come. A count of work, not of a person. */
export function progressOf(position: Position): { readonly asked: number; readonly left: number } {
  const count = (state: Stop['state']) =>
    position.route.filter((stop) => stop.state === state).length;
  return { asked: count('replied'), left: count('open') };
}

/** Replies that stand in the record but no longer count, because their question left the route. */
export function droppedOf(position: Position): readonly QuestionId[] {
  return position.route
    .filter((stop) => stop.state === 'not-applicable' && position.standings.has(stop.question.id))
    .map((stop) => stop.question.id);
}
