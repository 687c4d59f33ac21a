import { z } from 'zod';
import { copyRoutes } from '../../src/core/copy-for-person.js';
import { taskKindSchema, taskStateSchema } from '../../src/core/curator-task.js';
import { userIdSchema } from '../../src/core/ids.js';
import { exportFormats } from '../../src/flows/give-out.js';

/** What the page may ask beside the queue's query and the acts of a review, which stand in `src/core`. */

/** Said by the page when it asks to be somebody of the demo. */
export const demoPersonSchema = z.strictObject({ id: userIdSchema });

export const exportSchema = z.strictObject({
  format: z.enum(exportFormats),
  /** Why it leaves; kept in the audit. */
  purpose: z.string().trim().min(3).max(300),
});

export const copySchema = z.strictObject({
  format: z.enum(['docx', 'pdf']),
  route: z.enum(copyRoutes),
});

/** The author's note with a summary that is sent again. */
export const submitSchema = z.strictObject({
  note: z.string().trim().min(1).max(4_000).exactOptional(),
  isSure: z.boolean().exactOptional(),
});

export const closingSchema = z.strictObject({
  done: z.literal(true),
  note: z.string().trim().min(1).max(4_000),
});

/** Two years at most: what is older is told by the store, not the page. */
export const overviewSchema = z.strictObject({
  weeks: z.coerce.number().int().min(1).max(104).default(12),
  team: z.string().min(1).max(200).exactOptional(),
});

export const auditSearchSchema = z.strictObject({
  by: userIdSchema.exactOptional(),
  what: z.string().max(60).exactOptional(),
  /** First and last day. */
  from: z.iso.date().exactOptional(),
  to: z.iso.date().exactOptional(),
});

export const tasksSchema = z.strictObject({
  state: taskStateSchema.default('open'),
  kind: taskKindSchema.exactOptional(),
});

export const taskClosingSchema = z.strictObject({
  as: z.enum(['done', 'not-ours']),
  note: z.string().trim().min(1).max(2_000),
});

/** As in `12`: of a conflict of interest, as the store counts them. */
export const conflictNumberSchema = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

/** Names a commitment: opaque here. */
export const commitmentKeySchema = z.string().min(1).max(300);
