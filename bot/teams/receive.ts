import type { IncomingMessage, ServerResponse } from 'node:http';
import { type IncomingActivity, incomingActivitySchema } from './activity.js';
import type { Refusal } from './admit.js';
import type { TokenRefusal } from './check-token.js';
import { readBody } from './read-body.js';
import { refuse, reply } from './reply.js';
import { describeTurn, startTurn, type Turn, type TurnHandlers } from './turn.js';

/** The way of one request: door, body, token, tenant, turn, answer. */

/** The two modes differ only in these questions, asked in this order. */
export type Guard = {
  /** Before the body is read: is this caller worth reading? */
  readonly refuseRequest: (
    request: IncomingMessage,
  ) => { readonly status: 401 | 403; readonly kind: Refusal | TokenRefusal } | undefined;
  /** Is the token good for this activity? Never rejects. */
  readonly refuseToken: (
    request: IncomingMessage,
    activity: IncomingActivity,
  ) => Promise<TokenRefusal | undefined>;
  /** Is the activity for us? Asked last, so that strangers learn nothing from the answer. */
  readonly refuseActivity: (activity: IncomingActivity) => Refusal | undefined;
};

export type ReceiverOptions = TurnHandlers & {
  readonly guard: Guard;
  readonly carryFor: (activity: IncomingActivity) => Pick<Turn, 'send' | 'update'>;
  /** Teams repeats a request after 15 s and shows an error sooner: the answer leaves by then. */
  readonly answerWithinMs: number;
  /** Turns at once in this process; beyond, Teams is told to come again. */
  readonly mostAtOnce: number;
  /** Signs of danger, which are still taken when everything else has to wait. */
  readonly isUrgent: (activity: IncomingActivity) => boolean;
};

export type Receiver = {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Refuses new requests, and returns when turns in flight have ended or the time is up. */
  readonly drain: (timeoutMs: number) => Promise<void>;
};

/**
 * Teams repeats what was answered with certain failures (a Teams engineer in msteams-docs #8998; which, and whether it
 * heeds Retry-After, is not documented). Another instance may take it sooner.
 */
const COME_AGAIN_SECONDS = 2;

/** Beyond `mostAtOnce`, for what cannot wait: a part of it. */
const URGENT_SHARE = 0.2;

const BODY_STATUS = { 'wrong-type': 415, 'too-large': 413, malformed: 400 } as const;

export function makeReceiver(options: ReceiverOptions): Receiver {
  const { guard, log } = options;
  const inFlight = new Set<Promise<void>>();
  let isDraining = false;

  const turnAway = (response: ServerResponse, status: number, kind: string) => {
    log.warn('request-refused', { status, kind });
    if (status === 503 && !response.headersSent)
      response.setHeader('retry-after', COME_AGAIN_SECONDS);
    refuse(response, status);
  };

  const isFull = (activity: IncomingActivity) => {
    if (inFlight.size < options.mostAtOnce) return false;
    const mostUrgent = options.mostAtOnce * (1 + URGENT_SHARE);
    return inFlight.size >= mostUrgent || !options.isUrgent(activity);
  };

  const admit = async (request: IncomingMessage, response: ServerResponse) => {
    if (isDraining) return turnAway(response, 503, 'draining');
    const refusal = guard.refuseRequest(request);
    if (refusal) return turnAway(response, refusal.status, refusal.kind);
    const body = await readBody(request, response);
    if (body.kind !== 'json') return turnAway(response, BODY_STATUS[body.kind], body.kind);
    const parsed = incomingActivitySchema.safeParse(body.value);
    if (!parsed.success) return turnAway(response, 400, 'not-an-activity');
    const badToken = await guard.refuseToken(request, parsed.data);
    // No fault of the caller's, whom Teams would not send again after 401. An alert reads the event.
    if (badToken === 'keys-unavailable') {
      log.error('bot-keys-not-fetched');
      return turnAway(response, 503, badToken);
    }
    if (badToken) return turnAway(response, 401, badToken);
    const foreign = guard.refuseActivity(parsed.data);
    if (foreign) return turnAway(response, 403, foreign);
    // Asked last: only what would be taken is told that we are there, and how busy.
    if (isFull(parsed.data)) return turnAway(response, 503, 'busy');
    return parsed.data;
  };

  const run = async (activity: IncomingActivity, response: ServerResponse) => {
    // Asked again after body and token, which take time: from here a turn is among those that draining waits for.
    if (isDraining) return turnAway(response, 503, 'draining');
    const startedAt = performance.now();
    const turn = startTurn(activity, options.carryFor(activity), options);
    let isDone = false;
    const done = turn.done.then(() => {
      isDone = true;
      log.info('turn-ended', {
        ...describeTurn(activity),
        ms: Math.round(performance.now() - startedAt),
      });
    });
    const over = turn.over.then(() => void inFlight.delete(over));
    inFlight.add(over);
    // Past the limit the turn goes on; what it has to say then arrives as a message.
    await settledWithin(done, options.answerWithinMs);
    reply(response, isDone ? turn.answer() : turn.answerSoFar());
  };

  return {
    handle: async (request, response) => {
      try {
        const activity = await admit(request, response);
        if (activity) await run(activity, response);
      } catch (error) {
        log.error('request-failed', {}, error);
        refuse(response, 500);
      }
    },
    drain: async (timeoutMs) => {
      isDraining = true;
      await settledWithin(Promise.all(inFlight), timeoutMs);
    },
  };
}

async function settledWithin(promise: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
