import type { IncomingMessage } from 'node:http';
import type { IncomingActivity } from './activity.js';
import { refuseForeignActivity, refuseRemoteRequest, refuseRemoteService } from './admit.js';
import {
  parseToken,
  refuseClaims,
  refuseSignature,
  type SigningKey,
  type TokenRefusal,
} from './check-token.js';
import type { Guard } from './receive.js';

/** The questions of each mode. Whatever cannot be checked is refused. */

/** For a developer's machine: no token, but nothing from or to anywhere else. */
export function guardAnonymous(): Guard {
  return {
    refuseRequest: (request) => {
      const kind = refuseRemoteRequest(request);
      return kind && { status: 403, kind };
    },
    refuseToken: async () => undefined,
    refuseActivity: refuseRemoteService,
  };
}

export type SingleTenant = {
  readonly appId: string;
  readonly tenantId: string;
  readonly tokenIssuer: string;
  readonly serviceOrigins: readonly string[];
  /** The key of that id, from the configured place only. */
  readonly findKey: (keyId: string) => Promise<SigningKey | undefined>;
  /** The SDK's own check, which throws when it refuses. */
  readonly confirm: (activity: IncomingActivity, authorization: string) => Promise<unknown>;
  readonly timeoutMs: number;
};

/** For production: a token of the Bot Framework for this bot, from this tenant. */
export function guardSingleTenant(ours: SingleTenant): Guard {
  const expected = () => ({
    issuer: ours.tokenIssuer,
    audience: ours.appId,
    nowMs: Date.now(),
  });

  const refuseKeyAndSdk = async (activity: IncomingActivity, authorizations: readonly string[]) => {
    const token = parseToken(authorizations);
    if (typeof token === 'string') return token;
    if (token.claims.serviceurl !== activity.serviceUrl) return 'wrong-service-url';
    const key = await ours.findKey(token.header.kid);
    const refusal = refuseSignature(token, key, activity.channelId);
    if (refusal) return refusal;
    return ours.confirm(activity, authorizations[0] ?? '').then(
      () => undefined,
      () => 'refused-by-sdk' as const,
    );
  };

  return {
    refuseRequest: (request) => {
      const token = parseToken(authorizationsOf(request));
      const kind = typeof token === 'string' ? token : refuseClaims(token, expected());
      return kind && { status: 401, kind };
    },
    refuseToken: (request, activity) =>
      inTime(refuseKeyAndSdk(activity, authorizationsOf(request)), ours.timeoutMs),
    refuseActivity: (activity) => refuseForeignActivity(activity, ours),
  };
}

function authorizationsOf({ headersDistinct }: IncomingMessage): readonly string[] {
  return headersDistinct.authorization ?? [];
}

/** The SDK fetches keys without a time limit; keys that cannot be had in time are not had. */
async function inTime(
  check: Promise<TokenRefusal | undefined>,
  timeoutMs: number,
): Promise<TokenRefusal | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<TokenRefusal>((resolve) => {
    timer = setTimeout(() => resolve('keys-unavailable'), timeoutMs);
  });
  const safe = check.catch((): TokenRefusal => 'keys-unavailable');
  const refusal = await Promise.race([safe, late]);
  clearTimeout(timer);
  return refusal;
}
