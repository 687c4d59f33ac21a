import { z } from 'zod';
import {
  caseSummarySchema,
  summaryCiteSchema,
  summaryStatusSchema,
} from './case-summary-schema.js';
import { daySchema, passageIdSchema, reviewIdSchema, sourceIdSchema, userIdSchema } from './ids.js';
import {
  lineKeySchema,
  pointSchema,
  returnCodeSchema,
  reviewStateSchema,
  supervisorActSchemas,
} from './review.js';
import { statementIdSchema } from './script.js';
import { agreementSchema, shareSchema } from './sharing.js';

/**
 * What a route answers for one review, and what the page sends back: nothing else crosses between the two. Over 200
 * lines, since it is one shape.
 */

/** Words that should not reach a victim. `block`: may not be saved. `warn`: only by somebody who says they are sure. */
const wordingFindingSchema = z.strictObject({
  phrase: z.string(),
  level: z.enum(['block', 'warn']),
  reason: z.string(),
  cites: z.array(summaryCiteSchema),
  /** Words to use in their place. */
  better: z.string(),
});
export type WordingFinding = z.infer<typeof wordingFindingSchema>;

/**
 * One place in which two texts of a case differ. Without `before` it is new, without `after` it is gone; the same on
 * both sides, only the reply behind it changed: who gave it, when or why.
 */
const differenceSchema = z.strictObject({
  part: z.enum(['line', 'indication', 'flag', 'missing', 'timeline', 'task', 'screening']),
  /** Of a line or an indication. */
  line: lineKeySchema.exactOptional(),
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
});
export type Difference = z.infer<typeof differenceSchema>;

const done = { by: userIdSchema, at: z.iso.datetime() };

const lineEditSchema = z.strictObject({
  ...done,
  old: z.string(),
  new: z.string(),
  why: z.string(),
});
export type LineEdit = z.infer<typeof lineEditSchema>;

const reviewLineSchema = z.strictObject({
  key: lineKeySchema,
  /** S1 to S9; `dropped` for replies that no longer apply; `indications` for what the replies touch upon. */
  section: z.union([statementIdSchema, z.enum(['dropped', 'indications'])]),
  drafted: z.string(),
  /** As it stands: the newest edit, else as drafted. */
  text: z.string(),
  /** Absent for an indication. */
  status: summaryStatusSchema.exactOptional(),
  /** Oldest first; those of an earlier version stay while the draft of the line is the same. */
  edits: z.array(lineEditSchema),
  checkedBy: z.strictObject(done).exactOptional(),
  /** Says which ways of contact the person ruled out: left out of whatever they keep. Absent: it does not. */
  isUnsafe: z.literal(true).exactOptional(),
  /** In the words the officer wrote; what the caller said is never checked. */
  findings: z.array(wordingFindingSchema),
});
export type ReviewLine = z.infer<typeof reviewLineSchema>;

/** What the guidance says at a citation; `at` is its own place, where that is not the citation's. */
const citedQuoteSchema = z.strictObject({
  source: sourceIdSchema,
  locator: z.string(),
  passage: passageIdSchema,
  heading: z.string(),
  text: z.string(),
  at: z.string().exactOptional(),
  checkedOn: daySchema,
});
export type CitedQuote = z.infer<typeof citedQuoteSchema>;

const reviewPointSchema = z.strictObject({
  number: pointSchema,
  text: z.string(),
  answer: z.enum(['yes', 'no', 'not-applicable']).exactOptional(),
  reason: z.string().exactOptional(),
  by: userIdSchema.exactOptional(),
  at: z.iso.datetime().exactOptional(),
});
export type ReviewPoint = z.infer<typeof reviewPointSchema>;

const returnSchema = z.strictObject({
  ...done,
  kind: z.literal('returned'),
  version: z.int(),
  codes: z.array(returnCodeSchema),
  note: z.string(),
  lines: z.array(lineKeySchema),
});
export type ReviewReturn = z.infer<typeof returnSchema>;

const reviewDecisionSchema = z.discriminatedUnion('kind', [
  returnSchema,
  z.strictObject({
    ...done,
    kind: z.literal('approved'),
    version: z.int(),
    note: z.string().exactOptional(),
  }),
]);
export type ReviewDecision = z.infer<typeof reviewDecisionSchema>;

const reviewVersionSchema = z.strictObject({
  version: z.int(),
  /** `superseded`: sent again before anybody decided. */
  state: z.enum(['waiting', 'returned', 'approved', 'superseded']),
  submittedAt: z.iso.datetime(),
  by: userIdSchema,
  /** SHA-256 of the summary as submitted, in hex. */
  digest: z.string(),
  /** The author's note with it. */
  note: z.string().exactOptional(),
});
export type ReviewVersion = z.infer<typeof reviewVersionSchema>;

/** What the person who asked may do now; the server decides again at each act. */
const reviewMaySchema = z.strictObject({
  check: z.boolean(),
  edit: z.boolean(),
  point: z.boolean(),
  hand: z.boolean(),
  return: z.boolean(),
  approve: z.boolean(),
  submit: z.boolean(),
  export: z.boolean(),
  copy: z.boolean(),
  history: z.boolean(),
  /** To share the case with an advocate, and to end that. */
  share: z.boolean(),
  /** To name others as having a conflict of interest, and to lift that. */
  nameConflict: z.boolean(),
  /** To declare one of their own. */
  declareConflict: z.boolean(),
});
export type ReviewMay = z.infer<typeof reviewMaySchema>;

export const reviewDetailSchema = z.strictObject({
  id: reviewIdSchema,
  caseRef: z.string(),
  state: reviewStateSchema,
  version: z.int(),
  /** Number of events shown; an act names it, so that nobody decides on what they have not seen. */
  seen: z.int(),
  /** Of this version, as it was submitted: without the edits, which stand at the lines. */
  summary: caseSummarySchema,
  lines: z.array(reviewLineSchema),
  /** One for each citation of the summary that the guidance has words for. */
  quotes: z.array(citedQuoteSchema),
  /** All fifteen, in order. */
  points: z.array(reviewPointSchema),
  handedTo: userIdSchema.exactOptional(),
  /** To whom it may be handed: nobody who recorded any of it. Empty for those who may not hand it on. */
  supervisors: z.array(z.strictObject({ id: userIdSchema, name: z.string() })),
  /** On this version. */
  decision: reviewDecisionSchema.exactOptional(),
  /** Of earlier versions, oldest first. */
  returns: z.array(returnSchema),
  /** Oldest first; the last is this one. */
  versions: z.array(reviewVersionSchema),
  /** What the case says now that this version does not; absent when they say the same. */
  differences: z.array(differenceSchema).exactOptional(),
  /** What this version, as it was sent, says that the one decided on before it did not; absent when there is none. */
  since: z
    .strictObject({
      version: z.int(),
      /** The day it was drawn up for: days in the text are counted to it. */
      on: daySchema,
      decision: reviewDecisionSchema,
      differences: z.array(differenceSchema),
    })
    .exactOptional(),
  /** The newest version, where this is an earlier one, shown as it stood when it was left behind. */
  newest: z.int().exactOptional(),
  may: reviewMaySchema,
  /** True when they recorded or submitted any of it: they may hand it on, not review it. */
  isOwnCase: z.boolean(),
  /** Present for an advocate: by whom and on what agreement the case is shared with them; only that much is shown. */
  shared: z
    .strictObject({
      id: shareSchema.shape.id,
      by: shareSchema.shape.by,
      at: shareSchema.shape.at,
      agreedOn: agreementSchema.shape.on,
      way: agreementSchema.shape.way,
      parts: agreementSchema.shape.parts,
      until: agreementSchema.shape.until,
    })
    .exactOptional(),
  /** Names by id, of everybody named above. */
  names: z.record(z.string(), z.string()),
});
export type ReviewDetail = z.infer<typeof reviewDetailSchema>;

/** What the page posts: the act, and what was seen when it was made. */
export const reviewMoveSchema = z.strictObject({
  seen: z.int().min(1),
  /** Says that a warning about words was read and the words are to stand. */
  isSure: z.boolean().exactOptional(),
  act: z.discriminatedUnion('kind', supervisorActSchemas),
});
export type ReviewMove = z.infer<typeof reviewMoveSchema>;
