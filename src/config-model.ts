import { z } from 'zod';
import { address, nameAddress } from './config-address.js';
import { ConfigFault } from './config-fault.js';

/** A part of settings that several share. */
export const optional = z.string().trim().min(1).optional();

const number = z.coerce.number('must be a number');
const yesOrNo = z.enum(['yes', 'no'], 'must be yes or no').default('no');
const price = number.min(0).max(10_000).optional();

/** The settings of a model that chooses sentences. The README's table and docs/model.md list the same names. */
export const modelEnvironment = {
  MODEL: optional,
  MODEL_PROVIDER: z.enum(['openai', 'azure'], 'must be openai or azure').optional(),
  MODEL_KEY: optional,
  MODEL_URL: address.optional(),
  MODEL_API: z.enum(['chat', 'responses'], 'must be chat or responses').default('chat'),
  MODEL_STREAM: yesOrNo,
  MODEL_AZURE_DEPLOYMENT: optional,
  MODEL_AZURE_API_VERSION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'must be like 2024-10-21')
    .optional(),
  MODEL_AZURE_IDENTITY: z.literal('entra', { error: 'must be entra' }).optional(),
  MODEL_AZURE_SCOPE: nameAddress.optional(),
  MODEL_AZURE_AUTHORITY: address.optional(),
  MODEL_WAIT_MS: number.int().min(0).max(30_000).default(2_000),
  MODEL_TIMEOUT_MS: number.int().min(100).max(60_000).default(8_000),
  MODEL_AT_ONCE: number.int().min(1).max(1_000).default(64),
  MODEL_CASE_TEXT: z
    .enum(['forbidden', 'allowed'], 'must be forbidden or allowed')
    .default('forbidden'),
  MODEL_SECOND_READING: yesOrNo,
  MODEL_OFF: yesOrNo,
  MODEL_PRICE_INPUT: price,
  MODEL_PRICE_OUTPUT: price,
} as const;

const environmentSchema = z.object(modelEnvironment);
type Environment = z.infer<typeof environmentSchema>;

/** Which server answers, and how we are known to it. */
export type ModelServer =
  | {
      readonly kind: 'openai';
      readonly apiKey: string;
      /** Any server that speaks the protocol; undefined: OpenAI's own. */
      readonly baseUrl: string | undefined;
    }
  | {
      readonly kind: 'azure';
      /** Of the resource, as in `https://force.openai.azure.com`. */
      readonly endpoint: string;
      readonly deployment: string;
      /** Undefined: the address `/openai/v1`, which needs none. */
      readonly apiVersion: string | undefined;
      readonly access:
        | { readonly kind: 'key'; readonly apiKey: string }
        | {
            readonly kind: 'entra';
            readonly scope: string;
            /** Who gives out tokens; undefined: the public cloud. */
            readonly authority: string | undefined;
          };
    };

/** How the model is called. */
export type ModelSettings = {
  readonly server: ModelServer;
  readonly model: string;
  readonly api: 'chat' | 'responses';
  /** Asks for the reply in pieces, for gateways that give no other; it is still read to its end. */
  readonly isStreamed: boolean;
  /** The longest a call may take, whatever its own deadline is. */
  readonly timeoutMs: number;
  /** Calls under way at once; as many again may wait. */
  readonly atOnce: number;
  /** What a million tokens cost, for the log; undefined: not known. */
  readonly price: { readonly input: number; readonly output: number } | undefined;
};

export type ModelConfig = ModelSettings & {
  /** The answer by words is shown when nothing verified has come by then. */
  readonly waitMs: number;
  /** Whether words of a case (a pasted report, a screening) may be sent at all. */
  readonly caseText: boolean;
  readonly secondReading: boolean;
  /** Configured, and not to be asked. */
  readonly isOff: boolean;
};

/** The model as set, or undefined when none is; throws ConfigFault for a set that is not whole. */
export function readModel(env: Environment): ModelConfig | undefined {
  const { MODEL: model } = env;
  const given = Object.keys(modelEnvironment).filter((name) => isGiven(env, name));
  const [first] = given.filter((name) => name !== 'MODEL');
  if (!model) {
    if (!first) return undefined;
    throw new ConfigFault(
      `The setting MODEL is missing: ${first} is set, which needs the name of a model.`,
    );
  }
  if (/^gpt-(3|4-|4$)/.test(model)) {
    throw new ConfigFault(
      `The setting MODEL cannot be ${model}: it is too old to keep to a given form of reply.`,
    );
  }
  if (env.MODEL_WAIT_MS >= env.MODEL_TIMEOUT_MS) {
    throw new ConfigFault('The setting MODEL_WAIT_MS must be below MODEL_TIMEOUT_MS.');
  }
  return {
    server: env.MODEL_PROVIDER === 'azure' ? readAzure(env, model) : readOpenAi(env),
    ...{ model, api: env.MODEL_API, isStreamed: env.MODEL_STREAM === 'yes' },
    ...{ waitMs: env.MODEL_WAIT_MS, timeoutMs: env.MODEL_TIMEOUT_MS, atOnce: env.MODEL_AT_ONCE },
    price: readPrice(env),
    caseText: env.MODEL_CASE_TEXT === 'allowed',
    secondReading: env.MODEL_SECOND_READING === 'yes',
    isOff: env.MODEL_OFF === 'yes',
  };
}

/** What tells that somebody meant to set a model; what has a default counts for nothing alone. */
function isGiven(env: Environment, name: string): boolean {
  return /^MODEL(_PROVIDER|_KEY|_URL|_AZURE_.*)?$/.test(name) && Reflect.get(env, name);
}

function readOpenAi(env: Environment): ModelServer {
  const azure = Object.keys(modelEnvironment).find(
    (name) => name.startsWith('MODEL_AZURE_') && isGiven(env, name),
  );
  if (azure) {
    throw new ConfigFault(
      `The setting ${azure} cannot be used without MODEL_PROVIDER set to azure.`,
    );
  }
  if (!env.MODEL_KEY) {
    throw new ConfigFault(
      'The setting MODEL_KEY is missing: a server that asks for no key is given any word.',
    );
  }
  return { kind: 'openai', apiKey: env.MODEL_KEY, baseUrl: env.MODEL_URL };
}

function readAzure(env: Environment, model: string): ModelServer {
  if (!env.MODEL_URL) {
    throw new ConfigFault(
      'The setting MODEL_URL is missing: Azure needs the address of the resource, like https://force.openai.azure.com.',
    );
  }
  if (env.MODEL_API === 'responses' && env.MODEL_AZURE_API_VERSION) {
    throw new ConfigFault(
      'The setting MODEL_AZURE_API_VERSION cannot be used with MODEL_API responses: leave it out.',
    );
  }
  return {
    kind: 'azure',
    endpoint: env.MODEL_URL.replace(/\/+$/, ''),
    deployment: env.MODEL_AZURE_DEPLOYMENT ?? model,
    apiVersion: env.MODEL_AZURE_API_VERSION,
    access: readAccess(env),
  };
}

function readAccess(env: Environment): Extract<ModelServer, { kind: 'azure' }>['access'] {
  const { MODEL_KEY: apiKey, MODEL_AZURE_IDENTITY: identity } = env;
  if (apiKey && identity) {
    throw new ConfigFault(
      'The setting MODEL_KEY cannot be used beside MODEL_AZURE_IDENTITY: set one of them.',
    );
  }
  if (apiKey) return { kind: 'key', apiKey };
  if (!identity) {
    throw new ConfigFault(
      'The setting MODEL_KEY is missing: set it, or MODEL_AZURE_IDENTITY to entra.',
    );
  }
  const scope = env.MODEL_AZURE_SCOPE ?? 'https://cognitiveservices.azure.com/.default';
  return { kind: 'entra', scope, authority: env.MODEL_AZURE_AUTHORITY };
}

function readPrice(env: Environment): ModelSettings['price'] {
  const { MODEL_PRICE_INPUT: input, MODEL_PRICE_OUTPUT: output } = env;
  if (input === undefined && output === undefined) return undefined;
  if (input !== undefined && output !== undefined) return { input, output };
  const missing = input === undefined ? 'INPUT' : 'OUTPUT';
  throw new ConfigFault(
    `The setting MODEL_PRICE_${missing} is missing: set both prices, or neither.`,
  );
}
