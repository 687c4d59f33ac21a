import { describe, expect, it } from 'vitest';
import { makeDeliveryFault } from '../../bot/teams/delivery-fault.js';
import type { Turn } from '../../bot/teams/turn.js';
import {
  type Watch,
  watchAnswers,
  watchModel,
  watchPool,
  watchReplies,
  watchSendTo,
  watchStarts,
  watchTurns,
} from '../../bot/watch.js';
import { type Metrics, noMetrics } from '../../src/adapters/metrics-port.js';
import type { StorePool } from '../../src/adapters/postgres/pool.js';
import type { SpanAttributes } from '../../src/adapters/trace.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import type { AskModel, ModelReply, Prompt } from '../../src/flows/ports.js';
import { viewOf } from '../../src/flows/screening-view.js';
import type { TakeReply } from '../../src/flows/take-reply.js';
import { aKnowledge, anna, aQuestion, aReply, aScreening, aScript, eventsOf } from '../builders.js';
import { anActivity } from './transport-setup.js';

/** What was counted (durations left out) and traced. */
function listening(): Watch & {
  readonly counted: (readonly unknown[])[];
  readonly spans: { name: string; attributes: SpanAttributes }[];
} {
  const counted: (readonly unknown[])[] = [];
  const spans: { name: string; attributes: SpanAttributes }[] = [];
  const metrics = Object.fromEntries(
    Object.keys(noMetrics).map((name) => [
      name,
      (...given: readonly unknown[]) => {
        const isDuration = ['turn', 'send', 'model'].includes(name);
        counted.push([name, ...(isDuration ? given.slice(0, -1) : given)]);
      },
    ]),
  ) as unknown as Metrics;
  return {
    counted,
    spans,
    metrics,
    trace: {
      span: async (name, attributes, run) => {
        const span = { name, attributes: { ...attributes } };
        spans.push(span);
        return run((more) => {
          span.attributes = { ...span.attributes, ...more };
        });
      },
    },
  };
}

const aTurn = (given: Partial<Turn> = {}): Turn => ({
  activity: anActivity({ serviceUrl: 'http://127.0.0.1/' }) as Turn['activity'],
  send: async () => 'm-1',
  update: async () => undefined,
  answerInvoke: () => undefined,
  later: () => undefined,
  ...given,
});
const message = { type: 'message', text: 'Jane Doe' } as const;

describe('a turn that is watched', () => {
  it('is counted by its kind, with what it sent', async () => {
    const watch = listening();
    const { onTurn } = watchTurns(watch, {
      onTurn: async (turn) => {
        expect(await turn.send(message)).toBe('m-1');
        await turn.update('m-1', message);
      },
      onFault: async () => undefined,
    });
    await onTurn(aTurn());
    expect(watch.counted).toEqual([
      ['send', 'send', 'sent'],
      ['send', 'update', 'sent'],
      ['turn', 'text', 'done'],
    ]);
    expect(watch.spans).toEqual([
      { name: 'turn', attributes: { kind: 'text' } },
      { name: 'send', attributes: { operation: 'send' } },
      { name: 'send', attributes: { operation: 'update' } },
    ]);
  });

  it('that fails is counted as failed, thrown on, and what is then said is counted too', async () => {
    const watch = listening();
    const error = new Error('Jane Doe');
    const watched = watchTurns(watch, {
      onTurn: async () => {
        throw error;
      },
      onFault: async (turn) => {
        await turn.send(message);
      },
    });
    await expect(watched.onTurn(aTurn())).rejects.toBe(error);
    await watched.onFault(aTurn(), error);
    expect(watch.counted).toEqual([
      ['turn', 'text', 'failed'],
      ['send', 'send', 'sent'],
    ]);
  });

  it.each<[string, unknown, string]>([
    ['a delivery fault', makeDeliveryFault('send', 'throttled'), 'throttled'],
    ['anything else', new Error('Jane Doe'), 'other'],
  ])('counts a message that was not sent for %s by its kind', async (_, error, kind) => {
    const watch = listening();
    const sendTo = watchSendTo(watch, async () => {
      throw error;
    });
    await expect(sendTo({} as Parameters<typeof sendTo>[0], message)).rejects.toBe(error);
    expect(watch.counted).toEqual([['send', 'notice', kind]]);
  });
});

describe('a flow that is watched', () => {
  it('counts answers by kind', async () => {
    const watch = listening();
    const answer = watchAnswers(watch, async () => ({ kind: 'urgent' }) as never);
    await answer({ question: 'Jane Doe', earlier: [] });
    expect(watch.counted).toEqual([['answer', 'urgent']]);
    expect(watch.spans).toEqual([
      { name: 'flow', attributes: { flow: 'answer-question', outcome: 'urgent' } },
    ]);
  });

  it('counts a screening that begins, and none that began before', async () => {
    const watch = listening();
    const id = screeningIdSchema.parse('00000000-0000-4000-8000-000000000001');
    const given = { script: 'first-contact', by: anna, activityId: 'a-1' };
    await watchStarts(watch, async () => ({ kind: 'started', id }))(given);
    await watchStarts(watch, async () => ({ kind: 'already', id }))(given);
    await watchStarts(watch, async () => ({ kind: 'no-such-script' }))(given);
    expect(watch.counted).toEqual([['screening', 'begun']]);
  });

  it('counts a screening as finished once: by the reply that left nothing to ask', async () => {
    const watch = listening();
    const script = aScript([aQuestion({ id: 'QA01' }), aQuestion({ id: 'QA02' })]);
    const acts = [aReply('QA01', 'yes'), aReply('QA02', 'yes'), aReply('QA02', 'no')];
    const take = (count: number, kind: 'saved' | 'repeated'): TakeReply => {
      const screening = aScreening({ events: eventsOf(...acts.slice(0, count)) });
      const view = viewOf(aKnowledge({ scripts: [script] }), screening, []);
      const rest = { threats: [], dropped: [], meanwhile: [] };
      return watchReplies(watch, async () => ({ kind, view, ...rest }));
    };
    const reply = {} as Parameters<TakeReply>[0];
    await take(1, 'saved')(reply);
    expect(watch.counted).toEqual([]);
    await take(2, 'saved')(reply);
    await take(2, 'repeated')(reply);
    await take(3, 'saved')(reply);
    expect(watch.counted).toEqual([['screening', 'finished']]);
  });
});

describe('a language model that is watched', () => {
  it.each<[ModelReply<unknown>, string, SpanAttributes]>([
    [{ kind: 'replied', output: 'Jane', tokens: undefined }, 'replied', { outcome: 'replied' }],
    [{ kind: 'unusable', why: 'shape' }, 'shape', { outcome: 'unusable', why: 'shape' }],
    [{ kind: 'unavailable', why: 'late' }, 'late', { outcome: 'unavailable', why: 'late' }],
  ])('counts %o by what came of it', async (reply, outcome, attributes) => {
    const watch = listening();
    const ask = watchModel(watch, (async () => reply) as AskModel);
    const given = { id: 'p' } as unknown as Prompt<unknown>;
    expect(await ask(given, { question: 'Jane' }, new AbortController().signal)).toBe(reply);
    expect(watch.counted).toEqual([['model', outcome]]);
    expect(watch.spans).toMatchObject([{ name: 'model', attributes }]);
  });
});

describe('a store that is watched', () => {
  const poolOf = (connect: () => Promise<unknown>) => ({ connect }) as unknown as StorePool;

  it('counts who waits for a connection and who holds one, until it is given back', async () => {
    const watch = listening();
    const released: unknown[] = [];
    const client = { release: (isFaulty: unknown) => released.push(isFaulty) };
    const connected = await watchPool(
      watch,
      poolOf(async () => client),
    ).connect();
    expect(watch.counted).toEqual([
      ['store', 'waiting', 1],
      ['store', 'waiting', -1],
      ['store', 'in-use', 1],
    ]);
    connected.release(true);
    expect(released).toEqual([true]);
    expect(watch.counted.slice(3)).toEqual([['store', 'in-use', -1], ['storeFault']]);
    expect(watch.spans.map(({ name }) => name)).toEqual(['store']);
  });

  it('counts a connection that cannot be had', async () => {
    const watch = listening();
    const error = new Error('Jane Doe');
    const failing = watchPool(
      watch,
      poolOf(async () => {
        throw error;
      }),
    );
    await expect(failing.connect()).rejects.toBe(error);
    expect(watch.counted).toEqual([
      ['store', 'waiting', 1],
      ['store', 'waiting', -1],
      ['storeFault'],
    ]);
  });
});
