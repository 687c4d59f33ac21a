import { z } from 'zod';

/** Ids are branded, so that an id of one kind cannot be handed in where another is meant. */
export const passageIdSchema = kebab('passage').brand<'PassageId'>();
export type PassageId = z.infer<typeof passageIdSchema>;

export const sourceIdSchema = kebab('source').brand<'SourceId'>();
export type SourceId = z.infer<typeof sourceIdSchema>;

/** A question of a script: capitals, digits, an optional letter, e.g. `FC01`, `SI06a`. */
export const questionIdSchema = z
  .string()
  .regex(/^[A-Z]{2,3}\d{2}[a-z]{0,2}\d?$/, 'must look like FC01 or SI06a')
  .brand<'QuestionId'>();
export type QuestionId = z.infer<typeof questionIdSchema>;

/** Opaque, from the system's random generator; never authority by itself. */
export const screeningIdSchema = z.uuid().brand<'ScreeningId'>();
export type ScreeningId = z.infer<typeof screeningIdSchema>;

export const caseIdSchema = z.uuid().brand<'CaseId'>();
export type CaseId = z.infer<typeof caseIdSchema>;

export const answerIdSchema = z.uuid().brand<'AnswerId'>();
export type AnswerId = z.infer<typeof answerIdSchema>;

/** The directory's id of a person; in local mode the id the channel gives. */
export const userIdSchema = z.string().min(1).max(200).brand<'UserId'>();
export type UserId = z.infer<typeof userIdSchema>;

export const reviewIdSchema = z.uuid().brand<'ReviewId'>();
export type ReviewId = z.infer<typeof reviewIdSchema>;

/** A case shared with one advocate. */
export const shareIdSchema = z.uuid().brand<'ShareId'>();
export type ShareId = z.infer<typeof shareIdSchema>;

/** A day, `YYYY-MM-DD`. */
export const daySchema = z.iso.date();
export type Day = z.infer<typeof daySchema>;

function kebab(kind: string) {
  return z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, `a ${kind} id is kebab-case`);
}
