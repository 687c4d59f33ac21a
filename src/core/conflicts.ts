import { z } from 'zod';
import { userIdSchema } from './ids.js';
import { recordSchema } from './retention.js';

/**
 * A conflict of interest closes one case to one member of staff, whatever their roles: `reachTo` (roles.ts) and
 * `isOpenTo` below say so for every path. Somebody who may be close to the suspect must not learn that they were named,
 * so that to them the case looks like none. Nothing is deleted: what they recorded stays, and a lifted conflict too.
 */

export const whyNamedSchema = z.enum([
  'suspect-or-subject',
  'close-to-a-party',
  'manages-a-party',
  'declared',
  'other-recorded',
]);
export type WhyNamed = z.infer<typeof whyNamedSchema>;

export const whyConflictLiftedSchema = z.enum([
  'named-in-error',
  'no-longer-applies',
  'other-recorded',
]);
export type WhyConflictLifted = z.infer<typeof whyConflictLiftedSchema>;

/** The force's own record says what a code cannot. */
const needsRecord = {
  path: ['record'],
  message: 'is needed where the reason stands in another record',
};

/** What the page sends to name somebody. */
export const namingRequestSchema = z
  .strictObject({ person: userIdSchema, why: whyNamedSchema, record: recordSchema.exactOptional() })
  .refine(({ why, record }) => why !== 'other-recorded' || record !== undefined, needsRecord);
export type NamingRequest = z.infer<typeof namingRequestSchema>;

/** What the page sends to declare oneself. */
export const declaringRequestSchema = z.strictObject({ record: recordSchema.exactOptional() });
export type DeclaringRequest = z.infer<typeof declaringRequestSchema>;

/** What the page sends to lift one. */
export const liftingRequestSchema = z
  .strictObject({ why: whyConflictLiftedSchema, record: recordSchema.exactOptional() })
  .refine(({ why, record }) => why !== 'other-recorded' || record !== undefined, needsRecord);
export type LiftingRequest = z.infer<typeof liftingRequestSchema>;

const done = { by: userIdSchema, at: z.iso.datetime() };

export const conflictSchema = z.strictObject({
  /** In the order they were named. */
  number: z.int(),
  /** Whom it keeps from the case. */
  person: userIdSchema,
  ...done,
  why: whyNamedSchema,
  /** Number of the force's own record. */
  record: recordSchema.nullable(),
  /** Absent while it stands. */
  lifted: z
    .strictObject({ ...done, why: whyConflictLiftedSchema, record: recordSchema.nullable() })
    .exactOptional(),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** Who the case is closed to, each once. */
export function barredBy(conflicts: readonly Conflict[]): readonly Conflict['person'][] {
  return [...new Set(conflicts.filter(({ lifted }) => !lifted).map(({ person }) => person))];
}

/** Who was let into a case, and to whom of all staff it is closed. */
export type Doorkeeping = {
  readonly people: readonly Conflict['person'][];
  readonly barred: readonly Conflict['person'][];
};

/** Whether somebody was let into a case and it is not closed to them. */
export function isOpenTo({ people, barred }: Doorkeeping, person: Conflict['person']): boolean {
  return people.includes(person) && !barred.includes(person);
}

/**
 * Whether somebody may lift a conflict: whoever it concerns may not. `lifted`: that was done before. `unknown`: the
 * case has none such.
 */
export function decideLifting(
  conflicts: readonly Conflict[],
  number: number,
  by: Conflict['person'],
): 'may-lift' | 'own-conflict' | 'already-lifted' | 'unknown' {
  const found = conflicts.find((one) => one.number === number);
  if (!found) return 'unknown';
  if (found.person === by) return 'own-conflict';
  return found.lifted ? 'already-lifted' : 'may-lift';
}

/** What a refusal for it is called in the audit. */
export const conflictOfInterest = 'conflict-of-interest';

type Entry = {
  readonly by: Conflict['person'];
  readonly detail: Readonly<Record<string, unknown>>;
};

/**
 * Entries of the audit without those that would tell somebody that they were named, or that it was lifted. What they
 * declared themselves they may see.
 */
export function withoutOwnConflicts<One extends Entry>(
  entries: readonly One[],
  viewer: Conflict['person'],
): readonly One[] {
  return entries.filter(({ by, detail }) =>
    by === viewer ? detail.why !== conflictOfInterest : detail.conflictOf !== viewer,
  );
}
