import { z } from 'zod';
import { caseIdSchema, reviewIdSchema, userIdSchema } from '../../core/ids.js';
import { type Review, type ReviewEvent, reviewActSchema } from '../../core/review.js';
import { reviewRowSchema } from '../../core/review-list.js';
import { shareEndSchema, shareSchema } from '../../core/sharing.js';
import { ownFault } from '../log.js';
import { parseRow } from './parse-row.js';
import { openAct } from './sealed-act.js';
import { openShare } from './sealed-share.js';
import type { Place, Sealing } from './sealing.js';

/** Times stand in JSON with the offset of the server's time zone. */
const timeSchema = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given).toISOString());

/** A share as the store writes it in JSON. */
export const storedShareSchema = shareSchema.extend({
  at: timeSchema,
  ended: shareEndSchema.extend({ at: timeSchema }).exactOptional(),
});

const reviewRow = z.object({
  id: reviewIdSchema,
  case_id: caseIdSchema,
  case_ref: z.string(),
  people: z.array(userIdSchema),
  barred: z.array(userIdSchema),
  shares: z.array(z.unknown()),
  events: z.array(z.looseObject({ act: z.unknown() })).min(1),
});

const eventSchema = z.object({
  seq: z.int(),
  at: timeSchema,
  by: userIdSchema,
  act: reviewActSchema,
}) satisfies z.ZodType<ReviewEvent>;

/** Where the act of an event stands. */
export const placeOfReviewAct = (review: string, seq: number): Place => ({
  table: 'review_events',
  column: 'act',
  row: `${review}/${seq}`,
});

/** Where the name of whom it was handed to stands. */
export const placeOfHandedTo = (review: string): Place => ({
  table: 'reviews',
  column: 'handed_to',
  row: review,
});

/** One review out of its row, its words decrypted. */
export function toReview(sealing: Sealing, given: { readonly id: string }): Review {
  const row = parseRow(reviewRow, given, 'reviews', given.id);
  return {
    id: row.id,
    caseId: row.case_id,
    caseRef: row.case_ref,
    people: row.people,
    barred: row.barred,
    shares: row.shares.map((share) =>
      parseRow(storedShareSchema, openShare(sealing, share), 'shares', row.id),
    ),
    events: row.events.map((event, index) => {
      const act = openAct(sealing, event.act, placeOfReviewAct(row.id, index + 1));
      return toReviewEvent(row.id, { ...event, act }, index + 1);
    }),
  };
}

/** The event as it will be read back; a fault when it could not be, so that nothing is saved which cannot be read. */
export function toReviewEvent(review: string, given: unknown, seq: number): ReviewEvent {
  const name = `${review} event ${seq}`;
  const event = parseRow(eventSchema, given, 'review_events', name);
  if (event.seq !== seq) throw ownFault(`reading review_events ${name}: one is missing`);
  return event;
}

/** A row of the queue as the store writes it in JSON. */
export const listedRowSchema = reviewRowSchema.extend({
  submittedAt: timeSchema,
  decidedAt: timeSchema.nullable(),
});
