import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makePeopleChats } from '../../src/adapters/postgres/people-chats.js';
import type { PersonChat } from '../../src/flows/ports.js';
import { describeReviewPorts, person } from './review-setup.js';
import { drivers, usePool } from './stores.js';

const aChat = (given: Partial<PersonChat> = {}): PersonChat => ({
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/uk/',
  conversationId: 'a:1',
  tenantId: 'our-tenant',
  botId: '28:bot',
  personId: '29:anna',
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
});

describe.each(drivers)('chats of people over $name', (driver) => {
  describe.skipIf(driver.isMissing)('of two instances', () => {
    const pool = usePool(driver);

    it('are found by one as the other saw them', async () => {
      const one = person(randomUUID());
      const [here, there] = [makePeopleChats(pool()), makePeopleChats(pool())];
      await here.remember(one, aChat());
      await there.remember(one, aChat({ conversationId: 'a:2' }));
      expect(await here.find(one)).toEqual(aChat({ conversationId: 'a:2' }));
    });
  });
});
