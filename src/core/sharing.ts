import { z } from 'zod';
import { type Day, daySchema, shareIdSchema, userIdSchema } from './ids.js';
import type { Review } from './review.js';
import { type Action, type Reach, reachTo, type Ties, type User } from './roles.js';

/**
 * Sharing a case with an advocate rests on what the person agreed to, as it was recorded: no agreement, no share. What
 * is over stays in the record. Sharing without agreement, to protect somebody's life, is decided by people under the
 * force's policy and is not done here.
 */

/** Beside how to reach the person safely, which every share holds. What each of them shows stands in shared-review.ts. */
export const sharedPartSchema = z.enum(['plan', 'account', 'indicators']);
export type SharedPart = z.infer<typeof sharedPartSchema>;

/** How the agreement was given. */
const agreementWaySchema = z.enum(['in-person', 'by-phone', 'in-writing']);
export type AgreementWay = z.infer<typeof agreementWaySchema>;

const words = z.string().trim().min(1).max(2_000);

export const agreementSchema = z.strictObject({
  /** The day the person was asked and agreed. */
  on: daySchema,
  way: agreementWaySchema,
  parts: z
    .array(sharedPartSchema)
    .refine((parts) => new Set(parts).size === parts.length, 'names a part twice'),
  /** What must not be passed on, in the person's words: for the police to go by, never shown to the advocate. */
  limits: words.exactOptional(),
  /** The last day of it; absent: until it is ended. */
  until: daySchema.exactOptional(),
});
export type Agreement = z.infer<typeof agreementSchema>;

/** `left`: the advocate ended it. */
const endReasonSchema = z.enum([
  'agreement-withdrawn',
  'no-longer-needed',
  'shared-by-mistake',
  'other',
  'left',
]);
export type EndReason = z.infer<typeof endReasonSchema>;

export const shareEndSchema = z.strictObject({
  by: userIdSchema,
  at: z.iso.datetime(),
  why: endReasonSchema,
  note: words.exactOptional(),
});
export type ShareEnd = z.infer<typeof shareEndSchema>;

export const shareSchema = z.strictObject({
  id: shareIdSchema,
  /** The advocate. */
  with: userIdSchema,
  /** Who shared it and recorded the agreement, and when. */
  by: userIdSchema,
  at: z.iso.datetime(),
  agreement: agreementSchema,
  ended: shareEndSchema.exactOptional(),
});
export type Share = z.infer<typeof shareSchema>;

/** What the page sends to share a case. Only an answer of "agreed" can have an agreement with it. */
export const sharingRequestSchema = z.discriminatedUnion('answer', [
  z.strictObject({
    answer: z.literal('agreed'),
    with: userIdSchema,
    agreement: agreementSchema,
  }),
  z.strictObject({ answer: z.enum(['declined', 'not-asked', 'not-known']), with: userIdSchema }),
]);
export type SharingRequest = z.infer<typeof sharingRequestSchema>;

/** What the page sends to end one. */
export const endingRequestSchema = z
  .strictObject({ why: endReasonSchema.exclude(['left']), note: words.exactOptional() })
  .refine(({ why, note }) => why !== 'other' || note !== undefined, {
    path: ['note'],
    message: 'is needed where the reason is another',
  });
export type EndingRequest = z.infer<typeof endingRequestSchema>;

/** True while it opens the case: neither ended nor past its last day. */
export function isLive({ agreement, ended }: Share, today: Day): boolean {
  return !ended && (agreement.until === undefined || agreement.until >= today);
}

/** The share by which somebody sees a case today; undefined when there is none. */
export function liveShareOf(
  { shares }: Pick<Review, 'shares'>,
  person: Share['with'],
  today: Day,
): Share | undefined {
  return shares.find((share) => share.with === person && isLive(share, today));
}

/** How somebody is tied to a case today. */
export function tiesOf(
  review: Pick<Review, 'people' | 'barred' | 'shares'>,
  person: Share['with'],
  today: Day,
): Ties {
  return {
    isOnCase: review.people.includes(person),
    isShared: liveShareOf(review, person, today) !== undefined,
    isBarred: review.barred.includes(person),
  };
}

/** The reach by which somebody may do something with a case today; `none` when they may not. */
export function reachOn(
  { id, roles }: Pick<User, 'id' | 'roles'>,
  action: Action,
  review: Pick<Review, 'people' | 'barred' | 'shares'>,
  today: Day,
): Reach {
  return reachTo(roles, action, tiesOf(review, id, today));
}

export type SharingRefusal =
  /** The person declined, was not asked, or it is not known: none of these is a yes. */
  | 'not-agreed'
  | 'not-an-advocate'
  /** They are said to have agreed on a day that has not come. */
  | 'agreed-later'
  /** The last day is past. */
  | 'over-already'
  | 'already-shared';

/** The agreement on which a case may be shared now, or what stands against it. */
export function decideSharing(
  request: SharingRequest,
  { shares, barred }: Pick<Review, 'shares' | 'barred'>,
  given: { readonly today: Day; readonly advocates: readonly Share['with'][] },
): { readonly kind: 'agreed'; readonly agreement: Agreement } | { readonly kind: SharingRefusal } {
  const { today, advocates } = given;
  if (request.answer !== 'agreed') return { kind: 'not-agreed' };
  const { agreement } = request;
  // Somebody the case is closed to is told apart from no advocate by nothing.
  if (!advocates.includes(request.with) || barred.includes(request.with))
    return { kind: 'not-an-advocate' };
  if (agreement.on > today) return { kind: 'agreed-later' };
  if (agreement.until !== undefined && agreement.until < today) return { kind: 'over-already' };
  if (liveShareOf({ shares }, request.with, today)) return { kind: 'already-shared' };
  return { kind: 'agreed', agreement };
}
