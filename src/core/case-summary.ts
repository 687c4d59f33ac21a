import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import { addMonths, sayTime } from './days.js';
import type { SourceId, UserId } from './ids.js';
import { answerInWords, citesOf, fill, indicationsOf, type Read } from './indications.js';
import { noticesOf } from './knowledge.js';
import type { Source } from './passage.js';
import { phrases, summaryTitles } from './phrases.js';
import { standingRecords } from './record.js';
import { replay } from './replay.js';
import type { Value } from './reply.js';
import { sayRecord, sayValue } from './say-value.js';
import {
  droppedOf,
  type Recorded,
  type Replaced,
  type Screening,
  type Standing,
  type Stop,
} from './screening.js';
import { type Question, type Script, type StatementId, statementIds } from './script.js';
import { missingOf, tasksOf } from './summary-tasks.js';
import { type ReadImport, sayTimeline, timelineOf } from './summary-timeline.js';

/**
 * A draft built from replies and nothing else: each line names the reply it rests on and the guidance
 * behind it. The same replies on the same day always give the same summary. It prints what was described, what was
 * not asked and which rule fired; it never weighs, scores or concludes, and an absent answer never reads as "no".
 * Over 200 lines: how a line is worded, marked and dropped is read together; tasks, indications and the timeline stand apart.
 */

export type CasePart = { readonly script: Script; readonly screening: Screening };

/** What a summary needs beside the replies. */
export type SummaryContext = {
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly knowledgeVersion: string;
  /** The day it is drawn up; days are counted to it. */
  readonly on: string;
  readonly names: ReadonlyMap<UserId, string>;
  /** Titles of the force's own instruments that can be run. */
  readonly instruments: readonly string[];
  readonly readImport: ReadImport;
};

/** Screenings with where each stands. */
export function readParts(parts: readonly CasePart[]): readonly Read[] {
  return parts.map((part) => ({ ...part, position: replay(part.script, part.screening.events) }));
}

/** Returns the summary of a case from its screenings, in the order they were begun. */
export function summariseCase(
  caseRef: string,
  parts: readonly CasePart[],
  context: SummaryContext,
): CaseSummary {
  const read = readParts(parts);
  const { sources, knowledgeVersion, on, names, readImport } = context;
  const lines = read.flatMap((part) => linesOf(part, sources));
  const timeline = timelineOf(read, on);
  return {
    schemaVersion: 1,
    caseRef,
    on,
    knowledgeVersion,
    people: [...names].map(([id, name]) => ({ id, name })),
    screenings: read.map(screeningOf),
    incomplete: missingOf(read),
    notes: notesOf(read, context),
    flags: read.flatMap(flagsOf),
    sections: statementIds.flatMap((id) => {
      const own = lines.filter((line) => line.statement === id).map((line) => line.line);
      return own.length > 0 ? [{ id, title: summaryTitles[id], lines: own }] : [];
    }),
    dropped: read.flatMap((part) => droppedLines(part, sources)),
    ...(timeline ? { timeline: sayTimeline(timeline, sources, readImport) } : {}),
    indications: read.flatMap((part) => indicationsOf(part, sources)),
    endings: [...new Set(read.map(({ script }) => script.ending))],
    tasks: [...tasksOf(read)],
  };
}

function screeningOf({ script, screening, position }: Read): CaseSummary['screenings'][number] {
  const { id, version, startedAt, startedBy } = screening;
  const rest = position.short ? 'short set only' : 'finished';
  const state = position.inDanger ? 'stopped for danger' : position.at ? 'unfinished' : rest;
  const notApplicable = position.route
    .filter((stop) => stop.state === 'not-applicable')
    .map(({ question }) => question.id);
  const { title, name } = script;
  return { id, title, script: name, version, startedAt, startedBy, state, notApplicable };
}

function flagsOf({ screening, position }: Read): CaseSummary['flags'] {
  return position.flags.map(({ level, question, about, at }) => {
    const raisedBy = question ? { question } : {};
    return { screening: screening.id, level, ...raisedBy, about, at };
  });
}

function notesOf(read: readonly Read[], { instruments }: SummaryContext): string[] {
  const runsInstrument = read.some(({ script }) => script.besideInstrument);
  const notices = noticesOf(read.map(({ script }) => script));
  if (!runsInstrument) return [...notices];
  return [
    instruments.length > 0
      ? phrases.instrumentLoaded(instruments.join(', '))
      : phrases.instrumentNotLoaded,
    ...notices,
  ];
}

type Placed = { readonly statement: StatementId; readonly line: SummaryLine };

function linesOf(read: Read, sources: SummaryContext['sources']): readonly Placed[] {
  return read.position.route
    .filter((stop) => stop.state !== 'not-applicable')
    .flatMap((stop) =>
      linesOfStop(read, stop, sources).map((line) => ({
        statement: stop.question.feeds.statement,
        line,
      })),
    );
}

/** One line a question; of one that holds records, one a record. */
function linesOfStop(
  read: Read,
  stop: Stop,
  sources: SummaryContext['sources'],
): readonly SummaryLine[] {
  const records = standingRecords(read.position.records.get(stop.question.id));
  if (records.length === 0) return [lineOf(read, stop, sources)];
  return records.map((record) => recordLine(read, stop.question, record, sources));
}

function lineOf(read: Read, stop: Stop, sources: SummaryContext['sources']): SummaryLine {
  const { question } = stop;
  const standing = read.position.standings.get(question.id);
  return {
    text: textOfLine(read, stop, standing),
    status: statusOf(stop, standing?.value),
    from: {
      ...fromOf(read, question),
      ...(standing ? saidIn(standing, sayValue(question, standing.value)) : {}),
      replaced: replacedIn(standing, (value) => sayValue(question, value)),
    },
    cites: citesOf(question.feeds.cites, sources),
  };
}

function recordLine(
  read: Read,
  question: Question,
  record: Recorded,
  sources: SummaryContext['sources'],
): SummaryLine {
  const said = sayRecord(question, record.fields);
  const text = fill(question.feeds.line, (name) => {
    if (name === 'answer') return said;
    return name === 'time' ? sayTime(record.at) : answerInWords(read, name);
  });
  return {
    text,
    status: 'answered',
    from: {
      ...fromOf(read, question),
      record: record.number,
      ...saidIn(record, said),
      replaced: replacedIn(record, (fields) => sayRecord(question, fields)),
    },
    cites: citesOf(question.feeds.cites, sources),
  };
}

function fromOf(read: Read, { id, ask, aloud, saidBy }: Question) {
  const by = saidBy ?? (aloud ? 'caller' : 'user');
  const asked = withGaps(ask, read);
  return { screening: read.screening.id, question: id, ask: asked, saidBy: by } as const;
}

/** The words of a question where what filled its gaps is not at hand. */
function withGaps(ask: string, { screening }: Read): string {
  return fill(ask, (name) => (name === 'caseRef' ? screening.caseRef : '…'));
}

function saidIn({ by, at, reason, ...rest }: Standing | Recorded, said: string) {
  const held = 'held' in rest ? rest.held : undefined;
  return {
    said,
    by,
    at,
    ...(held ? { heldFrom: held.at } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

function replacedIn<What>(
  standing: { readonly replaced: readonly Replaced<What>[] } | undefined,
  say: (value: What) => string,
): SummaryLine['from']['replaced'] {
  return (standing?.replaced ?? []).map(({ value, at, by, reason }) => ({
    said: say(value),
    at,
    by,
    ...(reason === undefined ? {} : { reason }),
  }));
}

/** The replies and records that a later answer took off the route: out of the sections, but named. */
function droppedLines(read: Read, sources: SummaryContext['sources']): SummaryLine[] {
  const dropped = droppedOf(read.position);
  return read.position.route
    .filter(({ question }) => dropped.includes(question.id))
    .flatMap((stop) => linesOfStop(read, stop, sources));
}

function textOfLine(read: Read, stop: Stop, standing: Standing | undefined): string {
  const { question } = stop;
  const asked = withGaps(question.ask, read);
  if (!standing) return `Not asked (${whyUnasked(read, stop)}): ${asked}`;
  const { value, at } = standing;
  if (value.kind === 'not-asked') return `${capital(sayValue(question, value))}: ${asked}`;
  return fill(question.feeds.line, (name) => {
    if (name === 'answer') return sayValue(question, value);
    if (name === 'time') return sayTime(at);
    if (name === 'plusSixMonths') return checkDate(question, value);
    return answerInWords(read, name);
  });
}

function whyUnasked({ position }: Read, { state }: Stop): string {
  if (state === 'closed') return 'danger';
  if (state === 'left-out' && position.short) return phrases.leftOut(position.short);
  return 'not reached';
}

/** Of a month or a year, counted from its first day, which errs early. */
function checkDate(question: Question, value: Value): string {
  if (value.kind !== 'date') return 'not worked out';
  const isLoose = value.precision === 'about' || value.precision === 'before';
  const precision = isLoose ? value.precision : 'exact';
  return sayValue(question, { kind: 'date', day: addMonths(value.day, 6), precision });
}

function statusOf({ state }: Stop, value: Value | undefined): SummaryLine['status'] {
  if (!value) return state === 'closed' || state === 'left-out' ? 'not asked' : 'not reached';
  if (value.kind === 'not-known') return 'not known';
  if (value.kind === 'declined') return 'declined';
  return value.kind === 'not-asked' ? 'not asked' : 'answered';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
