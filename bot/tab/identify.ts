import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { User } from '../../src/core/roles.js';
import { demoPeople } from './demo-people.js';

/** Why nobody is known: each has its sentence in `answers.ts`. */
export type Unknown = 'signed-out' | 'no-role' | 'guest-without-role' | 'sign-in-unavailable';

/** Who asks, from what the server can check for itself. */
export type Identify = (
  request: IncomingMessage,
) => Promise<{ readonly kind: 'known'; readonly user: User } | { readonly kind: Unknown }>;

/** How a person becomes known. `demo` is there in local mode only. */
export type Identity = {
  readonly identify: Identify;
  readonly demo?: {
    /** Whether this request may be offered the demo people: it comes from this machine. */
    readonly isOffered: (request: IncomingMessage) => boolean;
    /** The cookie that makes the browser this person; undefined for an id that is none of theirs. */
    readonly choose: (id: string) => { readonly person: User; readonly cookie: string } | undefined;
  };
};

const cookieName = 'signpost-demo';

/**
 * Demo people, chosen on the page and remembered by a signed cookie. `isRemote` tells requests that are not from this
 * machine, which never have anybody. `secret` is new at each start: a choice lasts as long as the process.
 */
export function makeDemoIdentity(
  isRemote: (request: IncomingMessage) => boolean,
  secret: Buffer,
): Identity {
  const sign = (id: string) => createHmac('sha256', secret).update(id).digest('base64url');
  const find = (id: string) => demoPeople.find((person) => person.id === id);
  return {
    identify: async (request) => {
      if (isRemote(request)) return { kind: 'signed-out' };
      const [id = '', signature = '', ...more] = readCookie(request).split('.');
      const user = more.length === 0 && isSame(signature, sign(id)) ? find(id) : undefined;
      return user ? { kind: 'known', user } : { kind: 'signed-out' };
    },
    demo: {
      isOffered: (request) => !isRemote(request),
      choose: (id) => {
        const person = find(id);
        // Not `Secure`: local mode is plain HTTP on this machine.
        const rest = 'Path=/tab; HttpOnly; SameSite=Strict';
        return person && { person, cookie: `${cookieName}=${id}.${sign(id)}; ${rest}` };
      },
    },
  };
}

/** Two cookies of the name are none: the second may have been planted from a neighbouring path or port. */
function readCookie({ headers }: IncomingMessage): string {
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookieName}=`));
  return values.length === 1 ? (values[0] ?? '').slice(cookieName.length + 1) : '';
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
