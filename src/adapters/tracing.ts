import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { kindOfFault, type SpanAttributes, spanAttributes, type Trace } from './trace.js';

/**
 * Spans to an OpenTelemetry collector. Loaded only where one is named. Nothing is registered for the whole process and
 * nothing is passed on in headers: which span is the parent is kept here, and no other system learns of it.
 */

export type Tracing = Trace & {
  /** Sends what is left, or gives up within seconds. */
  readonly close: () => Promise<void>;
};

/** A collector that is slow or gone costs spans, never a turn: at most so many wait. */
const limits = { maxQueueSize: 2_048, maxExportBatchSize: 512, exportTimeoutMillis: 5_000 };
const answerWithinMs = 3_000;

/** Spans that go to the collector at `endpoint`, such as `http://127.0.0.1:4318`, every `everyMs`. */
export function openTracing(endpoint: string, everyMs = 5_000): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: answerWithinMs });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'signpost' }),
    spanProcessors: [
      new BatchSpanProcessor(exporter, { ...limits, scheduledDelayMillis: everyMs }),
    ],
  });
  const tracer = provider.getTracer('signpost');
  const current = new AsyncLocalStorage<Span>();
  return {
    span: async (name, attributes, run) => {
      const parent = current.getStore();
      const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes: spanAttributes(attributes) }, context);
      const note = (more: SpanAttributes) => void span.setAttributes(spanAttributes(more));
      try {
        return await current.run(span, () => run(note));
      } catch (error) {
        // No message and no stack: both may quote what somebody said.
        note({ fault: kindOfFault(error) });
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    close: () => provider.shutdown().catch(() => undefined),
  };
}
