import { z } from 'zod';
import { caseIdSchema, questionIdSchema, screeningIdSchema, userIdSchema } from '../../core/ids.js';
import { valueSchema } from '../../core/reply.js';
import type { Act, Screening, ScreeningEvent } from '../../core/screening.js';
import { ownFault } from '../log.js';
import { parseRow } from './parse-row.js';

/** As the driver gives them, still to be parsed. The columns of an event are null where there is none. */
export type ScreeningRow = { readonly id: string; readonly seq: number | null };

const screeningRow = z.object({
  id: screeningIdSchema,
  case_id: caseIdSchema,
  case_ref: z.string(),
  script: z.string(),
  version: z.int(),
  started_by: userIdSchema,
  started_at: z.date(),
});

/** `satisfies` holds it to the type of the core. */
const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reply'),
    question: questionIdSchema,
    value: valueSchema,
    reason: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('back') }),
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('danger') }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
]) satisfies z.ZodType<Act>;

const eventRow = z.object({
  seq: z.int(),
  acted_at: z.date(),
  acted_by: userIdSchema,
  client: z.enum(['card', 'chat', 'terminal']),
  activity_id: z.string(),
  act: actSchema,
});

/** One screening out of its rows, one an event. */
export function toScreening(rows: readonly ScreeningRow[]): Screening {
  const row = parseRow(screeningRow, rows[0], 'screenings', rows[0]?.id);
  return {
    id: row.id,
    caseId: row.case_id,
    caseRef: row.case_ref,
    script: row.script,
    version: row.version,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    events: rows.filter((each) => each.seq !== null).map(toEvent),
  };
}

function toEvent(row: ScreeningRow, index: number): ScreeningEvent {
  const name = `${row.id} event ${row.seq}`;
  const event = parseRow(eventRow, row, 'screening_events', name);
  if (event.seq !== index + 1) throw ownFault(`reading screening_events ${name}: one is missing`);
  return {
    seq: event.seq,
    at: event.acted_at.toISOString(),
    by: event.acted_by,
    client: event.client,
    activityId: event.activity_id,
    act: event.act,
  };
}
