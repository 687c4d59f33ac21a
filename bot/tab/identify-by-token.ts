import type { IncomingMessage } from 'node:http';
import type { Log } from '../../src/adapters/log.js';
import type { UserId } from '../../src/core/ids.js';
import type { Role } from '../../src/core/roles.js';
import type { TokenPerson, TokenReading } from '../../src/core/token-claims.js';
import type { Identify, Identity } from './identify.js';

/**
 * People of production: each request carries the token that Teams got for the tab, and is checked anew. Nothing is
 * kept between two requests but the directory's answer, for as long as the directory keeps it.
 */

export type TokenIdentityParts = {
  readonly readToken: (authorization: readonly string[]) => Promise<TokenReading>;
  /** The roles somebody has now, which may be fewer than a token made an hour ago says. Rejects when it cannot tell. */
  readonly rolesOf: (person: UserId) => Promise<readonly Role[]>;
  readonly log: Log;
};

/** Who a token names, with the roles that both the token and the directory give them. */
export function makeTokenIdentity({ readToken, rolesOf, log }: TokenIdentityParts): Identity {
  const identify: Identify = async (request) => {
    const reading = await readToken(authorizationOf(request));
    if (reading.kind === 'unavailable') return refuse('sign-in-unavailable', 'keys-unavailable');
    if (reading.kind === 'refused') return refuse('signed-out', reading.why);
    const { person } = reading;
    if (person.roles.length === 0) return withoutRole(person, 'token');
    const current = await rolesOf(person.id).catch((error: unknown) => {
      log.error('roles-not-read', { userId: person.id }, error);
      return undefined;
    });
    if (!current) return refuse('sign-in-unavailable', 'directory-unavailable');
    const roles = person.roles.filter((role) => current.includes(role));
    if (roles.length === 0) return withoutRole(person, 'directory');
    return { kind: 'known', user: { id: person.id, name: person.name ?? noName, roles } };
  };

  const refuse = <Kind extends string>(kind: Kind, reason: string, userId?: UserId) => {
    log.warn('sign-in-refused', { kind, reason, userId });
    return { kind };
  };
  const withoutRole = ({ id, isGuest }: TokenPerson, where: 'token' | 'directory') =>
    refuse(isGuest ? 'guest-without-role' : 'no-role', where, id);

  return { identify };
}

/** Of somebody whom the token does not name. */
const noName = 'a person without a name';

/** Every value the header was sent with: Node itself keeps the first and says nothing of the others. */
function authorizationOf({ headersDistinct }: IncomingMessage): readonly string[] {
  return headersDistinct.authorization ?? [];
}
