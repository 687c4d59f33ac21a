import { createServer } from 'node:http';

/** A stand-in for an OpenTelemetry collector: takes spans over HTTP as JSON and keeps them. */

export type TakenSpan = {
  readonly name: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly trace: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** 2 is an error. */
  readonly status: { readonly code?: number; readonly message?: string };
  readonly events: readonly unknown[];
};

export type OtlpDouble = {
  readonly url: string;
  readonly spans: () => readonly TakenSpan[];
  /** Everything that was sent, as it came: addresses, headers and bodies. */
  readonly raw: () => string;
  readonly close: () => Promise<void>;
};

type SentValue = { readonly stringValue?: string; readonly intValue?: number | string };
type SentSpan = {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceId: string;
  readonly attributes?: readonly { readonly key: string; readonly value: SentValue }[];
  readonly status?: TakenSpan['status'];
  readonly events?: readonly unknown[];
};
type Sent = {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
};

export async function startOtlpDouble(): Promise<OtlpDouble> {
  const bodies: string[] = [];
  const heads: string[] = [];
  const server = createServer((request, response) => {
    heads.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(body);
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    raw: () => [...heads, ...bodies].join('\n'),
    spans: () =>
      bodies
        .flatMap((body) => (JSON.parse(body) as Sent).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans)
        .map(takenOf),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function takenOf(span: SentSpan): TakenSpan {
  const attributes = (span.attributes ?? []).map(({ key, value }) => [
    key,
    value.stringValue ?? Number(value.intValue),
  ]);
  return {
    name: span.name,
    id: span.spanId,
    parent: span.parentSpanId || undefined,
    trace: span.traceId,
    attributes: Object.fromEntries(attributes),
    status: span.status ?? {},
    events: span.events ?? [],
  };
}
