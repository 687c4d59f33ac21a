import { randomUUID } from 'node:crypto';
import { readCsv } from '../adapters/read-csv.js';
import { readDate } from '../adapters/read-date.js';
import { summariseCase } from '../core/case-summary.js';
import type { CaseSummary } from '../core/case-summary-schema.js';
import { dayOf } from '../core/days.js';
import { caseIdSchema, type QuestionId, screeningIdSchema, userIdSchema } from '../core/ids.js';
import { type Knowledge, loadedInstruments } from '../core/knowledge.js';
import { phrases, replyRefused } from '../core/phrases.js';
import type { Script } from '../core/script.js';
import { readImport } from '../core/timeline-imports.js';
import { whoeverIsOnIt } from '../flows/may-work-on.js';
import type { Clock } from '../flows/ports.js';
import { readTypedReply } from '../flows/read-typed-reply.js';
import { findView, type ScreeningView } from '../flows/screening-view.js';
import { makeTakeReply, type TakenAct } from '../flows/take-reply.js';
import { makeMemoryScreenings } from './memory-screenings.js';
import type { FiledReply } from './replies-file.js';

/** A screening run in the terminal: the flow that the chat uses, over a store that forgets. */

export type TerminalScreening = {
  readonly view: () => Promise<ScreeningView>;
  /** Takes one act; returns what is to be said about it, with `isRefused` where nothing changed. */
  readonly take: (act: TakenAct) => Promise<Taken>;
  readonly summary: () => Promise<CaseSummary>;
};

export type Taken = { readonly isRefused: boolean; readonly said: readonly string[] };

const user = userIdSchema.parse('terminal');
/** Who the summary says took it down. */
export const userName = 'somebody at a terminal';

/** Begins a screening of a script, drafts included, on a case of its own. */
export async function beginInTerminal(
  knowledge: Knowledge,
  script: Script,
  clock: Clock,
): Promise<TerminalScreening> {
  const screenings = makeMemoryScreenings();
  const takeReply = makeTakeReply(knowledge, screenings, clock, readDate);
  const { id } = await screenings.start({
    id: screeningIdSchema.parse(randomUUID()),
    caseId: caseIdSchema.parse(randomUUID()),
    caseRef: 'SP-TEST-RUN',
    script: script.name,
    version: script.version,
    startedBy: user,
    startedAt: clock().toISOString(),
    activityId: 'start',
  });
  const view = async () => {
    const found = await findView(knowledge, screenings, id, user, whoeverIsOnIt);
    if (found) return found;
    throw new Error(`reading screening ${id}: it is gone`);
  };
  return {
    view,
    take: async (act) => {
      const seen = (await view()).screening.events.length;
      const activityId = randomUUID();
      const taken = await takeReply({
        screening: id,
        by: user,
        client: 'terminal',
        activityId,
        seen,
        act,
      });
      if (taken.kind === 'not-yours') throw new Error(`answering screening ${id}: it is gone`);
      if (taken.kind === 'refused') {
        const field = taken.field ? `${taken.field}: ` : '';
        return { isRefused: true, said: [`${field}${replyRefused[taken.reason]}`] };
      }
      if (taken.kind !== 'saved') return { isRefused: true, said: [phrases.stale] };
      const threats = taken.threats.map((word) => `“${word}”`).join(', ');
      const dropped = taken.dropped.join(', ');
      const said = [
        ...(threats ? [phrases.suggestion(threats)] : []),
        ...(dropped ? [phrases.dropped(dropped)] : []),
      ];
      return { isRefused: false, said };
    },
    summary: async () => {
      const { screening } = await view();
      const on = dayOf(clock());
      return summariseCase(screening.caseRef, [{ script, screening }], {
        sources: knowledge.sources,
        knowledgeVersion: knowledge.version,
        on,
        names: new Map([[user, userName]]),
        instruments: loadedInstruments(knowledge, on).map(({ title }) => title),
        readImport: (text, today) => readImport(text, today, readDate, readCsv),
      });
    },
  };
}

/** Gives the replies of a file one after the other; the first that cannot be taken ends it with its line and why. */
export async function giveFiled(
  screening: TerminalScreening,
  replies: readonly FiledReply[],
): Promise<{ readonly line: number; readonly reason: string } | undefined> {
  /** The list that the file is adding to: it is complete when the file turns to another question. */
  let list: QuestionId | undefined;
  for (const reply of replies) {
    let view = await screening.view();
    if (list !== undefined && list !== reply.question && list === view.position.at?.id) {
      await screening.take({ kind: 'words', question: list, words: 'done' });
      view = await screening.view();
    }
    const read = actOfFiled(view, reply);
    if (typeof read === 'string') return { line: reply.line, reason: read };
    const { isRefused, said } = await screening.take(read);
    if (isRefused) return { line: reply.line, reason: `${reply.question}: ${said.join(' ')}` };
    const at = view.position.at;
    list = at?.type === 'CARD' && at.id === reply.question ? at.id : undefined;
  }
  if (list !== undefined && (await screening.view()).position.at?.id === list)
    await screening.take({ kind: 'words', question: list, words: 'done' });
  return undefined;
}

/** What a reply of the file does, or the sentence that says why it cannot be given here. */
function actOfFiled(view: ScreeningView, reply: FiledReply): TakenAct | string {
  const { script, position } = view;
  const question = script.questions.find(({ id }) => id === reply.question);
  if (!question) return `${reply.question} is no question of ${script.name} ${script.version}.`;
  if ('fields' in reply) {
    const unknown = Object.keys(reply.fields).filter(
      (name) => !question.fields.some(({ id }) => id === name),
    );
    if (unknown.length > 0) return `${question.id} has no field ${unknown.join(', ')}.`;
    const act = { kind: 'record', question: question.id, fields: reply.fields } as const;
    return whyNotAsked(view, question.id) ?? act;
  }
  const because = /^because\s+(.+)$/s.exec(reply.words.trim());
  if (because?.[1] && position.awaitsReason === question.id)
    return { kind: 'reason', question: question.id, reason: because[1] };
  const open = { ...view, position: { ...position, awaitsReason: undefined } };
  const read = readTypedReply(reply.words, open);
  if (read?.kind === 'act' && !('question' in read.act)) return read.act;
  const elsewhere = whyNotAsked(view, question.id);
  if (elsewhere !== undefined) return elsewhere;
  if (read?.kind === 'act') return read.act;
  return `${question.id}: “${reply.words}” is no reply; a skip needs its reason, e.g. “s distress”.`;
}

/** Undefined when the question is the one being asked; else the sentence that says so. */
function whyNotAsked({ position }: ScreeningView, id: QuestionId): string | undefined {
  const { at, route } = position;
  if (at?.id === id) return undefined;
  const states = {
    replied: 'it was answered before, so go back with “b”',
    open: 'it comes later',
    closed: 'it is closed because of danger',
    'left-out': 'it is not in the short set',
    'not-applicable': 'these replies do not lead to it',
  };
  const state = route.find(({ question }) => question.id === id)?.state ?? 'not-applicable';
  const asked = at ? `The question now is ${at.id}` : 'No question is left';
  return `${id} is not being asked: ${states[state]}. ${asked}.`;
}
