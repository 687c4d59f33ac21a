import { z } from 'zod';
import { reviewIdSchema, type UserId, userIdSchema } from './ids.js';
import { reviewStateSchema } from './review.js';

/** One row of the queue: counts and dates, never the words of a reply. */
export const reviewRowSchema = z.strictObject({
  id: reviewIdSchema,
  caseRef: z.string(),
  state: reviewStateSchema,
  version: z.int(),
  submittedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  author: z.string(),
  /** Whose it is to decide, by name and by id; null: whoever comes first. */
  handedTo: z.string().nullable(),
  handedToId: userIdSchema.nullable(),
  team: z.string().nullable(),
  scripts: z.array(z.string()),
  red: z.int(),
  amber: z.int(),
  isIncomplete: z.boolean(),
  /** The section 2A check date and the next date that an order ends, where the timeline knows them. */
  checkDate: z.iso.date().nullable(),
  orderEnds: z.iso.date().nullable(),
});
export type ReviewRow = z.infer<typeof reviewRowSchema>;

export const reviewQuerySchema = z.strictObject({
  state: reviewStateSchema.default('waiting'),
  /** Part of a case reference. */
  search: z.string().max(60).optional(),
  flag: z.enum(['red', 'amber']).optional(),
  script: z.string().max(60).optional(),
  team: z.string().max(200).optional(),
  author: z.string().max(200).optional(),
  /** Handed to whoever asks, or to nobody yet. */
  handed: z.enum(['me', 'nobody']).optional(),
  /** Waiting at least so many hours. */
  olderThanHours: z.coerce.number().int().min(0).max(10_000).optional(),
  /** Check date or order ending within so many days. */
  datesWithin: z.coerce.number().int().min(0).max(400).optional(),
  sort: z.enum(['urgent', 'oldest', 'newest', 'check-date']).default('urgent'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
/** What a page asks for. */
export type AskedReviews = z.infer<typeof reviewQuerySchema>;
/** The same with the person it asks about, who is never named by a page; `handedTo` null: handed to nobody. */
export type ReviewQuery = Omit<AskedReviews, 'handed'> & { readonly handedTo?: UserId | null };

/** Rows on a page. */
export const pageSize = 50;

const reviewPageSchema = z.strictObject({
  rows: z.array(reviewRowSchema),
  total: z.int(),
  counts: z.record(reviewStateSchema, z.int()),
});
export type ReviewPage = z.infer<typeof reviewPageSchema>;
