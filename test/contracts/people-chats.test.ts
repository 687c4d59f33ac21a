import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { type Ear, openEar } from '../../src/adapters/postgres/ear.js';
import { makePeopleChats } from '../../src/adapters/postgres/people-chats.js';
import { type StorePool, withClient } from '../../src/adapters/postgres/pool.js';
import type { Language } from '../../src/core/words.js';
import type { PersonChat } from '../../src/flows/ports.js';
import { describeReviewPorts, person } from './review-setup.js';
import { drivers, usePlace, usePool } from './stores.js';

const aChat = (given: Partial<PersonChat> = {}): PersonChat => ({
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/uk/',
  conversationId: 'a:1',
  tenantId: 'our-tenant',
  botId: '28:bot',
  personId: '29:anna',
  language: undefined,
  ...given,
});

describeReviewPorts('chats of people', (ports) => {
  it('are found whole, and not of somebody who never wrote', async () => {
    const [one, other] = [person(randomUUID()), person(randomUUID())];
    await ports().peopleChats.remember(one, aChat());
    expect(await ports().peopleChats.find(one)).toEqual(aChat());
    expect(await ports().peopleChats.find(other)).toBeUndefined();
  });

  it('are those that were seen last, also where one was seen before', async () => {
    const one = person(randomUUID());
    const moved = aChat({
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      tenantId: undefined,
    });
    for (const chat of [aChat(), moved, moved, aChat(), moved])
      await ports().peopleChats.remember(one, chat);
    expect(await ports().peopleChats.find(one)).toEqual(moved);
  });

  it('have the language that Teams gave last, also where it gave none since', async () => {
    const one = person(randomUUID());
    const found: unknown[] = [];
    for (const language of [undefined, 'cy', undefined, 'en'] as const) {
      await ports().peopleChats.remember(one, aChat({ language }));
      found.push((await ports().peopleChats.find(one))?.language);
    }
    expect(found).toEqual([undefined, 'cy', 'cy', 'en']);
    expect(await ports().peopleChats.chosenBy(one)).toBeUndefined();
  });
});

describeReviewPorts('a language chosen', (ports) => {
  const choose = (who: string, language: Language | undefined, minute: number) =>
    ports().peopleChats.choose(
      person(who),
      aChat({ language: 'en' }),
      language,
      `2026-11-20T10:${minute}:00.000Z`,
    );
  /** What their turns are answered in, and what they are written to in. */
  const standing = async (who: string) => [
    await ports().peopleChats.chosenBy(person(who)),
    (await ports().peopleChats.find(person(who)))?.language,
  ];

  it('is kept before the chat was, and goes before what Teams gives, of that person alone', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    expect(await choose(one, 'cy', 10)).toBe('cy');
    await ports().peopleChats.remember(person(one), aChat({ language: 'en' }));
    await ports().peopleChats.remember(person(other), aChat({ language: 'en' }));
    expect(await ports().peopleChats.find(person(one))).toEqual(aChat({ language: 'cy' }));
    expect([await standing(one), await standing(other)]).toEqual([
      ['cy', 'cy'],
      [undefined, 'en'],
    ]);
  });

  it('is changed by choosing again, and given up by following Teams again', async () => {
    const one = randomUUID();
    expect(await standing(one)).toEqual([undefined, undefined]);
    for (const [minute, language] of [
      [10, 'cy'],
      [11, 'en'],
      [12, 'cy'],
    ] as const) {
      expect(await choose(one, language, minute)).toBe(language);
      expect(await standing(one)).toEqual([language, language]);
    }
    expect(await choose(one, undefined, 13)).toBeUndefined();
    expect(await standing(one)).toEqual([undefined, 'en']);
  });

  it('is not undone by a message that comes late, and stays the same by one that comes again', async () => {
    const one = randomUUID();
    await choose(one, 'cy', 10);
    await choose(one, 'en', 12);
    expect([await choose(one, 'cy', 10), await choose(one, 'cy', 11)]).toEqual(['en', 'en']);
    expect(await choose(one, 'en', 12)).toBe('en');
    await choose(one, undefined, 14);
    expect(await choose(one, 'en', 12)).toBeUndefined();
    expect(await standing(one)).toEqual([undefined, 'en']);
  });
});

/** Of an instance that hears nothing, as while its connection is lost. */
const deaf: Ear = { isListening: () => false, on: () => undefined };

/** The pool, with the number of connections taken from it: one for each look at the store. */
function counting(pool: StorePool) {
  let looks = 0;
  const connect = () => {
    looks += 1;
    return pool.connect();
  };
  return { pool: { ...pool, connect }, looks: () => looks };
}

const at = '2026-11-20T10:00:00.000Z';

describe.each(drivers)('languages of people over $name', (driver) => {
  describe.skipIf(driver.isMissing)('as instances remember them', () => {
    const place = usePlace(driver);

    it('cost a turn no look at the store once it is known who chose', async () => {
      const [chose, other] = [person(randomUUID()), person(randomUUID())];
      await makePeopleChats(place().pool, deaf).choose(chose, aChat(), 'cy', at);
      const { pool, looks } = counting(place().pool);
      const hears: Ear = { isListening: () => true, on: () => undefined };
      const chats = makePeopleChats(pool, hears);
      await vi.waitUntil(async () => {
        const before = looks();
        await chats.chosenBy(person(randomUUID()));
        return looks() === before;
      });
      const before = looks();
      for (const who of [chose, other, chose, other, chose]) await chats.chosenBy(who);
      expect([looks() - before, await chats.chosenBy(chose)]).toEqual([1, 'cy']);
    });

    it('are asked of the store each time while nothing is heard', async () => {
      const one = person(randomUUID());
      const [here, there] = [deaf, deaf].map((ear) => makePeopleChats(place().pool, ear));
      expect(await there?.chosenBy(one)).toBeUndefined();
      await here?.choose(one, aChat(), 'cy', at);
      expect(await there?.chosenBy(one)).toBe('cy');
    });

    it.runIf(driver.name === 'PostgreSQL')(
      'are forgotten once they change at another instance, or their row is deleted, and no word tells of whom',
      async () => {
        const one = person(randomUUID());
        const [own, others] = [await place().open(), await place().open()];
        const heard: string[] = [];
        const ear = openEar(own);
        ear.on('languages', (said) => void heard.push(said));
        const [here, there] = [makePeopleChats(own, ear), makePeopleChats(others, openEar(others))];
        await vi.waitUntil(ear.isListening);
        expect(await here.chosenBy(one)).toBeUndefined();
        for (const language of ['cy', 'en', undefined, 'cy'] as const) {
          await there.choose(one, aChat(), language, at);
          await vi.waitUntil(async () => (await here.chosenBy(one)) === language);
        }
        await withClient(place().pool, (client) =>
          client.query('delete from people_chats where person = $1', [one]),
        );
        await vi.waitUntil(async () => (await here.chosenBy(one)) === undefined);
        await vi.waitUntil(() => heard.length === 5);
        expect(new Set(heard)).toEqual(new Set([createHash('sha256').update(one).digest('hex')]));
        await Promise.all([own.end(), others.end()]);
      },
    );
  });
});

describe.each(drivers)('chats of people over $name', (driver) => {
  describe.skipIf(driver.isMissing)('of two instances', () => {
    const pool = usePool(driver);

    it('are found by one as the other saw them', async () => {
      const one = person(randomUUID());
      const [here, there] = [makePeopleChats(pool(), deaf), makePeopleChats(pool(), deaf)];
      await here.remember(one, aChat());
      await there.remember(one, aChat({ conversationId: 'a:2' }));
      expect(await here.find(one)).toEqual(aChat({ conversationId: 'a:2' }));
    });
  });
});
