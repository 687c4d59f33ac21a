import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { Endpoints } from '../../bot/teams/channel.js';

/**
 * A stand-in for the Bot Framework's identity service and for the directory (Entra): OpenID metadata and keys of the
 * one, keys of the other, a token endpoint for the bot, and a platform that vouches for it. `mint` signs what Teams
 * would send to the bot, `mintForTab` what it would get for the page; both right unless told otherwise.
 */

export type TokenWishes = {
  readonly header?: Readonly<Record<string, unknown>>;
  /** A claim set to `undefined` is left out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `stranger` signs with a key that is not published; `other-channel` with one for Skype only. */
  readonly key?: 'ours' | 'stranger' | 'other-channel' | 'not-endorsed';
  /** Puts these bytes in place of the signature. */
  readonly signature?: string;
};

export type TabTokenWishes = Omit<TokenWishes, 'key'> & {
  /** `stranger` signs with a key that is not published. */
  readonly key?: 'entra' | 'stranger';
};

export type IdentityDouble = {
  /** Without a path: where the directory's addresses begin. */
  readonly origin: string;
  /** Of the key that signs tokens for the page. */
  readonly entraKey: KeyObject;
  readonly mintForTab: (wishes?: TabTokenWishes) => string;
  readonly entraKeyFetches: () => number;
  readonly endpoints: Omit<Endpoints, 'serviceOrigins'>;
  readonly publicKeyPem: string;
  readonly mint: (wishes?: TokenWishes) => string;
  /** What was asked of the token endpoint. */
  readonly tokenRequests: URLSearchParams[];
  /** How often the keys were fetched. */
  readonly keyFetches: () => number;
  /** From now on: answers keys and tokens with 500, or not at all, or well again. */
  readonly become: (mood: 'well' | 'failing' | 'silent') => void;
  readonly close: () => Promise<void>;
};

export const ISSUER = 'https://api.botframework.com';

const KEYS = ['ours', 'stranger', 'other-channel', 'not-endorsed', 'entra', 'platform'] as const;
const ENDORSEMENTS = {
  ours: ['msteams', 'skype'],
  'other-channel': ['skype'],
  'not-endorsed': [],
} as const;

/** Made once a process, because making RSA keys is slow. */
const pairs = Object.fromEntries(
  KEYS.map((name) => [name, generateKeyPairSync('rsa', { modulusLength: 2048 })]),
) as Record<(typeof KEYS)[number], { publicKey: KeyObject; privateKey: KeyObject }>;

/** The directory and registrations of the doubles. */
export const DIRECTORY = '11111111-2222-4333-8444-555555555555';
export const TAB_APP = '00000000-0000-4000-8000-0000000007ab';
export const TEAMS_WEB = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

export async function startIdentityDouble(expected: {
  readonly appId: string;
  readonly serviceUrl: string;
}): Promise<IdentityDouble> {
  const tokenRequests: URLSearchParams[] = [];
  let keyFetches = 0;
  let entraKeyFetches = 0;
  let mood: 'well' | 'failing' | 'silent' = 'well';
  let origin = '';

  const published = Object.entries(ENDORSEMENTS).map(([name, endorsements]) => ({
    ...pairs[name as keyof typeof ENDORSEMENTS].publicKey.export({ format: 'jwk' }),
    kid: name,
    use: 'sig',
    ...(endorsements.length ? { endorsements } : {}),
  }));

  const answers: Record<string, (body: string, query: URLSearchParams) => object | undefined> = {
    '/platform/msi': (_, query) =>
      query.get('resource') === EXCHANGE ? { access_token: statement() } : undefined,
    '/openid': () => ({
      issuer: ISSUER,
      jwks_uri: `${origin}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => {
      keyFetches += 1;
      return { keys: published };
    },
    [`/${DIRECTORY}/discovery/v2.0/keys`]: () => {
      entraKeyFetches += 1;
      const jwk = pairs.entra.publicKey.export({ format: 'jwk' });
      return { keys: [{ ...jwk, kid: 'entra', use: 'sig', alg: 'RS256' }] };
    },
  };
  for (const tenant of ['our-tenant', DIRECTORY])
    answers[`/${tenant}/oauth2/v2.0/token`] = (body) => {
      const wanted = new URLSearchParams(body);
      tokenRequests.push(wanted);
      if (!isProven(wanted)) return undefined;
      const resource = wanted.get('scope')?.replace('/.default', '') ?? '';
      const token =
        resource === ISSUER
          ? `bot-token-${tokenRequests.length}`
          : signed(
              { alg: 'RS256', kid: 'entra' },
              { aud: resource, appid: wanted.get('client_id'), roles: ['Directory.Read.All'] },
              'entra',
              undefined,
            );
      return { token_type: 'Bearer', expires_in: 3_599, access_token: token };
    };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      if (mood === 'silent') return;
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://double');
      const answer = mood === 'failing' ? undefined : answers[pathname]?.(body, searchParams);
      const isPlatform =
        pathname !== '/platform/msi' || request.headers['x-identity-header'] === 'h';
      sendJson(response, answer && isPlatform ? 200 : 500, answer ?? {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

  return {
    endpoints: {
      openIdMetadataUrl: `${origin}/openid`,
      tokenIssuer: ISSUER,
      loginUrl: origin,
      oauthScope: ISSUER,
    },
    origin,
    entraKey: pairs.entra.publicKey,
    entraKeyFetches: () => entraKeyFetches,
    mintForTab: ({ header, claims, key = 'entra', signature } = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      return signed(
        { alg: 'RS256', typ: 'JWT', kid: 'entra', ...header },
        {
          iss: `${origin}/${DIRECTORY}/v2.0`,
          aud: TAB_APP,
          iat: now - 60,
          nbf: now - 60,
          exp: now + 3_600,
          ver: '2.0',
          tid: DIRECTORY,
          oid: '00000000-0000-4000-8000-00000000000d',
          azp: TEAMS_WEB,
          azpacr: '0',
          scp: 'access_as_user',
          name: 'Aisha Khan',
          acct: 0,
          roles: ['Signpost.Supervisor'],
          ...claims,
        },
        key,
        signature,
      );
    },
    publicKeyPem: pairs.ours.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    tokenRequests,
    keyFetches: () => keyFetches,
    become: (next) => {
      mood = next;
    },
    mint: ({ header, claims, key = 'ours', signature } = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      const kid = key === 'stranger' ? 'ours' : key;
      return signed(
        { alg: 'RS256', typ: 'JWT', kid, ...header },
        {
          iss: ISSUER,
          aud: expected.appId,
          serviceurl: expected.serviceUrl,
          nbf: now - 60,
          exp: now + 3_600,
          ...claims,
        },
        key,
        signature,
      );
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const EXCHANGE = 'api://AzureADTokenExchange';

/** What a platform says of the bot that runs on it: signed with a key of its own. */
export const statement = () =>
  signed(
    { alg: 'RS256', kid: 'platform' },
    { aud: EXCHANGE, sub: 'signpost' },
    'platform',
    undefined,
  );

/** By the secret, or by a statement that the platform signed and made out for this exchange. */
function isProven(wanted: URLSearchParams): boolean {
  if (wanted.get('client_secret') === 'pw') return !wanted.has('client_assertion');
  const isJwt =
    wanted.get('client_assertion_type') ===
    'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const [head = '', body = '', signature = ''] = (wanted.get('client_assertion') ?? '').split('.');
  const words = Buffer.from(`${head}.${body}`);
  const key = pairs.platform.publicKey;
  return isJwt && verify('RSA-SHA256', words, key, Buffer.from(signature, 'base64url'));
}

/** A token as it is sent; `signature` stands in place of a real one. */
function signed(
  header: Readonly<Record<string, unknown>>,
  claims: object,
  key: (typeof KEYS)[number],
  signature: string | undefined,
): string {
  const words = `${encode(header)}.${encode(claims)}`;
  if (signature !== undefined) return `${words}.${signature}`;
  const hash = String(header.alg).replace(/^RS/, 'RSA-SHA');
  const algorithm = /^RSA-SHA\d+$/.test(hash) ? hash : 'RSA-SHA256';
  return `${words}.${sign(algorithm, Buffer.from(words), pairs[key].privateKey).toString('base64url')}`;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
