import { describe, expect, it } from 'vitest';
import type { OutgoingActivity } from '../../bot/teams/activity.js';
import { type DeliveryFaultKind, makeDeliveryFault } from '../../bot/teams/delivery-fault.js';
import { makeNotify, pageLink, personChatOf, teamsLink } from '../../bot/teams/notify.js';
import type { ReviewId } from '../../src/core/ids.js';
import { phrases } from '../../src/core/phrases.js';
import { catalogueIn } from '../../src/core/words.js';
import type { PeopleChats, PersonChat } from '../../src/flows/people-chats-port.js';
import { anna, aTime, ben } from '../builders.js';

const about = '00000000-0000-4000-8000-000000000009' as ReviewId;
const chat: PersonChat = {
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  conversationId: 'a:1',
  tenantId: 't',
  botId: '28:bot',
  personId: '29:anna',
  language: undefined,
};
const chats: Pick<PeopleChats, 'find'> = {
  find: async (person) => (person === anna ? chat : undefined),
};
const link = pageLink('http://127.0.0.1:3978');
const notice = (kind: string, to = anna) => ({
  id: 'n',
  kind,
  to,
  about,
  dueAt: aTime,
  key: 'SP-4K7Q-2M',
  tries: 1,
});

describe('telling a person in Teams', () => {
  it.each([
    ['returned', 'A summary you wrote was returned.'],
    ['approved', 'A summary you wrote was approved.'],
    ['handed', 'A summary was handed to you for review.'],
    ['submitted-again', 'A summary you returned was sent again.'],
    ['promise-due', 'Something that was promised is near its date, or past it.'],
    ['update-due', 'An update that is owed is near its date, or past it.'],
    ['ask-again-due', 'A question that was to be asked again is near its date, or past it.'],
    ['coming-date-due', 'A date that somebody is to be told of is near, or past.'],
    ['check-date-due', 'A section 2A check date is near, or past.'],
    ['something-new', 'A summary needs you.'],
  ])('says of %s only that, and where it opens', async (kind, words) => {
    const sent: (readonly [PersonChat, OutgoingActivity])[] = [];
    const sendTo = async (to: PersonChat, message: OutgoingActivity) => {
      sent.push([to, message]);
      return 'm1';
    };
    expect(await makeNotify({ chats, sendTo, link })(notice(kind))).toBe('sent');
    expect(sent).toEqual([
      [
        chat,
        {
          type: 'message',
          text: `${words} Open it: http://127.0.0.1:3978/tab/#/reviews/${about}`,
          textFormat: 'markdown',
          summary: words,
          ...(kind === 'returned' ? { attachments: [expect.anything()] } : {}),
        },
      ],
    ]);
  });

  it('carries the way to correct what was returned, which names nothing', async () => {
    const sent: OutgoingActivity[] = [];
    const sendTo = async (_: PersonChat, message: OutgoingActivity) => {
      sent.push(message);
      return 'm1';
    };
    await makeNotify({ chats, sendTo, link })(notice('returned'));
    const press = { title: phrases.correctIt, data: { signpost: { verb: 'correct' } } };
    expect(sent[0]?.attachments).toEqual([
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          ...{ type: 'AdaptiveCard', version: '1.5' },
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          fallbackText: 'Type “resume” to correct it.',
          body: [{ type: 'TextBlock', text: phrases.correctHere, wrap: true }],
          actions: [
            {
              type: 'Action.Execute',
              verb: 'correct',
              ...press,
              fallback: { type: 'Action.Submit', ...press },
            },
          ],
        },
      },
    ]);
  });

  it.each([
    [undefined, catalogueIn('en')],
    ['en', catalogueIn('en')],
    ['cy', catalogueIn('cy')],
  ] as const)(
    'writes in the language kept with the chat, English where none is: %s',
    async (language, words) => {
      const sent: OutgoingActivity[] = [];
      const sendTo = async (_: PersonChat, message: OutgoingActivity) => {
        sent.push(message);
        return 'm1';
      };
      const own = { find: async () => ({ ...chat, language }) };
      const tell = makeNotify({ chats: own, sendTo, link });
      for (const kind of ['returned', 'check-date-due', 'something-new']) await tell(notice(kind));
      const { kinds, anything, open, correctHere } = words.notices;
      const said = [kinds.returned, kinds['check-date-due'], anything];
      expect(sent.map(({ text, summary }) => [text, summary])).toEqual(
        said.map((one) => [open(one, link(about)), one]),
      );
      expect(sent.map(({ attachments }) => attachments?.length)).toEqual([1, undefined, undefined]);
      expect(sent[0]?.attachments?.[0]?.content).toMatchObject({
        fallbackText: correctHere,
        body: [{ text: words.phrases.correctHere }],
        actions: [{ title: words.phrases.correctIt }],
      });
    },
  );

  it('sends nothing to somebody who never wrote to us', async () => {
    const sendTo = async () => {
      throw new Error('nobody is to be written to');
    };
    const tell = makeNotify({ chats, sendTo, link });
    expect(await tell(notice('returned', ben))).toBe('unreachable');
  });

  it.each([
    ['blocked', 'unreachable'],
    ['gone', 'unreachable'],
    ['unclear', 'unclear'],
    ['throttled', 'failed'],
    ['not-sent', 'failed'],
    ['rejected', 'failed'],
  ] as const)('calls a message that was %s %s', async (kind, told) => {
    const sendTo = async () => {
      throw makeDeliveryFault('create', kind as DeliveryFaultKind);
    };
    expect(await makeNotify({ chats, sendTo, link })(notice('returned'))).toBe(told);
  });

  it('lets any other fault through', async () => {
    const sendTo = async () => {
      throw new Error('a fault of ours');
    };
    await expect(makeNotify({ chats, sendTo, link })(notice('returned'))).rejects.toThrow('ours');
  });

  it('remembers one-to-one chats and no others', () => {
    const activity = {
      type: 'message',
      serviceUrl: chat.serviceUrl,
      channelId: 'msteams',
      from: { id: '29:anna' },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: 't' },
    };
    expect(personChatOf(activity as never)).toEqual(chat);
    const inWelsh = { ...activity, locale: 'cy-GB' };
    expect(personChatOf(inWelsh as never)).toEqual({ ...chat, language: 'cy' });
    const group = { ...activity, conversation: { id: 'g', conversationType: 'groupChat' } };
    expect(personChatOf(group as never)).toBeUndefined();
  });

  it('opens the tab in Teams at the review', () => {
    const { searchParams, pathname } = new URL(teamsLink('app', 'reviews')(about));
    expect(pathname).toBe('/l/entity/app/reviews');
    expect(searchParams.get('context')).toBe(`{"subEntityId":"reviews/${about}"}`);
  });
});
