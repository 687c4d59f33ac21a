import type { Log } from '../../src/adapters/log.js';
import type { Language } from '../../src/core/words.js';
import type { IncomingActivity, OutgoingActivity } from './activity.js';
import { makeDeliveryFault } from './delivery-fault.js';

/** One activity and what may be done about it. */
export type Turn = {
  readonly activity: IncomingActivity;
  /** The language that its person chose in the chat; absent where they follow Teams. */
  readonly language?: Language;
  /** Sends once, never replayed; returns the message id Teams gave. */
  readonly send: (activity: OutgoingActivity) => Promise<string | undefined>;
  /** Replaces an earlier message: safe to repeat, so it is retried on 412/429/5xx. */
  readonly update: (messageId: string, activity: OutgoingActivity) => Promise<void>;
  /** The body of the answer to an invoke; ignored for others. The last call counts. */
  readonly answerInvoke: (status: number, body?: unknown) => void;
  /** Work that nobody waits for: done once the request is answered, and before the process ends. */
  readonly later: (work: () => Promise<void>) => void;
};

export type TurnAnswer = { readonly status: number; readonly body?: unknown };

export type TurnHandlers = {
  readonly onTurn: (turn: Turn) => Promise<void>;
  /** Hears of what `onTurn` threw; may still send, and may still answer an invoke. */
  readonly onFault: (turn: Turn, error: unknown) => Promise<void>;
  readonly log: Log;
};

/** What tells one chat from every other. */
export function chatOf({ activity }: Turn): string {
  return `${activity.channelId}/${activity.conversation.id}`;
}

/** Teams refuses messages near 100 kB, counted as UTF-16; the documents advise staying under. */
const MESSAGE_LIMIT_BYTES = 80 * 1_024;

/** A text of so many characters fits with the twenty citations and three actions that may go with it. */
const SURELY_SMALL = 10_000;

/** Throws a fault of kind `too-large` for what Teams would refuse with 413. */
export function refuseTooLarge(activity: OutgoingActivity): void {
  // Nearly every message is small, and writing it out twice to count it costs as much as finding it.
  if (!activity.attachments && (activity.text ?? '').length < SURELY_SMALL) return;
  const isTooLarge = JSON.stringify(activity, withoutPictures).length * 2 > MESSAGE_LIMIT_BYTES;
  if (isTooLarge) throw makeDeliveryFault('send', 'too-large');
}

/** Teams leaves pictures that stand in the message itself out of the count. */
function withoutPictures(_: string, value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('data:image/') ? '' : value;
}

type Carry = Pick<Turn, 'send' | 'update'>;

/**
 * Starts a turn. `done` settles when it can be answered and `over` when what was left for later is done too; neither
 * rejects. `answer` is what the request is then told: 200, or for an invoke its own answer, 500 after an unanswered failure, 501 when
 * nobody knew it. `answerSoFar` is the same for a turn still running, with 504 for no answer yet.
 */
export function startTurn(activity: IncomingActivity, carry: Carry, handlers: TurnHandlers) {
  const isInvoke = activity.type === 'invoke';
  let invokeAnswer: TurnAnswer | undefined;
  let hasFailed = false;
  const laters: (() => Promise<void>)[] = [];
  const turn: Turn = {
    activity,
    ...carry,
    later: (work) => void laters.push(work),
    answerInvoke: (status, body) => {
      if (isInvoke) invokeAnswer = { status, body };
    },
  };
  const fail = async (error: unknown) => {
    hasFailed = true;
    // Whatever was answered before the failure may promise what did not happen.
    invokeAnswer = undefined;
    try {
      await handlers.onFault(turn, error);
    } catch (second) {
      handlers.log.error('fault-handler-failed', describeTurn(activity), second);
    }
  };
  const done = Promise.resolve(turn).then(handlers.onTurn).catch(fail);
  const over = done.then(async () => {
    for (const work of laters) await work().catch(fail);
  });
  const answerOr = (unanswered: number): TurnAnswer =>
    isInvoke ? (invokeAnswer ?? { status: hasFailed ? 500 : unanswered }) : { status: 200 };
  return { done, over, answer: () => answerOr(501), answerSoFar: () => answerOr(504) };
}

/** What the log may know of an activity. */
export function describeTurn(activity: IncomingActivity) {
  return {
    activityType: activity.type,
    invokeName: activity.name,
    conversationType: activity.conversation.conversationType,
    activityId: activity.id,
  };
}
