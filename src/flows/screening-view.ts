import { heldAnswers, toldWords } from '../core/held.js';
import type { QuestionId, ScreeningId, UserId } from '../core/ids.js';
import { type Knowledge, scriptOf } from '../core/knowledge.js';
import { replay } from '../core/replay.js';
import type { HeldAnswers, Position, Screening } from '../core/screening.js';
import type { Script } from '../core/script.js';
import type { MayWorkOn } from './may-work-on.js';
import type { Screenings } from './ports.js';

/** A screening with its script, where it stands, and what the rest of its case says. */
export type ScreeningView = {
  readonly screening: Screening;
  readonly script: Script;
  readonly position: Position;
  /** Answers of earlier contact that may be confirmed here instead of being asked again. */
  readonly held: HeldAnswers;
  /** Answers of earlier contact in words, for the gaps of what is read aloud. */
  readonly told: ReadonlyMap<QuestionId, string>;
  /** Red and amber flags of the whole case, each question once, for the rows of a plan. */
  readonly caseFlags: readonly CaseFlag[];
};

export type CaseFlag = { readonly question: QuestionId; readonly about: string };

/** A screening as it stands; undefined when there is none or this person may not work on its case. */
export async function findView(
  knowledge: Knowledge,
  screenings: Screenings,
  id: ScreeningId,
  by: UserId,
  mayWorkOn: MayWorkOn,
): Promise<ScreeningView | undefined> {
  const screening = await screenings.find(id);
  return viewFor(knowledge, screenings, screening, by, mayWorkOn);
}

/**
 * A screening as it was last seen here, which spares the store; read anew where that is older than `seen`, the number
 * of events on the card this person has before them: another instance drew it.
 */
export async function recallView(
  knowledge: Knowledge,
  screenings: Screenings,
  { id, seen }: { readonly id: ScreeningId; readonly seen: number },
  by: UserId,
  mayWorkOn: MayWorkOn,
): Promise<ScreeningView | undefined> {
  const recalled = await screenings.recall(id);
  const isOld = recalled !== undefined && recalled.events.length < seen;
  const screening = isOld ? await screenings.find(id) : recalled;
  return viewFor(knowledge, screenings, screening, by, mayWorkOn);
}

async function viewFor(
  knowledge: Knowledge,
  screenings: Screenings,
  screening: Screening | undefined,
  by: UserId,
  mayWorkOn: MayWorkOn,
): Promise<ScreeningView | undefined> {
  if (!screening || !(await mayWorkOn(screening, by))) return undefined;
  const all = screening.isFollowOn ? await screenings.listCase(screening.caseId) : [];
  return viewOf(knowledge, screening, all);
}

/** `all` are the screenings of its case, itself among them or not. */
export function viewOf(
  knowledge: Knowledge,
  screening: Screening,
  all: readonly Screening[],
): ScreeningView {
  const script = scriptFor(knowledge, screening);
  const position = replay(script, screening.events);
  const others = all
    .filter(({ id }) => id !== screening.id)
    .map((other) => readOf(knowledge, other));
  const flags = [...others.map((read) => read.position), position].flatMap((one) => one.flags);
  const caseFlags = new Map(
    flags.flatMap(({ level, question, about }) =>
      question && level !== 'note' ? [[question, { question, about }] as const] : [],
    ),
  );
  return {
    screening,
    script,
    position,
    held: heldAnswers(script, others),
    told: toldWords(others),
    caseFlags: [...caseFlags.values()],
  };
}

function readOf(knowledge: Knowledge, screening: Screening) {
  const script = scriptFor(knowledge, screening);
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
