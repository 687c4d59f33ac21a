import {
  type DeliveryFault,
  findDeliveryFault,
  makeDeliveryFault,
  toDeliveryFault,
} from './delivery-fault.js';
import { makeSendRate, type SendRate } from './send-rate.js';

/**
 * Carries calls to the connector: one at a time in each conversation (Teams promises no order
 * among parallel ones and answers 412), no faster than Teams allows (send-rate.ts), each under a
 * time limit, and repeated only where a repeat cannot show somebody the same thing twice.
 * Times are of a clock that nobody sets: a wall clock that jumps would end a call or a wait.
 */

export type Call = (signal: AbortSignal) => Promise<string | undefined>;

export type DeliveryLimits = {
  /** One call, from token to answer. */
  readonly callMs: number;
  /** All attempts and pauses of one send or update together. */
  readonly totalMs: number;
  readonly attempts: number;
  /** The first pause when Teams names none; doubled each time, then shortened at random. */
  readonly firstPauseMs: number;
  /** Of this process, in all conversations. Teams gives an app 50 in a tenant: several instances share them. */
  readonly mostPerSecond: number;
};

export const DELIVERY_LIMITS: DeliveryLimits = {
  callMs: 10_000,
  totalMs: 30_000,
  attempts: 4,
  firstPauseMs: 500,
  mostPerSecond: 50,
};

/** `create` must never happen twice; `replace` puts the same content in the same place. */
export type Operation = 'create' | 'replace';

export type Delivery = (
  conversationId: string,
  operation: Operation,
  call: Call,
) => Promise<string | undefined>;

/**
 * A create is repeated only when Teams certainly did not take it: throttled, token refused, or
 * never sent. After 500, a reset or silence it may have, so it is not. 412 on a create is left
 * alone too: the documents do not say that nothing was posted.
 */
function mayRepeat(operation: Operation, fault: DeliveryFault): boolean {
  if (fault.kind === 'throttled' || fault.kind === 'not-sent') return true;
  if (fault.status === 401) return true;
  return operation === 'replace' && (fault.kind === 'unclear' || fault.status === 412);
}

/** Hears of each call that is made again, and why. */
export type OnRetry = (operation: Operation, why: DeliveryFault['kind']) => void;

/** `isPaced`: no faster than Teams allows; on a developer's machine there is no Teams. */
export function makeDelivery(
  limits: DeliveryLimits,
  isPaced = true,
  onRetry: OnRetry = () => undefined,
): Delivery {
  const tails = new Map<string, Promise<unknown>>();
  const rate = isPaced ? makeSendRate(limits.mostPerSecond) : undefined;

  return (conversationId, operation, call) => {
    const before = tails.get(conversationId) ?? Promise.resolve();
    const result = before.then(() =>
      deliver(conversationId, operation, call, { limits, rate, onRetry }),
    );
    // The line goes on whatever happened to this one; its own caller hears of the failure.
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (tails.get(conversationId) === tail) tails.delete(conversationId);
      });
    tails.set(conversationId, tail);
    return result;
  };
}

type Delivering = {
  readonly limits: DeliveryLimits;
  readonly rate: SendRate | undefined;
  readonly onRetry: OnRetry;
};

async function deliver(
  conversationId: string,
  operation: Operation,
  call: Call,
  { limits, rate, onRetry }: Delivering,
) {
  const deadline = performance.now() + limits.totalMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (rate) await waitForPlace(conversationId, operation, deadline, rate);
      return await withinTime(
        operation,
        call,
        Math.min(limits.callMs, deadline - performance.now()),
      );
    } catch (error) {
      const fault = findDeliveryFault(error) ?? toDeliveryFault(operation, error);
      const pauseMs = fault.retryAfterMs ?? jittered(limits.firstPauseMs * 2 ** (attempt - 1));
      const isLast = attempt >= limits.attempts || performance.now() + pauseMs >= deadline;
      if (isLast || !mayRepeat(operation, fault)) throw fault;
      onRetry(operation, fault.kind);
      await pause(pauseMs);
    }
  }
}

/** Returns when the call may leave; a fault of kind `throttled` when that is past the deadline. */
async function waitForPlace(
  conversationId: string,
  operation: Operation,
  deadline: number,
  rate: SendRate,
): Promise<void> {
  // The conversation's own wait comes first: a place of the app's, once taken, holds up everybody behind it.
  await waitUntil(rate.next(conversationId, performance.now()), operation, deadline);
  await waitUntil(rate.take(performance.now()), operation, deadline);
  rate.left(conversationId, performance.now());
}

async function waitUntil(at: number, operation: Operation, deadline: number): Promise<void> {
  const now = performance.now();
  if (at <= now) return;
  // No pause is worth making that ends when there is no time left to call.
  if (at >= deadline)
    throw makeDeliveryFault(operation, 'throttled', { code: 'own-limit', retryAfterMs: at - now });
  // A timer may end within the millisecond before.
  await pause(Math.ceil(at - now) + 1);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Between half and the whole, so that many waiting at once do not come back at once. */
const jittered = (ms: number) => ms * (0.5 + Math.random() / 2);

async function withinTime(operation: Operation, call: Call, limitMs: number) {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(makeDeliveryFault(operation, 'unclear', { code: 'timeout' }));
      stop.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([call(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
