import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { makeOpenAiModel } from '../../src/adapters/openai-model.js';
import type { ModelServer } from '../../src/config-model.js';
import type { Prompt } from '../../src/flows/ports.js';
import { type OpenAiDouble, replyWith, startOpenAiDouble } from '../openai-double.js';

const prompt: Prompt<{ chosen: string[] }> = {
  ...{ id: 'pick', version: 1, digest: 'abc123abc123', purpose: 'picks a sentence' },
  ...{ system: 'You pick.', template: '{{question}}', inputs: ['question'] },
  schema: z.object({ chosen: z.array(z.string()) }),
};
const output = { chosen: ['S1'] };
const silent = { info: () => undefined, error: () => undefined };

let server: OpenAiDouble;
afterEach(() => server.close());

async function ask(
  azure: Omit<Extract<ModelServer, { kind: 'azure' }>, 'kind' | 'endpoint' | 'deployment'>,
  api: 'chat' | 'responses' = 'chat',
) {
  server = await startOpenAiDouble(replyWith(output));
  const model = makeOpenAiModel(
    {
      ...{ model: 'gpt-5-mini', api, isStreamed: false, timeoutMs: 15_000, atOnce: 4 },
      price: undefined,
      server: { kind: 'azure', endpoint: server.origin, deployment: 'chooser', ...azure },
    },
    { log: silent },
  );
  return model(prompt, { question: 'q' }, new AbortController().signal);
}

/** The endpoint at which a machine in Azure gets the token of its identity; one, since the package remembers it. */
let tokens: Server;
let status = 200;
let asked: string[] = [];
beforeAll(async () => {
  tokens = createServer((request, response) => {
    asked.push(`${request.headers['x-identity-header']} ${decodeURIComponent(request.url ?? '')}`);
    const expires = Math.floor(Date.now() / 1000) + 3600;
    response.writeHead(status, { 'content-type': 'application/json' });
    const given = {
      ...{ access_token: 'token-of-machine', token_type: 'Bearer' },
      ...{ expires_on: String(expires), resource: 'r', client_id: 'c' },
    };
    response.end(JSON.stringify(status === 200 ? given : { error: 'invalid_request' }));
  });
  await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
  const { port } = tokens.address() as AddressInfo;
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/token`);
  vi.stubEnv('IDENTITY_HEADER', 'machine');
});
beforeEach(() => {
  asked = [];
  status = 200;
});
afterAll(() => {
  vi.unstubAllEnvs();
  tokens.close();
});

const replied = { kind: 'replied', output, tokens: { input: 120, output: 30 } };
const withKey = { kind: 'key', apiKey: 'azure-key' } as const;

describe('a model in Azure', () => {
  it.each([
    ['chat', '/openai/v1/chat/completions'],
    ['responses', '/openai/v1/responses'],
  ] as const)('is asked with a key by %s, at the address without versions', async (api, path) => {
    expect(await ask({ apiVersion: undefined, access: withKey }, api)).toEqual(replied);
    expect(server.asked).toMatchObject([
      { path, key: 'Bearer azure-key', body: { model: 'chooser' } },
    ]);
  });

  it('is asked with a key at the address of its deployment where a version is set', async () => {
    expect(await ask({ apiVersion: '2024-10-21', access: withKey })).toEqual(replied);
    expect(server.asked).toMatchObject([
      {
        path: '/openai/deployments/chooser/chat/completions?api-version=2024-10-21',
        key: 'azure-key',
      },
    ]);
  });

  it.each([undefined, '2024-10-21'])(
    'is asked with the identity of the machine, version %s',
    async (apiVersion) => {
      const scope = `https://cognitive-${apiVersion}.example/.default`;
      const access = { kind: 'entra', scope, authority: undefined } as const;
      expect(await ask({ apiVersion, access })).toEqual(replied);
      expect(server.asked).toMatchObject([{ key: 'Bearer token-of-machine' }]);
      expect(asked).toHaveLength(1);
      expect(asked[0]).toMatch(/^machine \/token\?/);
      expect(asked[0]).toContain(`cognitive-${apiVersion}.example`);
    },
  );

  it('is not asked when the machine has no such identity', async () => {
    status = 400;
    const scope = 'https://refused.example/.default';
    const access = { kind: 'entra', scope, authority: undefined } as const;
    const answer = await ask({ apiVersion: undefined, access });
    expect(answer).toEqual({ kind: 'unavailable', why: 'refused' });
    expect(server.asked).toEqual([]);
  });
});
