import { z } from 'zod';
import { caseSummarySchema } from './case-summary-schema.js';
import { type CaseId, type ReviewId, type UserId, userIdSchema } from './ids.js';
import type { Share } from './sharing.js';

/**
 * The review of a case's summary. As with screenings only what people did is stored, as events in order; where a review
 * stands is worked out by `replayReview`. A summary sent again is the next version; an approved version is never changed.
 */

/** Names a line within one version: screening, question and record (`… FC04`, `… TL01 2`), or an indication (`… I-1`). */
export const lineKeySchema = z.string().min(1).max(120);
export type LineKey = z.infer<typeof lineKeySchema>;

/** The fifteen review points (screening design, part x), 1 to 15. */
export const pointSchema = z.int().min(1).max(15);

export const returnCodeSchema = z.enum([
  'history-not-searched',
  'course-of-conduct-incomplete',
  'effect-not-asked',
  'indicator-without-action',
  'protection-order-not-considered',
  'safe-contact-missing',
  'specialist-not-offered',
  'absent-answers-unplanned',
  'wording',
  'evidence-not-recorded',
  'recorded-wrongly',
  'other',
]);
export type ReturnCode = z.infer<typeof returnCodeSchema>;

const words = z.string().trim().min(1).max(4_000);

/** What supervisors do, as the page sends it. */
export const supervisorActSchemas = [
  z.strictObject({ kind: z.literal('line-checked'), line: lineKeySchema, isChecked: z.boolean() }),
  /** The supervisor's words beside what was drafted; the draft stays in the record. */
  z.strictObject({ kind: z.literal('line-edited'), line: lineKeySchema, text: words, why: words }),
  z
    .strictObject({
      kind: z.literal('point-answered'),
      point: pointSchema,
      answer: z.enum(['yes', 'no', 'not-applicable']),
      reason: words.exactOptional(),
    })
    .refine(({ answer, reason }) => answer === 'yes' || reason !== undefined, {
      path: ['reason'],
      message: 'is needed unless the answer is yes',
    }),
  z.strictObject({ kind: z.literal('handed'), to: userIdSchema, why: words.exactOptional() }),
  z.strictObject({
    kind: z.literal('returned'),
    codes: z.array(returnCodeSchema).min(1).max(12),
    note: words,
    lines: z.array(lineKeySchema).max(200),
  }),
  /** Belongs to exactly the text that the events before it make. */
  z.strictObject({ kind: z.literal('approved'), note: words.exactOptional() }),
] as const;

export const reviewActSchema = z.discriminatedUnion('kind', [
  /** Sends the summary as it is now; after a return or an approval, the next version. `digest` is its SHA-256 in hex. */
  z.strictObject({
    kind: z.literal('submitted'),
    summary: caseSummarySchema,
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    note: words.exactOptional(),
  }),
  ...supervisorActSchemas,
]);
export type ReviewAct = z.infer<typeof reviewActSchema>;

export type ReviewEvent = {
  /** 1, 2, 3 … within its review. */
  readonly seq: number;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly by: UserId;
  readonly act: ReviewAct;
};

export type Review = {
  readonly id: ReviewId;
  readonly caseId: CaseId;
  readonly caseRef: string;
  /** Everybody who was let into its case: nobody of them may decide if they recorded any of it. */
  readonly people: readonly UserId[];
  /** To whom of all staff it is closed, by a conflict of interest that stands. */
  readonly barred: readonly UserId[];
  /** With which advocates its case is or was shared, oldest first. */
  readonly shares: readonly Share[];
  readonly events: readonly ReviewEvent[];
};

export const reviewStateSchema = z.enum(['waiting', 'returned', 'approved']);
export type ReviewState = z.infer<typeof reviewStateSchema>;
