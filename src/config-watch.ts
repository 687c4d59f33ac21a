import { z } from 'zod';
import { address } from './config-address.js';
import { ConfigFault } from './config-fault.js';

/** Where those who run it look: numbers on a port of their own, and spans to a collector. Both off unless set. */

export const watchSettings = {
  METRICS_PORT: z.coerce.number('must be a number').int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().trim().min(1).default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
};

const watchSchema = z.object(watchSettings);
type WatchSettings = z.infer<typeof watchSchema>;

export type WatchConfig = {
  /** Undefined: nothing is counted. `port` 0 takes a free one. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Undefined: nothing is traced. */
  readonly traces: string | undefined;
};

/** Throws ConfigFault where the numbers would stand on the port that everybody reaches. */
export function readWatch(env: WatchSettings & { readonly PORT: number }): WatchConfig {
  const { METRICS_PORT: port, METRICS_HOST: host, OTEL_EXPORTER_OTLP_ENDPOINT: traces } = env;
  if (port !== undefined && port !== 0 && port === env.PORT)
    throw new ConfigFault(
      'The setting METRICS_PORT cannot be PORT: the numbers are not for everybody who reaches the bot.',
    );
  return { metrics: port === undefined ? undefined : { host, port }, traces };
}
