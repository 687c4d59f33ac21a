/**
 * What is counted. No id, name or word of anybody can become a label: each label has its list of values here, and what
 * is not on it is counted as `other`.
 */

export const labelValues = {
  turn: [
    'text',
    'press',
    'feedback',
    'installed',
    'installed-elsewhere',
    'withdrawn',
    'elsewhere',
    'form-wanted',
    'not-understood',
    'nothing',
  ],
  turnOutcome: ['done', 'failed'],
  answer: ['answered', 'partly', 'unclear', 'not-covered', 'urgent', 'refused', 'withheld'],
  screening: ['begun', 'finished'],
  /** `notice`: a message that answers none. */
  operation: ['send', 'update', 'notice'],
  /** As a delivery calls it. */
  attempt: ['create', 'replace'],
  /** `sent`, or the kind of delivery fault. */
  delivery: [
    'sent',
    'blocked',
    'gone',
    'too-large',
    'throttled',
    'rejected',
    'not-sent',
    'unclear',
    'other',
  ],
  /** `replied`, or why there is no reply that can be used. */
  model: [
    'replied',
    'shape',
    'filtered',
    'cut-off',
    'too-long',
    'late',
    'busy',
    'resting',
    'off',
    'refused',
    'unreachable',
  ],
  method: ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'],
  status: ['2xx', '3xx', '4xx', '5xx'],
  connection: ['in-use', 'waiting'],
} as const;

type Value<Label extends keyof typeof labelValues> = (typeof labelValues)[Label][number];
export type SendOperation = Value<'operation'>;

/** Durations in ms. Nothing here throws or waits. */
export type Metrics = {
  readonly turn: (kind: Value<'turn'>, outcome: Value<'turnOutcome'>, ms: number) => void;
  readonly answer: (kind: Value<'answer'>) => void;
  readonly screening: (what: Value<'screening'>) => void;
  /** One message on its way to Teams, with all its attempts. */
  readonly send: (operation: SendOperation, outcome: Value<'delivery'>, ms: number) => void;
  /** An attempt that failed and is made again. */
  readonly retry: (attempt: Value<'attempt'>, why: Value<'delivery'>) => void;
  readonly model: (outcome: Value<'model'>, ms: number) => void;
  /** A request of the review page. */
  readonly request: (method: string, status: number, ms: number) => void;
  /** One more, or one fewer, holds a connection to the store or waits for one. */
  readonly store: (state: Value<'connection'>, change: 1 | -1) => void;
  readonly storeFault: () => void;
};

const nothing = () => undefined;

/** For a process that is not asked for any. */
export const noMetrics: Metrics = {
  turn: nothing,
  answer: nothing,
  screening: nothing,
  send: nothing,
  retry: nothing,
  model: nothing,
  request: nothing,
  store: nothing,
  storeFault: nothing,
};
