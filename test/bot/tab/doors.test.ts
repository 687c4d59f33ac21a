import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { demoPeople } from '../../../bot/tab/demo-people.js';
import { type Identity, makeDemoIdentity } from '../../../bot/tab/identify.js';
import { post } from '../transport-setup.js';
import { demoPerson, listenTo, startTab, type Tab } from './tab-setup.js';

/** Who is let in at all, and what may be handed in. */

let running: Tab[] = [];
const start = async (...wishes: Parameters<typeof startTab>): Promise<Tab> => {
  const tab = await startTab(...wishes);
  running.push(tab);
  return tab;
};
afterEach(async () => {
  await Promise.all(running.map((tab) => tab.stop()));
  running = [];
});

const everyRoute: readonly (readonly [string, string])[] = [
  ['GET', '/me'],
  ['GET', '/reviews'],
  ['GET', '/reviews/00000000-0000-4000-8000-00000000dead'],
  ['POST', '/reviews/00000000-0000-4000-8000-00000000dead/acts'],
  ['POST', '/reviews/00000000-0000-4000-8000-00000000dead/submit'],
  ['GET', '/reviews/00000000-0000-4000-8000-00000000dead/history'],
  ['POST', '/reviews/00000000-0000-4000-8000-00000000dead/export'],
  ['POST', '/reviews/00000000-0000-4000-8000-00000000dead/copy'],
  ['GET', '/reviews/00000000-0000-4000-8000-00000000dead/timeline.png'],
  ['GET', '/commitments'],
  ['POST', '/commitments/some-key'],
  ['GET', '/overview'],
  ['GET', '/due'],
  ['GET', '/audit'],
  ['GET', '/changes'],
  ['POST', '/demo-person'],
  ['GET', '/nothing-here'],
];
const signedOut = {
  kind: 'signed-out',
  message: 'You are not signed in. Open this page again in Teams.',
};

const nobody: Identity = { identify: async () => ({ kind: 'signed-out' }) };

describe('who asks', () => {
  it.each(everyRoute)('is nobody who is not known: %s %s answers 401', async (method, path) => {
    const tab = await start({ identity: nobody });
    const body = method === 'POST' ? { id: demoPerson('officer').id } : undefined;
    const answer = await tab.as(undefined, method, path, { body });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([401, signedOut]);
    expect([tab.called, tab.audited]).toEqual([[], []]);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('is the first supervisor when the page opens in local mode, and then whoever is chosen', async () => {
    const tab = await start();
    const opened = await tab.as(undefined, 'GET', '/me');
    expect([opened.status, JSON.parse(opened.text)]).toEqual([
      200,
      { ...demoPerson('supervisor'), demoPeople },
    ]);
    const me = await tab.as('advocate', 'GET', '/me');
    expect(JSON.parse(me.text)).toEqual({ ...demoPerson('advocate'), demoPeople });
  });

  it('is kept in a cookie that no script reads and no other site sends', async () => {
    const tab = await start();
    const { id } = demoPerson('curator');
    const answer = await tab.as(undefined, 'POST', '/demo-person', { body: { id } });
    expect(String(answer.headers['set-cookie'])).toMatch(
      new RegExp(`^signpost-demo=${id}\\.[\\w-]{43}; Path=/tab; HttpOnly; SameSite=Strict$`),
    );
  });

  it('is nobody with a cookie that was forged, changed, doubled or left out', async () => {
    const tab = await start();
    const good = await tab.cookieOf('supervisor');
    const { id } = demoPerson('supervisor');
    const forged = createHmac('sha256', 'guessed').update(id).digest('base64url');
    const cookies = [
      '',
      'signpost-demo=',
      `signpost-demo=${id}`,
      `signpost-demo=${id}.`,
      `signpost-demo=${id}.${forged}`,
      good.replace(id, demoPerson('administrator').id),
      `${good}x`,
      `${good}.more`,
      `${good}; ${await tab.cookieOf('officer')}`,
    ];
    for (const cookie of cookies) {
      const answer = await tab.as(undefined, 'GET', '/reviews', { headers: { cookie } });
      expect([cookie, answer.status]).toEqual([cookie, 401]);
    }
    expect((await tab.as('supervisor', 'GET', '/reviews')).status).toBe(200);
  });

  it('cannot be chosen by an id that is none of the demo’s', async () => {
    const tab = await start();
    const answer = await tab.as(undefined, 'POST', '/demo-person', { body: { id: 'oid-1' } });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([404, undefined]);
  });

  it.each([
    ['through a proxy on this machine', { 'x-forwarded-for': '10.0.0.5' }],
    ['under a name that points here', { host: 'signpost.example' }],
  ])('is nobody %s, even with a good cookie', async (_, headers) => {
    const tab = await start();
    for (const [method, path] of everyRoute.filter(([method]) => method === 'GET')) {
      const answer = await tab.as('supervisor', method, path, { headers });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  it('is nobody when the socket is not this machine’s, whatever the headers say', async () => {
    const { identify, demo } = makeDemoIdentity(
      ({ socket }) => socket.remoteAddress !== '127.0.0.1',
      Buffer.from('secret'),
    );
    const { id } = demoPerson('supervisor');
    const headers = { cookie: demo?.choose(id)?.cookie.split(';')[0], host: 'localhost' };
    const from = (remoteAddress: string) =>
      ({ socket: { remoteAddress }, headers }) as unknown as Parameters<typeof identify>[0];
    expect(await identify(from('127.0.0.1'))).toEqual({
      kind: 'known',
      user: demoPerson('supervisor'),
    });
    expect(await identify(from('10.0.0.5'))).toEqual({ kind: 'signed-out' });
    expect(demo?.isOffered(from('10.0.0.5'))).toBe(false);
  });
});

describe('another site', () => {
  const posts = everyRoute.filter(([method]) => method === 'POST');
  const foreign = [
    ['without our header', { 'x-signpost-tab': '' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['from no origin', { origin: '' }],
    ['from an opaque origin', { origin: 'null' }],
    ['as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ] as const;
  it.each(
    posts.flatMap(([, path]) => foreign.map(([how, headers]) => [path, how, headers] as const)),
  )('changes nothing at %s %s', async (path, _, headers) => {
    const tab = await start();
    const body = { seen: 1, act: { kind: 'approved' } };
    const answer = await tab.as('supervisor', 'POST', path, { body, headers });
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([403, 'foreign-page']);
    expect(tab.called).toEqual([]);
  });

  it('has nothing given out to it either', async () => {
    const tab = await start();
    const path = `/reviews/${tab.own.id}/timeline.png`;
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await tab.as('supervisor', 'GET', path, { headers })).status).toBe(403);
    expect(tab.called).toEqual([]);
  });
});

describe('what is handed in', () => {
  const approved = { seen: 1, act: { kind: 'approved' } };
  it.each<[string, number, string]>([
    ['nothing', 400, ''],
    ['text', 400, 'approve it'],
    ['JSON cut short', 400, '{"seen":1'],
    ['null', 400, 'null'],
    ['a list', 400, '[]'],
    ['no act', 400, '{"seen":1}'],
    ['an act of another kind', 400, '{"seen":1,"act":{"kind":"deleted"}}'],
    ['a submission, which is not the page’s to make', 400, '{"seen":1,"act":{"kind":"submitted"}}'],
    ['who decides', 400, '{"seen":1,"by":"oid-1","act":{"kind":"approved"}}'],
    ['a time of its own', 400, '{"seen":1,"act":{"kind":"approved","at":"2020-01-01"}}'],
    ['what was seen as text', 400, '{"seen":"1","act":{"kind":"approved"}}'],
    ['nothing seen', 400, '{"seen":0,"act":{"kind":"approved"}}'],
    [
      'no reason for a no',
      400,
      '{"seen":1,"act":{"kind":"point-answered","point":1,"answer":"no"}}',
    ],
    [
      'a sixteenth point',
      400,
      '{"seen":1,"act":{"kind":"point-answered","point":16,"answer":"yes"}}',
    ],
    ['a prototype', 400, '{"seen":1,"__proto__":{"isSure":true},"act":{"kind":"approved"}}'],
    ['an object nested 5,000 deep', 400, `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['over 64 kB', 413, JSON.stringify({ ...approved, more: 'x'.repeat(70 * 1_024) })],
  ])('is refused when it is %s', async (_, status, raw) => {
    const tab = await start();
    const path = `/reviews/${tab.own.id}/acts`;
    const answer = await tab.as('supervisor', 'POST', path, { raw });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({
      kind: status === 413 ? 'too-large' : 'not-understood',
      message: expect.stringMatching(/^\S.*\.$/),
    });
    expect(tab.called).toEqual([]);
  });

  it('is refused when it is not declared as JSON', async () => {
    const tab = await start();
    const given = { body: approved, headers: { 'content-type': 'text/plain' } };
    const answer = await tab.as('supervisor', 'POST', `/reviews/${tab.own.id}/acts`, given);
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([415, 'not-json']);
  });

  it.each([
    '/reviews?page=0',
    '/reviews?page=none',
    '/reviews?state=deleted',
    '/reviews?state=waiting&state=approved',
    '/reviews?only=nobody',
    `/reviews?search=${'x'.repeat(61)}`,
    '/overview?weeks=1000',
  ])('is refused in the address as well: %s', async (path) => {
    const tab = await start();
    const answer = await tab.as('supervisor', 'GET', path);
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([400, 'not-understood']);
    expect(tab.called).toEqual([]);
  });

  it.each<[string, object]>([
    ['export', { format: 'exe', purpose: 'Court' }],
    ['export', { format: 'pdf' }],
    ['export', { format: 'pdf', purpose: '   ' }],
    ['copy', { format: 'pdf' }],
    ['copy', { format: 'pdf', route: 'pigeon' }],
  ])('does not give out %s: %o', async (document, body) => {
    const tab = await start();
    const path = `/reviews/${tab.own.id}/${document}`;
    const answer = await tab.as('supervisor', 'POST', path, { body });
    expect([answer.status, tab.called]).toEqual([400, []]);
  });

  it.each(['export?format=pdf&purpose=Court%20file', 'copy?format=pdf&route=by-hand'])(
    'gives out no document to an address alone, which is kept in logs on the way: %s',
    async (asked) => {
      const tab = await start();
      const path = `/reviews/${tab.own.id}/${asked}`;
      const statuses = [
        (await tab.as('supervisor', 'GET', path)).status,
        (await tab.as('supervisor', 'POST', path, { body: {} })).status,
      ];
      expect([statuses, tab.called]).toEqual([[404, 400], []]);
    },
  );

  it('may be a malformed address, which is answered like any other mistake', async () => {
    const tab = await start();
    const answer = await tab.as('supervisor', 'GET', '/reviews/%zz');
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([400, 'not-understood']);
  });
});

describe('what is handed out', () => {
  it('is kept by nobody on the way, and a document is kept as a file', async () => {
    const tab = await start();
    const path = `/reviews/${tab.own.id}/export`;
    const body = { format: 'pdf', purpose: 'Court file' };
    const { headers, status, text } = await tab.as('supervisor', 'POST', path, { body });
    expect({ status, text }).toEqual({ status: 200, text: 'bytes' });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename=summary.pdf',
      'x-content-type-options': 'nosniff',
    });
    expect(tab.called).toEqual([
      [
        'exportReview',
        tab.own.id,
        demoPerson('supervisor'),
        { format: 'pdf', purpose: 'Court file' },
      ],
    ]);
  });

  it.each([
    [{ kind: 'own-case' }, 403],
    [{ kind: 'not-allowed' }, 403],
    [{ kind: 'changed-since', differences: [], detail: {} }, 409],
    [{ kind: 'already-decided', differences: [], detail: {} }, 409],
    [{ kind: 'stale', differences: [], detail: {} }, 409],
    [{ kind: 'blocked', findings: [] }, 422],
    [{ kind: 'warned', findings: [] }, 422],
    [{ kind: 'points-open', points: [3] }, 422],
    [{ kind: 'not-a-supervisor' }, 422],
  ])('is %o with status %i and a sentence', async (outcome, status) => {
    const tab = await start({ flows: { actOnReview: async () => outcome as never } });
    const body = { seen: 1, act: { kind: 'approved' } };
    const answer = await tab.as('supervisor', 'POST', `/reviews/${tab.own.id}/acts`, { body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({
      ...outcome,
      message: expect.stringMatching(/^\S.*\.$/),
    });
  });

  it('is a reference and nothing else when something failed, and so in the log', async () => {
    const tab = await start({
      flows: { openReview: () => Promise.reject(new Error('Jane Doe lives here')) },
    });
    const answer = await tab.as('supervisor', 'GET', `/reviews/${tab.own.id}`);
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([500, 'fault']);
    expect(answer.text + tab.logged()).not.toContain('Jane');
    const reference = /quote (\w{8})/.exec(answer.text)?.[1] ?? 'none';
    expect(tab.logged()).toContain(reference);
  });

  it('is nothing when it cannot be recorded', async () => {
    const tab = await start({ failAudit: true });
    for (const path of [`/reviews/${tab.own.id}/history`, '/audit']) {
      const who = path === '/audit' ? 'administrator' : 'supervisor';
      expect((await tab.as(who, 'GET', path)).status).toBe(500);
    }
    expect((await tab.as('officer', 'GET', `/reviews/${tab.other.id}`)).status).toBe(500);
    expect(tab.called).toEqual([]);
  });

  it('is the audit from the first to the end of the last day, the search recorded', async () => {
    const tab = await start();
    const answer = await tab.as('administrator', 'GET', '/audit?from=2026-11-01&to=2026-11-20');
    expect(answer.status).toBe(200);
    expect(tab.called).toEqual([
      ['search', { from: '2026-11-01', to: '2026-11-21T00:00:00.000Z', except: [] }, 500],
    ]);
    expect(tab.audited).toMatchObject([
      { what: 'audit-searched', detail: { from: '2026-11-01', to: '2026-11-20' } },
    ]);
  });
});

const stopping: (() => void)[] = [];
afterEach(() => {
  for (const stop of stopping.splice(0)) stop();
});
const listen = async (tab: Tab, cookie: string) => {
  const page = await listenTo(tab.port, cookie);
  stopping.push(page.stop);
  return page;
};
const counts = (waiting: number) =>
  `data: {"counts":{"waiting":${waiting},"returned":0,"approved":0}}\n\n`;

describe('the stream of changes', () => {
  it('tells the counts at once, and again when an item arrives', async () => {
    const tab = await start();
    const page = await listen(tab, await tab.cookieOf('supervisor'));
    expect(page.status).toBe(200);
    await vi.waitUntil(() => page.heard() === counts(2));
    tab.arrive();
    await vi.waitUntil(() => page.heard() === counts(2) + counts(3));
  });

  it('says nothing at a heartbeat when nothing changed', async () => {
    const tab = await start({ heartbeatMs: 20 });
    const page = await listen(tab, await tab.cookieOf('supervisor'));
    await vi.waitUntil(() => page.heard().endsWith(':\n\n'));
    expect(page.heard().replaceAll(':\n\n', '')).toBe(counts(2));
  });

  it('takes no more pages than it can serve, and again one when one has gone', async () => {
    const tab = await start({ mostListeners: 1 });
    const cookie = await tab.cookieOf('supervisor');
    const first = await listen(tab, cookie);
    const second = await tab.as('supervisor', 'GET', '/changes');
    expect([first.status, second.status, JSON.parse(second.text).kind]).toEqual([200, 503, 'busy']);
    for (const stop of stopping.splice(0)) stop();
    await vi.waitUntil(() => first.hasEnded());
    await vi.waitUntil(async () => (await listen(tab, cookie)).status === 200);
  });

  it('takes five pages of one person, and tells the sixth why it is not followed', async () => {
    const tab = await start({ mostListeners: 9 });
    const cookie = await tab.cookieOf('supervisor');
    for (let pages = 0; pages < 5; pages += 1) expect((await listen(tab, cookie)).status).toBe(200);
    const sixth = await tab.as('supervisor', 'GET', '/changes');
    expect([sixth.status, JSON.parse(sixth.text)]).toEqual([
      429,
      {
        kind: 'enough-pages',
        message:
          'You have this page open too many times, so this one does not follow what is new. Close one of the others, or reload to see what is new.',
      },
    ]);
  });

  it('is not for those who may not see the queue', async () => {
    const tab = await start();
    expect((await tab.as('curator', 'GET', '/changes')).status).toBe(403);
    expect((await tab.as(undefined, 'GET', '/changes')).status).toBe(401);
  });

  it('ends when the right to see it ends', async () => {
    let isThere = true;
    const identity: Identity = {
      identify: async () =>
        isThere ? { kind: 'known', user: demoPerson('supervisor') } : { kind: 'signed-out' },
    };
    const tab = await start({ identity });
    const page = await listen(tab, '');
    await vi.waitUntil(() => page.heard() === counts(2));
    isThere = false;
    tab.arrive();
    await vi.waitUntil(() => page.hasEnded());
    expect(page.heard()).toBe(counts(2));
  });
});

describe('the address of the API', () => {
  it('answers what is not there in the same words as what is not open', async () => {
    const tab = await start();
    const answer = await tab.as('supervisor', 'GET', '/nothing-here');
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([404, 'not-found']);
    expect((await post(tab.port, '', {}, '/tab/nothing', 'GET')).status).toBe(404);
  });
});
