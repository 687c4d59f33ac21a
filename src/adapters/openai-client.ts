import { z } from 'zod';
import type { ModelSettings } from '../config-model.js';
import type { Prompt } from '../flows/ports.js';
import type { Fetch } from './fetch-whole.js';
import { loadLangChain, openAiAddress } from './load-langchain.js';

/** Bounds what a reply that rambles can cost; the longest honest one is a tenth of it, thinking aside. */
const mostTokens = 4096;

/**
 * Sends one prompt and returns the text of the reply, asked for in the form of the prompt's schema. Rejects for
 * whatever the package rejects: why, is told by what `fetch` saw. `key` is a key, or a token of an identity.
 */
export type AskOnce = (
  key: string,
  prompt: Prompt<unknown>,
  user: string,
  call: { readonly fetch: Fetch; readonly signal: AbortSignal },
) => Promise<string>;

export function makeAskOnce(settings: ModelSettings): AskOnce {
  const lines = makeLines(settings);
  return async (key, prompt, user, { fetch, signal }) => {
    const line = await lines.take(key);
    line.fetch = fetch;
    try {
      return await invoke(settings, line.client, prompt, user, signal);
    } finally {
      lines.giveBack(key, line);
    }
  };
}

async function invoke(
  { isStreamed }: ModelSettings,
  client: Client,
  prompt: Prompt<unknown>,
  user: string,
  signal: AbortSignal,
): Promise<string> {
  const messages: [string, string][] = [
    ['system', prompt.system],
    ['user', user],
  ];
  const options = { signal, response_format: formatOf(prompt) };
  if (!isStreamed) return (await client.invoke(messages, options)).text;
  // Gathered here: the package's own gathering downloads a list of tokens to count them by.
  let text = '';
  for await (const piece of await client.stream(messages, options)) text += piece.text;
  return text;
}

type Client = Awaited<ReturnType<typeof makeClient>>;
/** A client, which is made with one `fetch` for good, and what the call under way goes through. */
type Line = { readonly client: Client; fetch: Fetch };

/**
 * Clients are kept, since making one costs as much as a call with one that is there. Each carries one call at a time,
 * so that no call sees what another does; there are as many as calls were ever under way at once. A token that has been
 * renewed begins anew.
 */
function makeLines(settings: ModelSettings) {
  let kept: { readonly key: string; readonly free: Line[] } = { key: '', free: [] };
  return {
    take: async (key: string): Promise<Line> => {
      if (kept.key !== key) kept = { key, free: [] };
      return kept.free.pop() ?? (await makeLine(settings, key));
    },
    giveBack: (key: string, line: Line) => {
      line.fetch = closed;
      if (kept.key === key) kept.free.push(line);
    },
  };
}

async function makeLine(settings: ModelSettings, key: string): Promise<Line> {
  const client = await makeClient(settings, key, (input, init) => line.fetch(input, init));
  const line: Line = { client, fetch: closed };
  return line;
}

/** A call that is over sends nothing more. */
const closed: Fetch = async () => {
  throw new Error('sending to the model: the call is over');
};

async function makeClient(
  { server, model, ...settings }: ModelSettings,
  key: string,
  fetch: Fetch,
) {
  const { AzureChatOpenAI, ChatOpenAI } = await loadLangChain();
  const limits = { maxRetries: 0, timeout: settings.timeoutMs, maxTokens: mostTokens };
  const shared = {
    ...{ model, ...limits, useResponsesApi: settings.api === 'responses' },
    // Nothing we send is to be kept by the server.
    zdrEnabled: true,
  };
  const quiet = { fetch, logLevel: 'off' as const };
  if (server.kind === 'openai') {
    const baseURL = server.baseUrl ?? openAiAddress;
    return new ChatOpenAI({ ...shared, apiKey: key, configuration: { ...quiet, baseURL } });
  }
  const { endpoint, deployment, apiVersion, access } = server;
  if (apiVersion === undefined) {
    const baseURL = `${endpoint}/openai/v1`;
    // The package tells by the model's name what it can do; the server wants the deployment's.
    const named = { modelKwargs: { model: deployment } };
    return new ChatOpenAI({
      ...shared,
      ...named,
      apiKey: key,
      configuration: { ...quiet, baseURL },
    });
  }
  return new AzureChatOpenAI({
    ...{ ...shared, configuration: quiet, azureOpenAIEndpoint: endpoint },
    ...{ azureOpenAIApiDeploymentName: deployment, azureOpenAIApiVersion: apiVersion },
    ...(access.kind === 'key'
      ? { azureOpenAIApiKey: key }
      : { azureADTokenProvider: async () => key }),
  });
}

const forms = new WeakMap<z.ZodType, object>();

/** Structured output, strict; made once a schema, since making it takes longer than the rest of a call. */
function formatOf({ id, schema }: Prompt<unknown>) {
  const form = forms.get(schema) ?? z.toJSONSchema(schema);
  forms.set(schema, form);
  return {
    type: 'json_schema' as const,
    json_schema: { name: id, strict: true, schema: { ...form } },
  };
}
