import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Identity } from './identify.js';

/** How much one person may ask of the page's routes. Of one process: behind several, it is as many times more. */

/** A page that is open asks for a handful at once, and for one or two a minute after. */
export const requestsPerMinute = 300;

const message =
  'You are asking faster than this is answered, so nothing was done. Wait a minute and try again. In an emergency use your force’s emergency procedure.';

/**
 * Answers 429 to a person who asks more often. The key is who the server found them to be; who is nobody is refused by
 * the routes, cheaply, and counted by address so that guessing tokens has an end too.
 */
export function limitRequests(identity: Identity, most = requestsPerMinute): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: most,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: async (request) => {
      const asking = await identity.identify(request);
      if (asking.kind === 'known') return `person ${asking.user.id}`;
      return `nobody ${ipKeyGenerator(request.socket.remoteAddress ?? '')}`;
    },
    handler: (_request, response) => {
      response.status(429).json({ kind: 'too-many', message });
    },
  });
}
