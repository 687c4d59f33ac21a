import { ownFault } from '../../src/adapters/log.js';

/**
 * What went wrong on the way to Teams. The SDK's own error is never passed on: it carries the
 * request, and with it the bot's token and the words of the message.
 */

export type DeliveryFaultKind =
  /** 403: the user blocked or removed the bot, or stopped a stream. Stop sending. */
  | 'blocked'
  /** 404: the conversation or message is gone. */
  | 'gone'
  /** 413, or over our own limit before sending. */
  | 'too-large'
  /** 429 to the end of our patience. */
  | 'throttled'
  /** Another 4xx: Teams looked at it and said no. */
  | 'rejected'
  /** It certainly never left: no token, or nobody listening. */
  | 'not-sent'
  /** 5xx, reset or silence: it may have arrived. */
  | 'unclear';

export type DeliveryFault = Error & {
  readonly kind: DeliveryFaultKind;
  readonly status?: number;
  /** Teams' own word for it, as in `ContentStreamNotAllowed`. */
  readonly code?: string;
  readonly retryAfterMs?: number;
};

/** Marks a failure before anything was sent, such as having no token. */
export const NOT_SENT = Symbol('not-sent');

/** Errors of the socket that come before the first byte of a request. */
const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** A code is one word; anything else could be text about a person. */
const CODE = /^[A-Za-z][\w-]{0,63}$/;

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function kindOf(error: unknown, status: number | undefined): DeliveryFaultKind {
  if (status === undefined) {
    const isUnsent = field(error, 'cause') === NOT_SENT;
    return isUnsent || NEVER_CONNECTED.includes(String(field(error, 'code')))
      ? 'not-sent'
      : 'unclear';
  }
  if (status === 403) return 'blocked';
  if (status === 404) return 'gone';
  if (status === 413) return 'too-large';
  if (status === 429) return 'throttled';
  return status >= 400 && status < 500 ? 'rejected' : 'unclear';
}

/** `Retry-After` as seconds or as a date; `undefined` when absent or unreadable. */
function retryAfterMs(error: unknown): number | undefined {
  const headers = field(field(error, 'response'), 'headers');
  const get = field(headers, 'get');
  const value: unknown = typeof get === 'function' ? get.call(headers, 'retry-after') : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  const ms = /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The SDK's error as one of ours, without request, headers or text. */
export function toDeliveryFault(operation: string, error: unknown): DeliveryFault {
  const rawStatus = field(error, 'statusCode');
  const status = typeof rawStatus === 'number' ? rawStatus : undefined;
  const word = field(field(field(error, 'details'), 'error'), 'code') ?? field(error, 'code');
  const code = typeof word === 'string' && CODE.test(word) ? word : undefined;
  return makeDeliveryFault(operation, kindOf(error, status), {
    status,
    code,
    retryAfterMs: retryAfterMs(error),
  });
}

export function makeDeliveryFault(
  operation: string,
  kind: DeliveryFaultKind,
  details: {
    readonly status?: number | undefined;
    readonly code?: string | undefined;
    readonly retryAfterMs?: number | undefined;
  } = {},
): DeliveryFault {
  const known = Object.entries(details).filter(([, value]) => value !== undefined);
  const fault = ownFault(`Could not ${operation}: ${kind} ${details.status ?? details.code ?? ''}`);
  return Object.assign(fault, Object.fromEntries(known), { kind, name: 'DeliveryFault' });
}

/** The fault behind an error thrown by `send` or `update`, or `undefined` for other errors. */
export function findDeliveryFault(error: unknown): DeliveryFault | undefined {
  return error instanceof Error && error.name === 'DeliveryFault' && 'kind' in error
    ? (error as DeliveryFault)
    : undefined;
}
