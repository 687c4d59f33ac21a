import { expect, it } from 'vitest';
import { ConfigFault, readConfig } from '../../src/config.js';

/** Keys, tokens and secrets go to these addresses: over plain http whoever is between reads them, or hands us theirs. */

const production = {
  KEY_FILE: 'k',
  MICROSOFT_APP_ID: '00000000-0000-4000-8000-00000000b070',
  MICROSOFT_APP_PASSWORD: 'pw',
  MICROSOFT_APP_TENANT_ID: '00000000-0000-4000-8000-00000000d1ec',
  MICROSOFT_APP_TYPE: 'SingleTenant',
  TAB_APP_ID: '00000000-0000-4000-8000-0000000007ab',
};

it.each(['LOGIN_URL', 'GRAPH_URL', 'OPENID_METADATA_URL', 'SERVICE_ORIGINS'])(
  'refuses %s on another machine without TLS, and takes a double on this one',
  (name) => {
    expect(() => readConfig({ ...production, [name]: 'http://127.0.0.1:4000' })).not.toThrow();
    expect(() => readConfig({ ...production, [name]: 'http://login.example.org' })).toThrow(
      ConfigFault,
    );
  },
);

it('refuses a model on another machine without TLS', () => {
  const model = { MODEL: 'gpt-5-mini', MODEL_KEY: 'k' };
  expect(() => readConfig({ ...model, MODEL_URL: 'http://127.0.0.1:4000/v1' })).not.toThrow();
  expect(() => readConfig({ ...model, MODEL_URL: 'http://models.example.org/v1' })).toThrow(
    ConfigFault,
  );
});
