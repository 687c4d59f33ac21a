import { z } from 'zod';
import { reviewIdSchema } from './ids.js';
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
  handedTo: z.string().nullable(),
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
  /** Waiting at least so many hours. */
  olderThanHours: z.coerce.number().int().min(0).max(10_000).optional(),
  /** Check date or order ending within so many days. */
  datesWithin: z.coerce.number().int().min(0).max(400).optional(),
  sort: z.enum(['urgent', 'oldest', 'newest', 'check-date']).default('urgent'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ReviewQuery = z.infer<typeof reviewQuerySchema>;

/** Rows on a page. */
export const pageSize = 50;

export const reviewPageSchema = z.strictObject({
  rows: z.array(reviewRowSchema),
  total: z.int(),
  counts: z.record(reviewStateSchema, z.int()),
});
export type ReviewPage = z.infer<typeof reviewPageSchema>;
