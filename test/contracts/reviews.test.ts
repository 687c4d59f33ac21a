import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeReviews } from '../../src/adapters/postgres/reviews.js';
import { caseIdSchema, type ReviewId, reviewIdSchema } from '../../src/core/ids.js';
import type { ReviewAct } from '../../src/core/review.js';
import { pageSize, type ReviewQuery, reviewQuerySchema } from '../../src/core/review-list.js';
import type { NewNotice, ReviewFacts } from '../../src/flows/ports.js';
import {
  aCase,
  anEvent,
  aReview,
  at,
  colleague,
  describeReviewPorts,
  describeReviewStores,
  facts,
  officer,
  person,
  type ReviewPorts,
  submitted,
  supervisor,
  take,
} from './review-setup.js';
import { drivers, portsOver, usePlace } from './stores.js';

const checked = (line: string): ReviewAct => ({ kind: 'line-checked', line, isChecked: true });
const aNotice = (about: ReviewId, key: string): NewNotice => ({
  ...{ kind: 'returned', to: officer, about, dueAt: at, key },
});

describeReviewPorts('reviews', (ports) => {
  it('open with a first event, are found by id and by case, and know who may work on the case', async () => {
    const { id, caseId, caseRef } = await aReview(ports());
    const review = {
      ...{ id, caseId, caseRef, people: [officer], barred: [], shares: [] },
      events: [anEvent(1, submitted(caseRef), officer)],
    };
    expect(await ports().reviews.find(id)).toEqual(review);
    expect(await ports().reviews.findOfCase(caseId)).toEqual(review);
  });

  it('are one a case, however many are opened at once, with one entry', async () => {
    const { caseId, caseRef } = await aCase(ports());
    const opened = await Promise.all(
      Array.from({ length: 6 }, () => {
        const id = reviewIdSchema.parse(randomUUID());
        return ports().reviews.open(
          { id, caseId, caseRef },
          anEvent(1, submitted(caseRef), officer),
          facts(),
          { what: 'submitted', detail: {} },
        );
      }),
    );
    expect(opened.map(({ kind }) => kind).sort()).toEqual([...Array(5).fill('already'), 'opened']);
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(await ports().audit.listCase(caseId)).toHaveLength(1);
  });

  it('are not approved when the case holds more than was seen, and nothing is recorded', async () => {
    const { id, caseId } = await aReview(ports());
    const approve = (caseSeen: number) =>
      ports().reviews.change(id, ({ events }) => ({
        save: {
          event: anEvent(events.length + 1, { kind: 'approved' }),
          facts: facts({ state: 'approved', decidedAt: at }),
          audit: { what: 'approved', detail: {} },
          caseSeen,
        },
        result: 'approved',
      }));
    // One screening of two events.
    expect(await approve(2)).toBe('case-moved');
    expect((await ports().reviews.find(id))?.events).toHaveLength(1);
    expect(await ports().audit.listCase(caseId)).toHaveLength(1);
    expect(await approve(3)).toBe('approved');
    expect((await ports().reviews.find(id))?.events).toHaveLength(2);
  });

  it('are not found where there is none, and nothing is changed there', async () => {
    const id = reviewIdSchema.parse(randomUUID());
    expect(await ports().reviews.find(id)).toBeUndefined();
    expect(await ports().reviews.findOfCase(caseIdSchema.parse(randomUUID()))).toBeUndefined();
    expect(await take(ports(), id, checked('a'))).toBeUndefined();
  });

  it('keep every one of many changes at once, each decided on all before it, each with its entry', async () => {
    const { id, caseId } = await aReview(ports());
    const lines = Array.from({ length: 25 }, (_, i) => `line ${i}`);
    const seen = await Promise.all(lines.map((line) => take(ports(), id, checked(line))));
    expect(
      seen.map((review) => review?.events.length).sort((a, b) => Number(a) - Number(b)),
    ).toEqual(lines.map((_, i) => i + 1));
    const events = (await ports().reviews.find(id))?.events ?? [];
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 26 }, (_, i) => i + 1));
    expect((await ports().audit.listCase(caseId)).map(({ what, by }) => `${what} ${by}`)).toEqual([
      'submitted officer-1',
      ...lines.map(() => 'line-checked supervisor-1'),
    ]);
  });

  it('let one of two decisions at once stand, and show it to the other', async () => {
    const { id } = await aReview(ports());
    const decide = (by: typeof supervisor) =>
      ports().reviews.change(id, ({ events }) => {
        const decided = events.find(({ act }) => act.kind === 'approved');
        if (decided) return { result: `already by ${decided.by}` };
        const event = anEvent(events.length + 1, { kind: 'approved' }, by);
        const audit = { what: 'approved', detail: {} };
        const save = { event, facts: facts({ state: 'approved', decidedAt: at }), audit };
        return { save, result: `by ${by}` };
      });
    const results = await Promise.all([decide(supervisor), decide(colleague)]);
    const winner = results.find((result) => result?.startsWith('by '));
    expect([...results].sort()).toEqual([`already ${winner}`, winner]);
    expect((await ports().reviews.find(id))?.events).toHaveLength(2);
  });
});

describeReviewStores('reviews and what is saved with them', (ports) => {
  it('put their notices with the event, once', async () => {
    const { caseId, caseRef } = await aCase(ports());
    const review = { id: reviewIdSchema.parse(randomUUID()), caseId, caseRef };
    const [first, second] = [aNotice(review.id, randomUUID()), aNotice(review.id, randomUUID())];
    const audit = { what: 'submitted', detail: {} };
    const opening = anEvent(1, submitted(caseRef), officer);
    for (let i = 0; i < 2; i += 1)
      await ports().reviews.open(review, opening, facts(), audit, [first]);
    await ports().reviews.change(review.id, () => ({
      save: {
        ...{ event: anEvent(2, checked('a')), facts: facts() },
        ...{ audit: { what: 'line-checked', detail: {} }, notices: [first, second] },
      },
      result: undefined,
    }));
    const due = await ports().notices.claim(at, 100);
    expect(due.map(({ key }) => key).sort()).toEqual([first.key, second.key].sort());
  });

  it('save nothing of a change whose entry, notice or event is refused', async () => {
    const { id, caseId } = await aReview(ports());
    const before = await ports().reviews.find(id);
    const key = randomUUID();
    const good = {
      event: anEvent(2, checked('a')),
      facts: facts({ red: 3 }),
      audit: { what: 'line-checked', detail: {} },
      notices: [aNotice(id, key)],
    };
    for (const save of [
      { ...good, audit: { what: 'Not a kind', detail: {} } },
      { ...good, notices: [aNotice(id, '')] },
      { ...good, facts: facts({ red: -1 }) },
      { ...good, event: anEvent(3, checked('a')) },
    ])
      await expect(ports().reviews.change(id, () => ({ save, result: 1 }))).rejects.toThrow();
    expect(await ports().reviews.find(id)).toEqual(before);
    expect(await ports().audit.listCase(caseId)).toHaveLength(1);
    expect((await ports().notices.claim(at, 100)).filter((n) => n.key === key)).toEqual([]);
  });

  it('refuse a case under another name, and an event that is not the first', async () => {
    const { caseId, caseRef } = await aCase(ports());
    const review = { id: reviewIdSchema.parse(randomUUID()), caseId, caseRef };
    const audit = { what: 'submitted', detail: {} };
    const { open } = ports().reviews;
    const first = anEvent(1, submitted(caseRef), officer);
    await expect(open({ ...review, caseRef: 'SP-OTHER' }, first, facts(), audit)).rejects.toThrow();
    await expect(open(review, { ...first, seq: 2 }, facts(), audit)).rejects.toThrow();
    expect(await ports().reviews.findOfCase(caseId)).toBeUndefined();
  });
});

/** Some reviews, told apart in lists by their author. */
const some: Readonly<Record<string, Partial<ReviewFacts>>> = {
  plain: { submittedAt: '2026-11-18T09:00:00.000Z' },
  old: { submittedAt: '2026-11-10T09:00:00.000Z', scripts: ['first-contact', 'course-of-conduct'] },
  amber: { amber: 5, team: 'North', submittedAt: '2026-11-19T09:00:00.000Z' },
  red: { red: 1, submittedAt: '2026-11-19T11:00:00.000Z', isIncomplete: true },
  redder: { red: 4, amber: 2, submittedAt: '2026-11-19T12:00:00.000Z', team: 'South' },
  dated: { red: 1, checkDate: '2026-11-25', orderEnds: '2026-12-24' },
  overdue: {
    ...{ amber: 1, orderEnds: '2026-11-01', submittedAt: '2026-11-20T11:00:00.000Z' },
    ...{ handedTo: 'PS Example', handedToId: supervisor },
  },
  later: { checkDate: '2026-12-01', submittedAt: '2026-11-19T23:30:00.000Z' },
  returned: { state: 'returned', decidedAt: at, version: 2 },
};

type Asked = Partial<Record<keyof Omit<ReviewQuery, 'handedTo'>, unknown>> &
  Pick<ReviewQuery, 'handedTo'>;
const now = '2026-11-20T12:00:00.000Z';

describeReviewPorts('the queue of reviews', (ports) => {
  let made: Promise<Readonly<Record<string, Awaited<ReturnType<typeof aReview>>>>> | undefined;
  const make = async (on: ReviewPorts) => {
    const entries: [string, Awaited<ReturnType<typeof aReview>>][] = [];
    for (const [author, given] of Object.entries(some))
      entries.push([author, await aReview(on, { author, ...given })]);
    return Object.fromEntries(entries);
  };
  const all = () => {
    made ??= make(ports());
    return made;
  };
  const list = async (asked: Asked, only?: ReturnType<typeof person>) => {
    await all();
    const { handedTo, ...rest } = asked;
    const sees = only && ({ person: only, reach: 'own' } as const);
    const handed = handedTo === undefined ? {} : { handedTo };
    return ports().reviews.list({ ...reviewQuerySchema.parse(rest), ...handed }, now, sees);
  };
  const waiting = Object.keys(some).length - 1;

  it('gives each row whole', async () => {
    const { overdue } = await all();
    const { rows } = await list({ author: 'overdue' });
    const expected = facts({ author: 'overdue', ...some.overdue });
    expect(rows).toEqual([{ id: overdue?.id, caseRef: overdue?.caseRef, ...expected }]);
  });

  it.each<[string, Asked, readonly string[]]>([
    [
      'red first, then amber, then dates near, then oldest',
      { sort: 'urgent' },
      ['dated', 'red', 'redder', 'overdue', 'amber', 'later', 'old', 'plain'],
    ],
    [
      'the oldest first',
      { sort: 'oldest' },
      ['old', 'plain', 'amber', 'red', 'redder', 'later', 'dated', 'overdue'],
    ],
    ['check dates first', { sort: 'check-date', datesWithin: 400 }, ['dated', 'later', 'overdue']],
    ['red flags', { sort: 'oldest', flag: 'red' }, ['red', 'redder', 'dated']],
    ['amber flags', { sort: 'oldest', flag: 'amber' }, ['amber', 'redder', 'overdue']],
    ['a script', { script: 'course-of-conduct' }, ['old']],
    ['a team', { team: 'North' }, ['amber']],
    ['an author', { author: 'plain' }, ['plain']],
    ['what is handed to one supervisor', { handedTo: supervisor }, ['overdue']],
    ['nothing handed to another', { handedTo: colleague }, []],
    [
      'what is handed to nobody',
      { sort: 'oldest', handedTo: null, flag: 'amber' },
      ['amber', 'redder'],
    ],
    ['another state', { state: 'returned' }, ['returned']],
    [
      'waiting for a day or longer',
      { sort: 'oldest', olderThanHours: 24 },
      ['old', 'plain', 'amber', 'red', 'redder'],
    ],
    ['dates within five days, and those gone by', { datesWithin: 5 }, ['dated', 'overdue']],
    ['dates within four days', { datesWithin: 4 }, ['overdue']],
    ['several at once', { flag: 'red', datesWithin: 5, team: 'North' }, []],
    ['nothing by wildcards', { search: '%' }, []],
    ['a page past the last', { page: 2 }, []],
  ])('lists %s', async (_, asked, authors) => {
    const page = await list(asked);
    expect(page.rows.map(({ author }) => author)).toEqual(authors);
    expect(page.total).toBe(asked.page === 2 ? waiting : authors.length);
    expect(page.counts).toEqual({ waiting, returned: 1, approved: 0 });
  });

  it('lists the newest as the oldest turned about', async () => {
    const names = async (sort: string) => (await list({ sort })).rows.map(({ author }) => author);
    expect(await names('newest')).toEqual((await names('oldest')).toReversed());
  });

  it('finds a part of a reference in small letters', async () => {
    const { red } = await all();
    const search = (red?.caseRef ?? '').slice(2, 12).toLowerCase();
    const { rows, total } = await list({ search });
    expect([rows.map(({ author }) => author), total]).toEqual([['red'], 1]);
  });

  it('counts and lists for a person only what they may work on', async () => {
    const own = person('officer-9');
    await aReview(ports(), { author: 'own' }, await aCase(ports(), own));
    const page = await list({}, own);
    expect(page.rows.map(({ author }) => author)).toEqual(['own']);
    expect([page.total, page.counts]).toEqual([1, { waiting: 1, returned: 0, approved: 0 }]);
    expect((await list({}, person('nobody'))).rows).toEqual([]);
  });

  it('shows each of more than a page once', async () => {
    const team = randomUUID();
    for (let i = 0; i < pageSize + 2; i += 1) await aReview(ports(), { team });
    const pages = [
      await list({ team }),
      await list({ team, page: 2 }),
      await list({ team, page: 3 }),
    ];
    expect(pages.map(({ rows, total }) => [rows.length, total])).toEqual([
      [pageSize, pageSize + 2],
      [2, pageSize + 2],
      [0, pageSize + 2],
    ]);
    const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(pageSize + 2);
  });

  it('shows a review where its last change put it', async () => {
    const { id } = await aReview(ports(), { author: 'moved' });
    await take(ports(), id, { kind: 'approved' }, supervisor, {
      ...{ author: 'moved', state: 'approved', decidedAt: at, version: 1 },
    });
    expect((await list({ author: 'moved' })).rows).toEqual([]);
    const { rows } = await list({ author: 'moved', state: 'approved' });
    expect(rows.map((row) => [row.id, row.decidedAt])).toEqual([[id, at]]);
  });
});

describe.each(drivers)('two instances with reviews over $name', (driver) => {
  describe.skipIf(driver.isMissing)('of one store', () => {
    const place = usePlace(driver);

    it('save every change of both once, in one order, and one chain of entries', async () => {
      const { pool, open } = place();
      const another = pool.kind === 'postgres' ? await open() : pool;
      const here = portsOver(pool);
      const there = { ...here, reviews: makeReviews(another) };
      const ids = [(await aReview(here)).id, (await aReview(here)).id] as const;
      await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          take(i % 2 ? here : there, ids[i % 4 < 2 ? 0 : 1], checked(`line ${i}`)),
        ),
      );
      const found = await Promise.all(ids.map((id) => there.reviews.find(id)));
      expect(found.map((review) => review?.events.length)).toEqual([21, 21]);
      expect(await here.audit.verify()).toEqual(
        expect.objectContaining({ kind: 'whole', entries: 42 }),
      );
      if (another !== pool) await another.end();
    });
  });
});
