import { z } from 'zod';

/**
 * The shape of what Teams sends and of what we send back.
 *
 * Incoming activities are parsed once, here. Only the fields that anybody reads are checked;
 * unknown ones are kept as they came, because Teams adds fields without notice.
 */

/** Teams sends `null` and leaves a field out with the same meaning. */
const maybe = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .nullish()
    .transform((value) => value ?? undefined);

const ID_MAX = 1_024;
const TEXT_MAX = 256 * 1_024;

const accountSchema = z.looseObject({
  id: z.string().min(1).max(ID_MAX),
  name: maybe(512),
  /** The directory's id of the person; absent for the bot itself. */
  aadObjectId: maybe(128),
});

const channelDataSchema = z.looseObject({
  tenant: z.looseObject({ id: maybe(128) }).nullish(),
  eventType: maybe(128),
});

const isHttpUrl = (value: string) =>
  URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);

export const incomingActivitySchema = z.looseObject({
  type: z.string().min(1).max(64),
  id: maybe(ID_MAX),
  /** Which invoke or event this is, as in `adaptiveCard/action`. */
  name: maybe(256),
  text: maybe(TEXT_MAX),
  value: z.unknown().optional(),
  replyToId: maybe(ID_MAX),
  /** `add` or `remove` on an installationUpdate. */
  action: maybe(64),
  timestamp: maybe(64),
  locale: maybe(64),
  /** Where answers to this activity go; checked against the token and the allow-list. */
  serviceUrl: z.string().max(2_048).refine(isHttpUrl),
  channelId: z.string().min(1).max(64),
  from: accountSchema,
  recipient: accountSchema,
  conversation: z.looseObject({
    id: z.string().min(1).max(ID_MAX),
    /** `personal`, `groupChat` or `channel`. */
    conversationType: maybe(64),
    tenantId: maybe(128),
  }),
  channelData: channelDataSchema.nullish().transform((value) => value ?? undefined),
  membersAdded: z
    .array(accountSchema)
    .nullish()
    .transform((value) => value ?? undefined),
  membersRemoved: z
    .array(accountSchema)
    .nullish()
    .transform((value) => value ?? undefined),
});

export type IncomingActivity = Readonly<z.infer<typeof incomingActivitySchema>>;

/** An object of JSON whose inside this module does not look at. */
export type JsonObject = { readonly [key: string]: unknown };

export type OutgoingAttachment = {
  readonly contentType: string;
  readonly content?: unknown;
  readonly contentUrl?: string;
  readonly name?: string;
};

/** What we may send. Fields outside this list would be dropped by the SDK's serialiser. */
export type OutgoingActivity = {
  readonly type: 'message' | 'typing';
  readonly text?: string;
  readonly textFormat?: 'plain' | 'markdown' | 'extendedmarkdown';
  /** The feed's text. Nothing identifying a person belongs here: it shows on locked screens. */
  readonly summary?: string;
  readonly attachments?: readonly OutgoingAttachment[];
  /** Carried whole, `citation` and `streaminfo` fields included. */
  readonly entities?: readonly JsonObject[];
  readonly suggestedActions?: {
    readonly to?: readonly string[];
    readonly actions: readonly JsonObject[];
  };
  readonly channelData?: JsonObject;
};
