import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { incomingActivitySchema } from '../../bot/teams/activity.js';
import { findDeliveryFault, type OutgoingActivity } from '../../bot/teams/channel.js';
import { guardSingleTenant } from '../../bot/teams/guard.js';
import { withTyping } from '../../bot/teams/with-typing.js';
import type { Misbehaviour } from './connector-double.js';
import { ISSUER, type TokenWishes } from './identity-double.js';
import {
  APP_ID,
  anActivity,
  post,
  startTransport,
  type Transport,
  type TransportWishes,
} from './transport-setup.js';

let running: Transport[] = [];

async function start(wishes: TransportWishes = {}): Promise<Transport> {
  const transport = await startTransport(wishes);
  running.push(transport);
  return transport;
}

beforeEach(() => {
  // The SDK prints where it cannot be checked for personal data; nothing may make it do so.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(async () => {
  expect(console.error).not.toHaveBeenCalled();
  expect(console.warn).not.toHaveBeenCalled();
  await Promise.all(running.map((transport) => transport.stop()));
  running = [];
});

const aMessage = (text = 'An answer.'): OutgoingActivity => ({ type: 'message', text });
const nowSeconds = () => Math.floor(Date.now() / 1_000);

describe('a turn', () => {
  it('hears the activity with every field, known or not', async () => {
    const transport = await start();
    const answer = await transport.deliver(
      anActivity({ value: { step: 2 }, surprise: { deep: [1] }, replyToId: 'm-9' }),
    );
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(transport.turns).toHaveLength(1);
    expect(transport.turns[0]?.activity).toMatchObject({
      type: 'message',
      id: '1700000000001',
      text: 'What is a stalking protection order?',
      value: { step: 2 },
      surprise: { deep: [1] },
      replyToId: 'm-9',
      from: { id: '29:officer', aadObjectId: 'oid-1' },
      conversation: { id: 'a:chat-1', tenantId: 'our-tenant' },
    });
  });

  it('treats null as a field left out', async () => {
    const transport = await start();
    await transport.deliver(anActivity({ text: null, replyToId: null, membersAdded: null }));
    expect(transport.turns).toHaveLength(1);
    expect(transport.turns[0]?.activity.text).toBeUndefined();
  });

  it.each(['typing', 'messageReaction', 'somethingNew'])(
    'hears of a %s and answers 200',
    async (type) => {
      const transport = await start();
      expect((await transport.deliver(anActivity({ type }))).status).toBe(200);
      expect(transport.turns).toHaveLength(1);
    },
  );

  it('replies in the conversation, from the bot to the person, with the bot’s own token', async () => {
    const ids: (string | undefined)[] = [];
    const transport = await start({
      onTurn: async ({ send }) => {
        ids.push(await send(aMessage()));
      },
    });
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(1);
    expect(transport.connector.calls[0]).toMatchObject({
      kind: 'reply',
      conversationId: 'a:chat-1',
      activityId: '1700000000001',
      headers: { authorization: 'Bearer bot-token-1' },
      body: {
        text: 'An answer.',
        from: { id: expect.stringMatching(/^28:/) },
        recipient: { id: '29:officer' },
      },
    });
    expect(ids).toEqual(['1:1']);
    expect(Object.fromEntries(transport.identity.tokenRequests[0] ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'https://api.botframework.com/.default',
    });
  });

  it('posts to the conversation when the activity has no id', async () => {
    const transport = await start({ onTurn: async ({ send }) => void (await send(aMessage())) });
    await transport.deliver(anActivity({ id: undefined, type: 'conversationUpdate' }));
    expect(transport.connector.calls.map(({ kind }) => kind)).toEqual(['create']);
  });

  it('updates an earlier message in its place', async () => {
    const transport = await start({ onTurn: ({ update }) => update('m-7', aMessage('Newer.')) });
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(1);
    expect(transport.connector.calls[0]).toMatchObject({
      kind: 'update',
      activityId: 'm-7',
      body: { id: 'm-7', text: 'Newer.' },
    });
  });

  it('fetches the bot’s token once for many sends, and again after a 401', async () => {
    const transport = await start({
      onTurn: async ({ send }) => {
        await Promise.all([send(aMessage()), send(aMessage())]);
      },
    });
    await Promise.all([transport.deliver(anActivity()), transport.deliver(anActivity())]);
    expect(transport.identity.tokenRequests).toHaveLength(1);
    transport.connector.misbehave({ kind: 'status', status: 401 });
    await transport.deliver(anActivity());
    expect(transport.faults).toEqual([]);
    expect(transport.identity.tokenRequests).toHaveLength(2);
    expect(transport.connector.calls.at(-1)?.headers.authorization).toBe('Bearer bot-token-2');
  });
});

describe('on the wire', () => {
  const entity = {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    usageInfo: { '@type': 'CreativeWork', '@id': 'label-id' },
    citation: [
      {
        '@type': 'Claim',
        position: 1,
        appearance: {
          '@type': 'DigitalDocument',
          name: 'Stalking guidance',
          abstract: 'Record the course of conduct.',
          url: 'https://www.college.police.uk/guidance',
          keywords: ['stalking'],
          image: { '@type': 'ImageObject', name: 'PDF' },
        },
      },
    ],
  };

  it.each(['send', 'update'] as const)('%s carries every field of a message', async (how) => {
    const outgoing: OutgoingActivity = {
      type: 'message',
      text: 'Record it [1].',
      textFormat: 'extendedmarkdown',
      summary: 'Guidance answer ready',
      entities: [entity, { type: 'streaminfo', streamType: 'final', streamId: 's-1' }],
      channelData: { feedbackLoop: { type: 'default' }, notification: { alert: true } },
      suggestedActions: {
        to: ['29:officer'],
        actions: [{ type: 'Action.Submit', title: 'More', value: { verb: 'more' } }],
      },
    };
    const transport = await start({
      onTurn: async (turn) =>
        void (await (how === 'send' ? turn.send(outgoing) : turn.update('m-1', outgoing))),
    });
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(1);
    expect(transport.connector.calls[0]?.body).toMatchObject(outgoing);
    expect(transport.connector.calls[0]?.body?.entities).toEqual(outgoing.entities);
  });

  it('carries a card whole', async () => {
    const content = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: 'A', odd: [1] }],
    };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    const transport = await start({
      onTurn: async ({ send }) => void (await send({ type: 'message', attachments })),
    });
    await transport.deliver(anActivity());
    expect(transport.connector.messages()).toMatchObject([{ attachments }]);
  });

  it('refuses a message over Teams’ limit before it leaves', async () => {
    const transport = await start({
      onTurn: async ({ send }) => void (await send(aMessage('x'.repeat(41 * 1_024)))),
    });
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toEqual([]);
    expect(transport.faults.map((fault) => findDeliveryFault(fault)?.kind)).toEqual(['too-large']);
  });
});

describe('a create', () => {
  const sendOnce: TransportWishes = {
    onTurn: async ({ send }) => void (await send(aMessage())),
    limits: { callMs: 300 },
  };

  it.each<[string, Misbehaviour, object]>([
    ['500', { kind: 'status', status: 500 }, { kind: 'unclear', status: 500 }],
    ['502', { kind: 'status', status: 502 }, { kind: 'unclear', status: 502 }],
    ['412', { kind: 'status', status: 412 }, { kind: 'rejected', status: 412 }],
    ['404', { kind: 'status', status: 404 }, { kind: 'gone' }],
    [
      '413',
      { kind: 'status', status: 413, code: 'MessageSizeTooBig' },
      { kind: 'too-large', code: 'MessageSizeTooBig' },
    ],
    [
      '403',
      { kind: 'status', status: 403, code: 'BotNotInConversationRoster' },
      { kind: 'blocked', code: 'BotNotInConversationRoster' },
    ],
    [
      '307',
      { kind: 'status', status: 307, location: '/elsewhere' },
      { kind: 'unclear', status: 307 },
    ],
    ['a reset', { kind: 'reset' }, { kind: 'unclear', code: 'ECONNRESET' }],
    ['silence', { kind: 'stall' }, { kind: 'unclear', code: 'timeout' }],
  ])('answered with %s is not sent again', async (_, how, expected) => {
    const transport = await start(sendOnce);
    transport.connector.misbehave(how, 5);
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(1);
    expect(transport.faults).toHaveLength(1);
    expect(findDeliveryFault(transport.faults[0])).toMatchObject(expected);
  });

  it('waits as long as a 429 says, then is sent', async () => {
    const transport = await start(sendOnce);
    transport.connector.misbehave({ kind: 'status', status: 429, retryAfter: '1' });
    await transport.deliver(anActivity());
    expect(transport.faults).toEqual([]);
    const [first, second, ...others] = transport.connector.calls;
    expect(others).toEqual([]);
    expect((second?.arrivedAt ?? 0) - (first?.arrivedAt ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('is sent again after a 429 that names no time', async () => {
    const transport = await start(sendOnce);
    transport.connector.misbehave({ kind: 'status', status: 429 }, 2);
    await transport.deliver(anActivity());
    expect(transport.faults).toEqual([]);
    expect(transport.connector.calls).toHaveLength(3);
  });

  it('gives up after four 429s', async () => {
    const transport = await start(sendOnce);
    transport.connector.misbehave({ kind: 'status', status: 429 }, 9);
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(4);
    expect(findDeliveryFault(transport.faults[0])?.kind).toBe('throttled');
  });

  it('gives up at once when a 429 asks for longer than the time there is', async () => {
    const transport = await start(sendOnce);
    transport.connector.misbehave({ kind: 'status', status: 429, retryAfter: '3600' });
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(1);
    expect(findDeliveryFault(transport.faults[0])).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 3_600_000,
    });
  });

  it('is tried again when nothing can have left: no token to send it with', async () => {
    const transport = await start({ ...sendOnce, limits: { firstPauseMs: 200 } });
    const token = transport.identity.mint();
    // A first request fetches Teams' keys, so that only the bot's own token fails below.
    await transport.deliver(anActivity({ conversation: { id: 'a', tenantId: 'other' } }), token);
    transport.identity.become('failing');
    setTimeout(() => transport.identity.become('well'), 100);
    await transport.deliver(anActivity(), token);
    expect(transport.faults).toEqual([]);
    expect(transport.connector.calls).toHaveLength(1);
  });

  it('fails as not sent when the bot’s token cannot be had', async () => {
    const transport = await start(sendOnce);
    const token = transport.identity.mint();
    await transport.deliver(anActivity({ conversation: { id: 'a', tenantId: 'other' } }), token);
    transport.identity.become('failing');
    await transport.deliver(anActivity(), token);
    expect(transport.connector.calls).toEqual([]);
    expect(findDeliveryFault(transport.faults[0])?.kind).toBe('not-sent');
  });

  it('keeps the words of the message and the token out of the fault', async () => {
    const transport = await start(sendOnce);
    transport.connector.misbehave({ kind: 'status', status: 500 });
    await transport.deliver(anActivity());
    const [fault] = transport.faults;
    expect(fault).toBeInstanceOf(Error);
    const shown = JSON.stringify(fault, Object.getOwnPropertyNames(fault)) + String(fault);
    expect(shown).not.toMatch(/An answer|bot-token|Words of the service/);
    expect((fault as Error).cause).toBeUndefined();
  });
});

describe('an update', () => {
  const updateOnce: TransportWishes = {
    onTurn: ({ update }) => update('m-1', aMessage()),
    limits: { callMs: 200 },
  };

  it.each<[string, Misbehaviour]>([
    ['412', { kind: 'status', status: 412 }],
    ['429', { kind: 'status', status: 429 }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['a reset', { kind: 'reset' }],
    ['silence', { kind: 'stall' }],
  ])('is repeated after %s', async (_, how) => {
    const transport = await start(updateOnce);
    transport.connector.misbehave(how, 2);
    await transport.deliver(anActivity());
    expect(transport.faults).toEqual([]);
    expect(transport.connector.calls).toHaveLength(3);
  });

  it.each([400, 403, 404])('is not repeated after %i', async (status) => {
    const transport = await start(updateOnce);
    transport.connector.misbehave({ kind: 'status', status }, 3);
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(1);
    expect(transport.faults).toHaveLength(1);
  });

  it('is given up after four attempts', async () => {
    const transport = await start(updateOnce);
    transport.connector.misbehave({ kind: 'status', status: 500 }, 9);
    await transport.deliver(anActivity());
    expect(transport.connector.calls).toHaveLength(4);
    expect(transport.faults).toHaveLength(1);
  });

  it('is given up when its time is over', async () => {
    const transport = await start({
      ...updateOnce,
      limits: { callMs: 150, totalMs: 400, attempts: 50 },
    });
    transport.connector.misbehave({ kind: 'stall' }, 50);
    await transport.deliver(anActivity());
    expect(transport.connector.calls.length).toBeLessThanOrEqual(4);
    expect(transport.faults).toHaveLength(1);
  });
});

describe('in one conversation', () => {
  it('sends one at a time and in order, also across turns', async () => {
    const transport = await start({
      onTurn: async ({ send, activity }) => {
        const texts = [1, 2, 3].map((n) => `${activity.text} ${n}`);
        await Promise.all(texts.map((text) => send(aMessage(text))));
      },
    });
    transport.connector.misbehave({ kind: 'slow', afterMs: 15 }, 6);
    await Promise.all([
      transport.deliver(anActivity({ text: 'a' })),
      transport.deliver(anActivity({ text: 'b' })),
    ]);
    expect(transport.connector.mostAtOnce()).toBe(1);
    const texts = transport.connector.messages().map(({ text }) => String(text));
    expect(texts.filter((text) => text.startsWith('a'))).toEqual(['a 1', 'a 2', 'a 3']);
    expect(texts.filter((text) => text.startsWith('b'))).toEqual(['b 1', 'b 2', 'b 3']);
  });

  it('goes on after a send that failed', async () => {
    const transport = await start({
      onTurn: async ({ send }) => {
        const results = await Promise.allSettled([send(aMessage('1')), send(aMessage('2'))]);
        expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      },
    });
    transport.connector.misbehave({ kind: 'status', status: 500 });
    await transport.deliver(anActivity());
    expect(transport.faults).toEqual([]);
  });

  it('is not held up by another', async () => {
    const transport = await start({
      onTurn: async ({ send }) => void (await send(aMessage())),
      limits: { callMs: 3_000 },
    });
    transport.connector.misbehave({ kind: 'slow', afterMs: 1_500 });
    let isSlowDone = false;
    const slow = transport.deliver(anActivity()).then(() => {
      isSlowDone = true;
    });
    await transport.connector.arrived(1);
    await transport.deliver(
      anActivity({
        conversation: { id: 'a:chat-2', conversationType: 'personal', tenantId: 'our-tenant' },
      }),
    );
    expect(isSlowDone).toBe(false);
    await slow;
  });
});

describe('an invoke', () => {
  const invoke = anActivity({ type: 'invoke', name: 'adaptiveCard/action', value: {} });

  it('gets the status and body the turn gave', async () => {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: {} };
    const transport = await start({ onTurn: async ({ answerInvoke }) => answerInvoke(200, body) });
    const answer = await transport.deliver(invoke);
    expect({ status: answer.status, body: JSON.parse(answer.text) }).toEqual({ status: 200, body });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it('gets 501 when nobody answered', async () => {
    const transport = await start();
    expect(await transport.deliver(invoke)).toMatchObject({ status: 501, text: '' });
  });

  it('gets 500 without words when the turn fails, even after an answer', async () => {
    const transport = await start({
      onTurn: async ({ answerInvoke }) => {
        answerInvoke(200, { saved: true });
        throw new Error('secret words');
      },
    });
    expect(await transport.deliver(invoke)).toMatchObject({ status: 500, text: '' });
    expect(transport.faults).toHaveLength(1);
  });

  it('gets what the fault handler answers', async () => {
    const transport = await start({
      onTurn: () => Promise.reject(new Error('secret words')),
      onFault: async ({ answerInvoke }) => answerInvoke(200, { statusCode: 500 }),
    });
    expect(await transport.deliver(invoke)).toMatchObject({
      status: 200,
      text: '{"statusCode":500}',
    });
  });

  it.each([
    ['a body that is not JSON', 200, { big: 1n }],
    ['a status that is none', 99, {}],
  ])('gets 500 for %s', async (_, status, body) => {
    const transport = await start({
      onTurn: async ({ answerInvoke }) => answerInvoke(status, body),
    });
    expect(await transport.deliver(invoke)).toMatchObject({ status: 500, text: '' });
  });

  it('gets 504 when the turn is too slow, and the turn goes on', async () => {
    const transport = await start({
      limits: { answerWithinMs: 100 },
      onTurn: async ({ send }) => {
        await new Promise((resolve) => setTimeout(resolve, 250));
        await send(aMessage('Late but complete.'));
      },
    });
    expect((await transport.deliver(invoke)).status).toBe(504);
    await transport.connector.arrived(1);
    expect(transport.connector.messages()).toMatchObject([{ text: 'Late but complete.' }]);
  });
});

describe('the sign of typing', () => {
  const typing = { type: 'typing' };
  const heard = () => {
    const sent: OutgoingActivity[] = [];
    const turn = {
      activity: incomingActivitySchema.parse({ serviceUrl: 'https://x.example/', ...anActivity() }),
      send: async (activity: OutgoingActivity) => `m-${sent.push(activity)}`,
      update: async (_: string, activity: OutgoingActivity) => void sent.push(activity),
      answerInvoke: () => undefined,
      later: () => undefined,
    };
    return { sent, turn };
  };
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is sent once while nothing else was', async () => {
    const { sent, turn } = heard();
    const done = withTyping(turn, async (own) => {
      await vi.advanceTimersByTimeAsync(2_000);
      await own.send(aMessage());
    });
    await done;
    expect(sent).toEqual([typing, aMessage()]);
  });

  it.each(['send', 'update'] as const)('is not sent after a %s', async (how) => {
    const { sent, turn } = heard();
    await withTyping(turn, async (own) => {
      await (how === 'send' ? own.send(aMessage()) : own.update('m-1', aMessage()));
      await vi.advanceTimersByTimeAsync(2_000);
    });
    expect(sent).toEqual([aMessage()]);
  });

  it.each(['ended', 'failed'])('is not sent once the turn %s', async (how) => {
    const { sent, turn } = heard();
    const work = how === 'ended' ? Promise.resolve() : Promise.reject(new Error('no'));
    await withTyping(turn, () => work).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual([]);
  });
});

describe('a turn that goes wrong', () => {
  it.each<[string, TransportWishes['onTurn']]>([
    ['rejects', () => Promise.reject(new Error('Jane Doe lives here'))],
    [
      'throws at once',
      () => {
        throw new Error('Jane Doe lives here');
      },
    ],
    ['throws what is no error', () => Promise.reject('Jane Doe lives here')],
  ])('because it %s is told to the fault handler, and Teams gets 200', async (_, onTurn) => {
    const transport = await start({
      ...(onTurn ? { onTurn } : {}),
      onFault: async ({ send }) => void (await send(aMessage('Sorry.'))),
    });
    expect(await transport.deliver(anActivity())).toMatchObject({ status: 200, text: '' });
    expect(transport.faults).toHaveLength(1);
    expect(transport.connector.messages()).toMatchObject([{ text: 'Sorry.' }]);
    expect(transport.logged()).not.toContain('Jane');
  });

  it('survives a fault handler that fails too, and logs that', async () => {
    const transport = await start({
      onTurn: () => Promise.reject(new Error('first')),
      onFault: () => Promise.reject(new Error('Jane Doe lives here')),
    });
    expect((await transport.deliver(anActivity())).status).toBe(200);
    expect(transport.logged()).toContain('fault-handler-failed');
    expect(transport.logged()).not.toContain('Jane');
    expect((await transport.deliver(anActivity())).status).toBe(200);
  });

  it('lets Teams go in time and goes on by itself', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const transport = await start({
      limits: { answerWithinMs: 80 },
      onTurn: async ({ send }) => {
        await released;
        await send(aMessage());
      },
    });
    // Answered although the turn cannot end yet: no clock is needed to see it.
    expect((await transport.deliver(anActivity())).status).toBe(200);
    expect(transport.connector.messages()).toHaveLength(0);
    release();
    await transport.channel.drain(5_000);
    expect(transport.connector.messages()).toHaveLength(1);
  });
});

describe('a token', () => {
  it.each<[string, TokenWishes, string]>([
    ['of another issuer', { claims: { iss: 'https://evil.example' } }, 'wrong-issuer'],
    [
      'of the emulator’s issuer',
      { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } },
      'wrong-issuer',
    ],
    [
      'of a skill, issued by a directory',
      {
        claims: {
          iss: 'https://login.microsoftonline.com/our-tenant/v2.0',
          ver: '2.0',
          azp: 'another-bot',
        },
      },
      'wrong-issuer',
    ],
    [
      'of a skill, issued by a directory in the older way',
      {
        claims: { iss: 'https://sts.windows.net/our-tenant/', ver: '1.0', appid: 'another-bot' },
      },
      'wrong-issuer',
    ],
    ['for another bot', { claims: { aud: 'another-bot' } }, 'wrong-audience'],
    [
      'for several bots',
      { claims: { aud: ['00000000-0000-0000-0000-00000000b070', 'x'] } },
      'wrong-audience',
    ],
    [
      'that has expired',
      { claims: { exp: nowSeconds() - 301, nbf: nowSeconds() - 4_000 } },
      'expired',
    ],
    ['that is not yet valid', { claims: { nbf: nowSeconds() + 900 } }, 'not-yet-valid'],
    ['without an end', { claims: { exp: undefined } }, 'no-lifetime'],
    ['without a beginning', { claims: { nbf: undefined } }, 'no-lifetime'],
    ['valid for years', { claims: { exp: nowSeconds() + 9_999_999 } }, 'no-lifetime'],
    [
      'with the service address of another',
      { claims: { serviceurl: 'https://evil.example/' } },
      'wrong-service-url',
    ],
    ['without a service address', { claims: { serviceurl: undefined } }, 'wrong-service-url'],
    ['signed by another key under our key’s name', { key: 'stranger' }, 'bad-signature'],
    ['signed by a key nobody published', { header: { kid: 'nobody' } }, 'unknown-key'],
    ['signed by a key of another channel', { key: 'other-channel' }, 'key-not-endorsed'],
    ['signed by a key without endorsements', { key: 'not-endorsed' }, 'key-not-endorsed'],
    ['with algorithm none', { header: { alg: 'none' }, signature: '' }, 'malformed-token'],
    ['with algorithm none and some signature', { header: { alg: 'none' } }, 'wrong-algorithm'],
    ['signed symmetrically', { header: { alg: 'HS256' } }, 'wrong-algorithm'],
    ['signed with RS512', { header: { alg: 'RS512' } }, 'wrong-algorithm'],
    ['without a key’s name', { header: { kid: undefined } }, 'malformed-token'],
    ['with a broken signature', { signature: 'AAAA' }, 'bad-signature'],
  ])('%s gets 401 without words and is logged as %#', async (_, wishes, kind) => {
    const transport = await start();
    const token = transport.identity.mint(wishes);
    const answer = await transport.deliver(anActivity(), token);
    expect(answer).toMatchObject({ status: 401, text: '' });
    expect(transport.turns).toEqual([]);
    expect(transport.logged()).toContain(`"kind":"${kind}"`);
    expect(transport.logged()).not.toContain('stalking protection order');
  });

  it('sent twice gets 401, though both are good', async () => {
    const transport = await start();
    const token = `Bearer ${transport.identity.mint()}`;
    const { serviceUrl } = transport.connector;
    const body = JSON.stringify({ serviceUrl, ...anActivity() });
    const headers = { authorization: [token, token] as unknown as string };
    const answer = await post(transport.port, body, headers);
    expect(answer).toMatchObject({ status: 401, text: '' });
    expect(transport.turns).toEqual([]);
    expect(transport.logged()).toContain('"kind":"several-tokens"');
  });

  it.each<[string, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['a word', 'token'],
    ['not JSON', 'YQ.YQ.YQ'],
  ])('that is %s gets 401', async (_, token) => {
    const transport = await start();
    expect(await transport.deliver(anActivity(), token)).toMatchObject({ status: 401, text: '' });
    expect(transport.turns).toEqual([]);
  });

  it.each([
    [
      'expired within the tolerance',
      { claims: { exp: nowSeconds() - 200, nbf: nowSeconds() - 4_000 } },
    ],
    ['begins within the tolerance', { claims: { nbf: nowSeconds() + 200 } }],
  ])('that %s is let in', async (_, wishes) => {
    const transport = await start();
    const token = transport.identity.mint(wishes);
    expect((await transport.deliver(anActivity(), token)).status).toBe(200);
  });

  it.each(['failing', 'silent'] as const)(
    'cannot be checked while the key source is %s: 503, so that Teams sends it again, and an error that wakes somebody',
    async (mood) => {
      const transport = await start();
      transport.identity.become(mood);
      expect(await transport.deliver(anActivity())).toMatchObject({
        status: 503,
        headers: { 'retry-after': '2' },
      });
      expect(transport.turns).toEqual([]);
      const lines = transport.logged().split('\n').filter(Boolean);
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        { event: 'listening' },
        { level: 'error', event: 'bot-keys-not-fetched' },
        { level: 'warn', event: 'request-refused', status: 503, kind: 'keys-unavailable' },
      ]);
      transport.identity.become('well');
      expect((await transport.deliver(anActivity())).status).toBe(200);
    },
  );

  it('that we take and the SDK refuses gets 401', async () => {
    const { identity, connector } = await start();
    const guard = guardSingleTenant({
      appId: APP_ID,
      tenantId: 'our-tenant',
      tokenIssuer: ISSUER,
      serviceOrigins: [connector.origin],
      findKey: async () => ({ pem: identity.publicKeyPem, endorsements: ['msteams'] }),
      confirm: () => Promise.reject(new Error('no')),
      timeoutMs: 1_000,
    });
    const authorization = [`Bearer ${identity.mint()}`];
    const request = { headersDistinct: { authorization } } as unknown as IncomingMessage;
    const serviceUrl = connector.serviceUrl;
    const activity = incomingActivitySchema.parse({ serviceUrl, ...anActivity() });
    expect(guard.refuseRequest(request)).toBeUndefined();
    expect(await guard.refuseToken(request, activity)).toBe('refused-by-sdk');
  });

  it('is checked against keys fetched once', async () => {
    const transport = await start();
    for (let n = 0; n < 5; n += 1) await transport.deliver(anActivity());
    expect(transport.turns).toHaveLength(5);
    expect(transport.identity.keyFetches()).toBe(1);
  });
});

describe('with a good token', () => {
  it.each<[string, object, string]>([
    [
      'a conversation of another tenant',
      { conversation: { id: 'a', tenantId: 'other' } },
      'foreign-tenant',
    ],
    [
      'channel data of another tenant',
      { channelData: { tenant: { id: 'other' } } },
      'foreign-tenant',
    ],
    ['a sender of another tenant', { from: { id: '29:x', tenantId: 'other' } }, 'foreign-tenant'],
    [
      'a recipient of another tenant',
      { recipient: { id: '28:bot', tenantId: 'other' } },
      'foreign-tenant',
    ],
    [
      'a conversation that does not say whether it is one-to-one',
      { conversation: { id: 'a', tenantId: 'our-tenant' } },
      'no-conversation-type',
    ],
    ['no tenant anywhere', { conversation: { id: 'a' }, channelData: {} }, 'foreign-tenant'],
    ['another channel our key is endorsed for', { channelId: 'skype' }, 'foreign-channel'],
    ['a sender the directory does not know', { from: { id: '29:x' } }, 'no-directory-id'],
    ['a sender of an empty id', { from: { id: '29:x', aadObjectId: ' ' } }, 'no-directory-id'],
    ['a press of nobody', { type: 'invoke', from: { id: '29:x' } }, 'no-directory-id'],
  ])('%s gets 403 and is dropped', async (_, parts, kind) => {
    const transport = await start();
    const answer = await transport.deliver(anActivity(parts));
    expect(answer).toMatchObject({ status: 403, text: '' });
    expect(transport.turns).toEqual([]);
    expect(transport.logged()).toContain(`"kind":"${kind}"`);
    expect(transport.logged()).not.toContain('stalking protection order');
  });

  it.each(['installationUpdate', 'conversationUpdate'])(
    'an %s is taken from a sender without a directory id',
    async (type) => {
      const transport = await start();
      const answer = await transport.deliver(anActivity({ type, from: { id: '29:x' } }));
      expect([answer.status, transport.turns.length]).toEqual([200, 1]);
    },
  );

  it.each(['webchat', 'emulator', 'AseChannel'])(
    'an activity of %s gets 401: its key is not endorsed for it',
    async (channelId) => {
      const transport = await start();
      expect((await transport.deliver(anActivity({ channelId }))).status).toBe(401);
      expect(transport.logged()).toContain('key-not-endorsed');
    },
  );

  it('a service address off the list gets 403, though the token names it', async () => {
    const transport = await start();
    const serviceUrl = 'https://evil.example/';
    const token = transport.identity.mint({ claims: { serviceurl: serviceUrl } });
    expect((await transport.deliver(anActivity({ serviceUrl }), token)).status).toBe(403);
    expect(transport.turns).toEqual([]);
  });
});

describe('draining', () => {
  it('waits for turns in flight and refuses new ones', async () => {
    const transport = await start({
      onTurn: async ({ send }) => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        await send(aMessage());
      },
    });
    const inFlight = transport.deliver(anActivity());
    while (transport.turns.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const drained = transport.channel.drain(5_000);
    expect((await transport.deliver(anActivity())).status).toBe(503);
    await drained;
    expect(transport.connector.messages()).toHaveLength(1);
    expect((await inFlight).status).toBe(200);
  });

  it('does not wait for ever', async () => {
    const transport = await start({
      onTurn: () => new Promise(() => {}),
      limits: { answerWithinMs: 50 },
    });
    await transport.deliver(anActivity());
    // The turn never ends; that this line is passed is what is tested.
    await expect(transport.channel.drain(100)).resolves.toBeUndefined();
  });
});
