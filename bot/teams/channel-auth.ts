import { type BotCredential, type BotToken, makeBotToken } from './bot-token.js';

/** Who the bot is, and where identities are checked. */

/** Time to fetch the signing keys or the bot's token, within the time of one request or call. */
export const IDENTITY_TIMEOUT_MS = 5_000;

/** The world's addresses, replaced by doubles in tests. */
export type Endpoints = {
  /** Names the keys that sign what Teams sends. */
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  /** Where the bot gets its own token, before `/<tenant>/oauth2/v2.0/token`. */
  readonly loginUrl: string;
  readonly oauthScope: string;
  /** The only origins answers are sent to, whatever the activity says. */
  readonly serviceOrigins: readonly string[];
};

const TEAMS_ENDPOINTS: Endpoints = {
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  tokenIssuer: 'https://api.botframework.com',
  loginUrl: 'https://login.microsoftonline.com',
  oauthScope: 'https://api.botframework.com',
  serviceOrigins: ['https://smba.trafficmanager.net'],
};

export type SingleTenantAuth = {
  readonly kind: 'single-tenant';
  readonly appId: string;
  readonly credential: BotCredential;
  readonly tenantId: string;
  readonly endpoints?: Partial<Endpoints>;
};

/** `anonymous` has no tokens: only for this machine, and only answering to this machine. */
export type ChannelAuth = { readonly kind: 'anonymous' } | SingleTenantAuth;

/** The public cloud's addresses, with those replaced that the configuration names. */
export function endpointsOf(auth: SingleTenantAuth): Endpoints {
  return { ...TEAMS_ENDPOINTS, ...auth.endpoints };
}

/** The holder of the bot's token for the connector, or for another API of the directory's. */
export function botTokenFor(
  auth: SingleTenantAuth,
  resource: string = endpointsOf(auth).oauthScope,
): BotToken {
  const { appId, credential, tenantId } = auth;
  return makeBotToken({
    tokenUrl: `${endpointsOf(auth).loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
    ...{ appId, credential, timeoutMs: IDENTITY_TIMEOUT_MS },
    scope: `${resource}/.default`,
  });
}
