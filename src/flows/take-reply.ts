import { dayOf } from '../core/days.js';
import type { QuestionId, ScreeningId, UserId } from '../core/ids.js';
import { type Knowledge, scriptOf } from '../core/knowledge.js';
import { replay } from '../core/replay.js';
import { parseReply, type ReadDate, type RefusedReply, type Value } from '../core/reply.js';
import type { Move, Position, Screening, Step } from '../core/screening.js';
import type { Script } from '../core/script.js';
import { step } from '../core/step.js';
import { threatWords } from '../core/threat-words.js';
import type { Clock, Screenings } from './ports.js';

/** What a person did to a screening, as a card or a chat message brought it. */
export type TakenAct =
  /** Typed or clicked words, still to be parsed; `question` is the one they were given to. */
  | {
      readonly kind: 'words';
      readonly question: QuestionId;
      readonly words: string;
      readonly reason?: string;
    }
  | { readonly kind: 'absent'; readonly question: QuestionId; readonly value: AbsentValue }
  | { readonly kind: 'back' | 'keep' | 'danger' | 'pause' | 'resume' };
export type AbsentValue = Extract<Value, { kind: 'not-known' | 'declined' | 'not-asked' }>;

export type Reply = Omit<Move, 'act'> & { readonly screening: ScreeningId; readonly act: TakenAct };

export type TakenReply =
  | {
      readonly kind: 'saved' | 'repeated' | 'stale';
      readonly view: ScreeningView;
      /** Words in what was typed that may speak of danger; a suggestion to look again. */
      readonly threats: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly reason: RefusedReply | 'no-earlier-question';
      readonly view: ScreeningView;
    }
  /** No such screening, or not this person's: the two look alike. */
  | { readonly kind: 'not-yours' };

/** A screening with its script and where it stands. */
export type ScreeningView = {
  readonly screening: Screening;
  readonly script: Script;
  readonly position: Position;
};

export type TakeReply = (reply: Reply) => Promise<TakenReply>;

/** Takes one act into a screening: locks it, decides, appends, and says where it then stands. */
export function makeTakeReply(
  knowledge: Knowledge,
  screenings: Screenings,
  clock: Clock,
  readDate: ReadDate,
): TakeReply {
  return async (reply) => {
    const taken = await screenings.change(reply.screening, (screening) => {
      if (screening.startedBy !== reply.by) return { result: { kind: 'not-yours' } as const };
      const script = scriptFor(knowledge, screening);
      const now = clock();
      const move = toMove(reply, script, dayOf(now), readDate);
      const decided = move
        ? step(script, screening, move, now.toISOString())
        : ({ kind: 'stale' } as const);
      const after = decided.kind === 'saved' ? withEvent(screening, decided) : screening;
      const result = resultOf(decided, viewOf(script, after), reply.act);
      return decided.kind === 'saved' ? { save: decided.event, result } : { result };
    });
    return taken ?? { kind: 'not-yours' };
  };
}

/** A screening as it stands; undefined when there is none or it is not this person's. */
export async function findView(
  knowledge: Knowledge,
  screenings: Screenings,
  id: ScreeningId,
  by: UserId,
): Promise<ScreeningView | undefined> {
  const screening = await screenings.find(id);
  if (!screening || screening.startedBy !== by) return undefined;
  return viewOf(scriptFor(knowledge, screening), screening);
}

export function viewOf(script: Script, screening: Screening): ScreeningView {
  return { script, screening, position: replay(script, screening.events) };
}

/** The version it began with; a file that was deleted is a fault of the deployment. */
export function scriptFor(knowledge: Knowledge, screening: Screening): Script {
  const script = scriptOf(knowledge, screening.script, screening.version);
  if (script) return script;
  throw new Error(
    `reading screening ${screening.id}: script ${screening.script} version ${screening.version} is not installed`,
  );
}

function toMove(reply: Reply, script: Script, today: string, readDate: ReadDate): Move | undefined {
  const { screening: _, act, ...rest } = reply;
  if (act.kind !== 'words' && act.kind !== 'absent') return { ...rest, act: { kind: act.kind } };
  const question = script.questions.find((candidate) => candidate.id === act.question);
  if (!question) return undefined;
  const parsed =
    act.kind === 'absent'
      ? { kind: 'value' as const, value: act.value }
      : parseReply(question, act.words, today, readDate);
  const reason = act.kind === 'words' && act.reason ? { reason: act.reason } : {};
  return { ...rest, act: { kind: 'reply', question: question.id, parsed, ...reason } };
}

function withEvent(screening: Screening, saved: Extract<Step, { kind: 'saved' }>): Screening {
  return { ...screening, events: [...screening.events, saved.event] };
}

function resultOf(decided: Step, view: ScreeningView, act: TakenAct): TakenReply {
  if (decided.kind === 'refused') return { kind: 'refused', reason: decided.reason, view };
  const threats = decided.kind === 'saved' && act.kind === 'words' ? threatWords(act.words) : [];
  return { kind: decided.kind, view, threats };
}
