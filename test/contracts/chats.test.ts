import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { caseIdSchema, screeningIdSchema, userIdSchema } from '../../src/core/ids.js';
import type { Chat } from '../../src/flows/ports.js';
import { describeStores, type Ports } from './stores.js';

async function aChat(ports: Ports, given: Partial<Chat> = {}): Promise<Chat> {
  const { id } = await ports.screenings.start({
    id: screeningIdSchema.parse(randomUUID()),
    caseId: caseIdSchema.parse(randomUUID()),
    caseRef: `SP-${randomUUID().slice(0, 13)}`,
    script: 'first-contact',
    version: 1,
    startedBy: userIdSchema.parse('officer-1'),
    startedAt: '2026-11-20T10:00:00.000Z',
    activityId: randomUUID(),
  });
  const key = `msteams|19:${randomUUID()}@unq.gbl.spaces;messageid=1`;
  return { key, screening: id, seen: 0, cardMessage: undefined, ...given };
}

describeStores('chats', (ports) => {
  it('finds nothing in a chat that never had a card', async () => {
    expect(await ports().chats.find('msteams|a:1')).toBeUndefined();
  });

  it('finds what was put, before and after the card has an id', async () => {
    const chat = await aChat(ports());
    await ports().chats.put(chat);
    expect(await ports().chats.find(chat.key)).toEqual(chat);
    await ports().chats.put({ ...chat, seen: 3, cardMessage: '1763640000000' });
    expect(await ports().chats.find(chat.key)).toEqual({
      ...chat,
      seen: 3,
      cardMessage: '1763640000000',
    });
  });

  it('forgets the card of the screening before', async () => {
    const first = await aChat(ports(), { seen: 9, cardMessage: 'm1' });
    const second = await aChat(ports(), { key: first.key });
    await ports().chats.put(first);
    await ports().chats.put(second);
    expect(await ports().chats.find(first.key)).toEqual(second);
  });

  it('keeps chats apart', async () => {
    const [first, second] = [await aChat(ports()), await aChat(ports())];
    await Promise.all([ports().chats.put(first), ports().chats.put(second)]);
    expect(await ports().chats.find(first.key)).toEqual(first);
    expect(await ports().chats.find(second.key)).toEqual(second);
  });
});
