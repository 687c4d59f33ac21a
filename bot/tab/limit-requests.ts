import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Identity } from './identify.js';

/** How much one person may ask of the page's routes. Of one process: behind several, it is as many times more. */

/** A page that is open asks for a handful at once, and for one or two a minute after. */
const requestsPerMinute = 300;

const message =
  'You are asking faster than this is answered, so nothing was done. Wait a minute and try again. In an emergency use your force’s emergency procedure.';

export type Limited = {
  /** Answers 429 to a person who asks more often. */
  readonly limit: RequestHandler;
  /** For the routes behind it: what it found out of a request is handed on once, and asked again found out anew. */
  readonly identity: Identity;
};

/**
 * Limits how often one person asks. The key is who the server found them to be. Who is nobody is not counted: the routes
 * refuse them, and behind a load balancer all of them have one address, so that a stranger's count would keep others
 * from hearing that they have to sign in again.
 */
export function limitRequests(identity: Identity, most = requestsPerMinute): Limited {
  const found = new WeakMap<IncomingMessage, Awaited<ReturnType<Identity['identify']>>>();
  const personOf = (request: Request) => {
    const asking = found.get(request);
    return asking?.kind === 'known' ? asking.user.id : '';
  };
  const limit = rateLimit({
    windowMs: 60_000,
    limit: most,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: async (request) => {
      const asking = await identity.identify(request);
      found.set(request, asking);
      return asking.kind !== 'known';
    },
    keyGenerator: personOf,
    handler: (_request, response) => {
      response.status(429).json({ kind: 'too-many', message });
    },
  });
  return {
    limit,
    identity: {
      ...identity,
      identify: async (request) => {
        const asking = found.get(request);
        found.delete(request);
        return asking ?? identity.identify(request);
      },
    },
  };
}
