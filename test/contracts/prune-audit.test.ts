import { beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { makeRetention } from '../../src/adapters/postgres/retention.js';
import { verifyAudit } from '../../src/adapters/postgres/verify-audit.js';
import type { User } from '../../src/core/roles.js';
import { makeRetain } from '../../src/flows/retain.js';
import { aReview, at, person, supervisor } from './review-setup.js';
import { drivers, portsOver, usePool } from './stores.js';

const administrator: User = { id: person('admin-1'), name: 'Admin', roles: ['administrator'] };
const keeper: User = { id: supervisor, name: 'Sgt Example', roles: ['supervisor'] };
const reason = { why: 'period-ended', record: 'RM/7' };
const old = '2018-01-01T10:00:00.000Z';
const hash = expect.stringMatching(/^[0-9a-f]{64}$/);

/** One after the other on one chain: 1–3 of no case, 4 of a case, 5 of no case, all of them over. */
describe.each(drivers)('entries of the audit that are over, in $name', (driver) => {
  describe.skipIf(driver.isMissing)('of a store', () => {
    const pool = usePool(driver);
    const audit = () => portsOver(pool()).audit;
    const retain = (now = at) =>
      makeRetain({
        ...{ retention: makeRetention(pool()), audit: audit() },
        conflicts: portsOver(pool()).conflicts,
        clock: () => new Date(now),
      });
    const run = (statement: string, values: readonly unknown[] = []) =>
      withClient(pool(), (client) => client.query(statement, [...values]));
    const all = async () => [...(await audit().search({}, 99))].reverse();
    let kept: Awaited<ReturnType<typeof aReview>>;
    let noted: readonly { readonly seq: number; readonly hash: string }[];

    beforeAll(async () => {
      const record = (what: string, caseId = null as typeof kept.caseId | null) =>
        audit().record({ at: old, by: supervisor, what, caseId, detail: {} });
      for (const _ of [1, 2, 3]) await record('audit-searched');
      kept = await aReview(portsOver(pool()));
      // As old as the others: that its case is kept is what holds it.
      await run('alter table audit disable trigger user');
      await run(`update audit set at = '${old}' where seq = 4`);
      await run('update audit a set hash = audit_hash(a) where seq = 4');
      await run('update audit_head set hash = (select hash from audit where seq = 4)');
      await run('alter table audit enable trigger user');
      await record('audit-searched');
      noted = await all();
    }, 60_000);

    it('go by nobody’s word but an administrator’s', async () => {
      expect(await retain().pruneAudit(keeper, reason)).toBe('not-allowed');
      const [refused] = await audit().search({ what: 'access-refused' }, 1);
      expect(refused?.detail).toEqual({ action: 'prune-audit', why: 'role' });
      expect((await all()).length).toBe(6);
    });

    it('stay until their period is over', async () => {
      expect(await retain('2018-06-01T00:00:00.000Z').pruneAudit(administrator, reason)).toBe(
        'nothing',
      );
      expect(await makeRetention(pool()).countOldAudit(old)).toEqual({ old: 0, prunable: 0 });
    });

    it('go up to the first of a case that is kept; the chain is proved from its anchor on', async () => {
      const before = '2019-11-22T10:00:00.000Z';
      expect(await makeRetention(pool()).countOldAudit(before)).toEqual({ old: 5, prunable: 3 });
      expect(await retain().pruneAudit(administrator, reason)).toEqual({
        ...{ seq: 3, hash: noted[2]?.hash, removed: 3 },
      });
      const left = await all();
      expect(left.map(({ seq, what }) => [seq, what])).toEqual([
        [4, 'submitted'],
        [5, 'audit-searched'],
        [6, 'access-refused'],
        [7, 'audit-pruned'],
      ]);
      expect(left.at(-1)).toMatchObject({
        ...{ by: 'admin-1', at, caseId: null },
        detail: { ...reason, through: 3, hash: noted[2]?.hash, rows: 3 },
      });
      const anchor = { seq: 3, hash: noted[2]?.hash, removed: 3, at, by: 'admin-1' };
      expect(await verifyAudit(pool())).toEqual({
        ...{ kind: 'whole', entries: 4, head: { seq: 7, hash }, anchor, isNotedRemoved: false },
      });
      expect(await retain().pruneAudit(administrator, reason)).toBe('nothing');
    });

    it('are told apart from those that are left, where one was noted', async () => {
      const say = async (one: { readonly seq: number; readonly hash: string } | undefined) => {
        const found = await verifyAudit(pool(), one);
        return found.kind === 'whole' ? found.isNotedRemoved : found;
      };
      expect([await say(noted[0]), await say(noted[2]), await say(noted[3])]).toEqual([
        ...[true, false, false],
      ]);
      const why = 'it is not the entry that was noted';
      for (const seq of [3, 4])
        expect(await say({ seq, hash: '0'.repeat(64) })).toEqual({ kind: 'broken', seq, why });
    });

    it('are the only ones that anybody can remove, also as the owner of the tables', async () => {
      const anchor = (seq: number, given = {}) => {
        const row = {
          ...{ hash: noted[seq - 1]?.hash ?? 'a'.repeat(64), removed: seq - 3 },
          ...{ over_before: '2019-11-22', pruned_at: at, ...given },
        };
        return run(
          `insert into audit_anchors (seq, hash, removed, over_before, pruned_at, pruned_by, why)
           values ($1, $2, $3, $4, $5, 'x', 'period-ended')`,
          [seq, row.hash, row.removed, row.over_before, row.pruned_at],
        );
      };
      for (const attempt of [
        () => run('delete from audit'),
        () => run('delete from audit where seq = 4'),
        () => run('truncate audit'),
        () => run('delete from audit_anchors'),
        () => run('update audit_anchors set seq = 5'),
        () => run('truncate audit_anchors'),
        // Of a case that is kept, too young, again, not there.
        () => anchor(4),
        () => anchor(6, { hash: noted[5]?.hash }),
        () => anchor(3, { removed: 3 }),
        () => anchor(99),
      ])
        await expect(attempt()).rejects.toThrow('append-only');
      await expect(anchor(4, { over_before: '2030-01-01' })).rejects.toThrow();
      expect((await all()).length).toBe(4);
    });

    it('go on once the case is deleted, and its tombstone needs no entry that is over', async () => {
      const later = '2036-01-01T00:00:00.000Z';
      const because = { why: 'erasure-request', record: null };
      expect(await retain().erase(keeper, kept.caseRef, because)).toMatchObject({ kind: 'erased' });
      expect(await retain(later).pruneAudit(administrator, reason)).toMatchObject({
        ...{ seq: 8, removed: 5 },
      });
      expect((await all()).map(({ what }) => what)).toEqual(['audit-pruned']);
      expect(await verifyAudit(pool())).toMatchObject({ kind: 'whole', entries: 1 });
      expect(await verifyAudit(pool(), noted[2])).toMatchObject({ isNotedRemoved: false });
      // The entry that told of the first removal is over as well, and gone by now.
      expect((await run('select seq from audit_anchors order by seq')).rows.length).toBe(2);
    });

    it.each([
      [
        'a removal by hand that nothing tells of',
        [
          `insert into audit_anchors (seq, hash, removed, over_before, pruned_at, pruned_by, why)
           select seq, hash, 1, at - interval '2 days', at, 'x', 'period-ended' from audit where seq = 9`,
          'delete from audit where seq = 9',
        ],
        { seq: 9, why: 'the entries up to it were removed and no entry tells of that' },
      ],
      [
        'an anchor whose numbers do not follow',
        ['update audit_anchors set removed = 2 where seq = 3'],
        { seq: 3, why: 'the anchor in its place does not follow the one before it' },
      ],
      [
        'an entry put in before the anchor',
        [
          `insert into audit (seq, at, who, what, detail, prev_hash, hash)
           select 2, at, who, 'exported', '{}', repeat('b', 64), repeat('a', 64) from audit where seq = 9`,
        ],
        { seq: 2, why: 'it was put in beside the chain' },
      ],
      [
        'a tombstone put in for a case that has entries, dated before those that were removed',
        [
          `insert into audit (seq, at, who, what, case_id, detail, prev_hash, hash)
           select 10, at, who, 'exported', '00000000-0000-4000-8000-00000000dead', '{}', hash, repeat('a', 64)
           from audit where seq = 9`,
          'update audit a set hash = audit_hash(a) where seq = 10',
          'update audit_head set seq = 10, hash = (select hash from audit where seq = 10)',
          `insert into tombstones (case_id, erased_at, erased_by, why, last_change, counts)
           values ('00000000-0000-4000-8000-00000000dead', '2018-01-01', 'x', 'court-order', '2018-01-01', '{}')`,
        ],
        {
          ...{ seq: 10 },
          why: 'case 00000000-0000-4000-8000-00000000dead was deleted without an entry after it',
        },
      ],
      [
        'an anchor with another hash',
        [
          `update audit_anchors set hash = repeat('a', 64) where seq = 8`,
          `update audit set detail = detail || jsonb_build_object('hash', repeat('a', 64)) where seq = 9`,
          'update audit a set hash = audit_hash(a) where seq = 9',
          'update audit_head set hash = (select hash from audit where seq = 9)',
        ],
        { seq: 9, why: 'it does not follow the entry before it' },
      ],
    ])('name %s', async (_, statements, expected) => {
      const tables = ['audit', 'audit_anchors'];
      const undo = new Error('undo');
      let found: unknown;
      await withClient(pool(), async (client) => {
        await client.query('begin');
        try {
          for (const table of tables)
            await client.query(`alter table ${table} disable trigger user`);
          for (const statement of statements)
            expect((await client.query(statement)).rowCount).toBeGreaterThan(0);
          const query = client.query.bind(client);
          const connect = async () => ({ query, release: () => undefined });
          found = await verifyAudit({ ...pool(), connect } as never);
          throw undo;
        } finally {
          await client.query('rollback');
        }
      }).catch((error) => {
        if (error !== undo) throw error;
      });
      expect(found).toEqual({ kind: 'broken', ...expected });
    });
  });
});
