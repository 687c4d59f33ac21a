import { z } from 'zod';
import type { Day, UserId } from './ids.js';
import type { Read } from './indications.js';
import { type OwedTimings, owedIn } from './owed-updates.js';
import { keysOf, recordsIn, standingIn, textOf, whenOf } from './read-commitments.js';
import type { LineKey } from './review.js';
import { timelineOf } from './summary-timeline.js';
import { addDays, spanOf, type When } from './timeline.js';

/**
 * What is owed to the person, and the dates to watch, out of what was recorded: nothing is promised here that nobody
 * promised. A date that is only about right is shown as such, and nobody is reminded of it.
 */

export const commitmentKindSchema = z.enum([
  'promise',
  'update',
  'referral',
  'ask-again',
  'coming-date',
  'check-date',
]);
export type CommitmentKind = z.infer<typeof commitmentKindSchema>;

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

export type FoundCommitment = Omit<Commitment, 'state' | 'done'>;
type DoneMarks = ReadonlyMap<string, DoneMark>;

/** All commitments of a case: by date, those without one last. */
export function commitmentsOf(
  read: readonly Read[],
  on: Day,
  done: DoneMarks,
  timings: OwedTimings,
): readonly Commitment[] {
  const found = [
    ...read.flatMap(promisesIn),
    ...read.flatMap(askAgainIn),
    ...read.flatMap(datesIn),
    ...owedIn(read, done, timings),
    ...checkDateIn(read, on),
  ];
  return found
    .map((one) => withState(one, on, done.get(one.key)))
    .toSorted((a, b) => dayIn(a).localeCompare(dayIn(b)));
}

/** Those without a day stand last. */
function dayIn({ by }: Commitment): string {
  return by?.day ?? 'z';
}

function withState(found: FoundCommitment, on: Day, done: DoneMark | undefined): Commitment {
  if (done) return { ...found, state: 'done', done };
  const isOver = found.by !== null && spanOf(found.by).to < on;
  return { ...found, state: isOver ? 'overdue' : 'due' };
}

function promisesIn(read: Read): readonly FoundCommitment[] {
  return recordsIn(read, 'commitments').map(({ question, record }) => ({
    ...keysOf(read, question, record),
    kind: 'promise',
    what: textOf(record.fields.what) ?? 'not said',
    who: textOf(record.fields.who) ?? null,
    by: whenOf(record.fields.by),
  }));
}

const askAgain = ['NE02g', 'CL05b'];

function askAgainIn(read: Read): readonly FoundCommitment[] {
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

function datesIn(read: Read): readonly FoundCommitment[] {
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

function checkDateIn(read: readonly Read[], on: Day): readonly FoundCommitment[] {
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
