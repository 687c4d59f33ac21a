/** What is traced: names, kinds, counts and ms. No id, word or message can become an attribute. */

const SPAN_NAMES = ['turn', 'request', 'flow', 'store', 'model', 'send'] as const;
export type SpanName = (typeof SPAN_NAMES)[number];

const ATTRIBUTES = ['kind', 'flow', 'operation', 'outcome', 'why', 'fault', 'count', 'ms'] as const;
export type SpanAttributes = {
  readonly [name in (typeof ATTRIBUTES)[number]]?: string | number | undefined;
};

export type Trace = {
  /**
   * Runs `run` in a span, inside the one it was called in. What it throws marks the span by its kind and is thrown on.
   * `note` adds what is known only later.
   */
  readonly span: <Result>(
    name: SpanName,
    attributes: SpanAttributes,
    run: (note: (attributes: SpanAttributes) => void) => Promise<Result>,
  ) => Promise<Result>;
};

/** For a process that has no collector. */
export const noTrace: Trace = { span: (_name, _attributes, run) => run(() => undefined) };

/** A kind of ours, as in `not-covered`, `take-reply` or `ECONNREFUSED`: one word. */
const KIND = /^[A-Za-z][A-Za-z0-9_-]{0,40}$/;

/** Only the attributes on the list, and of them only numbers and kinds. */
export function spanAttributes(given: SpanAttributes): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const name of ATTRIBUTES) {
    const value = given[name];
    if (typeof value === 'number') kept[`signpost.${name}`] = value;
    else if (value !== undefined) kept[`signpost.${name}`] = KIND.test(value) ? value : 'withheld';
  }
  return kept;
}

/** As in `ECONNRESET`, `23505` or the kind of a delivery fault. */
const CODE = /^(?:E[A-Z_]{2,30}|[0-9A-Z]{5})$/;
const DELIVERY = /^(?:blocked|gone|too-large|throttled|rejected|not-sent|unclear)$/;

/** A system's code or the kind of a delivery fault; `fault` for all else. */
export function kindOfFault(error: unknown): string {
  if (!(error instanceof Error)) return 'fault';
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string' && CODE.test(code)) return `code-${code}`;
  const kind: unknown = Reflect.get(error, 'kind');
  return typeof kind === 'string' && DELIVERY.test(kind) ? kind : 'fault';
}
