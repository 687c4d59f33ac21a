import { verify } from 'node:crypto';
import { z } from 'zod';

/**
 * Our own reading of the bearer token, in front of the SDK's. It can only refuse more: what
 * passes here is checked again by the SDK. It exists because the SDK, as measured on 4.23.3,
 * accepts RS384 and RS512, accepts a token without `exp` or `nbf`, accepts the emulator's
 * issuers, accepts keys without endorsements, and prints to the console on a bad signature.
 */

export type TokenRefusal =
  | 'no-token'
  | 'several-tokens'
  | 'malformed-token'
  | 'wrong-algorithm'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'no-lifetime'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-service-url'
  | 'unknown-key'
  | 'key-not-endorsed'
  | 'bad-signature'
  | 'refused-by-sdk'
  | 'keys-unavailable';

/** The Bot Framework's documented tolerance between its clock and ours. */
const SKEW_SECONDS = 5 * 60;

/** The Bot Framework issues tokens for an hour; one for longer than a day is not its own. */
const LONGEST_LIFE_SECONDS = 24 * 60 * 60;

/** Three base64url parts, as in `Bearer eyJh.eyJp.c2ln`. */
const BEARER = /^Bearer ([\w-]{1,4096})\.([\w-]{1,8192})\.([\w-]{1,2048})$/;

const headerSchema = z.object({ alg: z.string(), kid: z.string().max(256) });
const claimsSchema = z.object({
  iss: z.unknown().optional(),
  aud: z.unknown().optional(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
  serviceurl: z.unknown().optional(),
});

export type Token = {
  readonly header: z.infer<typeof headerSchema>;
  readonly claims: z.infer<typeof claimsSchema>;
  /** The bytes the signature is over. */
  readonly signed: Buffer;
  readonly signature: Buffer;
};

/**
 * The token in the header, unverified; or why there is none to look at. `authorizations` are all values the header came
 * with: two are refused, since the SDK, Node and a proxy need not agree on which of them counts.
 */
export function parseToken(authorizations: readonly string[]): Token | TokenRefusal {
  const [authorization, ...more] = authorizations;
  if (!authorization) return 'no-token';
  if (more.length > 0) return 'several-tokens';
  const parts = BEARER.exec(authorization);
  const [, head, body, signature] = parts ?? [];
  if (!head || !body || !signature) return 'malformed-token';
  const header = headerSchema.safeParse(parseSegment(head));
  const claims = claimsSchema.safeParse(parseSegment(body));
  if (!header.success || !claims.success) return 'malformed-token';
  return {
    header: header.data,
    claims: claims.data,
    signed: Buffer.from(`${head}.${body}`, 'ascii'),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function parseSegment(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Why the claims will not do, or `undefined` when they will. Says nothing of the signature. */
export function refuseClaims(
  { header, claims }: Token,
  expected: { readonly issuer: string; readonly audience: string; readonly nowMs: number },
): TokenRefusal | undefined {
  if (header.alg !== 'RS256') return 'wrong-algorithm';
  if (claims.iss !== expected.issuer) return 'wrong-issuer';
  if (claims.aud !== expected.audience) return 'wrong-audience';
  const { exp, nbf } = claims;
  if (exp === undefined || nbf === undefined) return 'no-lifetime';
  if (exp <= nbf || exp - nbf > LONGEST_LIFE_SECONDS) return 'no-lifetime';
  const now = expected.nowMs / 1_000;
  if (now >= exp + SKEW_SECONDS) return 'expired';
  return now < nbf - SKEW_SECONDS ? 'not-yet-valid' : undefined;
}

export type SigningKey = { readonly pem: string; readonly endorsements: readonly string[] };

/** Why the key or the signature will not do, or `undefined` when both will. */
export function refuseSignature(
  token: Token,
  key: SigningKey | undefined,
  channelId: string,
): TokenRefusal | undefined {
  if (!key) return 'unknown-key';
  if (!key.endorsements.includes(channelId)) return 'key-not-endorsed';
  return verify('RSA-SHA256', token.signed, key.pem, token.signature) ? undefined : 'bad-signature';
}
