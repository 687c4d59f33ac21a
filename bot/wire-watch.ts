import type { Log } from '../src/adapters/log.js';
import { noMetrics } from '../src/adapters/metrics-port.js';
import { type MetricsServer, serveMetrics } from '../src/adapters/metrics-server.js';
import type { StorePool } from '../src/adapters/postgres/pool.js';
import { makeReviews } from '../src/adapters/postgres/reviews.js';
import { noTrace } from '../src/adapters/trace.js';
import { type Config, ConfigFault } from '../src/config.js';
import { reviewQuerySchema } from '../src/core/review-list.js';
import type { Clock } from '../src/flows/ports.js';
import { type Watch, watchPool } from './watch.js';
import type { Store } from './wire-store.js';

/** The part of the composition root that joins metrics and traces, where they are asked for: else nothing is loaded. */

export type WiredWatch = Watch & {
  /** Opens the port of the metrics, where one is set. */
  readonly listen: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `reviewsWaiting` is asked each time somebody reads the metrics. */
export async function openWatch(
  { watch: { metrics: place, traces } }: Config,
  log: Log,
  reviewsWaiting: () => Promise<number>,
): Promise<WiredWatch> {
  const metrics = place && (await import('../src/adapters/metrics.js')).makeMetrics(reviewsWaiting);
  const tracing =
    traces === undefined
      ? undefined
      : (await import('../src/adapters/tracing.js')).openTracing(traces);
  let server: MetricsServer | undefined;
  return {
    metrics: metrics ?? noMetrics,
    trace: tracing ?? noTrace,
    listen: async () => {
      if (!place || !metrics) return;
      server = await serveMetrics(place, metrics.text).catch(() => {
        throw new ConfigFault('The setting METRICS_PORT cannot be used: nothing can listen there.');
      });
      log.info('metrics-listening', { port: server.port });
    },
    close: async () => {
      await server?.close();
      await tracing?.close();
    },
  };
}

/** The store, each use of it counted and traced. */
export function watchStore(watch: Watch, store: Store): Store {
  const pool = watchPool(watch, store.pool);
  const isOne = store.answersPool === store.pool;
  return { ...store, pool, answersPool: isOne ? pool : watchPool(watch, store.answersPool) };
}

/** Summaries that await a decision, in the whole force. */
export async function countWaiting(pool: StorePool, clock: Clock): Promise<number> {
  const query = reviewQuerySchema.parse({});
  return (await makeReviews(pool).list(query, clock().toISOString())).counts.waiting;
}
