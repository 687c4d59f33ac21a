import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotCredential } from '../../bot/teams/bot-token.js';
import { botTokenFor } from '../../bot/teams/channel-auth.js';
import {
  DIRECTORY,
  type IdentityDouble,
  startIdentityDouble,
  statement,
} from './identity-double.js';

/** How the bot gets the token with which it sends, without a secret of its own where the platform vouches for it. */

let identity: IdentityDouble;
let folder: string;
beforeEach(async () => {
  identity = await startIdentityDouble({ appId: 'bot', serviceUrl: 'https://x.example/' });
  folder = await mkdtemp(path.join(tmpdir(), 'signpost-token-'));
});
afterEach(async () => {
  await identity.close();
  await rm(folder, { recursive: true });
});

const tokenBy = (credential: BotCredential) =>
  botTokenFor({
    kind: 'single-tenant',
    ...{ appId: 'bot', tenantId: DIRECTORY, credential },
    endpoints: identity.endpoints,
  });
const platform = (header = 'h') =>
  ({
    kind: 'managed-identity',
    clientId: 'identity-1',
    endpoint: `${identity.origin}/platform/msi`,
    header,
  }) as const;

describe('the bot’s own token', () => {
  it.each(['secret', 'file', 'managed-identity'] as const)('is had by %s', async (kind) => {
    const file = path.join(folder, 'token');
    await writeFile(file, `${statement()}\n`);
    const credentials: Readonly<Record<typeof kind, BotCredential>> = {
      secret: { kind: 'secret', secret: 'pw' },
      file: { kind: 'file', file },
      'managed-identity': platform(),
    };
    expect(await tokenBy(credentials[kind]).get()).toBe('bot-token-1');
    const sent = identity.tokenRequests[0];
    expect([sent?.has('client_secret'), sent?.has('client_assertion')]).toEqual([
      kind === 'secret',
      kind !== 'secret',
    ]);
  });

  it('is asked for with the statement that stands in the file then', async () => {
    const file = path.join(folder, 'token');
    const token = tokenBy({ kind: 'file', file });
    await expect(token.get()).rejects.toThrow('ENOENT');
    await writeFile(file, '');
    await expect(token.get()).rejects.toThrow('is no token');
    await writeFile(file, 'a password, by mistake');
    await expect(token.get()).rejects.toThrow('is no token');
    expect(identity.tokenRequests).toEqual([]);
    await writeFile(file, statement());
    expect(await token.get()).toBe('bot-token-1');
  });

  it.each<[string, () => BotCredential]>([
    ['a wrong secret', () => ({ kind: 'secret', secret: 'guessed' })],
    ['a platform that does not know us', () => platform('x')],
  ])('is not had by %s', async (_, credential) => {
    await expect(tokenBy(credential()).get()).rejects.toThrow('The token endpoint answered 500');
  });

  it('is not had by a statement that somebody else signed', async () => {
    const file = path.join(folder, 'token');
    await writeFile(file, identity.mint());
    await expect(tokenBy({ kind: 'file', file }).get()).rejects.toThrow('answered 500');
  });
});
