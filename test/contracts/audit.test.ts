import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAudit } from '../../src/adapters/postgres/audit.js';
import { migrate } from '../../src/adapters/postgres/migrate.js';
import { inTransaction, type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { verifyAudit } from '../../src/adapters/postgres/verify-audit.js';
import type { AuditEntry } from '../../src/flows/ports.js';
import { runCommand } from '../run-command.js';
import {
  aCase,
  aReview,
  at,
  colleague,
  describeReviewPorts,
  describeReviewStores,
  officer,
  supervisor,
  take,
} from './review-setup.js';
import { drivers, makeDatabase, makeFolder, type Place, portsOver, usePlace } from './stores.js';

function anEntry(given: Partial<AuditEntry> = {}): AuditEntry {
  return { at, by: supervisor, what: 'review-read', caseId: null, detail: {}, ...given };
}

describeReviewPorts('the audit', (ports) => {
  it('gives the entries of one case in the order they were written, whole', async () => {
    const { caseId } = await aCase(ports());
    const other = await aCase(ports());
    const detail = { purpose: 'court', copies: 2, isForPerson: false };
    const entries = [
      anEntry({ caseId }),
      anEntry({ caseId, what: 'exported', by: colleague, detail, at: '2026-11-19T10:00:00.123Z' }),
    ];
    for (const entry of [entries[0], anEntry({ caseId: other.caseId }), entries[1]])
      if (entry) await ports().audit.record(entry);
    expect(await ports().audit.listCase(caseId)).toEqual(
      entries.map((entry) => ({
        ...entry,
        seq: expect.any(Number),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      })),
    );
  });

  it('is searched by person, kind and time, the newest first, up to a limit', async () => {
    const who = [officer, supervisor, officer, officer];
    const what = 'searched-for';
    for (const [i, by] of who.entries())
      await ports().audit.record(anEntry({ by, what, at: `2026-11-2${i}T10:00:00.000Z` }));
    const days = async (wanted: object, limit = 10) =>
      (await ports().audit.search({ what, ...wanted }, limit)).map((entry) =>
        entry.at.slice(8, 10),
      );
    expect(await days({})).toEqual(['23', '22', '21', '20']);
    expect(await days({ by: officer })).toEqual(['23', '22', '20']);
    expect(
      await days({ from: '2026-11-21T10:00:00.000Z', to: '2026-11-23T10:00:00.000Z' }),
    ).toEqual(['22', '21']);
    expect(await days({}, 1)).toEqual(['23']);
    expect(await days({ what: 'nothing-of-the-kind' })).toEqual([]);
  });

  it('stays one chain when many write at once', async () => {
    const before = await ports().audit.verify();
    await Promise.all(Array.from({ length: 40 }, () => ports().audit.record(anEntry())));
    const after = await ports().audit.verify();
    expect([before.kind, after.kind]).toEqual(['whole', 'whole']);
    if (before.kind === 'whole' && after.kind === 'whole')
      expect(after.entries - before.entries).toBe(40);
  });

  it('takes no entry without a kind or person, or with more than a few words', async () => {
    const { record } = ports().audit;
    for (const bad of [{ what: '' }, { what: 'She said' }, { detail: { a: 'x'.repeat(5_000) } }])
      await expect(record(anEntry(bad))).rejects.toThrow();
  });

  it('stays whole when a screening goes on after its case was told of', async () => {
    const { caseId, caseRef } = await aCase(ports());
    await ports().audit.record(anEntry({ caseId }));
    const [screening] = await ports().screenings.listCase(caseId);
    if (!screening) throw new Error('the case has a screening');
    await ports().screenings.change(screening.id, ({ events }) => ({
      save: {
        ...{ seq: events.length + 1, at, by: officer, client: 'card', activityId: randomUUID() },
        act: { kind: 'danger' },
      },
      result: undefined,
    }));
    await ports().audit.record(anEntry({ caseId }));
    await aReview(ports(), {}, { caseId, caseRef });
    expect((await ports().audit.verify()).kind).toBe('whole');
  });
});

describeReviewStores('the audit of reads in the chat', (ports) => {
  it('holds who read a summary in the chat, and not who was shown a screening', async () => {
    const { caseId } = await aCase(ports());
    for (const what of ['screening', 'summary', 'held-answers'] as const)
      await ports().cases.recordRead({ caseId, by: officer, at, what });
    const entries = await ports().audit.listCase(caseId);
    expect(entries.map(({ what, by }) => [what, by])).toEqual([['summary-read', officer]]);
    expect((await ports().audit.verify()).kind).toBe('whole');
  });
});

const review = (seq: number) => `review_id = (select review_id from audit where seq = ${seq})`;

/**
 * What somebody who owns the tables did to a chain of eight: 1 submitted, 2–4 lines checked, 5 submitted in another
 * case, 6–7 a summary read, 8 another kind. `hashed` makes an entry's hash fit what it says again.
 */
const hashed = (seq: number) => `update audit a set hash = audit_hash(a) where seq = ${seq}`;
const tampering: readonly (readonly [
  string,
  readonly string[],
  { readonly seq: number; readonly why: string },
])[] = [
  [
    'an entry whose person was altered',
    [`update audit set who = 'supervisor-2' where seq = 3`],
    { seq: 3, why: 'it was altered' },
  ],
  [
    'an entry whose time was altered by a microsecond',
    [`update audit set at = at + interval '1 microsecond' where seq = 8`],
    { seq: 8, why: 'it was altered' },
  ],
  [
    'an entry whose detail was altered',
    [`update audit set detail = '{"version": 2}' where seq = 1`],
    { seq: 1, why: 'it was altered' },
  ],
  [
    'an entry altered together with its hash, by the one after it',
    [`update audit set who = 'supervisor-2' where seq = 3`, hashed(3)],
    { seq: 4, why: 'it does not follow the entry before it' },
  ],
  [
    'the newest entry altered together with its hash',
    [`update audit set what = 'read' where seq = 8`, hashed(8)],
    { seq: 8, why: 'it is not the one that was written last' },
  ],
  [
    'an entry that was deleted',
    ['delete from audit where seq = 6'],
    { seq: 6, why: 'it is missing' },
  ],
  [
    'the oldest entries that were deleted',
    ['delete from audit where seq <= 2'],
    { seq: 1, why: 'it is missing' },
  ],
  [
    'the newest entries that were deleted',
    ['delete from audit where seq >= 7'],
    { seq: 7, why: 'it is missing' },
  ],
  [
    'a deleted entry whose number the others took',
    [
      'delete from audit where seq = 6',
      ...[7, 8].map((seq) => `update audit set seq = seq - 1 where seq = ${seq}`),
    ],
    { seq: 6, why: 'it was altered' },
  ],
  [
    'an entry put in between',
    [
      ...[8, 7, 6].map((seq) => `update audit set seq = seq + 1 where seq = ${seq}`),
      `insert into audit (seq, at, who, what, detail, prev_hash, hash)
       select 6, at, 'supervisor-2', 'exported', '{}', hash, repeat('a', 64) from audit where seq = 5`,
      hashed(6),
    ],
    { seq: 7, why: 'it was altered' },
  ],
  [
    'an entry put in at the end',
    [
      `insert into audit (seq, at, who, what, detail, prev_hash, hash)
       select 9, at, 'supervisor-2', 'exported', '{}', hash, repeat('a', 64) from audit where seq = 8`,
      hashed(9),
    ],
    { seq: 9, why: 'it was put in beside the chain' },
  ],
  [
    'two entries that changed places',
    [
      'update audit set seq = 99 where seq = 6',
      'update audit set seq = 6 where seq = 7',
      'update audit set seq = 7 where seq = 99',
    ],
    { seq: 6, why: 'it was altered' },
  ],
  [
    'an altered event of a review',
    [`update review_events set act = act || '{"isChecked": false}' where seq = 2`],
    { seq: 2, why: 'the event of its review was altered' },
  ],
  [
    'an event of a review that was deleted',
    [`delete from review_events where seq = 4`],
    { seq: 4, why: 'the event of its review was altered' },
  ],
  [
    'an event of a review that was put in',
    [
      `insert into review_events select review_id, 2, acted_at, acted_by, '{"kind": "approved"}'
       from review_events where ${review(5)} and seq = 1`,
    ],
    {
      seq: 5,
      why: expect.stringMatching(/^event 2 of review [0-9a-f-]{36} has no entry after it$/),
    },
  ],
  [
    'an altered event of a screening',
    [
      `update screening_events set acted_by = 'officer-2' where seq = 2 and screening_id =
         (select s.id from screenings s join audit a on a.case_id = s.case_id where a.seq = 5)`,
    ],
    { seq: 5, why: 'the screenings of its case were altered before it' },
  ],
  [
    'a screening that was moved to another day',
    [
      `update screenings set started_at = started_at - interval '1 day' where case_id =
         (select case_id from audit where seq = 6)`,
    ],
    { seq: 6, why: 'the screenings of its case were altered before it' },
  ],
];

const guarded = ['audit', 'review_events', 'screening_events', 'screenings'];

describe.each(drivers)('a chain in $name', (driver) => {
  describe.skipIf(driver.isMissing)('that somebody tampered with', () => {
    const place = usePlace(driver);
    beforeAll(async () => {
      const ports = portsOver(place().pool);
      const { id } = await aReview(ports);
      for (const line of ['a', 'b', 'c'])
        await take(ports, id, { kind: 'line-checked', line, isChecked: true });
      await aReview(ports);
      const { caseId } = await aCase(ports);
      for (const by of [officer, colleague])
        await ports.cases.recordRead({ caseId, by, at, what: 'summary' });
      await ports.audit.record(anEntry({ what: 'access-refused' }));
    }, 60_000);

    it('is whole before', async () => {
      expect(await portsOver(place().pool).audit.verify()).toEqual({
        kind: 'whole',
        entries: 8,
        head: { seq: 8, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
    });

    it.each(tampering)('names %s', async (_, statements, expected) => {
      const found = await undone(place().pool, statements, (pool) => verifyAudit(pool));
      expect(found).toEqual({ kind: 'broken', ...expected });
    });

    it('needs an entry noted elsewhere to see that all was rewritten from one on', async () => {
      const { pool } = place();
      const [entry] = await portsOver(pool).audit.search({}, 1);
      if (!entry) throw new Error('there are entries');
      const rewritten = [
        `update audit set who = 'supervisor-2' where seq = 8`,
        hashed(8),
        'update audit_head set hash = (select hash from audit where seq = 8)',
      ];
      expect(await verifyAudit(pool, entry)).toEqual(expect.objectContaining({ kind: 'whole' }));
      const found = await undone(pool, rewritten, async (inside) => [
        await verifyAudit(inside),
        await verifyAudit(inside, entry),
        await verifyAudit(inside, { ...entry, seq: 12 }),
      ]);
      expect(found).toEqual([
        expect.objectContaining({ kind: 'whole', entries: 8 }),
        { kind: 'broken', seq: 8, why: 'it is not the entry that was noted' },
        { kind: 'broken', seq: 9, why: 'it is missing' },
      ]);
    });

    it.each([
      ...guarded.slice(0, 3).map((table) => `delete from ${table}`),
      `update audit set who = 'x'`,
      'truncate audit',
      `update review_events set acted_by = 'x'`,
      'truncate review_events cascade',
      'delete from reviews',
      `update reviews set case_ref = 'x'`,
    ])('is not tampered with by "%s"', async (statement) => {
      await expect(withClient(place().pool, (client) => client.query(statement))).rejects.toThrow(
        'append-only',
      );
    });

    it('takes no place or hash from whoever appends', async () => {
      const forged = `insert into audit (seq, at, who, what, detail, prev_hash, hash, event_hash)
        values (3, now(), 'x', 'forged', '{}', repeat('b', 64), repeat('c', 64), 'd')`;
      const found = await undone(place().pool, [], (pool) =>
        withClient(pool, async (client) => {
          await client.query('alter table audit enable trigger chained');
          await client.query(forged);
        }).then(() => verifyAudit(pool)),
      );
      expect(found).toEqual(expect.objectContaining({ kind: 'whole', entries: 9 }));
    });
  });
});

/** Runs statements as the owner without the guards, looks, and takes all of it back. */
async function undone<Result>(
  pool: StorePool,
  statements: readonly string[],
  look: (inside: StorePool) => Promise<Result>,
): Promise<Result> {
  const seen: Result[] = [];
  const undo = new Error('undo');
  await inTransaction(pool, async (client) => {
    for (const table of guarded) await client.query(`alter table ${table} disable trigger user`);
    for (const statement of statements) {
      const { rowCount } = await client.query(statement);
      if (!rowCount) throw new Error(`it met no row: ${statement}`);
    }
    const query = client.query.bind(client);
    const connect = async () => ({ query, release: () => undefined }) as unknown as PoolClient;
    seen.push(await look({ ...pool, connect }));
    throw undo;
  }).catch((error) => {
    if (error !== undo) throw error;
  });
  return seen[0] as Result;
}

const audit = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runCommand('audit', args, env);

const places = [
  {
    ...{ name: 'an embedded store', isMissing: false },
    make: async () => {
      const place = await makeFolder();
      return { place, env: { DATA_DIR: place.folder } };
    },
  },
  {
    ...{ name: 'PostgreSQL', isMissing: !process.env.TEST_DATABASE_URL },
    make: async () => {
      const place = await makeDatabase();
      return { place, env: { DATABASE_URL: place.url } };
    },
  },
];

describe.each(places)('npm run audit on $name', ({ isMissing, make }) => {
  describe.skipIf(isMissing)('that exists', () => {
    let used: { readonly place: Place; readonly env: Readonly<Record<string, string>> };
    const inStore = async (run: (pool: StorePool) => Promise<unknown>) => {
      const pool = await used.place.open();
      await run(pool).finally(() => pool.end());
    };
    beforeAll(async () => {
      used = await make();
      await inStore(async (pool) => {
        await migrate(pool);
        const { record } = makeAudit(pool);
        for (const what of ['review-read', 'exported', 'access-refused'])
          await record(anEntry({ what }));
      });
    }, 60_000);
    afterAll(() => used.place.remove());

    it('proves it whole, also from an entry noted before, and names the first that is broken', async () => {
      const whole = await audit(used.env, 'verify');
      expect(whole).toEqual({
        ...{ code: 0, err: '' },
        out: expect.stringMatching(/^Whole: 3 entries\. The newest is 3:[0-9a-f]{64}\n$/),
      });
      const noted = whole.out.trim().split(' ').at(-1) ?? '';
      expect((await audit(used.env, 'verify', '--noted', noted)).code).toBe(0);
      await inStore((pool) =>
        withClient(pool, async (client) => {
          await client.query('alter table audit disable trigger append_only');
          await client.query(`update audit set who = 'x' where seq = 2`);
        }),
      );
      expect(await audit(used.env, 'verify', '--noted', noted)).toEqual({
        ...{ code: 1, out: '', err: 'Broken at entry 2: it was altered.\n' },
      });
    });
  });
});

describe('npm run audit', () => {
  it('says how it is used, and does not make a store where there is none', async () => {
    const folder = path.join(tmpdir(), randomUUID());
    const [unknown, unreadable, none] = await Promise.all([
      audit({}, 'mend'),
      audit({}, 'verify', '--noted', 'yesterday'),
      audit({ DATA_DIR: folder }, 'verify'),
    ]);
    expect([unknown.code, unreadable.code, none.code]).toEqual([2, 2, 2]);
    expect(unknown.err).toContain('npm run audit -- verify');
    expect(none.err).toBe(`There is no store in ${folder}.\n`);
  });
});
