import { z } from 'zod';
import {
  daySchema,
  questionIdSchema,
  screeningIdSchema,
  sourceIdSchema,
  userIdSchema,
} from './ids.js';
import { statementIdSchema } from './script.js';

/**
 * The case summary as it is published to other systems: the JSON Schema in `docs/` is made from this. A change that
 * readers must know of counts `schemaVersion` up.
 */

export const summaryCiteSchema = z.strictObject({
  source: z.strictObject({
    id: sourceIdSchema,
    publisher: z.string(),
    title: z.string(),
    url: z.string().nullable(),
    checkedOn: daySchema,
  }),
  locator: z.string(),
});

const replacedSchema = z.strictObject({
  said: z.string(),
  at: z.iso.datetime(),
  by: userIdSchema,
  /** Why this one had itself replaced another. */
  reason: z.string().exactOptional(),
});

const fromSchema = z.strictObject({
  screening: screeningIdSchema,
  question: questionIdSchema,
  /** Number of the record within its question. */
  record: z.int().exactOptional(),
  /** The words that were put. */
  ask: z.string(),
  /** Whose words the reply holds; `records` are what police systems hold. */
  saidBy: z.enum(['caller', 'user', 'records']),
  /** The reply in words; absent when none was given. */
  said: z.string().exactOptional(),
  /** Who took it down, and when. */
  by: userIdSchema.exactOptional(),
  at: z.iso.datetime().exactOptional(),
  /** When it was told, where it was held from earlier contact and found still right. */
  heldFrom: z.iso.datetime().exactOptional(),
  /** Why it replaced an earlier one. */
  reason: z.string().exactOptional(),
  /** Earlier replies to the same question, newest first. */
  replaced: z.array(replacedSchema),
});

export const summaryStatusSchema = z.enum([
  'answered',
  'not known',
  'declined',
  'not asked',
  'not reached',
]);

const lineSchema = z.strictObject({
  text: z.string(),
  status: summaryStatusSchema,
  from: fromSchema,
  cites: z.array(summaryCiteSchema),
});

const flagSchema = z.strictObject({
  screening: screeningIdSchema,
  level: z.enum(['red', 'amber', 'note']),
  /** Absent when DANGER was pressed. */
  question: questionIdSchema.exactOptional(),
  about: z.string(),
  at: z.iso.datetime(),
});

const screeningSchema = z.strictObject({
  id: screeningIdSchema,
  title: z.string(),
  script: z.string(),
  version: z.int(),
  startedAt: z.iso.datetime(),
  startedBy: userIdSchema,
  state: z.enum(['finished', 'stopped for danger', 'unfinished', 'short set only']),
  /** Questions that did not apply, since their condition never held. */
  notApplicable: z.array(questionIdSchema),
});

const timelineSchema = z.strictObject({
  built: z.string(),
  /** Facts only: counts, gaps, dates to watch; each sentence ours, with the law it rests on. */
  facts: z.array(z.strictObject({ text: z.string(), cites: z.array(summaryCiteSchema) })),
  months: z.array(z.strictObject({ month: z.string(), count: z.int() })),
  entries: z.array(
    z.strictObject({ when: z.string(), text: z.string(), kinds: z.array(z.string()) }),
  ),
  imports: z.array(z.strictObject({ from: z.string(), text: z.string() })),
  /** Where an imported timeline and ours differ; never resolved. */
  conflicts: z.array(z.string()),
});

export const caseSummarySchema = z.strictObject({
  schemaVersion: z.literal(1),
  caseRef: z.string(),
  /** The day that counts of days were worked out for. */
  on: daySchema,
  knowledgeVersion: z.string(),
  people: z.array(z.strictObject({ id: userIdSchema, name: z.string() })),
  screenings: z.array(screeningSchema),
  /** Not empty: the summary is headed "Incomplete". */
  incomplete: z.array(z.string()),
  notes: z.array(z.string()),
  flags: z.array(flagSchema),
  sections: z.array(
    z.strictObject({ id: statementIdSchema, title: z.string(), lines: z.array(lineSchema) }),
  ),
  /** Replies that stand in the record but no longer apply, since a later answer took their question off the route. */
  dropped: z.array(lineSchema),
  timeline: timelineSchema.exactOptional(),
  indications: z.array(
    z.strictObject({
      screening: screeningIdSchema,
      id: z.string(),
      text: z.string(),
      rests: z.array(questionIdSchema),
      cites: z.array(summaryCiteSchema),
    }),
  ),
  endings: z.array(z.string()),
  tasks: z.array(z.string()),
});

export type CaseSummary = z.infer<typeof caseSummarySchema>;
export type SummaryLine = z.infer<typeof lineSchema>;
export type SummaryCite = z.infer<typeof summaryCiteSchema>;
