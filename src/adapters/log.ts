import { type DestinationStream, pino } from 'pino';

/**
 * The application's log: an event's name and listed fields, nothing else.
 *
 * No words of a question, reply, summary or error message may reach it, so the fields are an
 * allow-list, a value that does not look like an id or a kind is withheld, and of an error only
 * its name, code and stack frames are written. Both rules hold at run time, not only in types.
 */

const FIELD_NAMES = [
  // What happened.
  ...['kind', 'reason', 'outcome', 'mode', 'code'],
  ...['activityType', 'invokeName', 'conversationType'],
  // Which one. A person only where a sign-in was refused.
  ...['reference', 'activityId', 'userId', 'reviewId'],
  // How much.
  ...['ms', 'count', 'attempts', 'status', 'port', 'version'],
  // With what.
  ...['model', 'knowledgeVersion'],
  // What a model was asked with, and what that took; `cost` in the currency of the prices set.
  ...['prompt', 'promptVersion', 'promptDigest', 'inputTokens', 'outputTokens', 'cost'],
  ...['outputHash'],
] as const;

type FieldName = Fields<typeof FIELD_NAMES>;
type Fields<T extends readonly string[]> = T[number];

/** Kinds, ids, counts and milliseconds. A field left out says nothing. */
export type LogFields = { readonly [name in FieldName]?: string | number | boolean | undefined };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export type Log = {
  readonly debug: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  /** Of `error`: name, code and frames; its text only if it is one of our own marked faults. */
  readonly error: (event: string, fields?: LogFields, error?: unknown) => void;
};

const allowed: ReadonlySet<string> = new Set(FIELD_NAMES);

/** An id or a kind, as in `a:1xYz`, `19:ab@thread.tacv2;messageid=1`, `adaptiveCard/action`. */
const PLAIN_VALUE = /^[\w.:@/+=;,|~-]{0,200}$/;

/** What others write into an activity: of these fields only what Teams is known to send is told apart. */
const KNOWN_VALUES: { readonly [name in FieldName]?: readonly string[] } = {
  activityType: [
    ...['message', 'messageUpdate', 'messageDelete', 'messageReaction', 'conversationUpdate'],
    ...['installationUpdate', 'invoke', 'event', 'typing', 'endOfConversation'],
  ],
  invokeName: ['adaptiveCard/action', 'message/submitAction', 'message/fetchTask', 'task/fetch'],
  conversationType: ['personal', 'groupChat', 'channel'],
};

/** A frame that names a file and a place, as in `    at run (file:///app/x.js:3:7)`. */
const FRAME =
  /^\s+at (?:(?:async )?[\w.$<>[\] #]{1,120} \()?((?:file:|node:|\/)[^\s()]+:\d+:\d+)\)?$/;

const MARK = Symbol.for('signpost.fault');

/** An error whose message we wrote and which holds only kinds and ids, so that it may be logged. */
export function ownFault(message: string, options?: ErrorOptions): Error {
  return Object.assign(new Error(message, options), { [MARK]: true });
}

/** Whether `error` is one of `ownFault`, so that its message may be shown to whoever runs the program. */
export function isOwnFault(error: unknown): error is Error {
  return error instanceof Error && Reflect.get(error, MARK) === true;
}

/** Makes the log; `destination` is where lines go, standard output when left out. */
export function makeLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines = destination ? pino(options, destination) : pino(options);
  return {
    debug: (event, fields) => lines.debug({ event, ...listed(fields) }),
    info: (event, fields) => lines.info({ event, ...listed(fields) }),
    warn: (event, fields) => lines.warn({ event, ...listed(fields) }),
    error: (event, fields, error) => {
      const described = error === undefined ? {} : { error: describe(error) };
      lines.error({ event, ...listed(fields), ...described });
    },
  };
}

function listed(fields: LogFields = {}): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (allowed.has(name) && value !== undefined) kept[name] = fitting(name as FieldName, value);
  }
  return kept;
}

function fitting(name: FieldName, value: unknown): string | number | boolean {
  const known = KNOWN_VALUES[name];
  return known && !known.includes(String(value)) ? 'other' : plain(value);
}

function plain(value: unknown): string | number | boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && PLAIN_VALUE.test(value) ? value : '[withheld]';
}

type Described = {
  readonly name: string | number | boolean;
  readonly code?: string | number | boolean;
  readonly message?: string;
  readonly frames?: readonly string[];
  readonly cause?: Described;
};

/** `depth` ends chains of causes that are long or go round in a circle. */
function describe(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { name: typeof error };
  const code: unknown = Reflect.get(error, 'code');
  return {
    name: plain(error.name),
    ...(code === undefined ? {} : { code: plain(code) }),
    ...(isOwnFault(error) ? { message: error.message } : {}),
    frames: framesOf(error),
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: describe(error.cause, depth + 1) }),
  };
}

/** A stack starts with the message, which may itself hold lines made to look like frames. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const afterMessage = stack.indexOf(message) + message.length;
  return stack
    .slice(afterMessage)
    .split('\n')
    .flatMap((line) => FRAME.exec(line)?.[1] ?? [])
    .slice(0, 20);
}
