import path from 'node:path';
import { z } from 'zod';
import { address, baseAddress, nameAddress } from './config-address.js';
import { ConfigFault } from './config-fault.js';

/** The settings that say who the bot is and who may come in: all of them, or none for local mode. */

/** As the directory writes them: in small letters. */
const guid = z
  .guid('must look like 00000000-0000-0000-0000-000000000000')
  .transform((value) => value.toLowerCase());

/** Compared with the origin of an address: what stands behind it, a slash for one, is left out. */
const origins = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(address.transform((value) => new URL(value).origin)))
  .optional();

/** Teams on desktops and phones, and Teams on the web. */
const teamsClients = '1fec8e78-bce4-4aaf-ab1b-5451cc387264 5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

export const identitySettings = {
  MICROSOFT_APP_ID: guid.optional(),
  MICROSOFT_APP_TENANT_ID: guid.optional(),
  MICROSOFT_APP_TYPE: z.literal('SingleTenant', { error: 'must be SingleTenant' }).optional(),
  // One of the three: how the bot shows who it is.
  MICROSOFT_APP_PASSWORD: z.string().trim().min(1).optional(),
  MICROSOFT_APP_FEDERATED_TOKEN_FILE: z.string().trim().min(1).optional(),
  MICROSOFT_APP_MANAGED_IDENTITY_ID: guid.optional(),
  // Set by the platform where a managed identity is used: on the same machine, which some give a name of its own.
  IDENTITY_ENDPOINT: nameAddress.optional(),
  IDENTITY_HEADER: z.string().min(1).optional(),
  TAB_APP_ID: guid.optional(),
  TAB_CLIENT_IDS: z
    .string()
    .default(teamsClients)
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(guid).min(1, 'must name a client')),
  ROLES_KEPT_SECONDS: z.coerce.number('must be a number').int().min(10).max(900).default(300),
  // Outside addresses, so that a double or another cloud can stand in.
  OPENID_METADATA_URL: baseAddress.optional(),
  TOKEN_ISSUER: nameAddress.optional(),
  LOGIN_URL: baseAddress.optional(),
  GRAPH_URL: baseAddress.optional(),
  OAUTH_SCOPE: nameAddress.optional(),
  SERVICE_ORIGINS: origins,
};

const settingsSchema = z.object(identitySettings);
type Settings = z.infer<typeof settingsSchema>;

/** How the bot shows who it is to the directory: a secret, or a short-lived statement of the platform it runs on. */
export type BotCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** The platform writes the statement there and renews it. */
  | { readonly kind: 'file'; readonly file: string }
  | {
      readonly kind: 'managed-identity';
      readonly clientId: string;
      readonly endpoint: string;
      readonly header: string;
    };

export type AuthConfig =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'single-tenant';
      readonly appId: string;
      readonly credential: BotCredential;
      readonly tenantId: string;
      readonly endpoints: {
        readonly openIdMetadataUrl?: string;
        readonly tokenIssuer?: string;
        readonly loginUrl?: string;
        readonly oauthScope?: string;
        readonly serviceOrigins?: readonly string[];
      };
      readonly tab: TabAuth;
    };

/** What tokens of the tab are checked against, and where roles are asked for. */
export type TabAuth = {
  readonly clientId: string;
  readonly clients: readonly string[];
  readonly issuer: string;
  readonly keysUrl: string;
  readonly graphUrl: string;
  readonly rolesKeptMs: number;
};

const needed = [
  'MICROSOFT_APP_ID',
  'MICROSOFT_APP_TENANT_ID',
  'MICROSOFT_APP_TYPE',
  'TAB_APP_ID',
] as const;
const credentials = [
  'MICROSOFT_APP_PASSWORD',
  'MICROSOFT_APP_FEDERATED_TOKEN_FILE',
  'MICROSOFT_APP_MANAGED_IDENTITY_ID',
] as const;

/** Who comes in and how that is checked; throws ConfigFault when only some of it is set. */
export function readAuth(env: Settings & { readonly HOST: string }): AuthConfig {
  if ([...needed, ...credentials].every((name) => !env[name])) return requireLoopback(env.HOST);
  const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_TENANT_ID: tenantId, TAB_APP_ID } = env;
  const missing = needed.find((name) => !env[name]);
  if (missing || !appId || !tenantId || !TAB_APP_ID) {
    throw new ConfigFault(
      `The setting ${missing} is missing: set ${needed.join(', ')} and one of ${credentials.join(', ')}, or none of them for local mode.`,
    );
  }
  if (TAB_APP_ID === appId) {
    throw new ConfigFault(
      'The setting TAB_APP_ID cannot be MICROSOFT_APP_ID: bot and tab have a registration each, so that a token for one is nothing to the other.',
    );
  }
  const given = Object.entries({
    openIdMetadataUrl: env.OPENID_METADATA_URL,
    tokenIssuer: env.TOKEN_ISSUER,
    loginUrl: env.LOGIN_URL,
    oauthScope: env.OAUTH_SCOPE,
    serviceOrigins: env.SERVICE_ORIGINS,
  }).filter(([, value]) => value !== undefined);
  return {
    kind: 'single-tenant',
    appId,
    tenantId,
    credential: readCredential(env),
    endpoints: Object.fromEntries(given),
    tab: readTab(env, tenantId, TAB_APP_ID),
  };
}

function readTab(env: Settings, tenantId: string, clientId: string): TabAuth {
  const directory = `${env.LOGIN_URL ?? 'https://login.microsoftonline.com'}/${tenantId}`;
  return {
    clientId,
    clients: env.TAB_CLIENT_IDS,
    issuer: `${directory}/v2.0`,
    keysUrl: `${directory}/discovery/v2.0/keys`,
    graphUrl: env.GRAPH_URL ?? 'https://graph.microsoft.com',
    rolesKeptMs: env.ROLES_KEPT_SECONDS * 1_000,
  };
}

function readCredential(env: Settings): BotCredential {
  const set = credentials.filter((name) => env[name]);
  const {
    MICROSOFT_APP_PASSWORD: secret,
    MICROSOFT_APP_FEDERATED_TOKEN_FILE: file,
    MICROSOFT_APP_MANAGED_IDENTITY_ID: clientId,
  } = env;
  if (set.length > 1) {
    throw new ConfigFault(
      `The setting ${set[1]} cannot stand beside ${set[0]}: the bot shows who it is in one way.`,
    );
  }
  if (secret) return { kind: 'secret', secret };
  if (file) return { kind: 'file', file: path.resolve(file) };
  if (!clientId)
    throw new ConfigFault(
      `The setting ${credentials[0]} is missing: set one of ${credentials.join(', ')}.`,
    );
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = env;
  if (!endpoint || !header) {
    throw new ConfigFault(
      'The setting MICROSOFT_APP_MANAGED_IDENTITY_ID cannot be used: this platform offers no managed identity (IDENTITY_ENDPOINT and IDENTITY_HEADER are not set).',
    );
  }
  return { kind: 'managed-identity', clientId, endpoint, header };
}

/** Without an app id nobody is asked who they are, so nobody but this machine may come in. */
function requireLoopback(host: string): AuthConfig {
  if (['127.0.0.1', '::1', 'localhost'].includes(host)) return { kind: 'anonymous' };
  throw new ConfigFault(
    `The setting HOST cannot be ${host} in local mode: without MICROSOFT_APP_ID only 127.0.0.1, ::1 or localhost may answer.`,
  );
}
