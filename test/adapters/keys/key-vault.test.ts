import { constants, generateKeyPairSync, privateDecrypt, publicEncrypt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKeyVault } from '../../../src/adapters/keys/key-vault.js';

/** A vault with real keys, as the documented operations of Azure Key Vault answer; another may be made the newest. */
const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const;
const dataKey = Buffer.alloc(32, 7);
/** Made once: it takes a while. */
const pairs = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));

type Asked = { readonly line: string; readonly token: string | undefined; readonly alg: unknown };

describe('a key vault', () => {
  let server: Server;
  let url = '';
  let asked: Asked[] = [];
  let versions: Map<string, (typeof pairs)[number]>;
  let failures: number[] = [];
  let answer: ((body: string) => string) | undefined;
  const addVersion = (name: string) => {
    const pair = pairs[versions.size];
    if (pair) versions.set(name, pair);
  };
  beforeEach(async () => {
    [asked, failures, answer, versions] = [[], [], undefined, new Map()];
    addVersion('v1');
    server = createServer(async (request, response) => {
      let text = '';
      for await (const part of request) text += part;
      const given = text === '' ? {} : JSON.parse(text);
      const line = `${request.method} ${request.url}`;
      asked.push({ line, token: request.headers.authorization, alg: given.alg });
      const status = failures.shift();
      if (status !== undefined) {
        const location = status === 302 ? { location: `${url}/elsewhere` } : {};
        response.writeHead(status, { 'retry-after': '0', ...location }).end('secret words');
        return;
      }
      const [, , , version = '', operation] = (request.url ?? '').split(/[/?]/);
      const newest = [...versions.keys()].at(-1) ?? '';
      const keys = versions.get(version);
      const value = Buffer.from(given.value ?? '', 'base64url');
      const result = () => {
        if (!keys || operation?.startsWith('api')) return { key: { kid: `${url}/${newest}` } };
        const done =
          operation === 'wrapkey'
            ? publicEncrypt({ key: keys.publicKey, ...oaep }, value)
            : privateDecrypt({ key: keys.privateKey, ...oaep }, value);
        return { kid: `${url}/${version}`, value: done.toString('base64url') };
      };
      const body = JSON.stringify(result());
      response.setHeader('content-type', 'application/json');
      response.end(answer ? answer(body) : body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys/signpost`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  const vault = () => makeKeyVault({ url, token: async () => 'a-token' });

  it('wraps with the newest version and unwraps with the one that wrapped', async () => {
    const first = await vault().wrap(dataKey);
    addVersion('v2');
    const second = await vault().wrap(dataKey);
    expect([first.by, second.by]).toEqual([`${url}/v1`, `${url}/v2`]);
    expect(await vault().unwrap(first)).toEqual(dataKey);
    expect(await vault().unwrap(second)).toEqual(dataKey);
    expect(asked).toEqual(
      [
        ['GET /keys/signpost', undefined],
        ['POST /keys/signpost/v1/wrapkey', 'RSA-OAEP-256'],
        ['GET /keys/signpost', undefined],
        ['POST /keys/signpost/v2/wrapkey', 'RSA-OAEP-256'],
        ['POST /keys/signpost/v1/unwrapkey', 'RSA-OAEP-256'],
        ['POST /keys/signpost/v2/unwrapkey', 'RSA-OAEP-256'],
      ].map(([line, alg]) => ({ line: `${line}?api-version=7.4`, token: 'Bearer a-token', alg })),
    );
  });

  it.each([
    ['named in capitals, which answers in small letters', 'LocalHost', 'localhost'],
    ['named in small letters, which answers in capitals', 'localhost', 'LOCALHOST'],
  ])('is the same one %s', async (_, set, answers) => {
    const at = (host: string) => url.replace('127.0.0.1', host);
    answer = (body) => body.replaceAll(url, at(answers));
    const named = makeKeyVault({ url: at(set), token: async () => 'a-token' });
    const wrapped = await named.wrap(dataKey);
    expect(wrapped.by).toBe(`${at('localhost')}/v1`);
    expect(await named.unwrap(wrapped)).toEqual(dataKey);
    expect(await named.unwrap({ ...wrapped, by: `${at('LocalHost')}/v1` })).toEqual(dataKey);
  });

  it.each([429, 500, 503])(
    'is asked again after %i, and no more than three times',
    async (status) => {
      failures = [status, status];
      const wrapped = await vault().wrap(dataKey);
      expect(await vault().unwrap(wrapped)).toEqual(dataKey);
      failures = Array(9).fill(status);
      asked = [];
      await expect(vault().unwrap(wrapped)).rejects.toThrow(`it answered ${status}`);
      expect(asked).toHaveLength(3);
    },
  );

  it.each([401, 403, 404])(
    'is not asked again after %i, whose words are not repeated',
    async (status) => {
      failures = [status];
      const fault = await vault()
        .wrap(dataKey)
        .catch((error) => error);
      expect(fault.message).toBe(`asking the key vault: it answered ${status}`);
      expect(asked).toHaveLength(1);
    },
  );

  it('does not follow a redirect with its token', async () => {
    failures = [302];
    await expect(vault().wrap(dataKey)).rejects.toThrow('cannot be reached');
    expect(asked).toHaveLength(1);
  });

  it.each([
    'https://elsewhere.example/keys/signpost/v1',
    'http://127.0.0.1:1/keys/signpost/v1',
    'OTHER/keys/signpost2/v1',
    'OTHER/keys/signpost/../other/v1',
    'OTHER/keys/signpost/v1?x=',
  ])('is not asked with our token about a key that is not ours: %s', async (by) => {
    const { wrapped } = await vault().wrap(dataKey);
    asked = [];
    const named = by.replace('OTHER', new URL(url).origin);
    await expect(vault().unwrap({ by: named, wrapped })).rejects.toThrow('another key');
    expect(asked).toEqual([]);
  });

  it.each([
    ['not as documented', () => '{"value": 7}', 'not as documented'],
    ['of a key elsewhere', () => '{"key": {"kid": "https://x.example/keys/k/v1"}}', 'another key'],
  ])('is not believed where its answer is %s', async (_, said, why) => {
    answer = said;
    await expect(vault().wrap(dataKey)).rejects.toThrow(why);
  });

  it('that cannot be reached is a fault', async () => {
    const away = makeKeyVault({ url: 'http://127.0.0.1:1/keys/k', token: async () => 't' });
    await expect(away.wrap(dataKey)).rejects.toThrow('cannot be reached');
  });
});
