import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDeliveryFault } from '../../bot/teams/delivery-fault.js';
import { kindOfFault, noTrace, spanAttributes } from '../../src/adapters/trace.js';
import { openTracing } from '../../src/adapters/tracing.js';
import { type OtlpDouble, startOtlpDouble, type TakenSpan } from '../otlp-double.js';

let collector: OtlpDouble;
beforeEach(async () => {
  collector = await startOtlpDouble();
});
afterEach(() => collector.close());

const named = (name: string): TakenSpan => {
  const found = collector.spans().filter((span) => span.name === name);
  expect(found).toHaveLength(1);
  return found[0] as TakenSpan;
};

describe('traces', () => {
  it('reach the collector as spans one inside the other, with what was noted', async () => {
    const tracing = openTracing(`${collector.url}/`);
    const result = await tracing.span('turn', { kind: 'text' }, () =>
      tracing.span('flow', { flow: 'take-reply' }, async (note) => {
        await tracing.span('store', { ms: 3 }, async () => undefined);
        note({ outcome: 'saved' });
        return 'done';
      }),
    );
    await tracing.close();
    expect(result).toBe('done');
    const [turn, flow, store] = [named('turn'), named('flow'), named('store')];
    expect([turn.parent, flow.parent, store.parent]).toEqual([undefined, turn.id, flow.id]);
    expect(new Set([turn.trace, flow.trace, store.trace]).size).toBe(1);
    expect([turn, flow, store].map(({ attributes }) => attributes)).toEqual([
      { 'signpost.kind': 'text' },
      { 'signpost.flow': 'take-reply', 'signpost.outcome': 'saved' },
      { 'signpost.ms': 3 },
    ]);
  });

  it('tell of a fault its kind, and nothing of its words', async () => {
    const tracing = openTracing(collector.url);
    const error = Object.assign(new Error('Jane Doe at home'), { code: 'ECONNRESET' });
    const failing = tracing.span('turn', {}, async () => {
      throw error;
    });
    await expect(failing).rejects.toBe(error);
    await tracing.close();
    expect(named('turn')).toMatchObject({
      attributes: { 'signpost.fault': 'code-ECONNRESET' },
      status: { code: 2 },
      events: [],
    });
    expect(collector.raw()).not.toMatch(/Jane/);
  });

  it('keep two turns at once apart', async () => {
    const tracing = openTracing(collector.url);
    const turn = (kind: string) =>
      tracing.span('turn', { kind }, () => tracing.span('send', { kind }, async () => undefined));
    await Promise.all([turn('text'), turn('press')]);
    await tracing.close();
    const spans = collector.spans();
    const traceOf = (name: string, kind: string) =>
      spans.find((span) => span.name === name && span.attributes['signpost.kind'] === kind)?.trace;
    for (const kind of ['text', 'press'])
      expect(traceOf('turn', kind)).toBe(traceOf('send', kind) ?? 'none');
    expect(traceOf('turn', 'text')).not.toBe(traceOf('turn', 'press'));
  });

  it('cost a turn nothing when the collector is gone', async () => {
    const tracing = openTracing(collector.url);
    await collector.close();
    expect(await tracing.span('turn', {}, async () => 'done')).toBe('done');
    await tracing.close();
    collector = await startOtlpDouble();
  });

  it('are none where no collector is named', async () => {
    const noted: unknown[] = [];
    const result = await noTrace.span('turn', { kind: 'text' }, async (note) => {
      noted.push(note({ outcome: 'done' }));
      return 'done';
    });
    expect([result, noted]).toEqual(['done', [undefined]]);
  });
});

describe('attributes', () => {
  it('are those on the list, and hold kinds and numbers only', () => {
    const given = { kind: 'Jane Doe', outcome: 'saved', count: 2, name: 'Jane', ms: undefined };
    expect(spanAttributes(given)).toEqual({
      'signpost.kind': 'withheld',
      'signpost.outcome': 'saved',
      'signpost.count': 2,
    });
  });

  it.each<[string, unknown, string]>([
    ['a code of the system', Object.assign(new Error('x'), { code: 'EPIPE' }), 'code-EPIPE'],
    ['a code of the store', Object.assign(new Error('x'), { code: '23505' }), 'code-23505'],
    ['a delivery fault', makeDeliveryFault('send', 'throttled'), 'throttled'],
    ['words as a code', Object.assign(new Error('x'), { code: 'Jane' }), 'fault'],
    ['words as a kind', Object.assign(new Error('x'), { kind: 'jane' }), 'fault'],
    ['no error', 'Jane', 'fault'],
  ])('name %s', (_, error, kind) => {
    expect(kindOfFault(error)).toBe(kind);
  });
});
