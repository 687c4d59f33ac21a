import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { labelValues, type Metrics } from './metrics-port.js';

/** Counts and durations as Prometheus reads them. Loaded only where somebody is to read them. */

/** In ms: a person notices a tenth of a second, and Teams shows an error after some fifteen. */
const buckets = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000];

export type CollectedMetrics = Metrics & { readonly text: () => Promise<string> };

/** Counts for one process. `reviewsWaiting` is asked whenever somebody reads; where it fails the number is `Nan`. */
export function makeMetrics(reviewsWaiting: () => Promise<number>): CollectedMetrics {
  const register = new Registry();
  const registers = [register];
  // Event loop, memory, garbage collection, processor.
  collectDefaultMetrics({ register });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name: `signpost_${name}`, help, labelNames, registers });
  const duration = (name: string, help: string, labelNames: readonly string[]) =>
    new Histogram({ name: `signpost_${name}`, help, labelNames, buckets, registers });

  const turns = duration('turn_milliseconds', 'Turns, from admission to answer.', [
    'kind',
    'outcome',
  ]);
  const answers = counter('answers_total', 'Answers to guidance questions.', ['kind']);
  const screenings = counter('screenings_total', 'Screenings begun and finished.', ['what']);
  const sends = duration('connector_milliseconds', 'Messages to Teams, with all attempts.', [
    'operation',
    'outcome',
  ]);
  const retries = counter('connector_retries_total', 'Attempts to reach Teams made again.', [
    'attempt',
    'why',
  ]);
  const models = duration('model_milliseconds', 'Calls of the language model.', ['outcome']);
  const requests = duration('page_milliseconds', 'Requests of the review page.', [
    'method',
    'status',
  ]);
  const store = new Gauge({
    name: 'signpost_store_connections',
    help: 'Connections to the store in use, and who waits for one.',
    labelNames: ['state'],
    registers,
  });
  const storeFaults = counter('store_faults_total', 'Connections to the store that failed.');
  new Gauge({
    name: 'signpost_reviews_waiting',
    help: 'Summaries awaiting a decision.',
    registers,
    async collect() {
      this.set(await reviewsWaiting().catch(() => Number.NaN));
    },
  });
  // There from the start, so that the first of them shows as a change.
  for (const what of labelValues.screening) screenings.inc({ what }, 0);
  for (const state of labelValues.connection) store.set({ state }, 0);

  return {
    turn: (kind, outcome, ms) =>
      turns.observe({ kind: listed('turn', kind), outcome: listed('turnOutcome', outcome) }, ms),
    answer: (kind) => answers.inc({ kind: listed('answer', kind) }),
    screening: (what) => screenings.inc({ what: listed('screening', what) }),
    send: (operation, outcome, ms) => {
      const labels = {
        operation: listed('operation', operation),
        outcome: listed('delivery', outcome),
      };
      sends.observe(labels, ms);
    },
    retry: (attempt, why) =>
      retries.inc({ attempt: listed('attempt', attempt), why: listed('delivery', why) }),
    model: (outcome, ms) => models.observe({ outcome: listed('model', outcome) }, ms),
    request: (method, status, ms) => {
      const inClass = `${Math.floor(status / 100)}xx`;
      requests.observe({ method: listed('method', method), status: listed('status', inClass) }, ms);
    },
    store: (state, change) => store.inc({ state: listed('connection', state) }, change),
    storeFault: () => storeFaults.inc(),
    text: () => register.metrics(),
  };
}

/** Holds at run time what the types say. */
function listed(label: keyof typeof labelValues, value: string): string {
  return (labelValues[label] as readonly string[]).includes(value) ? value : 'other';
}
