import { env } from 'node:process';

/** OpenAI's own address, named so that nothing else can be meant. */
export const openAiAddress = 'https://api.openai.com/v1';

/** What these packages would read behind our settings: tracing, verbose output, gateways, addresses, keys. */
const theirs = /^(LANGSMITH|LANGCHAIN|OPENAI|AZURE_OPENAI)_/;

/**
 * The model packages, loaded where they are first used, since they are large. Their own environment variables are
 * taken away first: one of them would send every prompt to a tracing service, another print it, another change the
 * server. Our settings alone say where words go.
 */
export async function loadLangChain() {
  for (const name of Object.keys(env)) if (theirs.test(name)) delete env[name];
  return await import('@langchain/openai');
}
