import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCuratorTasks } from '../../src/adapters/postgres/curator-tasks.js';
import { inTransaction, withClient } from '../../src/adapters/postgres/pool.js';
import { makeRetention } from '../../src/adapters/postgres/retention.js';
import { answerIdSchema, shareIdSchema } from '../../src/core/ids.js';
import { defaultPeriods } from '../../src/core/retention.js';
import type { User } from '../../src/core/roles.js';
import { makeEraseExpired } from '../../src/flows/erase-expired.js';
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
} from './review-setup.js';
import { drivers, portsOver, usePool } from './stores.js';

const keeper: User = { id: supervisor, name: 'Sgt Example', roles: ['supervisor'] };
const constable: User = { id: officer, name: 'PC Example', roles: ['officer'] };
const administrator: User = { id: person('admin-1'), name: 'Admin', roles: ['administrator'] };
const sevenYearsOn = '2027-11-27T10:00:00.000Z';

describe.each(drivers)('retention in $name', (driver) => {
  describe.skipIf(driver.isMissing)('of a store', () => {
    const pool = usePool(driver);
    const ports = () => portsOver(pool());
    const retention = () => makeRetention(pool());
    const retain = (now = at) =>
      makeRetain({
        retention: retention(),
        audit: ports().audit,
        conflicts: ports().conflicts,
        clock: () => new Date(now),
      });
    const run = (statement: string, values: readonly unknown[] = []) =>
      withClient(pool(), (client) => client.query(statement, [...values]));
    const newestEntry = async () => (await ports().audit.search({}, 1))[0];

    /** A case with a row in every table that can hold one. */
    async function fullCase() {
      const review = await aReview(ports());
      const { id, caseId, caseRef } = review;
      const [screening] = await ports().screenings.listCase(caseId);
      if (!screening) throw new Error('the case has a screening');
      await take(ports(), id, submitted(caseRef), officer);
      await ports().cases.recordRead({ caseId, by: officer, at, what: 'summary' });
      await ports().cases.invite({
        ...{ codeHash: randomUUID().replaceAll('-', '').repeat(2), screening: screening.id },
        ...{ by: officer, at, validUntil: '2026-11-20T11:00:00.000Z' },
      });
      const share = { id: shareIdSchema.parse(randomUUID()), advocate: `idva-${randomUUID()}` };
      await run(
        `insert into shares (id, case_id, advocate, shared_by, shared_at, shared_on, agreed_on, agreed_way, parts)
         values ($1, $2, $3, 'officer-1', $4, '2026-11-20', '2026-11-19', 'in-person', '{plan}')`,
        [share.id, caseId, share.advocate, at],
      );
      await run(
        `insert into share_ends (share_id, advocate, ended_by, ended_at, why)
         values ($1, $2, 'officer-1', $3, 'no-longer-needed')`,
        [share.id, share.advocate, at],
      );
      await run(
        `insert into conflicts (case_id, person, named_by, named_at, why)
         values ($1, 'officer-9', 'supervisor-1', $2, 'declared')`,
        [caseId, at],
      );
      await run(`insert into chats (key, screening_id, seen) values ($1, $2, 1)`, [
        `chat-${randomUUID()}`,
        screening.id,
      ]);
      await run(
        `insert into notices (dedupe_key, kind, to_person, about_review, due_at, next_try_at)
         values ($1, 'returned', 'officer-1', $2, $3, $3)`,
        [randomUUID(), id, at],
      );
      const key = randomUUID();
      const place = { table: 'commitments', column: 'what', row: key };
      await run(
        `insert into commitments (key, case_id, review_id, kind, what, recorded_by, owner, line)
         values ($1, $2, $3, 'promise', $4, 'officer-1', 'officer-1', 'l1')`,
        [key, caseId, id, pool().sealing.seal('Ring back', place)],
      );
      return { id, caseId, caseRef, screening: screening.id, share: share.id };
    }

    /** Tables in which any of the ids stands anywhere. */
    async function tablesNaming(ids: readonly string[]): Promise<readonly string[]> {
      const { rows } = await run(
        `select table_name as name from information_schema.tables
         where table_schema = 'public' order by 1`,
      );
      const naming: string[] = [];
      for (const { name } of rows as { name: string }[]) {
        const found = await run(`select 1 from ${name} t where to_jsonb(t)::text ~ $1 limit 1`, [
          ids.join('|'),
        ]);
        if (found.rowCount) naming.push(name);
      }
      return naming;
    }

    it('removes every row of a deleted case and of no other, and the audit stays whole', async () => {
      const [gone, stays] = [await fullCase(), await fullCase()];
      const ids = [gone.caseId, gone.id, gone.screening, gone.share, gone.caseRef];
      const before = await tablesNaming(ids);
      expect(before).toEqual([
        ...['audit', 'case_people', 'case_reads', 'cases', 'chats', 'commitments', 'conflicts'],
        ...[
          'invitations',
          'notices',
          'review_events',
          'review_versions',
          'reviews',
          'screening_events',
        ],
        ...['screenings', 'share_ends', 'shares'],
      ]);
      const listed = await retain(sevenYearsOn).erase(keeper, gone.caseRef, {
        why: 'erasure-request',
        record: 'SAR/2026-1',
      });
      const counts = {
        ...{ cases: 1, case_people: 1, case_reads: 1, chats: 1, commitments: 1, invitations: 1 },
        ...{ notices: 1, review_events: 2, review_versions: 2, reviews: 1, screening_events: 2 },
        ...{ screenings: 1, share_ends: 1, shares: 1, conflicts: 1 },
      };
      expect(listed).toEqual({
        kind: 'erased',
        stone: {
          ...{ force: 'local', caseId: gone.caseId, at: sevenYearsOn, by: supervisor },
          ...{ why: 'erasure-request', record: 'SAR/2026-1', lastChange: at, counts },
        },
      });
      expect(await tablesNaming(ids)).toEqual(['audit', 'tombstones']);
      expect(await tablesNaming([stays.caseId, stays.id, stays.screening, stays.share])).toEqual(
        before,
      );
      expect(await newestEntry()).toMatchObject({
        ...{ by: supervisor, what: 'case-erased', caseId: gone.caseId, at: sevenYearsOn },
        detail: { why: 'erasure-request', record: 'SAR/2026-1', rows: 18 },
      });
      expect((await ports().audit.verify()).kind).toBe('whole');
      expect(
        await retain().erase(keeper, gone.caseRef, { why: 'court-order', record: null }),
      ).toEqual({
        kind: 'no-such-case',
      });
    });

    it('lists a case once all its periods are over, and not one that is kept, until that day', async () => {
      const { caseRef } = await aReview(ports());
      const stands = async (now: string) => {
        const due = await retain(now).listDue(keeper);
        if (due === 'not-allowed') throw new Error('a supervisor may list');
        return due.find((one) => one.caseRef === caseRef)?.stand;
      };
      const sixYearsOn = new Date(Date.parse(at) + defaultPeriods.cases * 86_400_000);
      const dayBefore = new Date(sixYearsOn.getTime() - 86_400_000).toISOString();
      const day = sixYearsOn.toISOString().slice(0, 10);
      expect(await stands(dayBefore)).toBeUndefined();
      const after = new Date(sixYearsOn.getTime() + 1).toISOString();
      expect(await stands(after)).toEqual({ kind: 'due', since: day });
      const reason = { why: 'still-needed', record: 'RMS/1' };
      expect(await retain(after).keep(keeper, caseRef, reason, day)).toEqual({
        kind: 'day-is-past',
      });
      expect(await retain(after).keep(keeper, caseRef, reason, '2033-01-31')).toEqual({
        kind: 'kept',
      });
      expect(await stands(after)).toBeUndefined();
      expect(await stands('2033-01-31T00:00:00.000Z')).toEqual({
        kind: 'due',
        since: '2033-01-31',
      });
      expect(
        await retain(after).erase(keeper, caseRef, { why: 'period-ended', record: null }),
      ).toEqual({ kind: 'not-due', on: '2033-01-31' });
    });

    it('lists nothing but what is over and not kept, and what is held after all others', async () => {
      const kept = await aReview(ports());
      const held = await aReview(ports());
      const due = await aReview(ports());
      const unsent = await aCase(ports());
      const reason = { by: supervisor, at, why: 'still-needed', record: null };
      await retention().keep(kept.caseId, reason, '2033-01-31');
      await retention().keep(due.caseId, reason, '2027-01-31');
      await retention().hold(held.caseId, { ...reason, why: 'civil-claim' });
      const ours = [kept, held, due, unsent].map(({ caseRef }) => caseRef);
      const over = async (screenings: string, reviews: string, limit = 1_000) =>
        (await retention().listOver({ screenings, reviews, today: '2027-11-27' }, limit))
          .map(({ caseRef }) => caseRef)
          .filter((ref) => ours.includes(ref));
      const listed = await over(sevenYearsOn, sevenYearsOn);
      expect([listed.slice(0, 2).toSorted(), listed.slice(2)]).toEqual([
        [due.caseRef, unsent.caseRef].toSorted(),
        [held.caseRef],
      ]);
      expect(await over(sevenYearsOn, at)).toEqual([unsent.caseRef]);
      expect(await over(at, sevenYearsOn)).toEqual([]);
      expect(await over(sevenYearsOn, sevenYearsOn, 1)).not.toContain(held.caseRef);
    });

    it('deletes nothing that is held, until every hold is lifted', async () => {
      const { caseRef, caseId } = await aReview(ports());
      const reason = { why: 'erasure-request', record: null };
      const hold = { why: 'court-proceedings', record: 'T20267001' };
      const numbers: number[] = [];
      for (const _ of [1, 2]) {
        const set = await retain().hold(keeper, caseRef, hold);
        if (!('number' in set)) throw new Error('a supervisor may hold');
        numbers.push(set.number);
      }
      for (const number of numbers) {
        expect(await retain(sevenYearsOn).erase(administrator, caseRef, reason)).toMatchObject({
          kind: 'held',
        });
        // Nor by the function itself, whoever calls it.
        const { rows } = await run(
          `select erase_case($1, now(), 'x', 'court-order', null, now(), false) as done`,
          [caseId],
        );
        expect(rows).toEqual([{ done: { refused: 'held' } }]);
        expect(
          await retain(sevenYearsOn).lift(keeper, caseRef, number, 'proceedings-over'),
        ).toEqual({
          kind: 'lifted',
        });
        expect(
          await retain(sevenYearsOn).lift(keeper, caseRef, number, 'proceedings-over'),
        ).toEqual({
          kind: 'no-such-hold',
        });
      }
      expect(await retain(sevenYearsOn).erase(administrator, caseRef, reason)).toMatchObject({
        kind: 'erased',
      });
      expect((await ports().audit.listCase(caseId)).map(({ what }) => what)).toEqual([
        ...['submitted', 'hold-set', 'hold-set', 'hold-lifted', 'hold-lifted', 'case-erased'],
      ]);
      expect((await ports().audit.verify()).kind).toBe('whole');
    });

    it('deletes no case that somebody works on at that moment', async () => {
      const { id, caseId, caseRef } = await aReview(ports());
      const found = await retention().findCase(caseRef);
      expect(found?.reviewChangedAt).toBe(at);
      await ports().reviews.change(id, ({ events }) => ({
        save: {
          event: {
            ...{ seq: events.length + 1, at: sevenYearsOn, by: supervisor },
            act: submitted(caseRef),
          },
          facts: {
            ...{ state: 'waiting', version: 1, submittedAt: at, decidedAt: null, author: 'PC' },
            ...{ handedTo: null, handedToId: null, team: null, scripts: [], red: 0, amber: 0 },
            ...{ isIncomplete: false, checkDate: null, orderEnds: null },
          },
          audit: { what: 'submitted', detail: {} },
        },
        result: undefined,
      }));
      const decided = { by: supervisor, at: sevenYearsOn, why: 'court-order', record: null };
      expect(await retention().erase(caseId, decided, at)).toBe('changed');
      expect(await retention().findCase(caseRef)).toBeDefined();
    });

    it('lets nobody delete a row by any other way, whatever they set', async () => {
      const { caseId, caseRef } = await fullCase();
      for (const table of [
        ...['screening_events', 'screenings', 'review_events', 'reviews', 'case_reads', 'shares'],
        ...[
          'share_ends',
          'cases',
          'case_people',
          'case_keeps',
          'legal_holds',
          'conflicts',
          'tombstones',
          'audit',
        ],
      ])
        for (const setting of ['', caseId, 'on'])
          await expect(
            withClient(pool(), async (client) => {
              try {
                await client.query(`select set_config('signpost.erasing', $1, false)`, [setting]);
                await client.query(`delete from ${table}`);
              } finally {
                await client.query(`select set_config('signpost.erasing', '', false)`);
              }
            }),
          ).rejects.toThrow(/append-only/);
      expect(await retention().findCase(caseRef)).toBeDefined();
    });

    it('shows a case that was taken out behind the audit, tombstone or not', async () => {
      await run(
        `insert into tombstones (case_id, erased_at, erased_by, why, last_change, counts)
         values ('00000000-0000-4000-8000-00000000dead', now(), 'x', 'court-order', now(), '{}')`,
      );
      expect(await ports().audit.verify()).toMatchObject({
        kind: 'broken',
        why: 'case 00000000-0000-4000-8000-00000000dead was deleted without an entry after it',
      });
      await run('alter table tombstones disable trigger append_only');
      await run(`delete from tombstones where case_id = '00000000-0000-4000-8000-00000000dead'`);
      await run('alter table tombstones enable trigger append_only');
    });

    it('refuses each decision to whoever has not the role, and says so in the audit', async () => {
      const { caseRef } = await aCase(ports());
      const reason = { why: 'court-order', record: null };
      const one = retain();
      expect([
        await one.listDue(constable),
        await one.keep(constable, caseRef, reason, '2033-01-01'),
        await one.hold(constable, caseRef, reason),
        await one.lift(constable, caseRef, 1, 'set-by-mistake'),
        await one.erase(constable, caseRef, reason),
        await one.reapply(constable, []),
        await one.setPeriod(keeper, 'chats', 1),
      ]).toEqual([
        'not-allowed',
        ...Array(4).fill({ kind: 'not-allowed' }),
        ...['not-allowed', 'not-allowed'],
      ]);
      const refused = await ports().audit.search({ what: 'access-refused' }, 7);
      expect(refused.map(({ detail }) => detail.action)).toEqual([
        ...['set-periods', 'retain-cases', 'retain-cases', 'hold-case', 'hold-case'],
        ...['retain-cases', 'retain-cases'],
      ]);
    });

    it('answers whoever a case is closed to as if there were none, and keeps it out of their list', async () => {
      const { caseId, caseRef } = await aCase(ports());
      const named = { person: supervisor, by: administrator.id, at, record: null };
      await ports().conflicts.name(caseId, { ...named, why: 'manages-a-party' });
      const reason = { why: 'court-order', record: null };
      const one = retain(sevenYearsOn);
      expect([
        await one.keep(keeper, caseRef, reason, '2033-01-01'),
        await one.hold(keeper, caseRef, reason),
        await one.lift(keeper, caseRef, 1, 'set-by-mistake'),
        await one.erase(keeper, caseRef, reason),
      ]).toEqual(Array(4).fill(await one.hold(keeper, 'SP-none', reason)));
      const refused = await ports().audit.listCase(caseId);
      expect(refused.slice(-4).map(({ by, detail }) => [by, detail.action, detail.why])).toEqual(
        ['retain-cases', 'hold-case', 'hold-case', 'retain-cases'].map((action) => [
          ...[supervisor, action, 'conflict-of-interest'],
        ]),
      );
      const muchLater = retain('2040-01-01T10:00:00.000Z');
      const isDue = async (user: User) =>
        ((await muchLater.listDue(user)) as readonly { caseId: string }[]).some(
          (due) => due.caseId === caseId,
        );
      expect([await isDue(keeper), await isDue(administrator)]).toEqual([false, true]);
    });

    it('removes again what a restored store has again, and leaves what was worked on since', async () => {
      const [first, second] = [await aReview(ports()), await aReview(ports())];
      const stoneOf = (caseId: typeof first.caseId, lastChange: string) => ({
        ...{
          force: 'local',
          caseId,
          at: sevenYearsOn,
          by: supervisor,
          why: 'period-ended' as const,
        },
        ...{ record: null, lastChange, counts: {} },
      });
      const stones = [
        stoneOf(first.caseId, at),
        stoneOf(second.caseId, '2026-11-19T00:00:00.000Z'),
      ];
      expect(await retain().reapply(administrator, stones)).toEqual({
        erased: 1,
        left: [{ caseId: second.caseId, why: 'changed' }],
      });
      expect(await retain().reapply(administrator, stones)).toMatchObject({ erased: 0 });
      expect((await ports().audit.search({ what: 'case-erased-again' }, 9)).length).toBe(1);
      expect(await retention().findCase(first.caseRef)).toBeUndefined();
      expect((await ports().audit.verify()).kind).toBe('whole');
    });

    describe('of what is short-lived', () => {
      const tasks = () => makeCuratorTasks(pool());
      const answer = (given: string) => ({
        ...{ id: answerIdSchema.parse(randomUUID()), chat: 'c', activityId: randomUUID() },
        ...{ at: given, kind: 'not-covered', passages: [], knowledgeVersion: 'k1' },
      });
      const left = async (table: string) => (await run(`select 1 from ${table}`)).rowCount;
      beforeAll(() => run('update notices set sent_at = null'));

      it('removes in batches what is over, and nothing else', async () => {
        const [old, young] = [answer('2026-01-01T00:00:00.000Z'), answer(at)];
        for (const one of [old, young]) {
          await ports().answers.record(one);
          await ports().answers.markSent(one.id, `m-${one.id}`);
          const given = { chat: 'c', messageId: `m-${one.id}`, by: officer, at } as const;
          await ports().answers.giveFeedback({ ...given, reaction: 'dislike', comment: 'No' });
        }
        for (const [one, seen] of [
          [old, '2025-01-01T00:00:00.000Z'],
          [young, at],
        ] as const)
          await tasks().note(
            {
              ...{ kind: 'judged-wrong', key: one.id, question: 'Why?', earlier: [] },
              ...{ answerKind: 'answered', shown: [], topic: null, knowledgeVersion: 'k1' },
              ...{ comment: 'No', at: seen },
            },
            one.id,
          );
        const [chats, notices] = [await left('chats'), await left('notices')];
        const eraseExpired = makeEraseExpired({
          retention: retention(),
          clock: () => new Date(at),
        });
        expect(await eraseExpired()).toBe(2);
        expect(
          await Promise.all(['answers', 'feedback', 'judged_answers', 'curator_tasks'].map(left)),
        ).toEqual([...[1, 1, 1, 1]]);
        expect([await left('chats'), await left('notices')]).toEqual([chats, notices]);
        const entries = await ports().audit.search({ what: 'expired-erased' }, 9);
        expect(entries.map(({ by, detail }) => [by, detail])).toEqual([
          ['signpost', { kind: 'answers', rows: 1 }],
          ['signpost', { kind: 'tasks', rows: 1 }],
        ]);
        expect(await eraseExpired()).toBe(0);
        const later = makeEraseExpired({
          retention: retention(),
          clock: () => new Date(sevenYearsOn),
        });
        expect(await later()).toBe(2 + (chats ?? 0) + (notices ?? 0));
        expect([await left('chats'), await left('notices'), await left('answers')]).toEqual([
          0, 0, 0,
        ]);
      });

      it('counts with the period the force set, and says who set it', async () => {
        expect(await retention().periods()).toEqual(defaultPeriods);
        expect(await retain().setPeriod(administrator, 'answers', 7)).toBe('set');
        expect(await retention().periods()).toEqual({ ...defaultPeriods, answers: 7 });
        expect(await newestEntry()).toMatchObject({
          ...{ by: 'admin-1', what: 'retention-set', detail: { kind: 'answers', days: 7 } },
        });
        await expect(retain().setPeriod(administrator, 'answers', 0)).rejects.toThrow();
      });

      // Between processes PostgreSQL tells of it as well, in its own time.
      it.runIf(driver.name === 'PGlite')('is forgotten only where chats went', async () => {
        const { screening } = await fullCase();
        let forgotten = 0;
        pool().onRemoved(() => {
          forgotten += 1;
        });
        await ports().answers.record(answer('2026-01-01T00:00:00.000Z'));
        const over = (kind: 'answers' | 'chats', before: string) =>
          retention().eraseOver(kind, before, 500, at);
        expect(await over('answers', at)).toBe(1);
        expect(await over('chats', '2026-01-01T00:00:00.000Z')).toBe(0);
        expect(forgotten).toBe(0);
        expect(await over('chats', sevenYearsOn)).toBeGreaterThan(0);
        expect(forgotten).toBe(1);
        expect(
          (await run('select 1 from chats where screening_id = $1', [screening])).rowCount,
        ).toBe(0);
      });

      it.runIf(driver.name === 'PostgreSQL')(
        'is left to whoever removes or uses it at that moment, and counted once',
        async () => {
          const before = '2026-02-01T00:00:00.000Z';
          const [gone, ...rest] = [1, 2, 3].map(() => answer('2026-01-01T00:00:00.000Z'));
          for (const one of [gone, ...rest]) if (one) await ports().answers.record(one);
          const asked = {
            ...{ kind: 'judged-wrong' as const, key: randomUUID(), question: 'Why?', earlier: [] },
            ...{ answerKind: 'answered', shown: [], topic: null, knowledgeVersion: 'k1' },
            ...{ comment: 'No', at: '2026-01-01T00:00:00.000Z' },
          };
          const young = answer(at);
          await ports().answers.record(young);
          await tasks().note(asked, young.id);
          const [old, next] = [await fullCase(), await fullCase()];
          const [key] = (
            await run('select key from chats where screening_id = $1', [old.screening])
          ).rows as readonly { readonly key: string }[];
          const counted = await inTransaction(pool(), async (client) => {
            await client.query('delete from answers where id = $1', [gone?.id]);
            await client.query(`update curator_tasks set last_at = $1`, [at]);
            await client.query('update notices set tries = tries + 1 where about_review = $1', [
              old.id,
            ]);
            await client.query('update chats set screening_id = $1 where key = $2', [
              next.screening,
              key?.key,
            ]);
            const all = [];
            for (const kind of ['answers', 'tasks'] as const)
              all.push(await retention().eraseOver(kind, before, 500, at));
            for (const kind of ['notices', 'chats'] as const)
              await retention().eraseOver(kind, sevenYearsOn, 500, at);
            return all;
          });
          expect(counted).toEqual([2, 0]);
          expect(await Promise.all(['answers', 'curator_tasks'].map(left))).toEqual([1, 1]);
          const stays = [
            await run('select 1 from notices where about_review = $1', [old.id]),
            await run('select 1 from chats where key = $1', [key?.key]),
          ];
          expect(stays.map(({ rowCount }) => rowCount)).toEqual([1, 1]);
        },
      );
    });
  });
});
