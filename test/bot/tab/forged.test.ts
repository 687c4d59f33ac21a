import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTokenIdentity } from '../../../bot/tab/identify-by-token.js';
import { makeReadToken } from '../../../src/adapters/entra-token.js';
import { makeLog } from '../../../src/adapters/log.js';
import type { UserId } from '../../../src/core/ids.js';
import type { Role } from '../../../src/core/roles.js';
import {
  DIRECTORY,
  type IdentityDouble,
  startIdentityDouble,
  TAB_APP,
  type TabTokenWishes,
  TEAMS_WEB,
} from '../identity-double.js';
import { addressOf, routesOf } from './tab-routes.js';
import { startTab, type Tab } from './tab-setup.js';

/** Every route of the tab's API against every forged token, with real keys fetched over HTTP. One list: over 200 lines. */

/** Written out by hand; that none is missing is checked against the router itself. */
const routes = [
  'GET /me',
  'POST /demo-person',
  'GET /reviews',
  'GET /reviews/:id',
  'GET /reviews/:id/versions/:version',
  'POST /reviews/:id/acts',
  'POST /reviews/:id/submit',
  'GET /reviews/:id/history',
  'POST /reviews/:id/export',
  'POST /reviews/:id/copy',
  'GET /reviews/:id/timeline.png',
  'GET /shared',
  'GET /reviews/:id/shares',
  'POST /reviews/:id/shares',
  'POST /reviews/:id/shares/:share/end',
  'GET /reviews/:id/conflicts',
  'POST /reviews/:id/conflicts',
  'POST /reviews/:id/conflicts/own',
  'POST /reviews/:id/conflicts/:number/lift',
  'POST /reviews/:id/leave',
  'GET /commitments',
  'POST /commitments/:key',
  'GET /due',
  'GET /overview',
  'GET /curation',
  'GET /tasks',
  'POST /tasks/:id/again',
  'POST /tasks/:id/close',
  'GET /audit',
  'GET /changes',
] as const;

let identity: IdentityDouble;
let tab: Tab;
const lines: string[] = [];
const log = makeLog('debug', { write: (line) => lines.push(line) });
/** What the directory says of everybody. */
let current: readonly Role[] | 'unavailable' = ['supervisor'];
let now = Date.now();

const everyRole: readonly Role[] = [
  'officer',
  'call-handler',
  'advocate',
  'supervisor',
  'curator',
  'administrator',
];

beforeAll(async () => {
  identity = await startIdentityDouble({ appId: 'bot', serviceUrl: 'https://x.example/' });
  tab = await startTab({ identity: productionIdentity(identity) });
});
afterAll(async () => {
  await tab.stop();
  await identity.close();
});
let before: { readonly called: number; readonly audited: number };
beforeEach(() => {
  now = Date.now();
  current = ['supervisor'];
  lines.length = 0;
  before = { called: tab.called.length, audited: tab.audited.length };
});

function productionIdentity({ origin }: IdentityDouble) {
  const readToken = makeReadToken({
    issuer: `${origin}/${DIRECTORY}/v2.0`,
    keysUrl: `${origin}/${DIRECTORY}/discovery/v2.0/keys`,
    ...{ tenantId: DIRECTORY, clientId: TAB_APP, clients: [TEAMS_WEB] },
    clock: () => new Date(now),
    onFault: (error) => log.error('keys-not-fetched', {}, error),
  });
  const rolesOf = async (_: UserId) => {
    if (current === 'unavailable') throw new Error('the directory is silent');
    return current;
  };
  return makeTokenIdentity({ readToken, rolesOf, log });
}

type Answer = { readonly status: number; readonly text: string };

/** A request as the page makes it, but with exactly these headers for who asks. */
function ask(method: string, path: string, who: readonly (readonly [string, string])[]) {
  return new Promise<Answer>((resolve, reject) => {
    const { port } = tab;
    const origin = `http://127.0.0.1:${port}`;
    const ours = [
      ['host', `127.0.0.1:${port}`],
      ['origin', origin],
      ['x-signpost-tab', '1'],
      ['content-type', 'application/json'],
      ...who,
    ].flat();
    const request = httpRequest(
      // An array keeps headers that are sent twice.
      { port, host: '127.0.0.1', path: `/tab/api${path}`, method, headers: ours },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          // The stream of changes would not end by itself.
          if (String(response.headers['content-type']).includes('event-stream')) request.destroy();
        });
        response.on('close', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', () => undefined);
      },
    );
    request.on('error', (error) => {
      if (!request.destroyed) reject(error);
    });
    request.end(method === 'POST' ? '{}' : undefined);
  });
}

const seconds = () => Math.floor(Date.now() / 1_000);
const bearer = (token: string): readonly (readonly [string, string])[] => [
  ['authorization', `Bearer ${token}`],
];
const minted = (wishes: TabTokenWishes = {}) => identity.mintForTab(wishes);
const withClaims = (claims: object) => () => bearer(minted({ claims: { ...claims } }));
const withHeader = (header: object) => () => bearer(minted({ header: { ...header } }));

/** Signed symmetrically with something everybody can fetch. */
function confused(secret: 'pem' | 'modulus') {
  const [, claims = ''] = minted().split('.');
  const header = { alg: 'HS256', typ: 'JWT', kid: 'entra' };
  const words = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${claims}`;
  const key =
    secret === 'pem'
      ? identity.entraKey.export({ type: 'spki', format: 'pem' })
      : Buffer.from(String(identity.entraKey.export({ format: 'jwk' }).n), 'base64url');
  return bearer(`${words}.${createHmac('sha256', key).update(words).digest('base64url')}`);
}

/** With other claims under the signature of the good ones. */
function changed() {
  const [header, claims = '', signature] = minted().split('.');
  const given = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const more = { ...given, roles: ['Signpost.Administrator'] };
  return bearer(
    `${header}.${Buffer.from(JSON.stringify(more)).toString('base64url')}.${signature}`,
  );
}

type Forgery = {
  readonly what: string;
  readonly reason: string;
  readonly who: () => readonly (readonly [string, string])[];
  /** Added to the address. */
  readonly query?: () => string;
  readonly status?: 403 | 503;
};

const otherTenant = '99999999-2222-4333-8444-555555555555';

const forgeries: readonly Forgery[] = [
  { what: 'no token', reason: 'no-token', who: () => [] },
  { what: 'an empty header', reason: 'malformed', who: () => [['authorization', '']] },
  { what: 'a word', reason: 'malformed', who: () => bearer('token') },
  { what: 'what is not JSON', reason: 'malformed', who: () => bearer('YQ.YQ.YQ') },
  { what: 'two parts of three', reason: 'malformed', who: () => bearer('YQ.YQ') },
  {
    what: 'an encrypted token of five parts',
    reason: 'malformed',
    who: () => bearer('YQ.YQ.YQ.YQ.YQ'),
  },
  {
    what: 'another scheme',
    reason: 'malformed',
    who: () => [['authorization', `Basic ${minted()}`]],
  },
  {
    what: 'a huge token',
    reason: 'malformed',
    who: () => bearer(minted({ claims: { more: 'x'.repeat(9_000) } })),
  },
  {
    what: 'a good token twice',
    reason: 'several-tokens',
    who: () => [...bearer(minted()), ...bearer(minted())],
  },
  {
    what: 'a good token before a forged one',
    reason: 'several-tokens',
    who: () => [...bearer(minted()), ...bearer('YQ.YQ.YQ')],
  },
  {
    what: 'a good token in the address',
    reason: 'no-token',
    who: () => [],
    query: () => `access_token=${minted()}`,
  },
  {
    what: 'a good token in a cookie',
    reason: 'no-token',
    who: () => [['cookie', `signpost-demo=${minted()}`]],
  },
  {
    what: 'a token that has expired',
    reason: 'expired',
    who: () => {
      const end = seconds() - 61;
      return bearer(minted({ claims: { iat: end - 3_600, nbf: end - 3_600, exp: end } }));
    },
  },
  {
    what: 'a token not yet valid',
    reason: 'not-yet-valid',
    who: () => bearer(minted({ claims: { nbf: seconds() + 120 } })),
  },
  {
    what: 'a token issued in the future',
    reason: 'not-yet-valid',
    who: () => bearer(minted({ claims: { iat: seconds() + 120 } })),
  },
  { what: 'no end', reason: 'no-lifetime', who: withClaims({ exp: undefined }) },
  { what: 'no beginning', reason: 'no-lifetime', who: withClaims({ nbf: undefined }) },
  { what: 'no time of issue', reason: 'no-lifetime', who: withClaims({ iat: undefined }) },
  { what: 'an end in words', reason: 'no-lifetime', who: withClaims({ exp: 'tomorrow' }) },
  {
    what: 'a life of years',
    reason: 'lives-too-long',
    who: () => bearer(minted({ claims: { exp: seconds() + 99_999_999 } })),
  },
  { what: 'another tenant', reason: 'wrong-tenant', who: withClaims({ tid: otherTenant }) },
  { what: 'no tenant', reason: 'wrong-tenant', who: withClaims({ tid: undefined }) },
  {
    what: 'another tenant’s issuer',
    reason: 'wrong-issuer',
    who: () =>
      bearer(
        minted({ claims: { iss: `${identity.origin}/${otherTenant}/v2.0`, tid: otherTenant } }),
      ),
  },
  {
    what: 'another issuer',
    reason: 'wrong-issuer',
    who: withClaims({ iss: 'https://evil.example' }),
  },
  {
    what: 'the issuer with a slash more',
    reason: 'wrong-issuer',
    who: () => bearer(minted({ claims: { iss: `${identity.origin}/${DIRECTORY}/v2.0/` } })),
  },
  {
    what: 'the issuer of version 1',
    reason: 'wrong-issuer',
    who: withClaims({ iss: `https://sts.windows.net/${DIRECTORY}/`, ver: '1.0' }),
  },
  { what: 'no issuer', reason: 'wrong-issuer', who: withClaims({ iss: undefined }) },
  { what: 'version 1', reason: 'wrong-version', who: withClaims({ ver: '1.0' }) },
  { what: 'no version', reason: 'wrong-version', who: withClaims({ ver: undefined }) },
  {
    what: 'another audience',
    reason: 'wrong-audience',
    who: withClaims({ aud: '00000003-0000-0000-c000-000000000000' }),
  },
  { what: 'the bot as audience', reason: 'wrong-audience', who: withClaims({ aud: 'bot' }) },
  {
    what: 'the App ID URI as audience, as in version 1',
    reason: 'wrong-audience',
    who: withClaims({ aud: `api://signpost.example/${TAB_APP}` }),
  },
  {
    what: 'several audiences',
    reason: 'wrong-audience',
    who: withClaims({ aud: [TAB_APP, 'another'] }),
  },
  {
    what: 'no signature and algorithm none',
    reason: 'malformed',
    who: () => bearer(minted({ header: { alg: 'none' }, signature: '' })),
  },
  {
    what: 'algorithm none under a signature',
    reason: 'wrong-algorithm',
    who: withHeader({ alg: 'none' }),
  },
  {
    what: 'the public key as a secret (HS256)',
    reason: 'wrong-algorithm',
    who: () => confused('pem'),
  },
  {
    what: 'the modulus as a secret (HS256)',
    reason: 'wrong-algorithm',
    who: () => confused('modulus'),
  },
  { what: 'RS512', reason: 'wrong-algorithm', who: withHeader({ alg: 'RS512' }) },
  { what: 'an unknown key', reason: 'unknown-key', who: withHeader({ kid: 'nobody' }) },
  { what: 'no key’s name', reason: 'unknown-key', who: withHeader({ kid: undefined }) },
  {
    what: 'another key under our key’s name',
    reason: 'bad-signature',
    who: () => bearer(minted({ key: 'stranger' })),
  },
  {
    what: 'a key of its own, brought along',
    reason: 'bad-signature',
    who: () =>
      bearer(
        minted({
          key: 'stranger',
          header: { jwk: identity.entraKey.export({ format: 'jwk' }), jku: 'http://127.0.0.1:1/' },
        }),
      ),
  },
  {
    what: 'a header it must understand and does not',
    reason: 'malformed',
    who: withHeader({ crit: ['x-ours'], 'x-ours': true }),
  },
  { what: 'changed claims', reason: 'bad-signature', who: changed },
  {
    what: 'a broken signature',
    reason: 'bad-signature',
    who: () => bearer(minted({ signature: 'AAAA' })),
  },
  {
    what: 'a token of the Bot Framework',
    reason: 'unknown-key',
    who: () => bearer(identity.mint()),
  },
  { what: 'another scope', reason: 'wrong-scope', who: withClaims({ scp: 'User.Read' }) },
  {
    what: 'a scope that begins like ours',
    reason: 'wrong-scope',
    who: withClaims({ scp: 'access_as_user_too' }),
  },
  {
    what: 'a program’s token',
    reason: 'app-only',
    who: withClaims({ idtyp: 'app', scp: undefined }),
  },
  {
    what: 'a program’s token that does not say so',
    reason: 'wrong-scope',
    who: withClaims({ scp: undefined, azpacr: '1' }),
  },
  {
    what: 'an ID token',
    reason: 'not-an-access-token',
    who: withClaims({ scp: undefined, azp: undefined, nonce: 'n-1' }),
  },
  {
    what: 'an ID token without a nonce',
    reason: 'wrong-scope',
    who: withClaims({ scp: undefined, azp: undefined }),
  },
  {
    what: 'a client that is not Teams',
    reason: 'wrong-client',
    who: withClaims({ azp: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' }),
  },
  { what: 'no client', reason: 'wrong-client', who: withClaims({ azp: undefined }) },
  {
    what: 'two clients that differ',
    reason: 'wrong-client',
    who: withClaims({ appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' }),
  },
  { what: 'nobody', reason: 'no-person', who: withClaims({ oid: undefined }) },
  {
    what: 'a person by another kind of id',
    reason: 'no-person',
    who: withClaims({ oid: 'aisha' }),
  },
  { what: 'no role', reason: 'token', who: withClaims({ roles: undefined }), status: 403 },
  {
    what: 'roles of another application',
    reason: 'token',
    who: withClaims({ roles: ['Admin', 'supervisor', 'signpost.supervisor', 'constructor'] }),
    status: 403,
  },
  {
    what: 'roles in other claims',
    reason: 'token',
    who: withClaims({ roles: [], groups: ['Signpost.Supervisor'], wids: ['Signpost.Supervisor'] }),
    status: 403,
  },
  {
    what: 'a guest without a role',
    reason: 'token',
    who: withClaims({ roles: [], acct: 1 }),
    status: 403,
  },
  {
    what: 'a guest without a role, known by where they signed in',
    reason: 'token',
    who: withClaims({ roles: [], acct: undefined, idp: 'https://sts.windows.net/elsewhere/' }),
    status: 403,
  },
  {
    what: 'a role the directory took back since',
    reason: 'directory',
    who: withClaims({ roles: ['Signpost.Administrator', 'Signpost.Curator'] }),
    status: 403,
  },
];

const matrix = forgeries.flatMap((forgery) => routes.map((route) => ({ ...forgery, route })));

describe(`${forgeries.length} forged tokens at ${routes.length} routes, ${matrix.length} requests`, () => {
  it('leave no route out', () => {
    expect([...routesOf(tab.routes)].sort()).toEqual([...routes].sort());
  });

  it.each(matrix)('$what is refused at $route', async ({ who, query, reason, status, route }) => {
    const { method, path } = addressOf(route);
    const more = query ? `${path.includes('?') ? '&' : '?'}${query()}` : '';
    const given = who();
    const answer = await ask(method, `${path}${more}`, given);
    // Nobody chooses to be somebody in production, with or without a role.
    const expected = route === 'POST /demo-person' ? 401 : (status ?? 401);
    expect(answer.status).toBe(expected);
    const told = JSON.parse(answer.text);
    expect(told.message).toMatch(/^\S.*\.$/);
    expect(Object.keys(told).sort()).toEqual(['kind', 'message']);
    expect([tab.called.length, tab.audited.length]).toEqual([before.called, before.audited]);
    if (route !== 'POST /demo-person') expect(lines.join('')).toContain(`"reason":"${reason}"`);
    // Of a token nothing is logged or sent back.
    const tokens = given
      .flatMap(([, value]) => value.split(/[ .]/))
      .filter((one) => one.length > 8);
    expect(tokens.filter((one) => (lines.join('') + answer.text).includes(one))).toEqual([]);
  });
});

describe('a good token', () => {
  it.each(routes.filter((route) => route !== 'POST /demo-person'))(
    'is taken at %s',
    async (route) => {
      current = everyRole;
      const values = [
        'Officer',
        'CallHandler',
        'Advocate',
        'Supervisor',
        'Curator',
        'Administrator',
      ];
      const roles = values.map((one) => `Signpost.${one}`);
      const { method, path } = addressOf(route);
      const answer = await ask(method, path, bearer(minted({ claims: { roles } })));
      expect([401, 403, 503]).not.toContain(answer.status);
    },
  );

  it('gives the roles that both it and the directory name', async () => {
    current = ['supervisor', 'administrator'];
    const roles = ['Signpost.Supervisor', 'Signpost.Curator'];
    const answer = await ask('GET', '/me', bearer(minted({ claims: { roles } })));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      {
        id: '00000000-0000-4000-8000-00000000000d',
        name: 'Aisha Khan',
        roles: ['supervisor'],
      },
    ]);
  });

  it('of a guest with a role is taken, as advocates of other bodies are guests', async () => {
    current = ['advocate'];
    const claims = { acct: 1, roles: ['Signpost.Advocate'] };
    expect((await ask('GET', '/shared', bearer(minted({ claims })))).status).toBe(200);
  });

  it('is refused once it is used again after its end', async () => {
    const token = bearer(minted());
    expect((await ask('GET', '/me', token)).status).toBe(200);
    now += 3_661_000;
    expect((await ask('GET', '/me', token)).status).toBe(401);
  });

  it.each(routes)('is of no use at %s while the directory cannot be asked', async (route) => {
    current = 'unavailable';
    const { method, path } = addressOf(route);
    const answer = await ask(method, path, bearer(minted()));
    const expected = route === 'POST /demo-person' ? 401 : 503;
    expect(answer.status).toBe(expected);
    expect([tab.called.length, tab.audited.length]).toEqual([before.called, before.audited]);
  });
});

describe('the published keys', () => {
  it('are fetched once for many tokens, and again for a name that is not known, but not each time', async () => {
    const fetched = identity.entraKeyFetches();
    for (let n = 0; n < 5; n += 1) await ask('GET', '/me', bearer(minted()));
    for (let n = 0; n < 5; n += 1)
      await ask('GET', '/me', bearer(minted({ header: { kid: `made-up-${n}` } })));
    expect(identity.entraKeyFetches() - fetched).toBeLessThanOrEqual(1);
  });

  it.each(['failing', 'silent'] as const)(
    'that cannot be had (%s) refuse everybody in a plain sentence, and nobody asks for them at once again',
    async (mood) => {
      const other = await startIdentityDouble({ appId: 'bot', serviceUrl: 'https://x.example/' });
      const cold = await startTab({ identity: productionIdentity(other) });
      other.become(mood);
      const headers = { authorization: `Bearer ${other.mintForTab()}` };
      const answers = [
        await cold.as(undefined, 'GET', '/reviews', { headers }),
        await cold.as(undefined, 'GET', '/reviews', { headers }),
      ];
      for (const { status, text } of answers)
        expect([status, JSON.parse(text)]).toEqual([
          503,
          {
            kind: 'sign-in-unavailable',
            message: expect.stringMatching(/cannot be checked at the moment.*Try again/),
          },
        ]);
      expect(cold.called).toEqual([]);
      expect(lines.filter((line) => line.includes('keys-not-fetched'))).toHaveLength(1);
      await cold.stop();
      await other.close();
    },
  );
});
