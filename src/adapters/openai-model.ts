import { createHash } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  type BulkheadPolicy,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel';
import type { ModelSettings } from '../config-model.js';
import { canonicalJson } from '../core/canonical-json.js';
import type { AskModel, ModelReply, Prompt, Tokens } from '../flows/ports.js';
import { makeAzureToken } from './azure-token.js';
import { fetchWhole, responseOf, TooLongFault, type Whole, within } from './fetch-whole.js';
import { loadLangChain } from './load-langchain.js';
import type { Log } from './log.js';
import { type AskOnce, makeAskOnce } from './openai-client.js';
import { type ReplyFacts, readFacts } from './reply-facts.js';

/**
 * A model by the OpenAI protocol. It is called through the package, but what became of a call is read from what our
 * own `fetch` saw: the package's errors neither say enough nor stay the same. Over 200 lines: a call from its slot to
 * its log line is read in one place.
 */

/** An honest reply is some kilobytes. */
const mostBytes = 1024 * 1024;
/** A server that names a longer wait is not waited for: an answer by words stands by then. */
const mostWaitMs = 2_000;
/** Before the one repeat after a failure that names no wait. */
const shortWaitMs = 150;
/** After so many failures in a row nobody is asked for a while, then one call tries. */
const failuresToRest = 5;
const restMs = 15_000;

export type ModelParts = {
  readonly log: Pick<Log, 'info' | 'error'>;
  /** Waits, or rejects at the signal; by default real time. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** What one exchange came to; `waitMs` where asking once more may help. */
type Exchange = {
  readonly reply: ModelReply<unknown>;
  readonly tokens?: Tokens | undefined;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly waitMs?: number | undefined;
};

/**
 * Makes the one way to the model: at most `atOnce` calls, at most one repeat within the deadline, a rest after
 * failures in a row. Logs ids, counts and hashes of each call, never a word of it.
 */
export function makeOpenAiModel(settings: ModelSettings, parts: ModelParts): AskModel {
  const { log, pause = (ms, signal) => pauseFor(ms, undefined, { signal }) } = parts;
  const slots = bulkhead(settings.atOnce, settings.atOnce);
  const breaker = circuitBreaker(
    handleWhenResult((result) => isFailure((result as { last: Exchange }).last)),
    { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failuresToRest) },
  );
  const keyOf = makeKey(settings);
  const askOnce = makeAskOnce(settings);
  // Begun now, since it holds everything up for a good part of a second: whoever asks first does not wait for it.
  loadLangChain().catch(() => undefined);

  const askTwice = async (prompt: Prompt<unknown>, user: string, signal: AbortSignal) => {
    const ask = () => within(signal, exchange(askOnce, keyOf, prompt, user, signal)).catch(failed);
    // Whatever fails after the signal failed because of it.
    const failed = (error: unknown): Exchange => ({
      reply: unavailable(signal.aborted ? 'late' : 'unreachable'),
      code: codeOf(error),
    });
    const first = await ask();
    if (first.waitMs === undefined) return { last: first, attempts: 1 };
    const isWaited = await pause(first.waitMs, signal).then(
      () => true,
      () => false,
    );
    if (!isWaited) return { last: { ...first, reply: unavailable('late') }, attempts: 1 };
    return { last: await ask(), attempts: 2 };
  };

  return async (prompt, inputs, deadline) => {
    const began = performance.now();
    const signal = AbortSignal.any([deadline, AbortSignal.timeout(settings.timeoutMs)]);
    const { last, attempts } = await within(
      signal,
      inSlot(slots, signal, async () => {
        // One call is trying whether the server is back: the others do not wait for it.
        if (breaker.state === CircuitState.HalfOpen) return notAsked('resting');
        return breaker.execute(() => askTwice(prompt, fill(prompt, inputs), signal));
      }),
    ).catch((error: unknown) => {
      if (signal.aborted) return notAsked('late');
      if (error instanceof BulkheadRejectedError) return notAsked('busy');
      if (isBrokenCircuitError(error)) return notAsked('resting');
      log.error('model-failed', { prompt: prompt.id }, error);
      return notAsked('unreachable');
    });
    const ms = Math.round(performance.now() - began);
    log.info('model-asked', { ...fieldsOf(settings, prompt, last), attempts, ms });
    return last.reply as never;
  };
}

function inSlot<Value>(
  slots: BulkheadPolicy,
  signal: AbortSignal,
  run: () => Promise<Value>,
): Promise<Value> {
  return slots.execute(run, signal);
}

async function exchange(
  askOnce: AskOnce,
  keyOf: () => Promise<string>,
  prompt: Prompt<unknown>,
  user: string,
  signal: AbortSignal,
): Promise<Exchange> {
  let key: string;
  try {
    key = await keyOf();
  } catch (error) {
    return { reply: unavailable('refused'), code: codeOf(error) };
  }
  let seen: Seen | undefined;
  let fault: unknown;
  const watch = async (input: string | URL | Request, init?: RequestInit) => {
    try {
      const answer = await fetchWhole(input, { ...init, signal }, mostBytes);
      seen = { answer, facts: readFacts(answer.bytes.toString()) };
      return responseOf(answer);
    } catch (error) {
      fault = error;
      throw error;
    }
  };
  const said = await askOnce(key, prompt, user, { fetch: watch, signal }).catch(() => undefined);
  signal.throwIfAborted();
  if (fault instanceof TooLongFault) return { reply: unusable('too-long') };
  if (!seen) return { reply: unavailable('unreachable'), code: codeOf(fault), waitMs: shortWaitMs };
  return judge(prompt, seen, said);
}

type Seen = { readonly answer: Whole; readonly facts: ReplyFacts };

function judge(prompt: Prompt<unknown>, { answer, facts }: Seen, said?: string): Exchange {
  const { status } = answer;
  const { tokens } = facts;
  if (facts.isFiltered) return { reply: unusable('filtered'), tokens, status };
  if (status < 200 || status > 299)
    return { reply: unavailable('refused'), status, waitMs: waitAfter(answer) };
  if (facts.isCutOff) return { reply: unusable('cut-off'), tokens, status };
  const parsed = prompt.schema.safeParse(parseJson(said));
  if (!parsed.success) return { reply: unusable('shape'), tokens, status };
  return { reply: { kind: 'replied', output: parsed.data, tokens }, tokens, status };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** How long to wait before asking once more; undefined: asking again would not help, or not in time. */
function waitAfter({ status, headers }: Whole): number | undefined {
  if (![408, 429, 500, 502, 503].includes(status)) return undefined;
  const ms = headers.get('retry-after-ms');
  const seconds = headers.get('retry-after');
  const named = ms ? Number(ms) : seconds ? Number(seconds) * 1000 : undefined;
  if (named === undefined) return status === 429 ? undefined : shortWaitMs;
  // A date comes out as no number: nobody names one for a wait this short.
  return named >= 0 && named <= mostWaitMs ? named : undefined;
}

/** Failures of the server, not of what was asked: a question that one provider refuses puts nobody else to rest. */
function isFailure({ reply, status }: Exchange): boolean {
  return reply.kind === 'unavailable' && ![400, 413, 422].includes(status ?? 0);
}

function makeKey({ server }: ModelSettings): () => Promise<string> {
  if (server.kind === 'openai') return async () => server.apiKey;
  const { access } = server;
  if (access.kind === 'key') return async () => access.apiKey;
  return makeAzureToken(access.scope, access.authority);
}

/** The template with its inputs, put in once: what an input holds is never taken for a placeholder. */
function fill({ id, template }: Prompt<unknown>, inputs: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const input = inputs[name];
    if (input === undefined) throw new Error(`asking ${id}: the input ${name} was not given`);
    return input;
  });
}

function fieldsOf({ model, price }: ModelSettings, prompt: Prompt<unknown>, last: Exchange) {
  const { reply, tokens, status, code } = last;
  const cost =
    tokens && price && (tokens.input * price.input + tokens.output * price.output) / 1_000_000;
  return {
    ...{ model, prompt: prompt.id, promptVersion: prompt.version, promptDigest: prompt.digest },
    ...{ outcome: reply.kind, reason: reply.kind === 'replied' ? undefined : reply.why },
    ...{ status, code, inputTokens: tokens?.input, outputTokens: tokens?.output, cost },
    outputHash: reply.kind === 'replied' ? hashOf(reply.output) : undefined,
  };
}

function hashOf(output: unknown): string {
  return createHash('sha256').update(canonicalJson(output)).digest('hex').slice(0, 12);
}

/** As in `ECONNREFUSED`, which stands on the error or on what caused it. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  const code: unknown = cause && Reflect.get(Object(cause), 'code');
  return typeof code === 'string' ? code : undefined;
}

function notAsked(why: Why): { readonly last: Exchange; readonly attempts: number } {
  return { last: { reply: unavailable(why) }, attempts: 0 };
}

type Why = Extract<ModelReply<unknown>, { kind: 'unavailable' }>['why'];

function unavailable(why: Why): ModelReply<unknown> {
  return { kind: 'unavailable', why };
}

function unusable(
  why: Extract<ModelReply<unknown>, { kind: 'unusable' }>['why'],
): ModelReply<unknown> {
  return { kind: 'unusable', why };
}
