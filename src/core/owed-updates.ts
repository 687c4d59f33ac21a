import { z } from 'zod';
import type { DoneMark, FoundCommitment } from './commitments.js';
import { dayOf } from './days.js';
import type { Day } from './ids.js';
import type { Read } from './indications.js';
import { keysOf, recordsIn, standingIn, textOf, whenOf } from './read-commitments.js';
import { addDays, type When } from './timeline.js';

/**
 * What the person is to be told, and by when: as was agreed with them, and else within the time limits the force has
 * set. Bank holidays are not known here, so a limit that holds one falls a day early, never late.
 */

/** Time limits; the Victims' Code's where the force sets no other (Rights 4 and 6, for people with enhanced rights). */
const owedTimingsSchema = z.strictObject({
  /** Working days after a court date, a release or the end of bail in which the person is told what came of it. */
  tellWithin: z.int().min(0).max(30),
  /** Working days after somebody said yes to an advocate in which the referral is made. */
  referWithin: z.int().min(0).max(30),
  /** Days from one update to the next where nobody agreed otherwise; null: none is owed. */
  updateEvery: z.int().min(1).max(366).nullable(),
});
export type OwedTimings = z.infer<typeof owedTimingsSchema>;

type DoneMarks = ReadonlyMap<string, DoneMark>;

/** Updates and the referral that are owed, in no order. */
export function owedIn(
  read: readonly Read[],
  done: DoneMarks,
  timings: OwedTimings,
): readonly FoundCommitment[] {
  const agreed = read.flatMap((one) => agreedUpdatesIn(one, done));
  return [
    ...agreed,
    ...(agreed.length === 0 ? unaskedUpdatesIn(read, done, timings) : []),
    ...read.flatMap((one) => outcomesIn(one, timings)),
    ...referralIn(read, timings),
  ];
}

/** Days from one update to the next, where the person asked for a rhythm (NE13). */
const rhythms: Readonly<Record<string, number>> = { weekly: 7, 'two-weekly': 14, monthly: 30 };

/** The update that was agreed (NE13c), and after each that was given the next one. */
function agreedUpdatesIn(read: Read, done: DoneMarks): readonly FoundCommitment[] {
  const first = standingIn(read, 'NE13c');
  if (first?.value.kind !== 'date') return [];
  const who = textOf(standingIn(read, 'NE13b')?.value) ?? null;
  const rhythm = standingIn(read, 'NE13')?.value;
  const days = rhythm?.kind === 'choice' ? rhythms[rhythm.choice] : undefined;
  const { line, recordedBy, value } = first;
  const by: When = { day: value.day, precision: value.precision };
  return chain({ key: line, ...update, who, recordedBy, by, line }, days, done);
}

const update = { kind: 'update', what: 'Give the next update' } as const;

/** Where no rhythm was asked for, the force's; whoever wants to hear only of news is left in peace. */
function unaskedUpdatesIn(
  read: readonly Read[],
  done: DoneMarks,
  { updateEvery }: OwedTimings,
): readonly FoundCommitment[] {
  const first = read[0]?.screening;
  const isAgreed = read.some((one) => {
    const rhythm = standingIn(one, 'NE13')?.value;
    return (
      rhythm?.kind === 'declined' || (rhythm?.kind === 'choice' && rhythm.choice === 'on-news')
    );
  });
  if (!first || isAgreed || updateEvery === null) return [];
  const { id: line, startedBy: recordedBy } = first;
  const by = exactly(addDays(dayOf(new Date(first.startedAt)), updateEvery));
  const key = `${first.caseId} update`;
  return chain({ key, ...update, who: null, recordedBy, by, line }, updateEvery, done);
}

/** An update, and after each that was given the next, so many days on. */
function chain(
  first: FoundCommitment,
  days: number | undefined,
  done: DoneMarks,
): readonly FoundCommitment[] {
  const updates = [first];
  for (let last = first; last.by; ) {
    const given = done.get(last.key);
    if (!given || days === undefined) break;
    const by = exactly(addDays(later(last.by.day, given.at), days));
    // The first keeps its key when its date is put right; later ones are named by theirs.
    last = { ...first, by, key: `${first.key} ${by.day}` };
    updates.push(last);
  }
  return updates;
}

/** Counted from the day it was owed, or given where that was later; so the days go on for ever upwards. */
function later(owed: Day, givenAt: string): Day {
  const given = dayOf(new Date(givenAt));
  return given > owed ? given : owed;
}

/** Dates after which the person hears what came of them. */
const watched: Readonly<Record<string, string>> = {
  court: 'Court',
  'bail-ends': 'End of bail',
  release: 'Release',
};

function outcomesIn(read: Read, { tellWithin }: OwedTimings): readonly FoundCommitment[] {
  return recordsIn(read, 'dates').flatMap(({ question, record }) => {
    const { what, when, tells } = record.fields;
    const name = what?.kind === 'choice' ? watched[what.choice] : undefined;
    const on = whenOf(when);
    if (name === undefined || on?.precision !== 'exact') return [];
    const keys = keysOf(read, question, record);
    return [
      {
        ...keys,
        key: `${keys.key} outcome`,
        kind: 'update',
        what: `${name}: tell the person what came of it`,
        who: textOf(tells) ?? null,
        by: exactly(addWorkingDays(on.day, tellWithin)),
      } as const,
    ];
  });
}

/** Somebody said yes to an advocate (NE02, CL05), and no referral is recorded as made (NE02e). */
function referralIn(read: readonly Read[], { referWithin }: OwedTimings) {
  const replies = read.flatMap((one) =>
    ['NE02', 'CL05'].flatMap((id) => standingIn(one, id) ?? []),
  );
  const newest = replies.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  const isMade = read.some((one) => standingIn(one, 'NE02e')?.value.kind === 'date');
  if (newest?.value.kind !== 'choice' || newest.value.choice !== 'yes' || isMade) return [];
  const { line, recordedBy, at } = newest;
  const by = exactly(addWorkingDays(dayOf(new Date(at)), referWithin));
  const what = 'Make the referral to the stalking service';
  return [
    { key: `${line} referral`, kind: 'referral', what, who: null, recordedBy, by, line } as const,
  ];
}

function exactly(day: Day): When {
  return { day, precision: 'exact' };
}

/** So many working days on, Monday to Friday; none on: the day itself. */
export function addWorkingDays(day: Day, count: number): Day {
  let on = day;
  for (let left = count; left > 0; ) {
    on = addDays(on, 1);
    if (![0, 6].includes(new Date(on).getUTCDay())) left -= 1;
  }
  return on;
}
