import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/roles.js';
import { demoPerson, startTab, type Tab } from './tab-setup.js';

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
    method: 'GET',
    path: '/export?format=pdf&purpose=Court%20file',
    action: 'export-review',
    own: [200, 403, 403, 200, 403, 403],
    other: [404, 403, 403, 200, 403, 403],
    unknown: [404, 403, 403, 404, 403, 403],
  },
  {
    method: 'GET',
    path: '/copy?format=pdf&route=by-hand',
    action: 'copy-for-person',
    own: [200, 403, 200, 200, 403, 403],
    other: [404, 403, 404, 200, 403, 403],
    unknown: [404, 403, 404, 404, 403, 403],
  },
];

const someTask = '00000000-0000-4000-8000-000000000aaa';

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
    cells: [200, 200, 200, 200, 403, 403],
  },
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
const cases = caseRoutes.flatMap(({ own, other, unknown, ...route }) =>
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
    expect(cases).toHaveLength(12 * 6 * 3);
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

describe('the other routes', () => {
  it('are tried for every role', () => {
    expect(lists).toHaveLength(10 * 6);
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
