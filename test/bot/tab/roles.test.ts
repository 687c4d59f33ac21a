import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/roles.js';
import { aShare, demoPerson, startTab, type Tab } from './tab-setup.js';

/**
 * Who may do what at each route, written out by hand a second time: a change of the table in `roles.ts` that nobody
 * meant is seen here.
 */

const roles = [
  'officer',
  'call-handler',
  'advocate',
  'supervisor',
  'curator',
  'administrator',
] as const satisfies readonly Role[];

/** Statuses in the order of `roles`, for a case one works on, for another, and for an id that is nobody's. */
type Cells = readonly [number, number, number, number, number, number];
type CaseRoute = {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly action: string;
  readonly own: Cells;
  readonly other: Cells;
  readonly unknown: Cells;
};

const act = (kind: string, more: object = {}) => ({ seen: 1, act: { kind, ...more } });
const supervisorsOnly = {
  own: [403, 403, 403, 200, 403, 403],
  other: [403, 403, 403, 200, 403, 403],
  unknown: [403, 403, 403, 404, 403, 403],
} as const;
const reading = {
  own: [200, 200, 200, 200, 403, 403],
  other: [404, 404, 404, 200, 403, 403],
  unknown: [404, 404, 404, 404, 403, 403],
} as const;

const caseRoutes: readonly CaseRoute[] = [
  { method: 'GET', path: '', action: 'read-review', ...reading },
  { method: 'GET', path: '/versions/1', action: 'read-review', ...reading },
  { method: 'GET', path: '/timeline.png', action: 'read-review', ...reading },
  {
    method: 'POST',
    path: '/acts',
    body: act('line-checked', { line: 'x FC01', isChecked: true }),
    action: 'edit-line',
    ...supervisorsOnly,
  },
  {
    method: 'POST',
    path: '/acts',
    body: act('line-edited', { line: 'x FC01', text: 'She said so.', why: 'clearer' }),
    action: 'edit-line',
    ...supervisorsOnly,
  },
  {
    method: 'POST',
    path: '/acts',
    body: act('point-answered', { point: 1, answer: 'yes' }),
    action: 'edit-line',
    ...supervisorsOnly,
  },
  {
    method: 'POST',
    path: '/acts',
    body: act('handed', { to: 'somebody' }),
    action: 'hand-review',
    ...supervisorsOnly,
  },
  {
    method: 'POST',
    path: '/acts',
    body: act('returned', { codes: ['wording'], note: 'Please look again.', lines: [] }),
    action: 'decide-review',
    ...supervisorsOnly,
  },
  {
    method: 'POST',
    path: '/acts',
    body: act('approved'),
    action: 'decide-review',
    ...supervisorsOnly,
  },
  {
    method: 'POST',
    path: '/submit',
    body: {},
    action: 'submit-review',
    own: [200, 200, 403, 200, 403, 403],
    other: [404, 404, 403, 404, 403, 403],
    unknown: [404, 404, 403, 404, 403, 403],
  },
  { method: 'GET', path: '/history', action: 'read-history', ...supervisorsOnly },
  {
    method: 'POST',
    path: '/export',
    body: { format: 'pdf', purpose: 'Court file' },
    action: 'export-review',
    own: [200, 403, 403, 200, 403, 403],
    other: [404, 403, 403, 200, 403, 403],
    unknown: [404, 403, 403, 404, 403, 403],
  },
  {
    method: 'POST',
    path: '/copy',
    body: { format: 'pdf', route: 'by-hand' },
    action: 'copy-for-person',
    own: [200, 403, 200, 200, 403, 403],
    other: [404, 403, 404, 200, 403, 403],
    unknown: [404, 403, 404, 404, 403, 403],
  },
];

const someTask = '00000000-0000-4000-8000-000000000aaa';

/** By those who work on the case; the advocate neither sees with whom else it is shared, nor shares it on. */
const sharing = {
  own: [200, 200, 403, 200, 403, 403],
  other: [404, 404, 403, 200, 403, 403],
  unknown: [404, 404, 403, 404, 403, 403],
} as const;

/** Supervisors and administrators name others and lift that; whoever works on a case may declare their own. */
const conflictRoutes: readonly CaseRoute[] = [
  ...(
    [
      { method: 'GET', path: '/conflicts' },
      {
        ...{ method: 'POST', path: '/conflicts' },
        body: { person: 'somebody', why: 'close-to-a-party' },
      },
      { method: 'POST', path: '/conflicts/1/lift', body: { why: 'named-in-error' } },
    ] as const
  ).map((route) => ({
    ...{ ...route, action: 'name-conflict' },
    own: [403, 403, 403, 200, 403, 200] as const,
    other: [403, 403, 403, 200, 403, 200] as const,
    unknown: [403, 403, 403, 404, 403, 404] as const,
  })),
  {
    ...{ method: 'POST', path: '/conflicts/own', body: {}, action: 'declare-conflict' },
    own: [200, 200, 403, 200, 403, 403],
    other: [404, 404, 403, 200, 403, 403],
    unknown: [404, 404, 403, 404, 403, 403],
  },
];

const shareRoutes: readonly CaseRoute[] = [
  { method: 'GET', path: '/shares', action: 'share-case', ...sharing },
  {
    method: 'POST',
    path: '/shares',
    body: {
      answer: 'agreed',
      with: demoPerson('advocate').id,
      agreement: { on: '2026-11-20', way: 'in-person', parts: [] },
    },
    action: 'share-case',
    ...sharing,
  },
  {
    method: 'POST',
    path: '/shares/00000000-0000-4000-8000-00000000beef/end',
    body: { why: 'agreement-withdrawn' },
    action: 'share-case',
    ...sharing,
  },
  {
    method: 'POST',
    path: '/leave',
    body: {},
    action: 'leave-case',
    own: [403, 403, 200, 403, 403, 403],
    other: [403, 403, 404, 403, 403, 403],
    unknown: [403, 403, 404, 403, 403, 403],
  },
];

const listRoutes: readonly {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly action: string;
  readonly cells: Cells;
}[] = [
  { method: 'GET', path: '/me', action: '', cells: [200, 200, 200, 200, 200, 200] },
  {
    method: 'GET',
    path: '/reviews',
    action: 'list-reviews',
    cells: [200, 200, 403, 200, 403, 403],
  },
  { method: 'GET', path: '/shared', action: 'list-shared', cells: [403, 403, 200, 403, 403, 403] },
  {
    method: 'GET',
    path: '/commitments',
    action: 'list-commitments',
    cells: [200, 200, 403, 200, 403, 403],
  },
  {
    method: 'POST',
    path: '/commitments/some-key',
    body: { done: true, note: 'Rang her at noon.' },
    action: 'close-commitment',
    cells: [200, 200, 403, 200, 403, 403],
  },
  {
    method: 'GET',
    path: '/overview?weeks=12',
    action: 'read-overview',
    cells: [403, 403, 403, 200, 403, 200],
  },
  { method: 'GET', path: '/due', action: 'retain-cases', cells: [403, 403, 403, 200, 403, 200] },
  {
    method: 'GET',
    path: '/curation',
    action: 'read-curation',
    cells: [403, 403, 403, 403, 200, 200],
  },
  {
    method: 'GET',
    path: '/tasks?state=open&kind=withheld',
    action: 'read-curation',
    cells: [403, 403, 403, 403, 200, 200],
  },
  {
    method: 'POST',
    path: `/tasks/${someTask}/again`,
    body: {},
    action: 'work-on-task',
    cells: [403, 403, 403, 403, 422, 403],
  },
  {
    method: 'POST',
    path: `/tasks/${someTask}/close`,
    body: { as: 'done', note: 'Added a passage.' },
    action: 'work-on-task',
    cells: [403, 403, 403, 403, 200, 403],
  },
  { method: 'GET', path: '/audit', action: 'search-audit', cells: [403, 403, 403, 403, 403, 200] },
];

let tab: Tab;
beforeAll(async () => {
  tab = await startTab();
});
afterAll(() => tab.stop());

const nobodys = '00000000-0000-4000-8000-00000000dead';
const ofCases = [...caseRoutes, ...shareRoutes, ...conflictRoutes];
const cases = ofCases.flatMap(({ own, other, unknown, ...route }) =>
  roles.flatMap((role, index) =>
    (
      [
        ['own', own],
        ['other', other],
        ['unknown', unknown],
      ] as const
    ).map(([which, cells]) => ({ ...route, role, which, status: cells[index] ?? 0 })),
  ),
);
const lists = listRoutes.flatMap(({ cells, ...route }) =>
  roles.map((role, index) => ({ ...route, role, status: cells[index] ?? 0 })),
);
const kindOf = (status: number) => (status === 403 ? 'not-allowed' : 'not-found');

/** Entries and calls since the test began. */
let before: { readonly audited: number; readonly called: number };
beforeEach(() => {
  before = { audited: tab.audited.length, called: tab.called.length };
});
const audited = () => tab.audited.slice(before.audited);
const called = () => tab.called.slice(before.called);

describe('the routes of a review', () => {
  it('are tried for every role, every act and every kind of case', () => {
    expect(cases).toHaveLength(21 * 6 * 3);
  });

  it.each(cases)(
    '$method $path ($action) answers $role with $status on a case that is $which',
    async ({ method, path, body, action, role, which, status }) => {
      const review = which === 'unknown' ? undefined : tab[which];
      const address = `/reviews/${review?.id ?? nobodys}${path}`;
      const answer = await tab.as(role, method, address, { body });
      expect(answer.status).toBe(status);
      if (status === 200) {
        expect(audited().filter(({ what }) => what === 'access-refused')).toEqual([]);
        return;
      }
      const why = status === 403 ? 'role' : review ? 'not-their-case' : 'no-such-review';
      expect(JSON.parse(answer.text).kind).toBe(kindOf(status));
      expect(called()).toEqual([]);
      expect(audited()).toEqual([
        {
          at: '2026-11-20T10:00:00.000Z',
          by: demoPerson(role).id,
          what: 'access-refused',
          caseId: review?.caseId ?? null,
          detail: { action, why },
        },
      ]);
    },
  );
});

describe('somebody with a conflict of interest', () => {
  it.each(ofCases.flatMap((route) => roles.map((role) => ({ ...route, role }))))(
    'is answered at $method $path as $role as if there were no such case, whatever is shared with them',
    async ({ method, path, body, action, role }) => {
      const { id } = demoPerson(role);
      const closed = await startTab({ barred: [id] });
      const [theirs, none] = [closed.own.id, nobodys].map((review) =>
        closed.as(role, method, `/reviews/${review}${path}`, { body }),
      );
      const [answer, absent] = [await theirs, await none];
      expect([answer?.status, answer?.text]).toEqual([absent?.status, absent?.text]);
      expect([403, 404]).toContain(answer?.status);
      expect(closed.called).toEqual([]);
      const why = answer?.status === 403 ? 'role' : 'conflict-of-interest';
      expect(closed.audited.filter(({ caseId }) => caseId === closed.own.caseId)).toMatchObject([
        { by: id, what: 'access-refused', detail: { action, why } },
      ]);
      await closed.stop();
    },
  );

  it('finds nothing of the case in a search of the audit, which is told to leave it out', async () => {
    const { id } = demoPerson('administrator');
    const closed = await startTab({ barred: [id] });
    await closed.as('administrator', 'GET', '/audit');
    expect(closed.called).toEqual([['search', { except: [closed.own.caseId] }, 500]]);
    await closed.stop();
  });
});

describe('naming a conflict of interest', () => {
  it.each([
    ['nobody', '/conflicts', { why: 'declared' }],
    ['no reason', '/conflicts', { person: 'x' }],
    ['a reason in words', '/conflicts', { person: 'x', why: 'his brother' }],
    ['a record that is words', '/conflicts', { person: 'x', why: 'declared', record: 'Ask Jo' }],
    ['another record without its number', '/conflicts', { person: 'x', why: 'other-recorded' }],
    ['somebody else’s name, when declaring', '/conflicts/own', { person: 'x' }],
    ['no reason to lift it', '/conflicts/1/lift', {}],
  ])('is refused with %s, before anything is called', async (_, path, body) => {
    const answer = await tab.as('supervisor', 'POST', `/reviews/${tab.own.id}${path}`, { body });
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([400, 'not-understood']);
    expect(called()).toEqual([]);
  });

  it.each(['0', '-1', 'x', '1.5', '9'.repeat(40)])(
    'lifts none by the number %s',
    async (number) => {
      const path = `/reviews/${tab.own.id}/conflicts/${number}/lift`;
      const answer = await tab.as('supervisor', 'POST', path, { body: { why: 'named-in-error' } });
      expect(answer.status).toBe(404);
      expect(called()).toEqual([]);
    },
  );
});

describe('the other routes', () => {
  it('are tried for every role', () => {
    expect(lists).toHaveLength(12 * 6);
  });

  it.each(lists)(
    '$method $path answers $role with $status',
    async ({ method, path, body, action, role, status }) => {
      const answer = await tab.as(role, method, path, { body });
      expect(answer.status).toBe(status);
      if (status !== 403) return;
      expect(JSON.parse(answer.text).kind).toBe('not-allowed');
      expect(called()).toEqual([]);
      expect(audited()).toMatchObject([
        { by: demoPerson(role).id, what: 'access-refused', detail: { action, why: 'role' } },
      ]);
    },
  );
});

describe('refusals', () => {
  it.each(caseRoutes.filter(({ other }) => other[0] === 404))(
    'of $method $path do not tell another’s case from none',
    async ({ method, path, body }) => {
      const [theirs, none, malformed] = await Promise.all(
        [tab.other.id, nobodys, 'no-id-at-all'].map((id) =>
          tab.as('officer', method, `/reviews/${id}${path}`, { body }),
        ),
      );
      expect(none?.text).toBe(theirs?.text);
      expect(malformed?.text).toBe(theirs?.text);
      expect([theirs?.status, none?.status, malformed?.status]).toEqual([404, 404, 404]);
    },
  );
});

describe('a curator’s task', () => {
  it.each(['/tasks/no-id/again', '/tasks/1/close', `/tasks/${'x'.repeat(500)}/close`])(
    'that %s does not name is not found, whatever is sent',
    async (path) => {
      const answer = await tab.as('curator', 'POST', path, { body: { as: 'done', note: 'x' } });
      expect(answer.status).toBe(404);
      expect(called()).toEqual([]);
    },
  );

  it.each([
    { as: 'open', note: 'x' },
    { as: 'done', note: ' ' },
    { as: 'done', note: 'x'.repeat(2_001) },
    { as: 'done' },
    { as: 'done', note: 'x', by: 'somebody' },
    [],
  ])('is not closed by %j', async (body) => {
    const answer = await tab.as('curator', 'POST', `/tasks/${someTask}/close`, { body });
    expect(answer.status).toBe(400);
    expect(called()).toEqual([]);
  });

  it.each(['?state=all', '?kind=liked', '?limit=5'])('is not listed by “%s”', async (query) => {
    const answer = await tab.as('curator', 'GET', `/tasks${query}`);
    expect(answer.status).toBe(400);
    expect(called()).toEqual([]);
  });
});

describe('an advocate', () => {
  const now = { by: demoPerson('advocate').id, at: '2026-11-20T09:00:00.000Z' } as const;
  const agreement = aShare().agreement;
  it.each([
    ['was never shared with them', [], 'not-found', 'not-their-case'],
    [
      'is shared with another',
      [aShare({ with: demoPerson('curator').id })],
      'not-found',
      'not-their-case',
    ],
    [
      'is no longer shared with them',
      [aShare({ ended: { ...now, why: 'left' } })],
      'no-longer-shared',
      'no-longer-shared',
    ],
    [
      'was shared with them until yesterday',
      [aShare({ agreement: { ...agreement, until: '2026-11-19' } })],
      'no-longer-shared',
      'no-longer-shared',
    ],
  ])(
    'is refused a case that %s, though they are among its people',
    async (_, shares, kind, why) => {
      const closed = await startTab({ shares });
      const routes = [...caseRoutes, ...shareRoutes].filter(({ own }) => own[2] === 200);
      expect(routes.length).toBeGreaterThan(3);
      for (const { method, path, body, action } of routes) {
        const answer = await closed.as('advocate', method, `/reviews/${closed.own.id}${path}`, {
          body,
        });
        expect([path, answer.status, JSON.parse(answer.text).kind]).toEqual([path, 404, kind]);
        expect(closed.audited.at(-1)?.detail).toEqual({ action, why });
      }
      expect(closed.called).toEqual([]);
      await closed.stop();
    },
  );

  it('sees a case through the last day that was agreed', async () => {
    const until = { ...agreement, until: '2026-11-20' };
    const open = await startTab({ shares: [aShare({ agreement: until })] });
    expect((await open.as('advocate', 'GET', `/reviews/${open.own.id}`)).status).toBe(200);
    await open.stop();
  });

  it('has no stream of the queue', async () => {
    expect((await tab.as('advocate', 'GET', '/changes')).status).toBe(403);
  });
});

describe('sharing a case', () => {
  const path = () => `/reviews/${tab.own.id}/shares`;
  const agreed = {
    answer: 'agreed',
    with: 'somebody',
    agreement: { on: '2026-11-20', way: 'in-person', parts: [] },
  };
  it.each([
    ['an agreement that is not there', { answer: 'agreed', with: 'somebody' }],
    ['an agreement beside another answer', { ...agreed, answer: 'declined' }],
    ['an answer nobody could give', { ...agreed, answer: 'presumed' }],
    [
      'a part that is never shared',
      { ...agreed, agreement: { ...agreed.agreement, parts: ['S9'] } },
    ],
    [
      'a part named twice',
      { ...agreed, agreement: { ...agreed.agreement, parts: ['plan', 'plan'] } },
    ],
    ['a day that is none', { ...agreed, agreement: { ...agreed.agreement, on: '2026-02-30' } }],
    [
      'limits without end',
      { ...agreed, agreement: { ...agreed.agreement, limits: 'x'.repeat(2_001) } },
    ],
    ['nothing', {}],
  ])('is refused with %s, before anything is called', async (_, body) => {
    const answer = await tab.as('officer', 'POST', path(), { body });
    expect([answer.status, JSON.parse(answer.text).kind]).toEqual([400, 'not-understood']);
    expect(called()).toEqual([]);
  });

  it('is ended only with a reason, and another reason only with a note', async () => {
    const end = `${path()}/00000000-0000-4000-8000-00000000beef/end`;
    for (const body of [{}, { why: 'other' }, { why: 'left' }])
      expect((await tab.as('officer', 'POST', end, { body })).status).toBe(400);
    expect(
      (await tab.as('officer', 'POST', `${path()}/none/end`, { body: { why: 'no-longer-needed' } }))
        .status,
    ).toBe(404);
    expect(called()).toEqual([]);
  });
});
