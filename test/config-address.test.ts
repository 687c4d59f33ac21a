import { expect, it } from 'vitest';
import { ConfigFault, readConfig } from '../src/config.js';

/** Keys, tokens and words go to these addresses: over plain http whoever is between reads them, or hands us theirs. */

const production = {
  MICROSOFT_APP_ID: '00000000-0000-4000-8000-00000000b070',
  MICROSOFT_APP_PASSWORD: 'pw',
  MICROSOFT_APP_TENANT_ID: '00000000-0000-4000-8000-00000000d1ec',
  MICROSOFT_APP_TYPE: 'SingleTenant',
  TAB_APP_ID: '00000000-0000-4000-8000-0000000007ab',
  KEY_FILE: 'keys',
};
const model = { MODEL: 'gpt-5-mini', MODEL_KEY: 'k' };
const azure = { MODEL: 'gpt-5-mini', MODEL_PROVIDER: 'azure', MODEL_URL: 'https://a.example' };
const addresses: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['LOGIN_URL', production],
  ['GRAPH_URL', production],
  ['OPENID_METADATA_URL', production],
  ['SERVICE_ORIGINS', production],
  ['MODEL_URL', model],
  ['MODEL_AZURE_AUTHORITY', { ...azure, MODEL_AZURE_IDENTITY: 'entra' }],
  ['EMBEDDINGS_URL', { EMBEDDINGS_MODEL: 'm', EMBEDDINGS_FILE: 'f', EMBEDDINGS_KEY: 'k' }],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', {}],
];

it.each(addresses)('takes %s with TLS, or on this machine', (name, rest) => {
  for (const address of [
    'https://login.example.org/v1',
    'http://127.0.0.1:4000',
    'http://localhost:4000',
    'http://[::1]:4000',
  ])
    expect(() => readConfig({ ...rest, [name]: address }), address).not.toThrow();
});

it.each(addresses)('refuses %s on another machine without TLS, and says why', (name, rest) => {
  for (const address of [
    'http://login.example.org',
    'http://10.0.0.1:8000/v1',
    'http://localhost.example.org',
    'http://127.0.0.1@login.example.org',
    'HTTP://login.example.org',
  ])
    expect(() => readConfig({ ...rest, [name]: address }), address).toThrow(
      new ConfigFault(
        `The setting ${name} cannot be used: must begin with https://, unless it is on this machine.`,
      ),
    );
});

it('refuses every service address for one that is not private, and what is no address', () => {
  const read = (SERVICE_ORIGINS: string) => () => readConfig({ ...production, SERVICE_ORIGINS });
  expect(read('https://a.example, http://b.example')).toThrow(/SERVICE_ORIGINS cannot be used/);
  expect(read('https://a.example, b.example')).toThrow(/must be an http\(s\) address/);
});

it('takes the issuer of tokens as it is written: it is a name, to which nothing is sent', () => {
  const given = { ...production, TOKEN_ISSUER: 'http://issuer.example/' };
  expect(readConfig(given).auth).toMatchObject({
    endpoints: { tokenIssuer: 'http://issuer.example' },
  });
});
