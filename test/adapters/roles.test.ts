import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/adapters/package-root.js';
import { makeAnswers } from '../../src/adapters/postgres/answers.js';
import { makeAudit } from '../../src/adapters/postgres/audit.js';
import { makeConflicts } from '../../src/adapters/postgres/conflicts.js';
import { makeCuratorTasks } from '../../src/adapters/postgres/curator-tasks.js';
import { rotateDataKey } from '../../src/adapters/postgres/data-keys.js';
import { findForceFault } from '../../src/adapters/postgres/find-force-fault.js';
import { migrateAsOwner } from '../../src/adapters/postgres/migrate-as-owner.js';
import { openPool, type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { makeRetention } from '../../src/adapters/postgres/retention.js';
import type { NewTask } from '../../src/core/curator-task.js';
import { answerIdSchema, shareIdSchema } from '../../src/core/ids.js';
import { makeEraseExpired } from '../../src/flows/erase-expired.js';
import type { KeptCommitment } from '../../src/flows/ports.js';
import { makeRetain } from '../../src/flows/retain.js';
import {
  aCase,
  aReview,
  at,
  officer,
  person,
  submitted,
  supervisor,
  take,
} from '../contracts/review-setup.js';
import {
  makeDatabase,
  makePorts,
  type StorePorts,
  testMaster,
  withKeys,
} from '../contracts/stores.js';

/**
 * Roles and forces on a real server: logins made as docs/keys.md says, none of them a superuser, over one database that
 * two forces share. PGlite has one user, who may do everything.
 */
describe.skipIf(!process.env.TEST_DATABASE_URL)('a database that two forces share', () => {
  const suffix = randomUUID().slice(0, 8);
  const logins = { owner: `own_${suffix}`, app: `app_${suffix}`, answers: `ans_${suffix}` };
  let place: Awaited<ReturnType<typeof makeDatabase>>;
  let admin: StorePool;
  const pools: StorePool[] = [];
  const made: StorePorts[] = [];
  const as = (login: keyof typeof logins, force: string) => {
    const url = new URL(place.url);
    url.username = logins[login];
    const pool = openPool(url.href, 4, { force });
    pools.push(pool);
    return pool;
  };
  let north: { readonly pool: StorePool; readonly ports: StorePorts };
  let south: { readonly pool: StorePool; readonly ports: StorePorts };
  let asking: StorePool;
  const run = (pool: StorePool, text: string) => withClient(pool, (client) => client.query(text));
  beforeAll(async () => {
    place = await makeDatabase();
    admin = await place.open();
    await run(admin, rolesSql);
    await run(
      admin,
      `create role ${logins.owner} login in role signpost_owner;
       alter role ${logins.owner} set role signpost_owner;
       create role ${logins.app} login in role signpost_app;
       create role ${logins.answers} login in role signpost_answers;`,
    );
    const url = new URL(place.url);
    url.username = logins.owner;
    const migrateUrl = url.href;
    // Both start at once.
    await Promise.all(['north', 'south'].map((force) => migrateAsOwner({ migrateUrl, force })));
    const open = async (force: string) => {
      const pool = await withKeys(as('app', force));
      const ports = makePorts(pool);
      made.push(ports);
      return { pool, ports };
    };
    north = await open('north');
    south = await open('south');
    asking = await withKeys(as('answers', 'north'));
  }, 60_000);
  afterAll(async () => {
    for (const ports of made) await ports.close();
    for (const pool of pools) await pool.end();
    await run(admin, `drop owned by ${Object.values(logins).join(', ')} cascade`);
    await admin.end();
    await place.remove();
  });

  it('serves everything that Signpost does to the role of the server', async () => {
    const { ports } = north;
    const { id, caseId, caseRef } = await aReview(ports);
    await take(ports, id, { kind: 'line-checked', line: 'a', isChecked: true });
    await take(
      ports,
      id,
      { kind: 'returned', codes: ['other'], note: 'Again.', lines: [] },
      supervisor,
      {
        ...{ state: 'returned', decidedAt: at },
      },
    );
    await take(ports, id, submitted(caseRef), officer);
    const agreement = {
      on: '2026-11-20',
      way: 'by-phone',
      parts: ['plan'],
      limits: 'Not work.',
    } as const;
    const share = {
      id: shareIdSchema.parse(randomUUID()),
      with: person('advocate-1'),
      by: officer,
      at,
    };
    const whole = { ...share, agreement: { ...agreement, parts: [...agreement.parts] } };
    await ports.sharing.share(caseId, whole, '2026-11-20', { what: 'shared', detail: {} });
    await ports.cases.recordRead({ caseId, by: officer, at, what: 'summary' });
    const commitment: KeptCommitment = {
      ...{
        key: randomUUID(),
        kind: 'promise',
        what: 'Ring',
        who: null,
        recordedBy: officer,
        by: null,
      },
      ...{ line: 'CL04 1', caseId, caseRef, review: id, owner: officer },
    };
    await ports.commitments.keep(caseId, [commitment]);
    await ports.commitments.keep(caseId, []);
    const named = { person: person('p-1'), by: supervisor, at, record: null } as const;
    await ports.conflicts.name(caseId, { ...named, why: 'declared' });
    const [conflict] = await ports.conflicts.listCase(caseId);
    if (!conflict) throw new Error('the conflict is gone');
    const lifting = { by: supervisor, at, why: 'named-in-error', record: null } as const;
    expect(await ports.conflicts.lift(caseId, conflict, lifting)).toBe('lifted');
    await ports.people.remember(officer, 'PC Example');
    await ports.notices.put([{ key: 'k', kind: 'handed', to: officer, about: id, dueAt: at }]);
    await ports.notices.claim(at, 1);
    await ports.notices.withdraw(['k']);
    expect((await ports.audit.verify()).kind).toBe('whole');
    const [found] = (await ports.reviews.list({ state: 'waiting', sort: 'oldest', page: 1 }, at))
      .rows;
    expect(found).toMatchObject({ id, caseRef });
  });

  it.each([
    ...['update audit set who = who', 'delete from audit', 'truncate audit'],
    ...[
      'update audit_head set seq = 0',
      'delete from audit_head',
      `insert into audit_head values (9, 'x')`,
    ],
    ...[
      'screening_events',
      'review_events',
      'case_reads',
      'shares',
      'share_ends',
      'screenings',
    ].flatMap((table) => [
      `update ${table} set force = force`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]),
    ...['delete from reviews', 'delete from cases', 'update cases set ref = ref'],
    ...['delete from data_keys', 'update data_keys set wrapped = wrapped'],
    ...[
      'drop table audit',
      'alter table audit disable trigger all',
      'drop trigger chained on audit',
    ],
    ...['alter table audit disable row level security', 'drop policy own_force on audit'],
    ...[
      'create table mine (id int)',
      'create or replace function sha256_hex(words text) returns text language sql as $$ select $1 $$',
    ],
    ...[
      `set session_replication_role = 'replica'`,
      'set role signpost_owner',
      'select grant_rights()',
    ],
    ...[
      `select prune_audit(now(), now(), 'x', 'period-ended', null)`,
      `insert into audit_anchors (seq, hash, removed, over_before, pruned_at, pruned_by, why)
       values (1, repeat('a', 64), 1, '2020-01-01', now(), 'x', 'period-ended')`,
      'delete from audit_anchors',
      'update audit_anchors set seq = 1',
      `insert into data_keys (number, wrapped, wrapped_by) values (2, repeat('A', 44), 'test')`,
    ],
    ...['delete from pgmigrations', `insert into pgmigrations (name, run_on) values ('x', now())`],
  ])('refuses to the role of the server: %s', async (statement) => {
    await expect(run(north.pool, statement)).rejects.toThrow(/\[42501\]/);
  });

  it.each([
    ['a number out of order', `(3, repeat('A', 44), 'test')`, 'is not the next number'],
    ['a number again', `(1, repeat('A', 44), 'test')`, '[23505]'],
    ['no number', `(0, repeat('A', 44), 'test')`, 'is not the next number'],
    ['text that is no wrapped key', `(2, 'junk', 'test')`, '['],
  ])('refuses to the role of the server a key with %s', async (_, row, words) => {
    await expect(
      run(north.pool, `insert into data_keys (number, wrapped, wrapped_by) values ${row}`),
    ).rejects.toThrow(words);
  });

  it('does not start with a first key that somebody put in who has no master key', async () => {
    const east = as('app', 'east');
    const junk = `insert into data_keys (number, wrapped, wrapped_by) values (1, repeat('A', 44), 'x')`;
    await run(east, junk);
    await expect(withKeys(east)).rejects.toThrow('data key 1 cannot be unwrapped');
    await run(as('owner', 'east'), 'delete from data_keys');
    expect((await withKeys(east)).sealing.newest()).toBe(1);
  });

  it('takes a new key from the owner of the tables, well formed and one at a time', async () => {
    const owner = as('owner', 'south');
    const put = (row: string) =>
      run(owner, `insert into data_keys (number, wrapped, wrapped_by) values ${row}`);
    await expect(put(`(2, 'junk', 'test')`)).rejects.toThrow('[23514]');
    await expect(put(`(2, repeat('A', 44), 'two words')`)).rejects.toThrow('[23514]');
    expect((await rotateDataKey(owner, testMaster)).number).toBe(2);
    await expect(rotateDataKey(owner, testMaster)).rejects.toThrow('one at a time');
    const keys = await run(south.pool, 'select number from data_keys order by number');
    expect(keys.rows).toEqual([{ number: 1 }, { number: 2 }]);
  });

  it('lets the owner alone remove what is over of the audit, of one force, and both stay whole', async () => {
    const admin1 = { id: person('admin-1'), name: 'A', roles: ['administrator'] as const };
    for (const { ports } of [north, south]) expect((await ports.audit.verify()).kind).toBe('whole');
    const retain = (pool: StorePool) =>
      makeRetain({
        ...{ retention: makeRetention(pool), audit: makeAudit(pool) },
        conflicts: makeConflicts(pool),
        clock: () => new Date('2060-01-01T00:00:00.000Z'),
      });
    const reason = { why: 'period-ended', record: null };
    const fresh = await withKeys(as('app', 'west'));
    const entry = { at, by: officer, what: 'exported', caseId: null, detail: {} };
    for (const _ of [1, 2]) await makeAudit(fresh).record(entry);
    expect(await retain(fresh).pruneAudit(admin1, reason)).toBe('not-owner');
    expect((await makeAudit(fresh).search({}, 9)).length).toBe(2);
    const owner = as('owner', 'west');
    await expect(run(owner, 'delete from audit')).rejects.toThrow('append-only');
    const others = await run(admin, `select count(*) from audit where force <> 'west'`);
    expect(await retain(owner).pruneAudit(admin1, reason)).toMatchObject({ seq: 2, removed: 2 });
    expect(await makeAudit(fresh).verify()).toMatchObject({ kind: 'whole', entries: 1 });
    await makeAudit(fresh).record(entry);
    expect(await makeAudit(fresh).verify()).toMatchObject({ kind: 'whole', entries: 2 });
    const after = await run(admin, `select count(*) from audit where force <> 'west'`);
    expect(after.rows).toEqual(others.rows);
    expect((await run(north.pool, 'select * from audit_anchors')).rows).toEqual([]);
  });

  it('refuses words in clear, whatever table is said to hold the keys', async () => {
    await north.ports.people.remember(officer, 'PC Example');
    await expect(
      withClient(north.pool, async (client) => {
        await client.query('create temporary table data_keys (force text, number integer)');
        try {
          await client.query(`update people set name = 'Somebody Else'`);
        } finally {
          await client.query('drop table pg_temp.data_keys');
        }
      }),
    ).rejects.toThrow('words in clear refused');
  });

  it('writes an entry of the audit whatever the role says about its place, and to its own force', async () => {
    await run(
      north.pool,
      `insert into audit (seq, at, who, what, detail, prev_hash, hash)
       values (1, now(), 'x', 'forged', '{}', repeat('b', 64), repeat('c', 64))`,
    );
    expect((await north.ports.audit.verify()).kind).toBe('whole');
    await expect(
      run(
        north.pool,
        `insert into audit (force, seq, at, who, what, detail, prev_hash, hash)
         values ('south', 1, now(), 'x', 'forged', '{}', repeat('b', 64), repeat('c', 64))`,
      ),
    ).rejects.toThrow('row-level security');
  });

  it('answers questions with a role that reads no case', async () => {
    const answers = makeAnswers(asking, (_, error) => {
      throw error;
    });
    const id = answerIdSchema.parse(randomUUID());
    const answer = { id, chat: 'c', activityId: 'q1', at, kind: 'not-covered', passages: [] };
    expect(await answers.record({ ...answer, knowledgeVersion: 'k1' })).toBe('recorded');
    await answers.markSent(id, 'm1');
    const given = { chat: 'c', messageId: 'm1', by: officer, at, reaction: 'dislike' } as const;
    expect(await answers.giveFeedback({ ...given, comment: 'No' })).toBe('stored');
    const task: NewTask = {
      ...{ kind: 'judged-wrong', key: 'k', question: 'Why?', earlier: [], answerKind: 'answered' },
      ...{ shown: [], topic: null, knowledgeVersion: 'k1', comment: 'No', at },
    };
    await makeCuratorTasks(asking).note(task, id);
    const { rows } = await run(
      admin,
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    const readable: string[] = [];
    for (const { name } of rows)
      await run(asking, `select * from ${name}`).then(
        () => readable.push(name),
        (error) => expect(error.code).toBe('42501'),
      );
    expect(readable).toEqual([
      ...['answers', 'curator_tasks', 'data_keys', 'feedback', 'judged_answers', 'pgmigrations'],
    ]);
  });

  it('shows each force its own rows, also to a statement that forgets whose it means', async () => {
    for (const { ports } of [north, south]) {
      await aCase(ports);
      await ports.people.remember(officer, 'The same id in both');
      await ports.audit.record({ at, by: officer, what: 'exported', caseId: null, detail: {} });
    }
    const { rows } = await run(
      admin,
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'force' order by 1`,
    );
    expect(rows.length).toBeGreaterThan(20);
    let seen = 0;
    for (const { name } of rows)
      for (const { pool } of [north, south]) {
        const found = await run(pool, `select distinct force from ${name}`);
        expect(found.rows.filter(({ force }) => force !== pool.force)).toEqual([]);
        seen += found.rows.length;
      }
    expect(seen).toBeGreaterThan(20);
    const { rows: forces } = await run(admin, 'select distinct force from people order by 1');
    expect(forces).toEqual([{ force: 'north' }, { force: 'south' }]);
  });

  it('lets no force change, delete or take over what is the other’s', async () => {
    const { id, caseId } = await aReview(south.ports);
    for (const statement of [
      `update reviews set red = 99`,
      'update people set name = name',
      'delete from notices',
      'delete from commitments',
    ])
      await run(north.pool, statement);
    expect((await south.ports.reviews.find(id))?.caseId).toBe(caseId);
    const { rows } = await run(south.pool, 'select red from reviews');
    expect(rows.filter(({ red }) => red === 99)).toEqual([]);
    await expect(run(north.pool, `update people set force = 'south'`)).rejects.toThrow(
      'row-level security',
    );
    expect(await north.ports.reviews.find(id)).toBeUndefined();
    // Nor may anything point across.
    await expect(
      run(
        north.pool,
        `insert into case_people (case_id, person, let_in_by, let_in_at)
        values ('${caseId}', 'spy', 'spy', now())`,
      ),
    ).rejects.toThrow('[23503]');
  });

  it('lets the server delete a case of its own force by the one function, and no other role', async () => {
    const { id, caseId } = await aReview(north.ports);
    const decided = { by: supervisor, at, why: 'court-order', record: null };
    expect(await makeRetention(south.pool).erase(caseId, decided, at)).toBe('unknown');
    await expect(makeRetention(asking).erase(caseId, decided, at)).rejects.toThrow('[42501]');
    await expect(
      run(north.pool, `select set_config('signpost.erasing', '${caseId}', false)`).then(() =>
        run(north.pool, 'delete from review_events'),
      ),
    ).rejects.toThrow('[42501]');
    expect(await makeRetention(north.pool).erase(caseId, decided, at)).toMatchObject({ caseId });
    expect(await north.ports.reviews.find(id)).toBeUndefined();
    expect((await north.ports.audit.verify()).kind).toBe('whole');
    for (const statement of [
      'delete from tombstones',
      `insert into tombstones (case_id, erased_at, erased_by, why, last_change, counts)
       values (gen_random_uuid(), now(), 'x', 'court-order', now(), '{}')`,
      'delete from conflicts',
      `update conflicts set why = 'declared'`,
      'delete from legal_holds',
      `update legal_holds set why = 'x'`,
    ])
      await expect(run(north.pool, statement)).rejects.toThrow('[42501]');
    const eraseExpired = makeEraseExpired({
      retention: makeRetention(north.pool),
      clock: () => new Date('2040-01-01'),
    });
    expect(await eraseExpired()).toBeGreaterThanOrEqual(0);
  });

  it('shows nothing to a connection that names no force', async () => {
    const url = new URL(place.url);
    url.username = logins.app;
    const unnamed = openPool(url.href, 1, { force: '' });
    const { rows } = await run(unnamed, 'select * from cases');
    expect(rows).toEqual([]);
    await unnamed.end();
  });

  it('holds the owner of the tables as well, and refuses a role that nothing holds', async () => {
    const { rows } = await run(as('owner', 'south'), 'select distinct force from cases');
    expect(rows).toEqual([{ force: 'south' }]);
    expect(await findForceFault(admin)).toMatch(/^The setting DATABASE_URL .* all of them/);
    expect(await findForceFault(north.pool)).toBeUndefined();
  });
});

const rolesSql = readFileSync(path.join(packageRoot(), 'src/adapters/postgres/roles.sql'), 'utf8');
