import { z } from 'zod';
import { caseIdSchema, reviewIdSchema, userIdSchema } from '../../core/ids.js';
import { type Review, type ReviewEvent, reviewActSchema } from '../../core/review.js';
import { reviewRowSchema } from '../../core/review-list.js';
import { shareEndSchema, shareSchema } from '../../core/sharing.js';
import { ownFault } from '../log.js';
import { parseRow } from './parse-row.js';

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
  shares: z.array(storedShareSchema),
  events: z.array(z.unknown()).min(1),
});

const eventSchema = z.object({
  seq: z.int(),
  at: timeSchema,
  by: userIdSchema,
  act: reviewActSchema,
}) satisfies z.ZodType<ReviewEvent>;

/** One review out of its row. */
export function toReview(given: { readonly id: string }): Review {
  const row = parseRow(reviewRow, given, 'reviews', given.id);
  return {
    id: row.id,
    caseId: row.case_id,
    caseRef: row.case_ref,
    people: row.people,
    shares: row.shares,
    events: row.events.map((event, index) => toReviewEvent(row.id, event, index + 1)),
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
