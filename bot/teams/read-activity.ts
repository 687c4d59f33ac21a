import { z } from 'zod';
import {
  questionIdSchema,
  screeningIdSchema,
  type UserId,
  userIdSchema,
} from '../../src/core/ids.js';
import { notAskedReasonSchema } from '../../src/core/reply.js';
import type { IncomingActivity } from './activity.js';

/** What an activity asks of us, whichever of its several shapes it came in. Over 200 lines: each shape is read here. */
export type Incoming =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'press'; readonly press: Press }
  | {
      readonly kind: 'feedback';
      readonly messageId: string;
      readonly reaction: 'like' | 'dislike';
      readonly comment: string;
    }
  | { readonly kind: 'installed' }
  /** Into a group chat or channel, where nothing is read or stored. */
  | { readonly kind: 'installed-elsewhere' }
  /** The question was changed (its new words) or deleted (undefined). */
  | { readonly kind: 'withdrawn'; readonly text: string | undefined }
  /** Not a one-to-one chat: nothing is read or stored there. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'form-wanted' }
  /** A press whose data are not ours, or malformed. */
  | { readonly kind: 'not-understood' }
  | { readonly kind: 'nothing' };

/** A pressed button. Every field is a claim of the sender and is checked where it is used. */
const pressSchema = z.object({
  verb: z.enum([
    'reply',
    'not-known',
    'declined',
    'skip',
    'back',
    'keep',
    'pause',
    'resume',
    'danger',
    'summary',
    'markdown',
    'choose',
    'start',
    'open',
    'confirm',
    'record',
    'edit',
    'propose',
    'strike',
    'reason',
    'shorten',
    'lengthen',
    'hand-over',
    'submit-review',
    'correct',
    'check-wording',
    'read-narrative',
  ]),
  screening: screeningIdSchema.optional(),
  question: questionIdSchema.optional(),
  seen: z.int().min(0).max(100_000).optional(),
  words: z.string().max(20_000).optional(),
  script: z.string().max(60).optional(),
  instance: z.string().max(60).optional(),
  why: notAskedReasonSchema.optional(),
  /** Of a record, within its question. */
  number: z.int().min(1).max(100_000).optional(),
  /** Fields of a record by their ids, as they were filled in. */
  fields: z.record(z.string().max(60), z.string().max(20_000)).optional(),
  reason: z.string().max(2_000).optional(),
});
export type Press = z.infer<typeof pressSchema>;

/** Our own data, and beside it the inputs of the card: `words`, `why`, `reason`, and `field-…` of a record. */
const dataSchema = z
  .object({
    signpost: z.record(z.string(), z.unknown()),
    words: z.string().max(20_000).optional(),
    why: z.string().max(40).optional(),
    reason: z.string().max(2_000).optional(),
  })
  .catchall(z.unknown());

const fieldPrefix = 'field-';

const executeSchema = z.object({ action: z.object({ data: dataSchema }) });

const feedbackSchema = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({
    reaction: z.enum(['like', 'dislike']),
    feedback: z.string().max(20_000).nullish(),
  }),
});

/** `name` is only shown back; it is nobody's authority. */
export type Speaker = { readonly id: UserId; readonly name: string };

/** Of somebody whom the channel does not name. */
export const noName = 'this user';

/**
 * Who is speaking: the directory's id, in small letters as the page and the directory have it, so that one person is
 * never two; in local mode, which has no directory, the channel's.
 */
export function userOf(activity: IncomingActivity): Speaker {
  const inDirectory = activity.from.aadObjectId?.trim().toLowerCase();
  const id = userIdSchema.parse(inDirectory || activity.from.id);
  return { id, name: activity.from.name ?? noName };
}

export function readActivity(activity: IncomingActivity): Incoming {
  const isPersonal = (activity.conversation.conversationType ?? 'personal') === 'personal';
  switch (activity.type) {
    case 'message':
      if (!isPersonal) return { kind: 'elsewhere' };
      return activity.text?.trim()
        ? { kind: 'text', text: withoutMention(activity.text) }
        : readSubmit(activity.value);
    case 'invoke':
      return isPersonal ? readInvoke(activity) : { kind: 'elsewhere' };
    case 'messageUpdate':
      return isPersonal
        ? { kind: 'withdrawn', text: activity.text ? withoutMention(activity.text) : undefined }
        : { kind: 'nothing' };
    case 'messageDelete':
      return { kind: 'withdrawn', text: undefined };
    case 'installationUpdate':
      return activity.action === 'add' || activity.action === undefined
        ? { kind: isPersonal ? 'installed' : 'installed-elsewhere' }
        : { kind: 'nothing' };
    case 'conversationUpdate':
      return hasJoined(activity)
        ? { kind: isPersonal ? 'installed' : 'installed-elsewhere' }
        : { kind: 'nothing' };
    default:
      return { kind: 'nothing' };
  }
}

function readInvoke(activity: IncomingActivity): Incoming {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return readExecute(activity.value);
    case 'message/submitAction':
      return readFeedback(activity);
    // Documented as one name and typed as another; both are met (teams-platform §1).
    case 'suggestedAction/submit':
    case 'suggestedActions/submit':
      return readSubmit(activity.value);
    case 'message/fetchTask':
      return { kind: 'form-wanted' };
    default:
      return { kind: 'nothing' };
  }
}

function readExecute(value: unknown): Incoming {
  const parsed = executeSchema.safeParse(value);
  return parsed.success ? readData(parsed.data.action.data) : { kind: 'not-understood' };
}

function readSubmit(value: unknown): Incoming {
  if (value === undefined || value === null) return { kind: 'text', text: '' };
  const parsed = dataSchema.safeParse(value);
  return parsed.success ? readData(parsed.data) : { kind: 'not-understood' };
}

/** Inputs of the card stand beside our data; what was typed wins over what the button carried. */
function readData({ signpost, words, why, reason, ...rest }: z.infer<typeof dataSchema>): Incoming {
  const fields = Object.entries(rest)
    .filter(([name, value]) => name.startsWith(fieldPrefix) && value !== '')
    .map(([name, value]) => [name.slice(fieldPrefix.length), value] as const);
  const given = {
    ...signpost,
    ...(words === undefined ? {} : { words }),
    ...(why === undefined ? {} : { why }),
    // What stands on a button is the reason offered; an empty field does not take its place.
    ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
  };
  const parsed = pressSchema.safeParse(given);
  return parsed.success ? { kind: 'press', press: parsed.data } : { kind: 'not-understood' };
}

function readFeedback(activity: IncomingActivity): Incoming {
  const parsed = feedbackSchema.safeParse(activity.value);
  if (!parsed.success || !activity.replyToId) return { kind: 'not-understood' };
  const { reaction, feedback } = parsed.data.actionValue;
  return {
    kind: 'feedback',
    messageId: activity.replyToId,
    reaction,
    comment: readComment(feedback),
  };
}

/** The comment is JSON inside JSON; anything else is kept as it came. */
function readComment(feedback: string | null | undefined): string {
  if (!feedback) return '';
  try {
    const inner = z.object({ feedbackText: z.string() }).safeParse(JSON.parse(feedback));
    return inner.success ? storable(inner.data.feedbackText) : '';
  } catch {
    return storable(feedback);
  }
}

/** A comment is worth keeping even when it is long or holds what no database takes. */
function storable(text: string): string {
  return text.slice(0, 4_000).toWellFormed().replaceAll('\0', '');
}

function hasJoined(activity: IncomingActivity): boolean {
  return (activity.membersAdded ?? []).some((member) => member.id === activity.recipient.id);
}

function withoutMention(text: string): string {
  return text.replace(/<at>[^<]*<\/at>/g, '').trim();
}
