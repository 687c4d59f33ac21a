import { z } from 'zod';
import { type CaseId, type Day, daySchema, type UserId } from './ids.js';

/**
 * How long what is kept, and when a case is due to be looked at. The periods below are where a force begins; which it
 * needs is its own decision (docs/retention.md). Nothing of a case goes by itself: once due it is listed, and a person
 * deletes it or keeps it. What is short-lived goes in batches.
 */

export const retentionKindSchema = z.enum([
  'cases',
  'reviews',
  'tasks',
  'answers',
  'chats',
  'notices',
  'people',
  'audit',
]);
export type RetentionKind = z.infer<typeof retentionKindSchema>;

/** Days, counted from the last change, by kind. */
export type Periods = Readonly<Record<RetentionKind, number>>;

const sixYears = 2190;

export const defaultPeriods: Periods = {
  // Six years is the shortest time after which the police review what they hold on such an offence.
  cases: sixYears,
  reviews: sixYears,
  tasks: 365,
  answers: 90,
  chats: 30,
  notices: 90,
  // A year of leave and a month to come back in, so that nobody returns as a bare id.
  people: 400,
  // Longer than any case, so that who read a case can be told as long as it is kept, and for a year after.
  audit: sixYears + 365,
};

/** Some hundred years: more is a mistake in typing. */
export const longestPeriod = 36_500;

export const periodSchema = z.int().min(1).max(longestPeriod);

/** Kinds that are deleted when their time is over, without anybody's look at them. */
export const shortLived = ['tasks', 'answers', 'chats', 'notices', 'people'] as const;
export type ShortLived = (typeof shortLived)[number];

/** Why a case is deleted. `period-ended` is for a case that is due; the others are for any. */
export const whyDeletedSchema = z.enum([
  'period-ended',
  'erasure-request',
  'court-order',
  'recorded-by-mistake',
]);
export const whyKeptSchema = z.enum([
  'still-needed',
  'open-investigation',
  'other-cases',
  'safety-of-the-person',
]);
export const whyHeldSchema = z.enum([
  'court-proceedings',
  'inquest-or-review',
  'complaint-or-conduct',
  'civil-claim',
  'information-request',
]);
export const whyLiftedSchema = z.enum(['proceedings-over', 'set-by-mistake', 'no-longer-required']);
/** Why entries of the audit that are over are removed. */
export const whyPrunedSchema = z.enum(['period-ended', 'records-review', 'regulator-required']);
export const whyDisclosedSchema = z.enum([
  'subject-access',
  'court-order',
  'disclosure-in-proceedings',
  'complaint-or-conduct',
]);

/** The number of the force's own record that says more, as `RMS/2026-00123`: reasons here are codes and no words. */
export const recordSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$/);

/** What decides when a case is due. */
export type CaseAge = {
  /** Instants of the last change of its screenings, and of its review; null where there is none. */
  readonly screeningsChangedAt: string | null;
  readonly reviewChangedAt: string | null;
  /** The day until which somebody keeps it; null where nobody does. */
  readonly keptUntil: Day | null;
  readonly holds: number;
};

export type CaseStand =
  /** Something forbids its deletion, whatever its age. */
  | { readonly kind: 'held' }
  /** `on`: the day from which it is to be looked at. */
  | { readonly kind: 'not-due'; readonly on: Day }
  | { readonly kind: 'due'; readonly since: Day };

/**
 * Where a case stands on a day. It is due when the periods of all its parts are over, each counted from that part's
 * last change, and nobody has decided to keep it for longer.
 */
export function standOfCase(age: CaseAge, periods: Periods, today: Day): CaseStand {
  if (age.holds > 0) return { kind: 'held' };
  const ends = [
    endOf(age.screeningsChangedAt, periods.cases),
    endOf(age.reviewChangedAt, periods.reviews),
    age.keptUntil,
  ].filter((day) => day !== null);
  // Days as text sort as they follow each other. A case in which nothing was ever done is due.
  const on = ends.reduce((latest, day) => (day > latest ? day : latest), '0001-01-01');
  return today >= on ? { kind: 'due', since: on } : { kind: 'not-due', on };
}

/** The day on which so many days after an instant are over, in UTC. */
export function endOf(at: string | null, days: number): Day | null {
  if (at === null) return null;
  return dayAfter(new Date(at), days);
}

/** The instant before which what was last changed is over. */
export function overBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * dayMs).toISOString();
}

const dayMs = 86_400_000;

function dayAfter(at: Date, days: number): Day {
  return daySchema.parse(new Date(at.getTime() + days * dayMs).toISOString().slice(0, 10));
}

/** What remains of a deleted case; what a list kept apart from the backups has a line of. */
export const tombstoneSchema = z.strictObject({
  force: z.string().min(1).max(40),
  caseId: z.uuid().brand<'CaseId'>(),
  at: z.iso.datetime(),
  by: z.string().min(1).max(200).brand<'UserId'>(),
  why: whyDeletedSchema,
  record: recordSchema.nullable(),
  lastChange: z.iso.datetime(),
  counts: z.record(z.string().regex(/^[a-z_]{1,60}$/), z.int().min(0)),
});
export type Tombstone = z.infer<typeof tombstoneSchema>;

/** Where entries were removed from the beginning of the audit; what is left goes on from it. */
export type Anchor = {
  /** The last entry that was removed, and its hash. */
  readonly seq: number;
  readonly hash: string;
  readonly removed: number;
  readonly at: string;
  readonly by: UserId;
};

/** A hold that stands. */
export type Hold = {
  readonly number: number;
  readonly caseId: CaseId;
  readonly caseRef: string;
  readonly by: UserId;
  readonly at: string;
  readonly why: z.infer<typeof whyHeldSchema>;
  readonly record: string | null;
};
