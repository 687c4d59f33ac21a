import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import { isOpenTo } from '../../src/core/conflicts.js';
import {
  caseIdSchema,
  type ScreeningId,
  screeningIdSchema,
  userIdSchema,
} from '../../src/core/ids.js';
import type { Screening, ScreeningEvent } from '../../src/core/screening.js';
import { makeMayWorkOn } from '../../src/flows/may-work-on.js';
import type { Screenings } from '../../src/flows/ports.js';
import { drivers, makePorts, type StorePorts, usePlace } from './stores.js';

/**
 * What one instance of Signpost remembers must never show in what another saves. On PostgreSQL the two have pools of
 * their own; the embedded store has one process, so there they share its connection and differ in memory alone.
 */

const officer = userIdSchema.parse('officer-1');
const at = '2026-11-20T10:00:00.000Z';

function anEvent(screening: Screening, activityId: string = randomUUID()): ScreeningEvent {
  const seq = screening.events.length + 1;
  return { seq, at, by: officer, client: 'card', activityId, act: { kind: 'pause' } };
}

/** Takes an activity as the flow does: a repeat has no second effect. */
function take(screenings: Screenings, id: ScreeningId, activityId: string = randomUUID()) {
  return screenings.change<number | 'repeated'>(id, (screening) =>
    screening.events.some((event) => event.activityId === activityId)
      ? { result: 'repeated' }
      : { save: anEvent(screening, activityId), result: screening.events.length + 1 },
  );
}

const countEvents = (screenings: Screenings, id: ScreeningId) =>
  screenings.change(id, ({ events }) => ({ result: events.length }));

async function begin(
  screenings: Screenings,
  of: Pick<Screening, 'caseId' | 'caseRef'> = {
    caseId: caseIdSchema.parse(randomUUID()),
    caseRef: `SP-${randomUUID().slice(0, 13)}`,
  },
): Promise<ScreeningId> {
  const { id } = await screenings.start({
    id: screeningIdSchema.parse(randomUUID()),
    caseId: of.caseId,
    caseRef: of.caseRef,
    script: 'first-contact',
    version: 1,
    startedBy: officer,
    startedAt: at,
    activityId: randomUUID(),
  });
  return id;
}

describe.each(drivers)('two instances over $name', (driver) => {
  describe.skipIf(driver.isMissing)('of one store', () => {
    const place = usePlace(driver);
    const statements: string[] = [];
    let pools: readonly [StorePool, StorePool];
    let here: StorePorts;
    let there: StorePorts;
    beforeAll(async () => {
      const { pool, open } = place();
      const another = pool.kind === 'postgres' ? await open() : pool;
      pools = [pool, another];
      here = makePorts(counting(pool, statements));
      there = makePorts(another);
    });
    afterAll(async () => {
      for (const each of [here, there]) await each.close();
      if (pools[1] !== pools[0]) await pools[1].end();
    });

    it('let nobody act whom the other has just closed the case to, whatever is remembered', async () => {
      const id = await begin(here.screenings);
      const remembered = await there.screenings.find(id);
      if (!remembered) throw new Error('the screening is gone');
      const { caseId } = remembered;
      const actThere = () =>
        there.screenings.change(id, (screening) =>
          isOpenTo(screening, officer)
            ? { save: anEvent(screening), result: 'saved' }
            : { result: 'not-yours' },
        );
      expect(await actThere()).toBe('saved');
      const by = userIdSchema.parse('supervisor-1');
      const named = { person: officer, by, at, why: 'suspect-or-subject', record: null } as const;
      expect(await here.conflicts.name(caseId, named)).toBe('named');
      expect(await actThere()).toBe('not-yours');
      const rolesOf = async () => ['supervisor' as const];
      const mayWorkOn = makeMayWorkOn(rolesOf, there.conflicts.isBarred);
      expect(await mayWorkOn(remembered, officer)).toBe(false);
      const [one] = await there.conflicts.listCase(caseId);
      if (!one) throw new Error('the conflict is gone');
      await there.conflicts.lift(caseId, one, { by, at, why: 'named-in-error', record: null });
      expect(await actThere()).toBe('saved');
      expect((await here.screenings.find(id))?.events).toHaveLength(2);
    });

    it('save every change of both once, in one order, none decided on an old memory', async () => {
      const id = await begin(here.screenings);
      const activities = Array.from({ length: 120 }, () => randomUUID());
      const taken = await Promise.all(
        activities.map((activity, i) => take((i % 2 ? here : there).screenings, id, activity)),
      );
      const numbers = activities.map((_, i) => i + 1);
      expect([...taken].sort((a, b) => Number(a) - Number(b))).toEqual(numbers);
      const events = (await here.screenings.find(id))?.events ?? [];
      expect(events.map(({ seq }) => seq)).toEqual(numbers);
      expect(events.map(({ activityId }) => activityId).sort()).toEqual([...activities].sort());
      // Each was saved under the number it was decided for.
      expect(
        activities.map((activity) => events.findIndex((e) => e.activityId === activity) + 1),
      ).toEqual(taken);
    });

    it('let an activity that reaches both have one effect', async () => {
      const id = await begin(here.screenings);
      const activities = Array.from({ length: 30 }, () => randomUUID());
      const taken = await Promise.all(
        activities.map((activity) =>
          Promise.all([here, there].map(({ screenings }) => take(screenings, id, activity))),
        ),
      );
      expect(taken.map((both) => both.filter((one) => one === 'repeated').length)).toEqual(
        Array(30).fill(1),
      );
      expect((await there.screenings.find(id))?.events).toHaveLength(30);
    });

    it('know a repeat of what the other saved later than they looked', async () => {
      const id = await begin(here.screenings);
      await take(here.screenings, id);
      const activity = randomUUID();
      expect(await take(there.screenings, id, activity)).toBe(2);
      expect(await take(here.screenings, id, activity)).toBe('repeated');
    });

    it('decide to save nothing on what the store holds only', async () => {
      const id = await begin(here.screenings);
      await take(here.screenings, id);
      await take(there.screenings, id);
      expect(await countEvents(here.screenings, id)).toBe(2);
    });

    it('read of what they remember only what the other saved since, in one statement', async () => {
      const id = await begin(here.screenings);
      for (const { screenings } of [here, here, there, there, here, there, there])
        await take(screenings, id);
      statements.length = 0;
      const found = await here.screenings.find(id);
      expect(statements).toEqual([expect.stringMatching(/from screening_events e .* and seq > /s)]);
      expect(found?.events).toHaveLength(7);
      expect(found).toEqual(await makePorts(pools[1]).screenings.find(id));
    });

    it('see at once whom the other let in', async () => {
      const id = await begin(here.screenings);
      await take(here.screenings, id);
      const by = userIdSchema.parse('colleague-1');
      const codeHash = createHash('sha256').update(randomUUID()).digest('hex');
      const validUntil = '2026-11-20T10:15:00.000Z';
      await there.cases.invite({ codeHash, screening: id, by: officer, at, validUntil });
      await there.cases.join({ codeHash, by, at });
      const taken = await here.screenings.change(id, (screening) =>
        screening.people.includes(by)
          ? { save: anEvent(screening), result: 'saved' }
          : { result: 'not-yours' },
      );
      expect(taken).toBe('saved');
    });

    it('leave no gap where the store was put back to before what they remember', async () => {
      const id = await begin(here.screenings);
      for (let count = 0; count < 3; count += 1) await take(here.screenings, id);
      for (const statement of [
        'alter table screening_events disable trigger user',
        `delete from screening_events where screening_id = '${id}' and seq > 1`,
        'alter table screening_events enable trigger user',
      ])
        await withClient(pools[1], (client) => client.query(statement));
      expect(await take(here.screenings, id)).toBe(2);
      expect((await there.screenings.find(id))?.events).toHaveLength(2);
    });

    it.runIf(driver.name === 'PostgreSQL')(
      'take a screening for a follow-on of one that was being begun elsewhere',
      async () => {
        const caseId = caseIdSchema.parse(randomUUID());
        const elsewhere = { id: screeningIdSchema.parse(randomUUID()), caseId, caseRef: caseId };
        const wait = `select 1 from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%insert into screenings%' and pid <> pg_backend_pid()`;
        const begun = await inTransaction(pools[1], async (client) => {
          await client.query('insert into cases values ($1, $2)', [caseId, caseId]);
          await client.query(
            `insert into screenings
               (id, case_id, case_ref, script, version, started_by, started_at, started_activity, is_follow_on)
             values ($1, $2, $3, 'first-contact', 1, 'officer-1', now(), $3, false)`,
            [elsewhere.id, caseId, caseId],
          );
          const starting = begin(here.screenings, elsewhere);
          // Asked outside: a transaction sees one state of the server's activity only.
          const isWaiting = () => withClient(pools[1], (other) => other.query(wait));
          await expect.poll(async () => (await isWaiting()).rowCount).toBe(1);
          // In a list, since a promise given back alone would be waited for.
          return [starting];
        });
        const id = await begun[0];
        const listed = await here.screenings.listCase(caseId);
        expect(listed.map((one) => [one.id, one.isFollowOn])).toEqual([
          [elsewhere.id, false],
          [id, true],
        ]);
      },
    );

    it('spend one statement on a turn, and what the chat shows is in the store soon after', async () => {
      const id = await begin(here.screenings);
      await take(here.screenings, id);
      const [key, otherKey] = [1, 2].map(() => `msteams|${randomUUID()}`) as [string, string];
      const costOfFinding = async (asked: string) => {
        statements.length = 0;
        await here.chats.find(asked);
        return statements.length;
      };
      // Nothing is remembered before the connection that hears of changes stands.
      await expect.poll(() => costOfFinding(key)).toBe(0);
      statements.length = 0;
      await here.screenings.change(id, (screening) => ({
        save: anEvent(screening),
        result: undefined,
      }));
      expect(statements).toEqual([expect.stringContaining('insert into screening_events')]);
      const chat = { key, screening: id, seen: 2, cardMessage: 'm1' };
      await here.chats.put({ ...chat, seen: 1 });
      await here.chats.put(chat);
      expect(await here.chats.find(key)).toEqual(chat);
      expect(statements).toHaveLength(1);
      await here.close();
      expect(statements).toEqual([
        expect.stringContaining('insert into screening_events'),
        expect.stringContaining('insert into chats'),
      ]);
      // What is announced after it has arrived, so its own announcement has too, and made it forget nothing.
      await there.chats.put({ ...chat, key: otherKey });
      await there.close();
      if (pools[0].kind === 'postgres')
        await expect.poll(() => here.chats.find(otherKey)).toBeDefined();
      expect(await costOfFinding(key)).toBe(0);
      expect(await here.chats.find(key)).toEqual(chat);
    });

    it('hear what a chat shows from each other', async () => {
      const id = await begin(here.screenings);
      const chat = { key: `msteams|${randomUUID()}`, screening: id, seen: 1, cardMessage: 'm1' };
      for (const [from, to] of [
        [here, there],
        [there, here],
        [here, there],
      ] as const) {
        const put = { ...chat, seen: chat.seen + 1 };
        await from.chats.put(put);
        await from.close();
        // The embedded store has one process, and so one that knows.
        const asked = pools[0].kind === 'postgres' ? to : from;
        await expect.poll(() => asked.chats.find(chat.key)).toEqual(put);
      }
    });
  });
});

/** The same pool, noting the text of every statement. */
function counting(pool: StorePool, statements: string[]): StorePool {
  return {
    ...pool,
    connect: async () => {
      const client = await pool.connect();
      return new Proxy(client, {
        get: (target, name) => {
          const value = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...values: unknown[]) => {
            if (name === 'query') statements.push(String(values[0]));
            return value.apply(target, values);
          };
        },
      });
    },
  };
}
