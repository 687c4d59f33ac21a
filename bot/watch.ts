import type { RequestHandler } from 'express';
import type { Metrics, SendOperation } from '../src/adapters/metrics-port.js';
import type { StorePool } from '../src/adapters/postgres/pool.js';
import type { Trace } from '../src/adapters/trace.js';
import { replay } from '../src/core/replay.js';
import type { AnswerNear } from '../src/flows/find-near.js';
import type { AskModel } from '../src/flows/ports.js';
import type { StartScreening } from '../src/flows/start-screening.js';
import type { TakenReply, TakeReply } from '../src/flows/take-reply.js';
import { findDeliveryFault } from './teams/delivery-fault.js';
import type { SendTo } from './teams/notify.js';
import { readActivity } from './teams/read-activity.js';
import type { Turn, TurnHandlers } from './teams/turn.js';

/**
 * Wraps ports and flows where they are joined, so that each is counted and traced and none of them knows. What is
 * noted of anything is its kind; see metrics-port.ts and trace.ts for what can get no further. A little over 200 lines:
 * one small wrapper for each thing.
 */
export type Watch = { readonly metrics: Metrics; readonly trace: Trace };

const stopwatch = () => {
  const startedAt = performance.now();
  return () => performance.now() - startedAt;
};

/** Every turn, and every message it sends. */
export function watchTurns(
  watch: Watch,
  { onTurn, onFault }: Pick<TurnHandlers, 'onTurn' | 'onFault'>,
): Pick<TurnHandlers, 'onTurn' | 'onFault'> {
  const { metrics, trace } = watch;
  return {
    onTurn: (turn) => {
      const { kind } = readActivity(turn.activity);
      const ms = stopwatch();
      return trace.span('turn', { kind }, async () => {
        try {
          await onTurn(sending(watch, turn));
          metrics.turn(kind, 'done', ms());
        } catch (error) {
          metrics.turn(kind, 'failed', ms());
          throw error;
        }
      });
    },
    onFault: (turn, error) => onFault(sending(watch, turn), error),
  };
}

function sending(watch: Watch, turn: Turn): Turn {
  return {
    ...turn,
    send: (activity) => sent(watch, 'send', () => turn.send(activity)),
    update: (id, activity) => sent(watch, 'update', () => turn.update(id, activity)),
  };
}

/** Messages that answer none. */
export function watchSendTo(watch: Watch, sendTo: SendTo): SendTo {
  return (chat, message) => sent(watch, 'notice', () => sendTo(chat, message));
}

function sent<Result>(
  { metrics, trace }: Watch,
  operation: SendOperation,
  send: () => Promise<Result>,
): Promise<Result> {
  const ms = stopwatch();
  return trace.span('send', { operation }, async () => {
    try {
      const result = await send();
      metrics.send(operation, 'sent', ms());
      return result;
    } catch (error) {
      metrics.send(operation, findDeliveryFault(error)?.kind ?? 'other', ms());
      throw error;
    }
  });
}

/** A flow under its own name; of what comes of it, the kind. */
export function watchFlow<Given extends readonly unknown[], Result>(
  { trace }: Watch,
  flow: string,
  run: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return (...given) =>
    trace.span('flow', { flow }, async (note) => {
      const result = await run(...given);
      note({ outcome: kindOf(result) });
      return result;
    });
}

function kindOf(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('kind' in result)) return undefined;
  return typeof result.kind === 'string' ? result.kind : undefined;
}

/** Answers to guidance questions, by kind. */
export function watchAnswers(watch: Watch, answer: AnswerNear): AnswerNear {
  const watched = watchFlow(watch, 'answer-question', answer);
  return async (asked) => {
    const answered = await watched(asked);
    watch.metrics.answer(answered.kind);
    return answered;
  };
}

/** Screenings that begin. */
export function watchStarts(watch: Watch, start: StartScreening): StartScreening {
  const watched = watchFlow(watch, 'start-screening', start);
  return async (given) => {
    const started = await watched(given);
    if (started.kind === 'started') watch.metrics.screening('begun');
    return started;
  };
}

/** Replies, and the screenings that end with them. */
export function watchReplies(watch: Watch, take: TakeReply): TakeReply {
  const watched = watchFlow(watch, 'take-reply', take);
  return async (reply) => {
    const taken = await watched(reply);
    if (hasFinished(taken)) watch.metrics.screening('finished');
    return taken;
  };
}

/** This reply left nothing to ask; before it there was something. */
function hasFinished(taken: TakenReply): boolean {
  if (taken.kind !== 'saved' || taken.view.position.at !== undefined) return false;
  const { script, screening } = taken.view;
  return replay(script, screening.events.slice(0, -1)).at !== undefined;
}

/** Calls of the language model, by what came of them. */
export function watchModel({ metrics, trace }: Watch, ask: AskModel): AskModel {
  return (prompt, inputs, deadline) => {
    const ms = stopwatch();
    return trace.span('model', {}, async (note) => {
      const reply = await ask(prompt, inputs, deadline);
      const outcome = reply.kind === 'replied' ? reply.kind : reply.why;
      note({ outcome: reply.kind, why: reply.kind === 'replied' ? undefined : reply.why });
      metrics.model(outcome, ms());
      return reply;
    });
  };
}

/** Who holds a connection to the store, for how long, and who waits for one. */
export function watchPool({ metrics, trace }: Watch, pool: StorePool): StorePool {
  return {
    ...pool,
    connect: async () => {
      const waited = stopwatch();
      metrics.store('waiting', 1);
      const client = await pool.connect().then(
        (connected) => {
          metrics.store('waiting', -1);
          return connected;
        },
        (error: unknown) => {
          metrics.store('waiting', -1);
          metrics.storeFault();
          throw error;
        },
      );
      metrics.store('in-use', 1);
      const ms = waited();
      const givenBack = new Promise<boolean>((resolve) => {
        // The pool gives a client a new `release` each time it lends it.
        const release = client.release.bind(client);
        client.release = (isFaulty) => {
          metrics.store('in-use', -1);
          if (isFaulty) metrics.storeFault();
          resolve(Boolean(isFaulty));
          release(isFaulty);
        };
      });
      void trace.span('store', { ms: Math.round(ms) }, async (note) => {
        if (await givenBack) note({ outcome: 'failed' });
      });
      return client;
    },
  };
}

/** Requests of the review page: their method, status and duration, never their address. */
export function watchRequests({ metrics, trace }: Watch): RequestHandler {
  return (request, response, next) => {
    const ms = stopwatch();
    void trace.span('request', {}, async (note) => {
      const closed = new Promise<void>((resolve) => response.once('close', resolve));
      next();
      await closed;
      // A page that listens for changes does so for hours: no duration of anything.
      const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
      if (!isStream) metrics.request(request.method, response.statusCode, ms());
      note({ operation: request.method, count: response.statusCode });
    });
  };
}
