import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';

const defaults = {
  ...{ api: 'chat', isStreamed: false, waitMs: 2000, timeoutMs: 8000, atOnce: 64 },
  ...{ price: undefined, caseText: false, secondReading: false, isOff: false },
};
const azure = { MODEL: 'gpt-5-mini', MODEL_PROVIDER: 'azure', MODEL_URL: 'https://a.example/' };

describe('the settings of a model', () => {
  it('name no model unless one is set, whatever else is left at its default', () => {
    expect(readConfig({}).model).toBeUndefined();
    expect(readConfig({ MODEL_OFF: 'yes', MODEL_WAIT_MS: '500' }).model).toBeUndefined();
  });

  it('take OpenAI with a name and a key, and forbid words of cases unless told otherwise', () => {
    expect(readConfig({ MODEL: 'gpt-5-mini', MODEL_KEY: 'k' }).model).toEqual({
      ...defaults,
      model: 'gpt-5-mini',
      server: { kind: 'openai', apiKey: 'k', baseUrl: undefined },
    });
  });

  it('take any server by its address', () => {
    const given = { MODEL: 'm', MODEL_KEY: 'k', MODEL_URL: 'https://10.0.0.1:8000/v1' };
    expect(readConfig({ ...given, MODEL_API: 'responses', MODEL_STREAM: 'yes' }).model).toEqual({
      ...{ ...defaults, api: 'responses', isStreamed: true, model: 'm' },
      server: { kind: 'openai', apiKey: 'k', baseUrl: 'https://10.0.0.1:8000/v1' },
    });
  });

  it('take Azure with a key, a deployment named like the model, and a version where one is set', () => {
    const given = { ...azure, MODEL_KEY: 'k', MODEL_AZURE_API_VERSION: '2024-10-21' };
    expect(readConfig(given).model?.server).toEqual({
      ...{ kind: 'azure', endpoint: 'https://a.example', deployment: 'gpt-5-mini' },
      ...{ apiVersion: '2024-10-21', access: { kind: 'key', apiKey: 'k' } },
    });
  });

  it('take Azure with an Entra identity, without a key', () => {
    const given = { ...azure, MODEL_AZURE_IDENTITY: 'entra', MODEL_AZURE_DEPLOYMENT: 'chooser' };
    expect(readConfig(given).model?.server).toEqual({
      ...{ kind: 'azure', endpoint: 'https://a.example', deployment: 'chooser' },
      apiVersion: undefined,
      access: {
        ...{ kind: 'entra', authority: undefined },
        scope: 'https://cognitiveservices.azure.com/.default',
      },
    });
  });

  it.each([
    ['a key without a name', { MODEL_KEY: 'k' }, /^The setting MODEL is missing/],
    ['a name without a key', { MODEL: 'm' }, /^The setting MODEL_KEY is missing/],
    [
      'Azure without an address',
      { MODEL: 'm', MODEL_PROVIDER: 'azure', MODEL_KEY: 'k' },
      /MODEL_URL is missing/,
    ],
    ['Azure without a way in', azure, /MODEL_KEY is missing.*MODEL_AZURE_IDENTITY/],
    [
      'Azure with two ways in',
      { ...azure, MODEL_KEY: 'k', MODEL_AZURE_IDENTITY: 'entra' },
      /MODEL_KEY cannot be used beside MODEL_AZURE_IDENTITY/,
    ],
    [
      'a part of Azure without Azure',
      { MODEL: 'm', MODEL_KEY: 'k', MODEL_AZURE_DEPLOYMENT: 'd' },
      /MODEL_AZURE_DEPLOYMENT cannot be used without MODEL_PROVIDER/,
    ],
    [
      'a version with responses',
      { ...azure, MODEL_KEY: 'k', MODEL_API: 'responses', MODEL_AZURE_API_VERSION: '2024-10-21' },
      /MODEL_AZURE_API_VERSION cannot be used with MODEL_API/,
    ],
    ['a model too old', { MODEL: 'gpt-4', MODEL_KEY: 'k' }, /MODEL cannot be gpt-4/],
    [
      'a wait past the limit',
      { MODEL: 'm', MODEL_KEY: 'k', MODEL_WAIT_MS: '8000' },
      /MODEL_WAIT_MS must be below/,
    ],
    [
      'half a price',
      { MODEL: 'm', MODEL_KEY: 'k', MODEL_PRICE_INPUT: '1' },
      /MODEL_PRICE_OUTPUT is missing/,
    ],
    ['another word for no', { MODEL_OFF: 'true' }, /MODEL_OFF cannot be used: must be yes or no/],
    ['a word for case text', { MODEL_CASE_TEXT: 'on' }, /MODEL_CASE_TEXT cannot be used: must be/],
  ])('are refused with %s, in a sentence that names the setting', (_, given, message) => {
    expect(() => readConfig(given)).toThrow(message);
  });
});
