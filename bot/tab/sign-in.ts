import { type Request, type Response, Router } from 'express';
import type { UserId } from '../../src/core/ids.js';
import type { User } from '../../src/core/roles.js';
import type { People } from '../../src/flows/ports.js';
import { found, refuse, send } from './answers.js';
import { demoPeople } from './demo-people.js';
import type { Identity } from './identify.js';
import { readBody } from './read-request.js';
import { demoPersonSchema } from './requests.js';

/** Who is here; and in local mode, who to be. There the page opens as the first supervisor. */
export function makeSignInRoutes({ identify, demo }: Identity, people: People): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const isOffered = (request: Request) => demo?.isOffered(request) ?? false;

  const become = async (response: Response, id: UserId | undefined) => {
    const chosen = id && demo?.choose(id);
    if (!chosen) return send(response, refuse('not-found'));
    await people.remember(chosen.person.id, chosen.person.name);
    response.set('Set-Cookie', chosen.cookie);
    send(response, found(withDemo(chosen.person)));
  };

  router.get('/me', async (request, response) => {
    const asking = await identify(request);
    if (isOffered(request))
      return asking.kind === 'known'
        ? send(response, found(withDemo(asking.user)))
        : become(response, first?.id);
    if (asking.kind !== 'known') return send(response, refuse(asking.kind));
    const { id, name } = asking.user;
    // To be printed beside what they do.
    await people.remember(id, name);
    send(response, found(asking.user));
  });

  router.post('/demo-person', async (request, response) => {
    if (!isOffered(request)) return send(response, refuse('signed-out'));
    const read = await readBody(request, response, demoPersonSchema);
    if (read.kind === 'refused') return send(response, read.answer);
    await become(response, read.value.id);
  });
  return router;
}

const first = demoPeople.find(({ roles }) => roles.includes('supervisor'));

function withDemo(person: User) {
  return { ...person, demoPeople };
}
