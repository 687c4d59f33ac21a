import { z } from 'zod';
import { type UserId, userIdSchema } from './ids.js';
import { type Role, rolesNamed } from './roles.js';

/**
 * What a token of the directory must say before it makes anybody known here. Signature, issuer, audience and times
 * are checked where the token is read (`entra-token.ts`); this is the rest: one tenant, a person and not a program, a
 * token for this API from a client of Teams, and the roles it carries.
 */

export type TokenRefusal =
  | 'no-token'
  | 'several-tokens'
  | 'malformed'
  | 'wrong-algorithm'
  | 'unknown-key'
  | 'bad-signature'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'no-lifetime'
  | 'expired'
  | 'not-yet-valid'
  | 'lives-too-long'
  | 'wrong-version'
  | 'wrong-tenant'
  | 'app-only'
  | 'not-an-access-token'
  | 'wrong-scope'
  | 'wrong-client'
  | 'no-person';

/** Somebody as a token describes them. */
export type TokenPerson = {
  readonly id: UserId;
  /** Undefined when the token names nobody. */
  readonly name: string | undefined;
  /** At home in another directory. */
  readonly isGuest: boolean;
  readonly roles: readonly Role[];
};

/** `unavailable`: the keys could not be had, so nothing could be checked. */
export type TokenReading =
  | { readonly kind: 'read'; readonly person: TokenPerson }
  | { readonly kind: 'refused'; readonly why: TokenRefusal }
  | { readonly kind: 'unavailable' };

export type Expected = {
  readonly issuer: string;
  readonly tenantId: string;
  /** Client ids of Teams, which fetch the tokens. */
  readonly clients: readonly string[];
};

/** The scope that the registration exposes, as docs/identity.md has it. */
const scope = 'access_as_user';

/**
 * Seconds from issue to end. Entra's default is 60 to 90 minutes, and begins five minutes back. A bearer token that
 * is stolen works until it ends, so a directory that makes longer ones is told so at the first request.
 */
const longestLife = 2 * 60 * 60;

const claimsSchema = z.object({
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  /** One, and ours, as was checked before: a token for several is not for us alone. */
  aud: z.string(),
  ver: z.string().optional(),
  tid: z.string().optional(),
  oid: z.guid().optional().catch(undefined),
  azp: z.string().optional(),
  appid: z.string().optional(),
  scp: z.string().optional(),
  idtyp: z.string().optional(),
  nonce: z.unknown().optional(),
  name: z.string().trim().min(1).optional().catch(undefined),
  /** 1 for a guest; a claim that the registration asks for. */
  acct: z.union([z.number(), z.string()]).optional(),
  /** Where somebody signed in, when it was not here. */
  idp: z.string().optional(),
  roles: z.array(z.string()).max(100).default([]),
});
type Claims = z.infer<typeof claimsSchema>;

/** Whom the claims of a well-signed token for us in force name, or why nobody. */
export function readClaims(claims: unknown, expected: Expected): TokenReading {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return { kind: 'refused', why: faultOf(parsed.error) };
  const given = parsed.data;
  const why = refuseClaims(given, expected);
  if (why) return { kind: 'refused', why };
  if (given.oid === undefined) return { kind: 'refused', why: 'no-person' };
  return {
    kind: 'read',
    person: {
      id: userIdSchema.parse(given.oid.toLowerCase()),
      name: given.name?.slice(0, 200),
      isGuest: isGuest(given, expected),
      roles: rolesNamed(given.roles),
    },
  };
}

function faultOf({ issues }: z.ZodError): TokenRefusal {
  const claim = String(issues[0]?.path[0]);
  if (['iat', 'nbf', 'exp'].includes(claim)) return 'no-lifetime';
  return claim === 'aud' ? 'wrong-audience' : 'malformed';
}

function refuseClaims(given: Claims, expected: Expected): TokenRefusal | undefined {
  const { iat, nbf, exp, idtyp, scp } = given;
  if (exp <= nbf || exp <= iat) return 'no-lifetime';
  if (exp - Math.min(iat, nbf) > longestLife) return 'lives-too-long';
  if (given.ver !== '2.0') return 'wrong-version';
  if (given.tid !== expected.tenantId) return 'wrong-tenant';
  if (idtyp !== undefined && idtyp !== 'user') return 'app-only';
  // An ID token says who signed in, to the program that asked; it gives no access to anything.
  if (given.nonce !== undefined) return 'not-an-access-token';
  if (!scp?.split(' ').includes(scope)) return 'wrong-scope';
  if (given.azp === undefined || !expected.clients.includes(given.azp)) return 'wrong-client';
  return given.appid !== undefined && given.appid !== given.azp ? 'wrong-client' : undefined;
}

function isGuest({ acct, idp }: Claims, { issuer, tenantId }: Expected): boolean {
  if (acct !== undefined) return String(acct) !== '0';
  return idp !== undefined && idp !== issuer && idp !== `https://sts.windows.net/${tenantId}/`;
}
