import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { makeOpenAiEmbed } from '../../src/adapters/openai-embeddings.js';
import { type OpenAiDouble, sendJson, startOpenAiDouble } from '../openai-double.js';

type Asked = { readonly input: readonly string[]; readonly model: string };
let double: OpenAiDouble | undefined;
afterEach(async () => {
  await double?.close();
  double = undefined;
});

const vectorsOf = ({ input, model }: Asked) => ({
  ...{ object: 'list', model, usage: { prompt_tokens: 1, total_tokens: 1 } },
  data: input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1] })),
});

async function embedding(
  reply: (body: Asked, response: ServerResponse) => void,
  timeoutMs = 5_000,
) {
  double = await startOpenAiDouble(({ body }, response) => reply(body, response));
  const faults: unknown[] = [];
  const settings = { model: 'embed-1', apiKey: 'secret-key', baseUrl: double.baseUrl };
  const embed = makeOpenAiEmbed(settings, (error) => faults.push(error));
  return { answer: await embed(['one', 'three'], timeoutMs), faults, asked: double.asked };
}

describe('embeddings by the OpenAI protocol', () => {
  it('gives one vector for each text, in order, with one call that names model and key', async () => {
    const { answer, faults, asked } = await embedding((body, response) =>
      sendJson(response, 200, vectorsOf(body)),
    );
    expect(answer).toEqual({
      kind: 'embedded',
      vectors: [Float32Array.from([3, 1]), Float32Array.from([5, 1])],
    });
    expect(faults).toEqual([]);
    expect(asked).toEqual([
      {
        path: '/v1/embeddings',
        key: 'Bearer secret-key',
        body: { model: 'embed-1', input: ['one', 'three'], encoding_format: 'float' },
      },
    ]);
  });

  it('reads a compressed answer', async () => {
    const { answer } = await embedding((body, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(vectorsOf(body))));
    });
    expect(answer.kind).toBe('embedded');
  });

  it.each([
    ['400', (response: ServerResponse) => sendJson(response, 400, { error: { message: 'no' } })],
    ['401', (response: ServerResponse) => sendJson(response, 401, { error: { message: 'no' } })],
    [
      '429 with a long wait',
      (response: ServerResponse) => {
        response.setHeader('retry-after', '3600');
        sendJson(response, 429, { error: { message: 'slow down' } });
      },
    ],
    ['500', (response: ServerResponse) => sendJson(response, 500, {})],
    [
      'a redirect',
      (response: ServerResponse) =>
        response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
    ],
    ['no JSON', (response: ServerResponse) => response.writeHead(200).end('{"data": [')],
    ['too few vectors', (response: ServerResponse) => sendJson(response, 200, { data: [] })],
    [
      'a connection cut half-way',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' });
        response.write('{"data":');
        setImmediate(() => response.destroy());
      },
    ],
  ])('is unavailable after %s, asked once', async (_, reply) => {
    const { answer, faults, asked } = await embedding((_body, response) => reply(response));
    expect(answer).toEqual({ kind: 'unavailable' });
    expect(faults).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['no headers come', () => undefined],
    [
      'the body stalls after its headers',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
      },
    ],
  ])('is unavailable at the deadline when %s', async (_, reply) => {
    const { answer, faults } = await embedding((_body, response) => reply(response), 200);
    expect(answer).toEqual({ kind: 'unavailable' });
    expect(faults).toHaveLength(1);
  });
});
