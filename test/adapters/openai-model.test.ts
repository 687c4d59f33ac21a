import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { makeOpenAiModel } from '../../src/adapters/openai-model.js';
import type { ModelSettings } from '../../src/config-model.js';
import type { Prompt } from '../../src/flows/ports.js';
import * as double from '../openai-double.js';

const output = { chosen: ['S1'], rest: null };
const prompt: Prompt<{ chosen: string[]; rest: string | null }> = {
  ...{ id: 'pick', version: 3, digest: 'abc123abc123', purpose: 'picks a sentence' },
  ...{ system: 'You pick.', template: 'Asked: {{question}}', inputs: ['question'] },
  schema: z.object({ chosen: z.array(z.string()), rest: z.string().nullable() }),
};
const replied = { kind: 'replied', output, tokens: { input: 120, output: 30 } };

let server: double.OpenAiDouble;
let waited: number[] = [];
let lines: object[] = [];

beforeEach(() => {
  waited = [];
  lines = [];
});
afterEach(() => server.close());

async function start(behaviour: double.Behaviour, given: Partial<ModelSettings> = {}) {
  server = await double.startOpenAiDouble(behaviour);
  return makeOpenAiModel(
    {
      ...{ model: 'm-1', api: 'chat', isStreamed: false, timeoutMs: 10_000, atOnce: 4 },
      price: { input: 2, output: 10 },
      server: { kind: 'openai', apiKey: 'secret', baseUrl: server.baseUrl },
      ...given,
    },
    {
      log: {
        info: (event, fields) => lines.push({ event, ...fields }),
        error: (event, fields) => lines.push({ event, ...fields }),
      },
      pause: async (ms) => waited.push(ms),
    },
  );
}

const never = new AbortController().signal;
const inputs = { question: 'What of {{question}}?' };

describe('a model by the OpenAI protocol', () => {
  it.each([
    ['chat', false],
    ['chat', true],
    ['responses', false],
    ['responses', true],
  ] as const)('replies in the form of the prompt by %s, streamed: %s', async (api, isStreamed) => {
    const ask = await start(double.replyWith({ ...output, more: 'dropped' }), { api, isStreamed });
    expect(await ask(prompt, inputs, never)).toEqual(replied);
    expect(server.asked).toHaveLength(1);
    const [{ path, key, body } = { path: '', key: '', body: {} }] = server.asked;
    expect(path).toBe(api === 'chat' ? '/v1/chat/completions' : '/v1/responses');
    expect(key).toBe('Bearer secret');
    const schema = { ...z.toJSONSchema(prompt.schema) };
    const words = [
      { role: 'system', content: 'You pick.' },
      { role: 'user', content: 'Asked: What of {{question}}?' },
    ];
    const format = { name: 'pick', strict: true, schema };
    expect(body).toMatchObject(
      api === 'chat'
        ? { messages: words, response_format: { type: 'json_schema', json_schema: format } }
        : { store: false, text: { format: { type: 'json_schema', ...format } } },
    );
    expect(Reflect.get(Object(body), 'stream') ?? false).toBe(isStreamed);
  });

  it('logs what was asked by name, version and digest, what it cost and a hash, and no word of it', async () => {
    const ask = await start(double.replyWith(output));
    await ask(prompt, inputs, never);
    expect(lines).toEqual([
      {
        ...{ event: 'model-asked', model: 'm-1', outcome: 'replied', reason: undefined },
        ...{ prompt: 'pick', promptVersion: 3, promptDigest: 'abc123abc123', attempts: 1 },
        ...{ status: 200, code: undefined, inputTokens: 120, outputTokens: 30, cost: 0.00054 },
        ...{ outputHash: expect.stringMatching(/^[0-9a-f]{12}$/), ms: expect.any(Number) },
      },
    ]);
  });

  it('reads a compressed reply', async () => {
    const ask = await start(double.replyCompressed(output));
    expect(await ask(prompt, inputs, never)).toEqual(replied);
  });

  it.each([
    ['a filter that refuses the prompt', double.refuseByFilter, 'filtered'],
    ['a filter that stops the reply', double.replyWith('', { stop: 'filter' }), 'filtered'],
    ['a model that declines', double.replyWith('', { stop: 'refusal' }), 'filtered'],
    ['a reply out of tokens', double.replyWith('{"chosen":["S', { stop: 'length' }), 'cut-off'],
    ['a stream that ends early', double.endStreamEarly(output), 'cut-off'],
    ['no JSON in the reply', double.replyWith('{"chosen": [S1'), 'shape'],
    ['words around the JSON', double.replyWith('Here: {"chosen":[],"rest":null}'), 'shape'],
    ['another shape', double.replyWith({ chosen: 'S1', rest: null }), 'shape'],
    ['a list of answers that is none', (_: unknown, r) => double.sendJson(r, 200, {}), 'shape'],
    ['an answer that is no JSON', (_: unknown, r) => r.end('<html>'), 'shape'],
    ['an endless answer', double.sendEndlessly, 'too-long'],
    ['a compressed answer that unpacks to millions', double.sendBomb, 'too-long'],
  ] satisfies [string, double.Behaviour, string][])(
    'cannot use %s, and asks once',
    async (...row) => {
      const [, behaviour, why] = row;
      for (const api of ['chat', 'responses'] as const) {
        for (const isStreamed of [false, true]) {
          const ask = await start(behaviour, { api, isStreamed });
          expect(await ask(prompt, inputs, never)).toEqual({ kind: 'unusable', why });
          expect(server.asked).toHaveLength(1);
          await server.close();
        }
      }
    },
  );

  it('survives a server that streams unasked', async () => {
    const ask = await start(double.streamUnasked(output));
    expect((await ask(prompt, inputs, never)).kind).toBe('unusable');
  });

  it.each([400, 401, 403, 404, 422, 504])(
    'is refused by status %d, and asks once',
    async (status) => {
      const ask = await start(double.refuseWith(status));
      expect(await ask(prompt, inputs, never)).toEqual({ kind: 'unavailable', why: 'refused' });
      expect(server.asked).toHaveLength(1);
      expect(lines).toMatchObject([{ status, outcome: 'unavailable', reason: 'refused' }]);
    },
  );

  it.each([
    ['408', double.refuseWith(408), [150]],
    ['500', double.refuseWith(500), [150]],
    ['503', double.refuseWith(503), [150]],
    ['429 that names a second', double.refuseWith(429, { 'retry-after': '1' }), [1000]],
    ['429 that names milliseconds', double.refuseWith(429, { 'retry-after-ms': '40' }), [40]],
    ['a connection reset', double.reset, [150]],
    ['an answer cut half-way', double.cutWhole, [150]],
  ])('asks once more after %s', async (_, first, waits) => {
    const ask = await start(double.inTurn(first, double.replyWith(output)));
    expect(await ask(prompt, inputs, never)).toEqual(replied);
    expect(server.asked).toHaveLength(2);
    expect(waited).toEqual(waits);
  });

  it.each([
    ['429 that names no time', double.refuseWith(429)],
    ['429 that names an hour', double.refuseWith(429, { 'retry-after': '3600' })],
    ['503 that names a date', double.refuseWith(503, { 'retry-after': 'Wed, 21 Oct 2026' })],
  ])('does not ask again after %s', async (_, behaviour) => {
    const ask = await start(behaviour);
    expect(await ask(prompt, inputs, never)).toEqual({ kind: 'unavailable', why: 'refused' });
    expect(server.asked).toHaveLength(1);
  });

  it('asks twice at most', async () => {
    const ask = await start(double.refuseWith(500));
    expect(await ask(prompt, inputs, never)).toEqual({ kind: 'unavailable', why: 'refused' });
    expect(server.asked).toHaveLength(2);
  });

  it('follows no redirect, which would carry the key elsewhere', async () => {
    const other = await double.startOpenAiDouble(double.replyWith(output));
    const ask = await start(double.redirectTo(`${other.baseUrl}/chat/completions`));
    expect(await ask(prompt, inputs, never)).toEqual({ kind: 'unavailable', why: 'refused' });
    expect([server.asked.length, other.asked.length]).toEqual([1, 0]);
    await other.close();
  });

  it.each([
    ['nothing comes', double.staySilent],
    ['the body stalls after its headers', double.stallAfterHeaders],
    ['the body drips', double.dripSlowly],
  ])('is late at the deadline when %s', async (_, behaviour) => {
    const deadline = new AbortController();
    const ask = await start((asked, response) => {
      behaviour(asked, response);
      setImmediate(() => deadline.abort());
    });
    const late = { kind: 'unavailable', why: 'late' };
    expect(await ask(prompt, inputs, deadline.signal)).toEqual(late);
    expect(server.asked).toHaveLength(1);
    expect(await ask(prompt, inputs, deadline.signal)).toEqual(late);
    expect(server.asked).toHaveLength(1);
  });

  it('is late at its own limit where the caller names none', async () => {
    const ask = await start(double.staySilent, { timeoutMs: 100 });
    expect(await ask(prompt, inputs, never)).toEqual({ kind: 'unavailable', why: 'late' });
  });

  it('is unreachable where nobody listens', async () => {
    const ask = await start(double.staySilent);
    await server.close();
    expect(await ask(prompt, inputs, never)).toEqual({ kind: 'unavailable', why: 'unreachable' });
    expect(lines).toMatchObject([{ code: 'ECONNREFUSED', attempts: 2 }]);
  });

  it('asks nobody when an input was not given', async () => {
    const ask = await start(double.replyWith(output));
    expect(await ask(prompt, {}, never)).toEqual({ kind: 'unavailable', why: 'unreachable' });
    expect(server.asked).toHaveLength(0);
    expect(lines[0]).toMatchObject({ event: 'model-failed', prompt: 'pick' });
  });

  it('refuses more calls than there are places and places to wait', async () => {
    const waiting: (() => void)[] = [];
    const ask = await start(
      (asked, response) => waiting.push(() => double.replyWith(output)(asked, response)),
      { atOnce: 1 },
    );
    const calls = [1, 2, 3].map(() => ask(prompt, inputs, never));
    expect(await calls[2]).toEqual({ kind: 'unavailable', why: 'busy' });
    for (const place of [0, 1]) {
      await vi.waitFor(() => expect(waiting).toHaveLength(place + 1));
      waiting[place]?.();
      expect(await calls[place]).toEqual(replied);
    }
  });
});

describe('after failures in a row', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());
  const restful = { kind: 'unavailable', why: 'resting' };

  it('the model rests, is then tried by one call, and is asked again once that succeeds', async () => {
    let isBack = false;
    const ask = await start((asked, response) =>
      (isBack ? double.replyWith(output) : double.refuseWith(404))(asked, response),
    );
    for (let call = 0; call < 5; call += 1) await ask(prompt, inputs, never);
    expect(await ask(prompt, inputs, never)).toEqual(restful);
    expect(server.asked).toHaveLength(5);
    vi.setSystemTime(Date.now() + 15_000);
    await ask(prompt, inputs, never);
    expect(server.asked).toHaveLength(6);
    expect(await ask(prompt, inputs, never)).toEqual(restful);
    isBack = true;
    vi.setSystemTime(Date.now() + 15_000);
    const both = await Promise.all([ask(prompt, inputs, never), ask(prompt, inputs, never)]);
    expect(both).toEqual([replied, restful]);
    expect(await ask(prompt, inputs, never)).toEqual(replied);
  });

  it('what was asked puts nobody to rest: a filter, a bad request, a wrong shape', async () => {
    const bad = [double.refuseByFilter, double.refuseWith(400), double.replyWith('no')];
    const ask = await start(double.inTurn(...bad, ...bad, double.replyWith(output)));
    for (let call = 0; call < 6; call += 1) await ask(prompt, inputs, never);
    expect(await ask(prompt, inputs, never)).toEqual(replied);
  });
});

describe('the variables of the packages', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('neither send words to a tracing service, nor print them, nor change the server', async () => {
    const spy = await double.startOpenAiDouble(double.replyWith(output));
    for (const name of ['LANGSMITH_TRACING', 'LANGCHAIN_TRACING_V2', 'LANGCHAIN_VERBOSE'])
      vi.stubEnv(name, 'true');
    for (const name of ['LANGSMITH_ENDPOINT', 'LANGSMITH_GATEWAY', 'OPENAI_BASE_URL'])
      vi.stubEnv(name, spy.baseUrl);
    vi.stubEnv('LANGSMITH_API_KEY', 'k');
    vi.stubEnv('OPENAI_LOG', 'debug');
    const printed = (['log', 'debug', 'info', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    const ask = await start(double.replyWith(output));
    expect(await ask(prompt, inputs, never)).toEqual(replied);
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
    expect(spy.asked).toEqual([]);
    vi.restoreAllMocks();
    await spy.close();
  });
});
