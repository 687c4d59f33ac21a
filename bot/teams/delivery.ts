import {
  type DeliveryFault,
  findDeliveryFault,
  makeDeliveryFault,
  toDeliveryFault,
} from './delivery-fault.js';

/**
 * Carries calls to the connector: one at a time in each conversation (Teams promises no order
 * among parallel ones and answers 412), each under a time limit, and repeated only where a
 * repeat cannot show somebody the same thing twice.
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
};

export const DELIVERY_LIMITS: DeliveryLimits = {
  callMs: 10_000,
  totalMs: 30_000,
  attempts: 4,
  firstPauseMs: 500,
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

export function makeDelivery(limits: DeliveryLimits): Delivery {
  const tails = new Map<string, Promise<unknown>>();

  return (conversationId, operation, call) => {
    const before = tails.get(conversationId) ?? Promise.resolve();
    const result = before.then(() => deliver(operation, call, limits));
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

async function deliver(operation: Operation, call: Call, limits: DeliveryLimits) {
  const deadline = Date.now() + limits.totalMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withinTime(operation, call, Math.min(limits.callMs, deadline - Date.now()));
    } catch (error) {
      const fault = findDeliveryFault(error) ?? toDeliveryFault(operation, error);
      const pauseMs = fault.retryAfterMs ?? jittered(limits.firstPauseMs * 2 ** (attempt - 1));
      const isLast = attempt >= limits.attempts || Date.now() + pauseMs >= deadline;
      if (isLast || !mayRepeat(operation, fault)) throw fault;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

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
