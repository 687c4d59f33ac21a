import { describe, expect, it } from 'vitest';
import { makeMetrics } from '../../src/adapters/metrics.js';
import { type Metrics, noMetrics } from '../../src/adapters/metrics-port.js';
import { serveMetrics } from '../../src/adapters/metrics-server.js';
import { post } from '../bot/transport-setup.js';

const linesOf = (text: string, name: string) =>
  text.split('\n').filter((line) => line.startsWith(`signpost_${name}`));

/** One of everything. */
function countAll(metrics: Metrics): void {
  metrics.turn('text', 'done', 12);
  metrics.answer('urgent');
  metrics.screening('begun');
  metrics.send('notice', 'blocked', 3);
  metrics.retry('create', 'throttled');
  metrics.model('late', 800);
  metrics.request('GET', 404, 7);
  metrics.store('in-use', 1);
  metrics.storeFault();
}

describe('metrics', () => {
  it('count each thing under its kind', async () => {
    const metrics = makeMetrics(async () => 3);
    countAll(metrics);
    const text = await metrics.text();
    const counts = [
      'turn_milliseconds_count{kind="text",outcome="done"} 1',
      'turn_milliseconds_bucket{le="10",kind="text",outcome="done"} 0',
      'turn_milliseconds_bucket{le="25",kind="text",outcome="done"} 1',
      'answers_total{kind="urgent"} 1',
      'screenings_total{what="begun"} 1',
      'screenings_total{what="finished"} 0',
      'connector_milliseconds_count{operation="notice",outcome="blocked"} 1',
      'connector_retries_total{attempt="create",why="throttled"} 1',
      'model_milliseconds_count{outcome="late"} 1',
      'page_milliseconds_count{method="GET",status="4xx"} 1',
      'store_connections{state="in-use"} 1',
      'store_connections{state="waiting"} 0',
      'store_faults_total 1',
      'reviews_waiting 3',
    ];
    for (const line of counts) expect(text).toContain(`signpost_${line}`);
    for (const name of ['nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes'])
      expect(text).toContain(name);
  });

  it('take no word of anybody for a label', async () => {
    const metrics = makeMetrics(async () => 0);
    metrics.turn('Jane Doe' as 'text', 'Jane' as 'done', 1);
    metrics.answer('Jane' as 'urgent');
    metrics.send('Jane' as 'send', 'Jane' as 'sent', 1);
    metrics.retry('Jane' as 'create', 'Jane' as 'gone');
    metrics.model('Jane' as 'late', 1);
    metrics.request('JANE', 0, 1);
    const text = await metrics.text();
    expect(text).not.toMatch(/jane/i);
    expect(linesOf(text, 'answers_total')).toEqual(['signpost_answers_total{kind="other"} 1']);
  });

  it('do not say that nothing waits when the queue cannot be read', async () => {
    const metrics = makeMetrics(async () => {
      throw new Error('Jane');
    });
    const text = await metrics.text();
    expect(linesOf(text, 'reviews_waiting')).toEqual(['signpost_reviews_waiting Nan']);
  });

  it('are nothing where nobody asked for them', () => {
    expect(() => countAll(noMetrics)).not.toThrow();
  });

  it('are read at an address of their own, and nothing else is there', async () => {
    const server = await serveMetrics({ host: '127.0.0.1', port: 0 }, async () => 'a 1\n');
    const at = (path: string, method = 'GET') => post(server.port, '', {}, path, method);
    expect(await at('/metrics')).toMatchObject({ status: 200, text: 'a 1\n' });
    for (const [path, method] of [['/'], ['/metrics?x'], ['/api/messages'], ['/metrics', 'POST']])
      expect(await at(path ?? '', method)).toMatchObject({ status: 404, text: '' });
    const again = serveMetrics({ host: '127.0.0.1', port: server.port }, async () => '');
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
  });

  it('that cannot be written are answered 500, without a word of why', async () => {
    const failing = async () => {
      throw new Error('Jane');
    };
    const server = await serveMetrics({ host: '127.0.0.1', port: 0 }, failing);
    expect(await post(server.port, '', {}, '/metrics', 'GET')).toMatchObject({
      status: 500,
      text: '',
    });
    await server.close();
  });
});
