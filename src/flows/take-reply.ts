import { isOpenTo } from '../core/conflicts.js';
import { dayOf } from '../core/days.js';
import type { QuestionId, ScreeningId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import {
  endsList,
  parseRecord,
  parseTypedRecord,
  type TypedFields,
  withFlagChoices,
} from '../core/record.js';
import { parseReply, type ReadDate, type Value } from '../core/reply.js';
import {
  type Act,
  droppedOf,
  type Move,
  type RefusedStep,
  type ScreeningEvent,
  type Step,
} from '../core/screening.js';
import { step } from '../core/step.js';
import { threatWords } from '../core/threat-words.js';
import type { Clock, Screenings } from './ports.js';
import { type ScreeningView, viewOf } from './screening-view.js';

/** What a person did to a screening, as a card or a chat message brought it. */
export type TakenAct =
  /** Typed or clicked words, still to be parsed; `question` is the one they were given to. */
  | { readonly kind: 'words'; readonly question: QuestionId; readonly words: string }
  | { readonly kind: 'absent'; readonly question: QuestionId; readonly value: AbsentValue }
  /** Fields of a record as they were filled in; with `number` they take the place of an earlier one's. */
  | {
      readonly kind: 'record';
      readonly question: QuestionId;
      readonly number?: number;
      readonly fields: TypedFields;
    }
  | { readonly kind: 'confirm'; readonly question: QuestionId }
  | Extract<
      Act,
      {
        kind:
          | 'reason'
          | 'strike'
          | 'shorten'
          | 'lengthen'
          | 'back'
          | 'keep'
          | 'danger'
          | 'pause'
          | 'resume';
      }
    >;
export type AbsentValue = Extract<Value, { kind: 'not-known' | 'declined' | 'not-asked' }>;

export type Reply = Omit<Move, 'act'> & { readonly screening: ScreeningId; readonly act: TakenAct };

export type TakenReply =
  | {
      readonly kind: 'saved' | 'repeated' | 'stale';
      readonly view: ScreeningView;
      /** Words in what was typed that may speak of danger; a suggestion to look again. */
      readonly threats: readonly string[];
      /** Questions whose replies this one took off the route. */
      readonly dropped: readonly QuestionId[];
      /** What others did since this person's card was drawn. */
      readonly meanwhile: readonly ScreeningEvent[];
    }
  | {
      readonly kind: 'refused';
      readonly reason: RefusedStep;
      readonly field?: string;
      readonly view: ScreeningView;
    }
  /** No such screening, or not this person's: the two look alike. */
  | { readonly kind: 'not-yours' };

export type TakeReply = (reply: Reply) => Promise<TakenReply>;

/**
 * Takes one act into a screening: decides, appends, and says where it then stands. The rest of the case is read
 * only where there was one, so that most turns cost the store a single append.
 */
export function makeTakeReply(
  knowledge: Knowledge,
  screenings: Screenings,
  clock: Clock,
  readDate: ReadDate,
): TakeReply {
  return async (reply) => {
    const known = await screenings.recall(reply.screening);
    const all = known?.isFollowOn ? await screenings.listCase(known.caseId) : [];
    const taken = await screenings.change<TakenReply>(reply.screening, (screening) => {
      if (!isOpenTo(screening, reply.by)) return { result: { kind: 'not-yours' } };
      const before = viewOf(knowledge, screening, all);
      const now = clock();
      const move = toMove(reply, before, dayOf(now), readDate);
      const decided = move
        ? step(before.script, screening, move, now.toISOString(), before.held)
        : ({ kind: 'stale' } as const);
      if (decided.kind !== 'saved') return { result: resultOf(decided, before, before, reply) };
      const saved = { ...screening, events: [...screening.events, decided.event] };
      const after = viewOf(knowledge, saved, all);
      return { save: decided.event, result: resultOf(decided, before, after, reply) };
    });
    return taken ?? { kind: 'not-yours' };
  };
}

/** Undefined where the act is about a question that the script does not have. */
function toMove(
  reply: Reply,
  view: ScreeningView,
  today: string,
  readDate: ReadDate,
): Move | undefined {
  const { screening: _, act, ...rest } = reply;
  if (!('question' in act)) return { ...rest, act };
  const known = view.script.questions.find((candidate) => candidate.id === act.question);
  const question = known && withFlagChoices(known, view.caseFlags);
  if (!question) return undefined;
  switch (act.kind) {
    case 'absent': {
      const parsed = { kind: 'value' as const, value: act.value };
      return { ...rest, act: { kind: 'reply', question: question.id, parsed } };
    }
    case 'record': {
      const numbered = act.number === undefined ? {} : { number: act.number };
      const parsed = parseRecord(question, act.fields, today, readDate);
      return { ...rest, act: { kind: 'record', question: question.id, ...numbered, parsed } };
    }
    case 'words': {
      if (question.type === 'CARD' && !endsList(act.words)) {
        const parsed = parseTypedRecord(question, act.words, today, readDate);
        return { ...rest, act: { kind: 'record', question: question.id, parsed } };
      }
      const parsed = parseReply(question, act.words, today, readDate);
      return { ...rest, act: { kind: 'reply', question: question.id, parsed } };
    }
    default:
      return { ...rest, act };
  }
}

function resultOf(
  decided: Step,
  before: ScreeningView,
  view: ScreeningView,
  { act, seen, by }: Reply,
): TakenReply {
  if (decided.kind === 'refused') {
    const field = decided.field === undefined ? {} : { field: decided.field };
    return { kind: 'refused', reason: decided.reason, ...field, view };
  }
  const were = droppedOf(before.position);
  return {
    kind: decided.kind,
    view,
    threats: decided.kind === 'saved' ? threatsIn(act) : [],
    dropped: droppedOf(view.position).filter((id) => !were.includes(id)),
    meanwhile: before.screening.events.slice(Math.max(seen, 0)).filter((event) => event.by !== by),
  };
}

function threatsIn(act: TakenAct): readonly string[] {
  if (act.kind === 'words') return threatWords(act.words);
  return act.kind === 'record' ? threatWords(Object.values(act.fields).join(' ')) : [];
}
