import { z } from 'zod';
import { type QuestionId, questionIdSchema } from './ids.js';
import { faultsOf } from './script-faults.js';

/**
 * A screening is a list of questions, each with the condition under which it is asked. A condition
 * looks only at earlier questions, so every route ends and none can loop; what a script means can be
 * read from top to bottom. Everything a script may say or do is data here: there is no code in it. Over 200 lines, so
 * that an author finds every field a script may have in one file.
 */

/** Tests replies to earlier questions. Absent values may be named: `not-known`, `declined`, `not-asked`. */
export type Condition =
  | { readonly question: QuestionId; readonly is: readonly string[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  /** A flag of that level has been raised at any time in this screening. */
  | { readonly raised: 'red' | 'amber' };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ question: questionIdSchema, is: z.array(z.string()).min(1) }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ raised: z.enum(['red', 'amber']) }),
  ]),
);

/** The sections of a case summary, in order (screening-scripts, part x). */
export const statementIds = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'] as const;
export const statementIdSchema = z.enum(statementIds);
export type StatementId = z.infer<typeof statementIdSchema>;

/** `"source-id locator"`, e.g. `leg-pha s2A(3)(a)`; resolved against sources.yaml at load. */
const citeSchema = z.string().regex(/^[a-z0-9-]+ \S/, 'must be "source-id locator"');

const choiceSchema = z.strictObject({
  value: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  label: z.string().min(1).max(60),
  /** Cannot be ticked together with others ("none of these"). */
  alone: z.boolean().default(false),
});

const flagSchema = z.strictObject({
  /** red stops everything but the danger set; amber is told to a supervisor; note is only recorded. */
  level: z.enum(['red', 'amber', 'note']),
  /** What the reply to this question must be; `and` looks at other replies too. */
  on: z.array(z.string()).min(1),
  and: conditionSchema.exactOptional(),
  /** The message shown to the user; required for red. */
  message: z.string().exactOptional(),
  /** What was described, for the summary: "said they are coming". */
  about: z.string().min(3),
});
export type FlagRule = z.infer<typeof flagSchema>;

/** What one record of a `CARD` question is made of; the first field must be filled, the others may stay empty. */
const fieldSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
  /** What the field asks, as the user reads it. */
  label: z.string().min(2).max(120),
  type: z.enum(['FT', 'DT', 'YNU', 'MC', 'MS']),
  choices: z.array(choiceSchema).default([]),
  /** The choices are the red and amber flags of the case. */
  choicesFrom: z.literal('flags').exactOptional(),
  hint: z.string().exactOptional(),
  /** A day still to come may be recorded. */
  ahead: z.boolean().default(false),
});
export type Field = z.infer<typeof fieldSchema>;

/**
 * What the records of a `CARD` question are, where other parts of Signpost read them. Each kind asks for
 * fields by name; see `record-kinds.ts`.
 */
const recordKindSchema = z.enum([
  'incidents',
  'dates',
  'evidence',
  'plan',
  'commitments',
  'imports',
]);
export type RecordKind = z.infer<typeof recordKindSchema>;

/** A longest sentence to be read aloud in one breath: 30 words, twelve seconds at 150 words a minute. */
export const longestBreathWords = 30;

const questionSchema = z.strictObject({
  id: questionIdSchema,
  /** The exact words to read aloud, or for `aloud: false` a prompt to the user. */
  ask: z
    .string()
    .min(5)
    .refine(everySentenceIsOneBreath, {
      message: `a sentence to be read aloud is longer than ${longestBreathWords} words`,
    }),
  aloud: z.boolean().default(true),
  type: z.enum(['YN', 'YNU', 'MC', 'MS', 'FT', 'DT', 'N', 'CARD']),
  choices: z.array(choiceSchema).default([]),
  /** Of a `CARD` question: what each of its records holds. */
  fields: z.array(fieldSchema).default([]),
  holds: recordKindSchema.exactOptional(),
  /** Of a `DT` question: a day still to come may be given. */
  ahead: z.boolean().default(false),
  /** Shown while typing free text, e.g. what to write and what not. */
  hint: z.string().exactOptional(),
  /** Asked only when this holds; absent: always. */
  when: conditionSchema.exactOptional(),
  /** May be asked while a red flag stands. */
  danger: z.boolean().default(false),
  /** May be skipped only for danger or because the call ended. */
  mustAsk: z.boolean().default(false),
  /** Of a `DT` question: the day is that of an act, so that dates counted from the last act take it in. */
  lastAct: z.boolean().default(false),
  /** Asked even when the caller has only minutes; see `shorten` in screening.ts. */
  short: z.boolean().default(false),
  /** Asked of this contact or this event, so that no earlier answer is offered for it. */
  fresh: z.boolean().default(false),
  /** Questions, of any script, whose earlier answer also answers this one ("You told us on … that …"). */
  same: z.array(questionIdSchema).default([]),
  /** Whose words the reply holds; absent: the caller's when it is read aloud, else the user's. */
  saidBy: z.enum(['caller', 'user', 'records']).exactOptional(),
  /** The answer is kept elsewhere, never here: only whether it was given is stored. */
  storeElsewhere: z.boolean().default(false),
  why: z.strictObject({ text: z.string().min(5), cites: z.array(citeSchema).min(1) }),
  flags: z.array(flagSchema).default([]),
  /** Messages shown after a reply without raising a flag. */
  shows: z
    .array(z.strictObject({ on: z.array(z.string()).min(1), message: z.string() }))
    .default([]),
  /** Work left over by a reply, for the summary. */
  tasks: z.array(z.strictObject({ on: z.array(z.string()).min(1), text: z.string() })).default([]),
  feeds: z.strictObject({
    statement: statementIdSchema,
    /** `{answer}` is the reply's words, `{time}` its time; of a `CARD` question, printed once for each record. */
    line: z.string().includes('{answer}'),
    cites: z.array(citeSchema).min(1),
  }),
});

export type Question = z.infer<typeof questionSchema>;

/** A sentence or two printed when its condition holds; the placeholders are listed in indications.ts. */
const indicationSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]-?\d[a-z]?$/),
  /** Printed only when no indication before it was. */
  fallback: z.boolean().default(false),
  when: conditionSchema.exactOptional(),
  unless: conditionSchema.exactOptional(),
  /** At least so many of the questions in `kinds` answered yes or unsure. */
  describedAtLeast: z.int().min(0).exactOptional(),
  describedAtMost: z.int().min(0).exactOptional(),
  text: z.string().min(10),
  rests: z.array(questionIdSchema).min(1),
  cites: z.array(citeSchema).min(1),
});
export type Indication = z.infer<typeof indicationSchema>;

/**
 * On what ground a force runs a script of its own. Work of the force needs somebody who answers for it; an
 * instrument of somebody else is run only by whom, after what training and until when its owner allows.
 */
const licenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own-work'), owner: z.string().min(3) }),
  z.strictObject({
    kind: z.literal('instrument'),
    /** Its name, as its owner writes it. */
    instrument: z.string().min(2),
    owner: z.string().min(3),
    /** Where the permission is kept: a reference, never the agreement itself. */
    permission: z.string().min(3),
    /** Who may use it. */
    users: z.string().min(3),
    /** What they must have been taught first. */
    training: z.string().min(3),
    /** The last day on which it may be begun. */
    expiresOn: z.iso.date(),
    /** The owner's words, printed exactly so before the first question and in the summary. */
    notice: z.string().min(5),
  }),
]);
export type Licence = z.infer<typeof licenceSchema>;

const rawScriptSchema = z.strictObject({
  name: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
  version: z.int().min(1),
  /** A released version is never edited: a change is the next version. */
  status: z.enum(['draft', 'released']),
  title: z.string().min(3).max(60),
  /** What this is for, and what it is not. Shown before the first question. */
  purpose: z.string().min(10),
  /** Notes to the user, shown with the purpose and never read aloud. */
  prompts: z.array(z.string().min(5)).default([]),
  /** Words to read first; absent where there are none. */
  opening: z
    .string()
    .refine(everySentenceIsOneBreath, {
      message: `a sentence to be read aloud is longer than ${longestBreathWords} words`,
    })
    .exactOptional(),
  checkedOn: z.iso.date(),
  /** Only on a force's own scripts, and there always (docs/force-scripts.md). */
  licence: licenceSchema.exactOptional(),
  /** What differs from the specification, and why. */
  changes: z.array(z.string()).default([]),
  messages: z.record(
    z.string(),
    z.strictObject({
      text: z.string().min(5),
      readAloud: z.string().exactOptional(),
      /** Another message, always shown right after this one. */
      followedBy: z.string().exactOptional(),
    }),
  ),
  /** Behaviours whose count and names the indications print, question by question. */
  kinds: z.record(questionIdSchema, z.string()).default({}),
  questions: z.array(questionSchema).min(1),
  indications: z.array(indicationSchema).default([]),
  /** Printed after all indications. */
  ending: z.string().min(10),
  /** Place among the scripts offered, lowest first (screening design, B1). */
  order: z.int().min(1).max(999).default(500),
  /** Each red or amber flag of this script needs a row of the plan. */
  needsPlan: z.boolean().default(false),
  /** Runs beside the force's own instrument; the summary says whether one is loaded. */
  besideInstrument: z.boolean().default(false),
  /** Tasks that every summary of this script carries. */
  tasks: z.array(z.string()).default([]),
  /** Without replies to these the summary says that it is incomplete. */
  minimum: z.array(questionIdSchema).min(1),
});

/** A script that passed every check a reader cannot make by eye; see `faultsOf`. */
export const scriptSchema = rawScriptSchema
  .superRefine((script, context) => {
    for (const fault of faultsOf(withChoices(script), dangerMessage)) {
      context.addIssue({ code: 'custom', path: [fault.question], message: fault.reason });
    }
  })
  .transform(withChoices);
export type Script = z.infer<typeof rawScriptSchema>;

const yesNo = [
  { value: 'yes', label: 'Yes', alone: false },
  { value: 'no', label: 'No', alone: false },
] as const;
const yesNoUnsure = [...yesNo, { value: 'unsure', label: 'Unsure', alone: false }] as const;

/** Gives YN and YNU questions their choices, so that no script has to write them out. */
export function withChoices(script: Script): Script {
  const questions = script.questions.map((question) => ({
    ...question,
    choices: choicesFor(question),
    fields: question.fields.map((field) => ({ ...field, choices: choicesFor(field) })),
  }));
  return { ...script, questions };
}

function choicesFor({ type, choices }: Pick<Question, 'choices'> & { readonly type: string }) {
  if (type === 'YN') return [...yesNo];
  return type === 'YNU' ? [...yesNoUnsure] : choices;
}

/** Shown whenever a red flag stands and when DANGER is pressed; every script must hold it. */
export const dangerMessage = 'IDM-1';

/** The script whose danger questions are offered where danger shows in one that has none. */
export const dangerScript = 'first-contact';

function everySentenceIsOneBreath(text: string): boolean {
  return text
    .split(/(?<=[.!?])\s+/)
    .every((sentence) => sentence.split(/\s+/).filter(Boolean).length <= longestBreathWords);
}
