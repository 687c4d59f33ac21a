import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Identity } from './identify.js';

/** How much one person may ask of the page's routes. Of one process: behind several, it is as many times more. */

/** A page that is open asks for a handful at once, and for one or two a minute after. */
export const requestsPerMinute = 300;

const message =
  'You are asking faster than this is answered, so nothing was done. Wait a minute and try again. In an emergency use your force’s emergency procedure.';

/**
 * Answers 429 to a person who asks more often. The key is who the server found them to be. Who is nobody is not counted:
 * the routes refuse them, and behind a load balancer all of them have one address, so that a stranger's count would
 * keep others from hearing that they have to sign in again.
 */
export function limitRequests(identity: Identity, most = requestsPerMinute): RequestHandler {
  const asking = new WeakMap<Request, string>();
  return rateLimit({
    windowMs: 60_000,
    limit: most,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: async (request) => {
      const found = await identity.identify(request);
      if (found.kind !== 'known') return true;
      asking.set(request, found.user.id);
      return false;
    },
    keyGenerator: (request) => asking.get(request) ?? '',
    handler: (_request, response) => {
      response.status(429).json({ kind: 'too-many', message });
    },
  });
}
