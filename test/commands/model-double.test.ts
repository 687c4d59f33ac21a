import { afterAll, describe, expect, it } from 'vitest';
import { makeOpenAiModel } from '../../src/adapters/openai-model.js';
import { startModelDouble } from '../../src/commands/evaluate-answers/model-double.js';
import { readConfig } from '../../src/config.js';
import { understandingSchema } from '../../src/core/understanding.js';
import type { Prompt } from '../../src/flows/ports.js';

const doubles = {
  honest: await startModelDouble('honest'),
  hostile: await startModelDouble('hostile'),
};
afterAll(async () => {
  await Promise.all(Object.values(doubles).map(({ close }) => close()));
});

const prompt: Prompt<unknown> = {
  id: 'understand-question',
  ...{ version: 1, digest: '0123456789ab', purpose: '', system: 'Reply.' },
  template: [
    'Earlier questions, newest first:\n<<<\n{{earlier}}\n>>>\n',
    'Newest question:\n<<<\n{{question}}\n>>>\n',
    'Topics:\n<<<\n{{topics}}\n>>>',
  ].join('\n'),
  inputs: ['question', 'earlier', 'topics'],
  schema: understandingSchema,
};

/** Asks the double in its own process, over HTTP, through the real client. */
async function askDouble(manner: keyof typeof doubles) {
  const settings = { MODEL: 'double', MODEL_KEY: 'none', MODEL_URL: doubles[manner].baseUrl };
  const { model = expect.fail('no model is set') } = readConfig(settings);
  const ask = makeOpenAiModel(model, { log: { info: () => undefined, error: () => undefined } });
  const inputs = { question: 'and how long?', earlier: 'what is an SPO', topics: '' };
  return ask(prompt, inputs, AbortSignal.timeout(20_000));
}

describe('the double of a model, in a process of its own', () => {
  it('does what the prompt says, and counts tokens', async () => {
    expect(await askDouble('honest')).toEqual({
      kind: 'replied',
      output: { whole: 'what is an SPO and how long?', words: [], topics: [] },
      tokens: { input: expect.any(Number), output: expect.any(Number) },
    });
  });

  it('replies another lie each time where it is hostile', async () => {
    const replies = [await askDouble('hostile'), await askDouble('hostile')];
    const kinds = replies.map(({ kind }) => kind);
    expect(kinds).toEqual(['replied', 'replied']);
    expect(replies[0]).not.toEqual(replies[1]);
  });
});
