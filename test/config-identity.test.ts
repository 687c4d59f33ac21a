import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';

/** Production starts with all that says who may come in, or not at all. */

const production = {
  HOST: '0.0.0.0',
  KEY_FILE: 'k',
  MICROSOFT_APP_ID: '00000000-0000-4000-8000-00000000B070',
  MICROSOFT_APP_PASSWORD: 'pw',
  MICROSOFT_APP_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  MICROSOFT_APP_TYPE: 'SingleTenant',
  TAB_APP_ID: '00000000-0000-4000-8000-0000000007ab',
};
const without = (name: keyof typeof production) =>
  Object.fromEntries(Object.entries(production).filter(([one]) => one !== name));
const platform = { IDENTITY_ENDPOINT: 'http://127.0.0.1:42/msi', IDENTITY_HEADER: 'h' };
const managed = {
  ...without('MICROSOFT_APP_PASSWORD'),
  MICROSOFT_APP_MANAGED_IDENTITY_ID: '00000000-0000-4000-8000-00000000000A',
};

describe('the settings of production', () => {
  it('give who the bot is and what tokens of the tab are checked against', () => {
    const login = 'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555';
    expect(readConfig(production).auth).toEqual({
      kind: 'single-tenant',
      appId: '00000000-0000-4000-8000-00000000b070',
      tenantId: '11111111-2222-4333-8444-555555555555',
      credential: { kind: 'secret', secret: 'pw' },
      endpoints: {},
      tab: {
        clientId: '00000000-0000-4000-8000-0000000007ab',
        clients: ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'],
        issuer: `${login}/v2.0`,
        keysUrl: `${login}/discovery/v2.0/keys`,
        graphUrl: 'https://graph.microsoft.com',
        rolesKeptMs: 300_000,
      },
    });
  });

  it('follow the addresses of another cloud', () => {
    const other = {
      ...{ LOGIN_URL: 'https://login.other.example/', GRAPH_URL: 'https://graph.other.example/' },
      ...{
        SERVICE_ORIGINS: 'https://a.example/, HTTPS://B.example/teams/',
        ROLES_KEPT_SECONDS: '60',
      },
      TAB_CLIENT_IDS: '00000000-0000-4000-8000-0000000000AA',
    };
    expect(readConfig({ ...production, ...other }).auth).toMatchObject({
      endpoints: {
        loginUrl: 'https://login.other.example',
        serviceOrigins: ['https://a.example', 'https://b.example'],
      },
      tab: {
        clients: ['00000000-0000-4000-8000-0000000000aa'],
        issuer: 'https://login.other.example/11111111-2222-4333-8444-555555555555/v2.0',
        graphUrl: 'https://graph.other.example',
        rolesKeptMs: 60_000,
      },
    });
  });

  it.each(Object.keys(production).filter((name) => name !== 'HOST'))(
    'stop the start without %s, naming it',
    (name) => {
      const given = without(name as keyof typeof production);
      expect(() => readConfig(given)).toThrow(`The setting ${name} is missing`);
    },
  );

  it.each([
    ['MICROSOFT_APP_ID', 'signpost'],
    ['MICROSOFT_APP_TENANT_ID', 'force.onmicrosoft.com'],
    ['MICROSOFT_APP_TYPE', 'MultiTenant'],
    ['TAB_APP_ID', '*'],
    ['TAB_APP_ID', production.MICROSOFT_APP_ID],
    ['TAB_CLIENT_IDS', '*'],
    ['TAB_CLIENT_IDS', ','],
    ['ROLES_KEPT_SECONDS', '86400'],
    ['ROLES_KEPT_SECONDS', '0'],
    ['LOGIN_URL', 'login.microsoftonline.com'],
    ['GRAPH_URL', 'file:///etc/passwd'],
  ])('stop the start when %s is “%s”', (name, value) => {
    expect(() => readConfig({ ...production, [name]: value })).toThrow(
      `The setting ${name} cannot`,
    );
  });
});

describe('how the bot shows who it is', () => {
  const federated = {
    ...without('MICROSOFT_APP_PASSWORD'),
    MICROSOFT_APP_FEDERATED_TOKEN_FILE: '/var/run/token',
  };
  it.each([
    [
      'a file its platform writes',
      federated,
      { kind: 'file', file: path.resolve('/var/run/token') },
    ],
    [
      'a managed identity',
      { ...managed, ...platform },
      {
        kind: 'managed-identity',
        clientId: '00000000-0000-4000-8000-00000000000a',
        endpoint: 'http://127.0.0.1:42/msi',
        header: 'h',
      },
    ],
  ])('may be %s instead of a secret', (_, given, credential) => {
    expect(readConfig(given).auth).toMatchObject({ credential });
  });

  it.each([
    ['two ways at once', { ...federated, MICROSOFT_APP_PASSWORD: 'pw' }, 'cannot stand beside'],
    ['a managed identity where the platform has none', managed, 'offers no managed identity'],
  ])('may not be %s', (_, given, words) => {
    expect(() => readConfig(given)).toThrow(words);
  });
});

describe('local mode', () => {
  it('needs none of them', () => {
    expect(readConfig({}).auth).toEqual({ kind: 'anonymous' });
  });

  it.each(['0.0.0.0', '::', '192.168.1.7', 'signpost.example'])(
    'answers this machine only, and not at %s',
    (HOST) => {
      expect(() => readConfig({ HOST })).toThrow('The setting HOST cannot be');
    },
  );
});
