import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeStore } from '../../src/adapters/postgres/describe-store.js';
import type { Ear } from '../../src/adapters/postgres/ear.js';
import { namedInCases } from '../../src/adapters/postgres/erase-over.js';
import { makePeople } from '../../src/adapters/postgres/people.js';
import { makePeopleChats } from '../../src/adapters/postgres/people-chats.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { caseTables } from '../../src/adapters/postgres/read-case.js';
import { makeRetention } from '../../src/adapters/postgres/retention.js';
import type { UserId } from '../../src/core/ids.js';
import { makeEraseExpired } from '../../src/flows/erase-expired.js';
import { aReview, at, person, supervisor } from './review-setup.js';
import { drivers, portsOver, usePool } from './stores.js';

const chat = {
  ...{ channelId: 'msteams', serviceUrl: 'https://smba.trafficmanager.net/uk/' },
  ...{ conversationId: 'a:1', tenantId: 'our-tenant', botId: '28:bot', personId: '29:anna' },
  language: undefined,
};
/** Hears of nothing, so that nothing is remembered of languages. */
const deaf: Ear = { isListening: () => false, on: () => undefined };
const dayMs = 86_400_000;
const later = (days: number) => new Date(Date.parse(at) + days * dayMs);

describe.each(drivers)('people who are no longer seen, in $name', (driver) => {
  describe.skipIf(driver.isMissing)('of a store', () => {
    const pool = usePool(driver);
    const run = (statement: string, values: readonly unknown[] = []) =>
      withClient(pool(), (client) => client.query(statement, [...values]));
    /** As another instance would, at another time: it remembers nothing. */
    const seen = async (who: UserId, days: number, name = `Name of ${who}`) => {
      await makePeople(pool(), () => later(days)).remember(who, name);
      await makePeopleChats(pool(), deaf, () => later(days)).remember(who, chat);
    };
    const expired = (days: number) =>
      makeEraseExpired({ retention: makeRetention(pool()), clock: () => later(days) })();
    /** Who of them has a name, and who a chat. */
    const known = async (who: readonly UserId[]) => {
      const names = await makePeople(pool()).namesOf(who);
      const chats = makePeopleChats(pool(), deaf);
      const found = await Promise.all(who.map((one) => chats.find(one)));
      return who.map((one, i) => [names.get(one), found[i] && 'chat']);
    };

    it('are forgotten once their period is over, and not a day before', async () => {
      const [gone, stays] = [person(randomUUID()), person(randomUUID())];
      await seen(gone, 0);
      await seen(stays, 0);
      await seen(stays, 1);
      expect(await expired(400)).toBe(0);
      expect(await expired(401)).toBe(1);
      expect(await known([gone, stays])).toEqual([
        [undefined, undefined],
        [`Name of ${stays}`, 'chat'],
      ]);
      const [entry] = await portsOver(pool()).audit.search({ what: 'expired-erased' }, 1);
      expect(entry).toMatchObject({ by: 'signpost', detail: { kind: 'people', rows: 1 } });
    });

    it('count as seen by whichever of name and chat was noted last', async () => {
      const who = person(randomUUID());
      await seen(who, 500);
      await makePeopleChats(pool(), deaf, () => later(600)).remember(who, chat);
      await expired(1000);
      expect(await known([who])).toEqual([[`Name of ${who}`, 'chat']]);
      await expired(1001);
      expect(await known([who])).toEqual([[undefined, undefined]]);
    });

    it('are known again by an instance that remembered them, once they come back', async () => {
      const who = person(randomUUID());
      let day = 0;
      const people = makePeople(pool(), () => later(day));
      const chats = makePeopleChats(pool(), deaf, () => later(day));
      const remember = async () => {
        await people.remember(who, 'PC Back');
        await chats.remember(who, chat);
      };
      await remember();
      await expired(1100);
      expect(await people.namesOf([who])).toEqual(new Map());
      day = 1101;
      await remember();
      await expired(1102);
      expect(await known([who])).toEqual([['PC Back', 'chat']]);
    });

    it('keep their names as long as a case in which they stand', async () => {
      const { id, caseId, caseRef } = await aReview(portsOver(pool()));
      const named = namedInCases.map(
        ([table, column]) => [`${table}.${column}`, person(`${column}-${randomUUID()}`)] as const,
      );
      const people = new Map<string, UserId>(named);
      const who = (place: string) => people.get(place);
      const sealed = (table: string, column: string, row: string) =>
        pool().sealing.seal('Words', { table, column, row });
      await run(
        `insert into case_people (case_id, person, let_in_by, let_in_at)
         values ($1, $2, 'officer-1', $3)`,
        [caseId, who('case_people.person'), at],
      );
      await run('update reviews set handed_to_id = $2, handed_to = $3 where id = $1', [
        id,
        who('reviews.handed_to_id'),
        sealed('reviews', 'handed_to', id),
      ]);
      const key = randomUUID();
      await run(
        `insert into commitments (key, case_id, review_id, kind, what, recorded_by, owner, line, done_at, done_by, note)
         values ($1, $2, $3, 'promise', $4, $5, $6, 'l1', $7, $8, $9)`,
        [
          ...[key, caseId, id, sealed('commitments', 'what', key)],
          ...[who('commitments.recorded_by'), who('commitments.owner'), at],
          ...[who('commitments.done_by'), sealed('commitments', 'note', key)],
        ],
      );
      await run(
        `insert into notices (dedupe_key, kind, to_person, about_review, due_at, next_try_at)
         values ($1, 'returned', $2, $3, $4, $4)`,
        [randomUUID(), who('notices.to_person'), id, later(3000)],
      );
      const share = randomUUID();
      await run(
        `insert into shares (id, case_id, advocate, shared_by, shared_at, shared_on, agreed_on, agreed_way, parts)
         values ($1, $2, $3, $4, $5, '2026-11-20', '2026-11-19', 'in-person', '{plan}')`,
        [share, caseId, who('shares.advocate'), who('shares.shared_by'), at],
      );
      await run(
        `insert into share_ends (share_id, advocate, ended_by, ended_at, why)
         values ($1, $2, $3, $4, 'no-longer-needed')`,
        [share, who('shares.advocate'), who('share_ends.ended_by'), at],
      );
      await run(
        `insert into case_keeps (case_id, kept_by, kept_at, why, until)
         values ($1, $2, $3, 'still-needed', '2030-01-01')`,
        [caseId, who('case_keeps.kept_by'), at],
      );
      await run(
        `insert into legal_holds (case_id, set_by, set_at, why, lifted_by, lifted_at, lifted_why)
         values ($1, $2, $4, 'civil-claim', $3, $4, 'set-by-mistake')`,
        [caseId, who('legal_holds.set_by'), who('legal_holds.lifted_by'), at],
      );
      await run(
        `insert into conflicts (case_id, person, named_by, named_at, why, lifted_by, lifted_at, lifted_why)
         values ($1, $2, $3, $5, 'close-to-a-party', $4, $5, 'named-in-error')`,
        [
          caseId,
          ...['person', 'named_by', 'lifted_by'].map((column) => who(`conflicts.${column}`)),
          at,
        ],
      );
      const reader = person(`reader-${randomUUID()}`);
      await portsOver(pool()).audit.record({
        ...{ at, by: reader, what: 'review-read', caseId, detail: {} },
      });
      const all = [...people.values(), reader];
      for (const one of all) await seen(one, 2000);
      await expired(2900);
      expect(await known(all)).toEqual(all.map((one) => [`Name of ${one}`, 'chat']));
      const erased = await makeRetention(pool()).erase(
        caseId,
        { by: supervisor, at, why: 'court-order', record: null },
        later(1).toISOString(),
      );
      expect(erased).toMatchObject({ caseId });
      expect(await makeRetention(pool()).findCase(caseRef)).toBeUndefined();
      await expired(2901);
      expect(await known(all)).toEqual(all.map(() => [undefined, undefined]));
    });

    it('are looked for in every column of a case that names somebody', async () => {
      const columns = (await describeStore(pool()))
        .filter(({ name }) => Object.hasOwn(caseTables, name))
        .flatMap((table) =>
          table.columns
            .filter(({ kind }) => kind === 'person')
            .map(({ name }) => `${table.name}.${name}`),
        );
      const otherwise = [
        // On the case themselves.
        ...['case_people.let_in_by', 'screenings.started_by', 'screening_events.acted_by'],
        ...['invitations.made_by', 'invitations.used_by'],
        // In the audit for it, or on the case. The author of a review is a name there, which filters ask for.
        ...['review_events.acted_by', 'reviews.author', 'case_reads.person'],
        // Ended by whom stands there; this is the advocate of the share.
        'share_ends.advocate',
        // Asked for itself.
        'audit.who',
      ];
      const asked = namedInCases.map(([table, column]) => `${table}.${column}`);
      expect([...asked, ...otherwise].sort()).toEqual(columns.sort());
    });
  });
});
