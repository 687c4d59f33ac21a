import { z } from 'zod';
import {
  caseIdSchema,
  daySchema,
  questionIdSchema,
  screeningIdSchema,
  userIdSchema,
} from '../../core/ids.js';
import { notAskedReasonSchema, precisionSchema, valueSchema } from '../../core/reply.js';
import type {
  Act,
  FieldValue,
  RecordFields,
  Screening,
  ScreeningEvent,
} from '../../core/screening.js';
import { ownFault } from '../log.js';
import { parseRow } from './parse-row.js';
import { openAct } from './sealed-act.js';
import type { Place, Sealing } from './sealing.js';

/** As the driver gives it, still to be parsed. */
export type ScreeningRow = { readonly id: string };

/** Times stand in JSON with the offset of the server's time zone. */
const timeSchema = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given).toISOString());

const screeningRow = z.object({
  id: screeningIdSchema,
  case_id: caseIdSchema,
  case_ref: z.string(),
  script: z.string(),
  version: z.int(),
  started_by: userIdSchema,
  started_at: z.date(),
  is_follow_on: z.boolean(),
  people: z.array(userIdSchema).min(1),
  barred: z.array(userIdSchema),
  events: z.array(z.looseObject({ act: z.unknown() })),
});

/** A record holds what was pasted or imported, so its texts may be longer than a reply. */
const fieldValueSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choice: z.string().max(40) }),
  z.strictObject({
    kind: z.literal('choices'),
    choices: z.array(z.string().max(40)).min(1).max(40),
  }),
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(20_000) }),
  z.strictObject({ kind: z.literal('date'), day: daySchema, precision: precisionSchema }),
]) satisfies z.ZodType<FieldValue>;

/** Sorted, because the store keeps no order of keys: remembered or read, a record is the same. */
const fieldsSchema = z
  .record(
    z
      .string()
      .max(80)
      .regex(/^[a-z]+(?:-[a-z]+)*$/),
    fieldValueSchema,
  )
  .refine((fields) => Object.keys(fields).length <= 40)
  .transform((fields) =>
    Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))),
  ) satisfies z.ZodType<RecordFields>;

const numberSchema = z.int().min(1).max(100_000);

/** `satisfies` holds it to the type of the core. */
const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reply'),
    question: questionIdSchema,
    value: valueSchema,
    held: z
      .strictObject({
        screening: screeningIdSchema,
        question: questionIdSchema,
        at: z.string().max(40),
      })
      .exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('reason'),
    question: questionIdSchema,
    reason: z.string().min(1).max(8_000),
  }),
  z.strictObject({
    kind: z.literal('record'),
    question: questionIdSchema,
    number: numberSchema.exactOptional(),
    fields: fieldsSchema,
  }),
  z.strictObject({ kind: z.literal('strike'), question: questionIdSchema, number: numberSchema }),
  z.strictObject({ kind: z.literal('shorten'), reason: notAskedReasonSchema }),
  z.strictObject({ kind: z.literal('lengthen') }),
  z.strictObject({ kind: z.literal('back') }),
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('danger') }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
]) satisfies z.ZodType<Act>;

const eventSchema = z.object({
  seq: z.int(),
  at: timeSchema,
  by: userIdSchema,
  client: z.enum(['card', 'chat', 'terminal']),
  activityId: z.string(),
  act: actSchema,
}) satisfies z.ZodType<ScreeningEvent>;

/** Where the act of an event stands. */
export const placeOfAct = (screening: string, seq: number): Place => ({
  table: 'screening_events',
  column: 'act',
  row: `${screening}/${seq}`,
});

/** One screening out of its row, its acts decrypted; after the events `known` of it, where those were not read again. */
export function toScreening(
  sealing: Sealing,
  given: ScreeningRow,
  known?: Pick<Screening, 'events'>,
): Screening {
  const earlier = known?.events ?? [];
  const row = parseRow(screeningRow, given, 'screenings', given.id);
  return {
    id: row.id,
    caseId: row.case_id,
    caseRef: row.case_ref,
    script: row.script,
    version: row.version,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    people: row.people,
    barred: row.barred,
    isFollowOn: row.is_follow_on,
    events: earlier.concat(
      row.events.map((event, index) => {
        const seq = earlier.length + index + 1;
        const act = openAct(sealing, event.act, placeOfAct(row.id, seq));
        return toEvent(row.id, { ...event, act }, seq);
      }),
    ),
  };
}

/**
 * The event as it will be read back, key by key; a fault when it could not be, so that nothing is saved which
 * makes its screening unreadable.
 */
export function toEvent(screening: string, given: unknown, seq: number): ScreeningEvent {
  const name = `${screening} event ${seq}`;
  const event = parseRow(eventSchema, given, 'screening_events', name);
  if (event.seq !== seq) throw ownFault(`reading screening_events ${name}: one is missing`);
  return event;
}
