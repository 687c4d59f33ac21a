import { dayOf } from './days.js';
import type { Day, UserId } from './ids.js';
import { onRoute, type Read, recordsOnRoute } from './indications.js';
import type { LineKey } from './review.js';
import { visible } from './say-value.js';
import type { Recorded } from './screening.js';
import type { Question } from './script.js';
import { timelineOf } from './summary-timeline.js';
import { addDays, spanOf, type When } from './timeline.js';

/**
 * What is owed to the person, and the dates to watch, out of what was recorded: nothing is promised here that nobody
 * promised. A date that is only about right is shown as such, and nobody is reminded of it.
 * Over 200 lines, so that every kind of commitment is found in one place.
 */

export type CommitmentKind = 'promise' | 'update' | 'ask-again' | 'coming-date' | 'check-date';

export type DoneMark = {
  readonly by: UserId;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** How it was done. */
  readonly note: string;
};

export type Commitment = {
  /** Unlike that of any other, in every case; a check date that moves is another. */
  readonly key: string;
  readonly kind: CommitmentKind;
  /** What was promised, in the words it was recorded in; of a date, what it is. */
  readonly what: string;
  /** Who does it, as somebody typed it; null where nobody was named. */
  readonly who: string | null;
  readonly recordedBy: UserId;
  /** Null where no day was recorded. */
  readonly by: When | null;
  /** The line of the summary it stands in. */
  readonly line: LineKey;
  /** `overdue` once the last day that it can mean is over. */
  readonly state: 'due' | 'overdue' | 'done';
  readonly done?: DoneMark;
};

type Found = Omit<Commitment, 'state' | 'done'>;
type DoneMarks = ReadonlyMap<string, DoneMark>;

/** All commitments of a case: by date, those without one last. */
export function commitmentsOf(
  read: readonly Read[],
  on: Day,
  done: DoneMarks,
): readonly Commitment[] {
  const found = [
    ...read.flatMap(promisesIn),
    ...read.flatMap((one) => updatesIn(one, done)),
    ...read.flatMap(askAgainIn),
    ...read.flatMap(datesIn),
    ...checkDateIn(read, on),
  ];
  return found
    .map((one) => withState(one, on, done.get(one.key)))
    .toSorted((a, b) => ((a.by?.day ?? 'z') < (b.by?.day ?? 'z') ? -1 : 1));
}

function withState(found: Found, on: Day, done: DoneMark | undefined): Commitment {
  if (done) return { ...found, state: 'done', done };
  const isOver = found.by !== null && spanOf(found.by).to < on;
  return { ...found, state: isOver ? 'overdue' : 'due' };
}

function promisesIn(read: Read): readonly Found[] {
  return recordsIn(read, 'commitments').map(({ question, record }) => ({
    ...keysOf(read, question, record),
    kind: 'promise',
    what: textOf(record.fields.what) ?? 'not said',
    who: textOf(record.fields.who) ?? null,
    by: whenOf(record.fields.by),
  }));
}

/** Days from one update to the next, where the person asked for a rhythm (NE13). */
const rhythms: Readonly<Record<string, number>> = { weekly: 7, 'two-weekly': 14, monthly: 30 };

/** The update that is owed (NE13c), and after each that was given the next one. */
function updatesIn(read: Read, done: DoneMarks): readonly Found[] {
  const first = standingIn(read, 'NE13c');
  if (first?.value.kind !== 'date') return [];
  const who = textOf(standingIn(read, 'NE13b')?.value) ?? null;
  const rhythm = standingIn(read, 'NE13')?.value;
  const days = rhythm?.kind === 'choice' ? rhythms[rhythm.choice] : undefined;
  const updates: Found[] = [];
  let by: When | undefined = { day: first.value.day, precision: first.value.precision };
  while (by) {
    const { line, recordedBy } = first;
    // The first keeps its key when its date is put right; later ones are named by theirs.
    const key: string = updates.length === 0 ? line : `${line} ${by.day}`;
    updates.push({ key, kind: 'update', what: 'Give the next update', who, recordedBy, by, line });
    const given: DoneMark | undefined = done.get(key);
    by =
      given && days
        ? { day: addDays(later(by.day, given.at), days), precision: 'exact' }
        : undefined;
  }
  return updates;
}

/** Counted from the day it was owed, or given where that was later; so the days go on for ever upwards. */
function later(owed: Day, givenAt: string): Day {
  const given = dayOf(new Date(givenAt));
  return given > owed ? given : owed;
}

const askAgain = ['NE02g', 'CL05b'];

function askAgainIn(read: Read): readonly Found[] {
  return askAgain.flatMap((id) => {
    const standing = standingIn(read, id);
    if (standing?.value.kind !== 'date') return [];
    const { line, recordedBy, value } = standing;
    const by = { day: value.day, precision: value.precision };
    const what = 'Ask again about a stalking advocate';
    return [{ key: line, kind: 'ask-again', what, who: null, recordedBy, by, line } as const];
  });
}

/** Coming dates on which somebody has to act; a birthday is no commitment. */
const watched: Readonly<Record<string, string>> = {
  court: 'Court',
  'bail-ends': 'Bail ends',
  release: 'Release',
  'order-ends': 'Order ends',
};

function datesIn(read: Read): readonly Found[] {
  return recordsIn(read, 'dates').flatMap(({ question, record }) => {
    const { what, when, tells } = record.fields;
    const name = what?.kind === 'choice' ? watched[what.choice] : undefined;
    if (!name) return [];
    return [
      {
        ...keysOf(read, question, record),
        kind: 'coming-date',
        what: `${name}: tell the person`,
        who: textOf(tells) ?? null,
        by: whenOf(when),
      } as const,
    ];
  });
}

function checkDateIn(read: readonly Read[], on: Day): readonly Found[] {
  const checkDate = timelineOf(read, on)?.facts.checkDate;
  const [first] = read;
  const [line] = checkDate?.rests ?? [];
  if (!checkDate || !first || line === undefined) return [];
  const { caseId, startedBy } = first.screening;
  return [
    {
      key: `${caseId} check-date ${checkDate.day}`,
      kind: 'check-date',
      what: 'Section 2A check date: six months after the last recorded act',
      who: null,
      recordedBy: startedBy,
      by: { day: checkDate.day, precision: 'exact' },
      line,
    },
  ];
}

function recordsIn(read: Read, holds: NonNullable<Question['holds']>) {
  return read.script.questions
    .filter((question) => question.holds === holds)
    .flatMap((question) =>
      recordsOnRoute(read.position, question.id).map((record) => ({ question, record })),
    );
}

function keysOf({ screening }: Read, question: Question, { number, by }: Recorded) {
  const line = `${screening.id} ${question.id} ${number}`;
  return { key: line, line, recordedBy: by };
}

function standingIn({ script, screening, position }: Read, id: string) {
  const question = script.questions.find((candidate) => candidate.id === id);
  const value = question && onRoute(position, question.id);
  const by = question && position.standings.get(question.id)?.by;
  return value && by ? { value, recordedBy: by, line: `${screening.id} ${id}` } : undefined;
}

type Typed = { readonly kind: string; readonly text?: string };

function textOf(value: Typed | undefined): string | undefined {
  return value?.kind === 'text' && value.text !== undefined ? visible(value.text) : undefined;
}

function whenOf(value: Recorded['fields'][string] | undefined): When | null {
  return value?.kind === 'date' ? { day: value.day, precision: value.precision } : null;
}

/** Days from the date on which somebody is reminded; before a check date also as the timeline warns of it. */
const offsets = [-14, -7, -1, 0, 1] as const;
const checkDateOffsets = [-90, -30, ...offsets] as const;

export type CommitmentReminder = {
  /** The same for the same commitment, date and day: however often it is put, it is sent once. */
  readonly key: string;
  readonly offset: number;
  readonly day: Day;
};

/** When somebody is to be reminded: never of what is done, or of a date that is not exactly known. */
export function remindersFor({ key, kind, by, state }: Commitment): readonly CommitmentReminder[] {
  if (state === 'done' || by?.precision !== 'exact') return [];
  const days = kind === 'check-date' ? checkDateOffsets : offsets;
  return days.map((offset) => ({
    key: `${key} ${by.day} ${offset}`,
    offset,
    day: addDays(by.day, offset),
  }));
}

/**
 * Whom to remind: the person named, where exactly one of those who may work on the case goes by that name, else
 * whoever recorded it.
 */
export function ownerOf(
  { who, recordedBy }: Pick<Commitment, 'who' | 'recordedBy'>,
  names: ReadonlyMap<UserId, string>,
): UserId {
  const wanted = folded(who ?? '');
  const named = [...names].filter(([, name]) => folded(name) === wanted);
  const [only] = named;
  return only && named.length === 1 ? only[0] : recordedBy;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/\s+/g, ' ').trim();
}
