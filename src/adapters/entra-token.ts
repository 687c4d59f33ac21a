import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import {
  type Expected,
  readClaims,
  type TokenReading,
  type TokenRefusal,
} from '../core/token-claims.js';

/** Reads access tokens that the directory made for the tab, by the keys it publishes at one configured address. */

export type TokenSettings = Expected & {
  /** The registration of the tab, for which tokens are made. */
  readonly clientId: string;
  /** The one address keys are fetched from, whatever a token says. */
  readonly keysUrl: string;
  readonly clock: () => Date;
  /** What fetching keys failed with; never anything of a token. */
  readonly onFault: (error: unknown) => void;
};

/** The clock of the directory and ours may differ so much, in seconds. */
const skew = 60;

/** Keys are rolled over weeks apart and published before they are used; one withdrawn in haste ends within the hour. */
const keysKeptMs = 60 * 60_000;

/** A key id that is not known makes us look again, but not more often: anybody can make one up. */
const betweenFetchesMs = 30_000;

/** After a fetch that failed, requests are refused for a while without another. */
const afterFaultMs = 3_000;

const fetchTimeoutMs = 5_000;

/** Longer than any token Teams sends; Node refuses headers over 16 kB by itself. */
const longestToken = 12_288;

/** Three base64url parts, as in `Bearer eyJh.eyJp.c2ln`. */
const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;

/** Thrown where the keys could not be had; told apart from what is wrong with a token. */
const keysUnavailable = new Error('The keys cannot be had');

/** Makes the reading of an `Authorization` header, given as every value it was sent with. */
export function makeReadToken(
  settings: TokenSettings,
): (authorization: readonly string[]) => Promise<TokenReading> {
  const { issuer, clientId: audience, clock } = settings;
  const findKey = makeFindKey(settings);
  return async (authorization) => {
    const token = tokenIn(authorization);
    if (typeof token !== 'string') return token;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, findKey, {
        ...{ issuer, audience, algorithms: ['RS256'] },
        ...{ requiredClaims: ['exp', 'nbf', 'iat'], clockTolerance: skew, currentDate: clock() },
        // Bounds `iat` on the side of the future; how old is too old is told by `exp`.
        maxTokenAge: '24h',
      });
      return protectedHeader.kid === undefined
        ? { kind: 'refused', why: 'unknown-key' }
        : readClaims(payload, settings);
    } catch (error) {
      if (error === keysUnavailable) return { kind: 'unavailable' };
      return { kind: 'refused', why: whyOf(error) };
    }
  };
}

function tokenIn(authorization: readonly string[]): string | TokenReading {
  const [header, ...more] = authorization;
  if (header === undefined) return { kind: 'refused', why: 'no-token' };
  // Servers differ in which of two they believe.
  if (more.length > 0) return { kind: 'refused', why: 'several-tokens' };
  const token = header.length <= longestToken ? bearer.exec(header)?.[1] : undefined;
  return token ?? { kind: 'refused', why: 'malformed' };
}

function makeFindKey({ keysUrl, onFault }: TokenSettings): JWTVerifyGetKey {
  let failedAt = Number.NEGATIVE_INFINITY;
  const keys = createRemoteJWKSet(new URL(keysUrl), {
    timeoutDuration: fetchTimeoutMs,
    cooldownDuration: betweenFetchesMs,
    cacheMaxAge: keysKeptMs,
    [customFetch]: async (url, options) => {
      if (performance.now() - failedAt < afterFaultMs) throw keysUnavailable;
      return fetch(url, options);
    },
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      const isOfToken =
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys;
      if (isOfToken || error === keysUnavailable) throw error;
      failedAt = performance.now();
      onFault(error);
      throw keysUnavailable;
    }
  };
}

/** Which refusal stands behind a claim that jose did not take. */
const refusalOfClaim: Readonly<Record<string, TokenRefusal>> = {
  iss: 'wrong-issuer',
  aud: 'wrong-audience',
  nbf: 'not-yet-valid',
  iat: 'not-yet-valid',
};

function whyOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const isTime = ['exp', 'nbf', 'iat'].includes(error.claim);
    if (isTime && error.reason !== 'check_failed') return 'no-lifetime';
    return refusalOfClaim[error.claim] ?? 'malformed';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrong-algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-key';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'unknown-key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature';
  return 'malformed';
}
