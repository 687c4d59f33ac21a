import path from 'node:path';
import { z } from 'zod';
import { address } from './config-address.js';
import {
  dataSettings,
  type KeysConfig,
  readKeysConfig,
  readStoreConfig,
  type StoreConfig,
} from './config-data.js';
import { ConfigFault } from './config-fault.js';
import { type AuthConfig, identitySettings, readAuth } from './config-identity.js';
import { type ModelConfig, modelEnvironment, optional, readModel } from './config-model.js';
import { readWatch, type WatchConfig, watchSettings } from './config-watch.js';

export { ConfigFault } from './config-fault.js';

const port = z.coerce.number('must be a number').int().min(0).max(65_535);
const workingDays = z.coerce.number('must be a number').int().min(0).max(30);

/** Where Teams shows a tab, in its clients and on the web. */
const teamsHosts = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
];

/** An origin whose host may begin with `*.`, as a policy has it: nothing that could end or widen the policy. */
const frameHost = /^https:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?$/;

/** Every setting, with its default. The README's table lists the same names. */
const environmentSchema = z.object({
  PORT: port.default(3978),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  ...dataSettings,
  KNOWLEDGE_DIR: optional,
  SCRIPTS_DIR: optional,
  LOCAL_GUIDANCE_DIR: optional,
  KNOWLEDGE_APPROVAL: z.enum(['two', 'none'], { error: 'must be two or none' }).optional(),
  EMBEDDINGS_MODEL: optional,
  EMBEDDINGS_FILE: optional,
  EMBEDDINGS_KEY: optional,
  EMBEDDINGS_URL: address.optional(),
  EMBEDDINGS_TIMEOUT_MS: z.coerce.number('must be a number').int().min(50).max(10_000).default(800),
  ...modelEnvironment,
  TELL_WITHIN_WORKING_DAYS: workingDays.default(1),
  REFER_WITHIN_WORKING_DAYS: workingDays.default(2),
  UPDATE_EVERY_DAYS: z.coerce.number('must be a number').int().min(1).max(366).optional(),
  STOP_NOTICE_MS: z.coerce.number('must be a number').int().min(0).max(60_000).default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ...watchSettings,
  ...identitySettings,
  FRAME_ANCESTORS: z.string().trim().default(teamsHosts.join(' ')),
});

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly store: StoreConfig;
  /** Where the master key is that the store's own keys are encrypted with. */
  readonly keys: KeysConfig;
  /** Undefined: the knowledge shipped with the program. */
  readonly knowledgeDir: string | undefined;
  /** A force's own scripts, kept outside this repository; undefined: none. */
  readonly scriptsDir: string | undefined;
  /** A force's own guidance, kept outside this repository; undefined: none. */
  readonly localGuidanceDir: string | undefined;
  /** `two`, the default in production: the force's own files are used only where one person wrote and another checked them. */
  readonly knowledgeApproval: 'two' | 'none';
  /** Vectors beside the ranking by words; undefined, which is usual: none. */
  readonly embeddings:
    | {
        readonly model: string;
        /** Where `npm run knowledge -- vectors` put them. */
        readonly file: string;
        readonly apiKey: string;
        /** Any server that speaks the OpenAI protocol; undefined: OpenAI's own. */
        readonly baseUrl: string | undefined;
        readonly timeoutMs: number;
      }
    | undefined;
  /** A model that chooses sentences; undefined, the default: code chooses alone. */
  readonly model: ModelConfig | undefined;
  /** Origins that may show the review page in a frame. */
  readonly frameAncestors: readonly string[];
  /** By when the person is told and referred, in working days, and updated, in days; as `owedTimingsSchema` has it. */
  readonly owed: {
    readonly tellWithin: number;
    readonly referWithin: number;
    readonly updateEvery: number | null;
  };
  /** So long a stopping server says that it is not ready before it takes nothing more. */
  readonly stopNoticeMs: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Metrics and traces, for whoever runs it. */
  readonly watch: WatchConfig;
  readonly auth: AuthConfig;
};

/** Reads the environment into one frozen value, or throws ConfigFault naming the setting. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is an unset one: that is what compose files and shells leave behind.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value?.trim()),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new ConfigFault(`The setting ${name} cannot be used: ${issue?.message}.`);
  }
  const env = parsed.data;
  const auth = readAuth(env);
  const config: Config = {
    port: env.PORT,
    host: env.HOST,
    store: readStoreConfig(env),
    keys: readKeysConfig(env, auth.kind !== 'anonymous'),
    knowledgeDir: env.KNOWLEDGE_DIR,
    scriptsDir: env.SCRIPTS_DIR,
    localGuidanceDir: env.LOCAL_GUIDANCE_DIR,
    knowledgeApproval: env.KNOWLEDGE_APPROVAL ?? (auth.kind === 'anonymous' ? 'none' : 'two'),
    embeddings: readEmbeddings(env),
    model: readModel(env),
    frameAncestors: readFrameHosts(env.FRAME_ANCESTORS),
    owed: {
      tellWithin: env.TELL_WITHIN_WORKING_DAYS,
      referWithin: env.REFER_WITHIN_WORKING_DAYS,
      updateEvery: env.UPDATE_EVERY_DAYS ?? null,
    },
    stopNoticeMs: env.STOP_NOTICE_MS,
    logLevel: env.LOG_LEVEL,
    watch: readWatch(env),
    auth,
  };
  return Object.freeze(config);
}

type Environment = z.infer<typeof environmentSchema>;

function readEmbeddings(env: Environment): Config['embeddings'] {
  const { EMBEDDINGS_MODEL: model, EMBEDDINGS_FILE: file, EMBEDDINGS_KEY: apiKey } = env;
  if (!model && !file && !apiKey) return undefined;
  if (!model || !file || !apiKey) {
    const missing = !model ? 'MODEL' : !file ? 'FILE' : 'KEY';
    throw new ConfigFault(
      `The setting EMBEDDINGS_${missing} is missing: set model, file and key, or none to find by words alone.`,
    );
  }
  const { EMBEDDINGS_URL: baseUrl, EMBEDDINGS_TIMEOUT_MS: timeoutMs } = env;
  return { model, file: path.resolve(file), apiKey, baseUrl, timeoutMs };
}

function readFrameHosts(setting: string): readonly string[] {
  const hosts = setting.split(/[\s,]+/).filter(Boolean);
  const wrong = hosts.find((host) => !frameHost.test(host));
  if (wrong === undefined) return hosts;
  throw new ConfigFault(
    'The setting FRAME_ANCESTORS cannot be used: each must be like https://teams.microsoft.com or https://*.cloud.microsoft.',
  );
}
