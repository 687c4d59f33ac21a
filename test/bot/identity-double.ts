import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { Endpoints } from '../../bot/teams/channel.js';

/**
 * A stand-in for the Bot Framework's identity service: OpenID metadata, the keys it names, and a
 * token endpoint for the bot. `mint` signs what Teams would send, right unless told otherwise.
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

export type IdentityDouble = {
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

const KEYS = ['ours', 'stranger', 'other-channel', 'not-endorsed'] as const;
const ENDORSEMENTS = {
  ours: ['msteams', 'skype'],
  'other-channel': ['skype'],
  'not-endorsed': [],
} as const;

/** Made once a process, because making RSA keys is slow. */
const pairs = Object.fromEntries(
  KEYS.map((name) => [name, generateKeyPairSync('rsa', { modulusLength: 2048 })]),
) as Record<(typeof KEYS)[number], { publicKey: KeyObject; privateKey: KeyObject }>;

export async function startIdentityDouble(expected: {
  readonly appId: string;
  readonly serviceUrl: string;
}): Promise<IdentityDouble> {
  const tokenRequests: URLSearchParams[] = [];
  let keyFetches = 0;
  let mood: 'well' | 'failing' | 'silent' = 'well';
  let origin = '';

  const published = Object.entries(ENDORSEMENTS).map(([name, endorsements]) => ({
    ...pairs[name as keyof typeof ENDORSEMENTS].publicKey.export({ format: 'jwk' }),
    kid: name,
    use: 'sig',
    ...(endorsements.length ? { endorsements } : {}),
  }));

  const answers: Record<string, (body: string) => object> = {
    '/openid': () => ({
      issuer: ISSUER,
      jwks_uri: `${origin}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => {
      keyFetches += 1;
      return { keys: published };
    },
    '/our-tenant/oauth2/v2.0/token': (body) => {
      tokenRequests.push(new URLSearchParams(body));
      const token = `bot-token-${tokenRequests.length}`;
      return { token_type: 'Bearer', expires_in: 3_599, access_token: token };
    },
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      if (mood === 'silent') return;
      const answer = mood === 'failing' ? undefined : answers[request.url ?? ''];
      sendJson(response, answer ? 200 : 500, answer ? answer(body) : {});
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
    publicKeyPem: pairs.ours.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    tokenRequests,
    keyFetches: () => keyFetches,
    become: (next) => {
      mood = next;
    },
    mint: ({ header, claims, key = 'ours', signature } = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      const kid = key === 'stranger' ? 'ours' : key;
      const head = encode({ alg: 'RS256', typ: 'JWT', kid, ...header });
      const body = encode({
        iss: ISSUER,
        aud: expected.appId,
        serviceurl: expected.serviceUrl,
        nbf: now - 60,
        exp: now + 3_600,
        ...claims,
      });
      const bytes = Buffer.from(`${head}.${body}`);
      const hash = String(header?.alg ?? 'RS256').replace(/^RS/, 'RSA-SHA');
      const signed = () =>
        sign(/^RSA-SHA\d+$/.test(hash) ? hash : 'RSA-SHA256', bytes, pairs[key].privateKey);
      return `${head}.${body}.${signature ?? signed().toString('base64url')}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
