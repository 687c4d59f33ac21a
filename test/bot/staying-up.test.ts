import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PersonChat } from '../../src/flows/people-chats-port.js';
import {
  anActivity,
  post,
  startTransport,
  type Transport,
  type TransportWishes,
} from './transport-setup.js';

/** What the transport does when there is too much to do, when it stops, and when somebody has closed their chat. */

let running: Transport[] = [];
async function start(wishes: TransportWishes = {}): Promise<Transport> {
  const transport = await startTransport(wishes);
  running.push(transport);
  return transport;
}
afterEach(async () => {
  await Promise.all(running.map((transport) => transport.stop()));
  running = [];
});

/** A turn that ends when the test says so. */
function aGate() {
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { isOpen, open };
}

describe('more turns at once than the process takes', () => {
  const isUrgent = ({ text }: { readonly text?: string | undefined }) => text === 'knife';
  const busy = async () => {
    const gate = aGate();
    const limits = { mostAtOnce: 5, answerWithinMs: 60_000 };
    const transport = await start({ onTurn: () => gate.isOpen, limits, isUrgent });
    const first = Array.from({ length: 5 }, (_, i) =>
      transport.deliver(anActivity({ id: `a${i}` })),
    );
    await vi.waitUntil(() => transport.turns.length === 5);
    return { transport, gate, first };
  };

  it('are told to come again, and taken once there is room', async () => {
    const { transport, gate, first } = await busy();
    const refused = await transport.deliver(anActivity({ id: 'b' }));
    expect(refused).toMatchObject({
      status: 503,
      text: 'The service is busy or stopping.',
      headers: { 'retry-after': '2' },
    });
    gate.open();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect((await transport.deliver(anActivity({ id: 'b' }))).status).toBe(200);
    expect(transport.logged()).toContain('"kind":"busy"');
  });

  it('take signs of danger above that, up to a bound of their own', async () => {
    const { transport, gate } = await busy();
    const urgent = transport.deliver(anActivity({ id: 'b', text: 'knife' }));
    await vi.waitUntil(() => transport.turns.length === 6);
    expect((await transport.deliver(anActivity({ id: 'c', text: 'knife' }))).status).toBe(503);
    gate.open();
    expect((await urgent).status).toBe(200);
  });

  it('say nothing of it to strangers', async () => {
    const { transport, gate } = await busy();
    expect((await transport.deliver(anActivity({ id: 'b' }), 'no token')).status).toBe(401);
    gate.open();
  });
});

describe('a server that withdraws', () => {
  it('is not ready at once, and still takes turns until it closes', async () => {
    const { port, server, deliver } = await start();
    await server.withdraw();
    const ready = await post(port, '', {}, '/readyz', 'GET');
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      503,
      { status: 'not-ready', part: 'stopping' },
    ]);
    expect((await post(port, '', {}, '/healthz', 'GET')).status).toBe(200);
    expect((await deliver(anActivity())).status).toBe(200);
  });

  it('does so first when it is closed, for as long as others need to notice', async () => {
    const { port, server, deliver } = await start({
      http: { timeouts: { noticeMs: 300, closeMs: 200 } },
    });
    const closed = server.close();
    expect((await post(port, '', {}, '/readyz', 'GET')).status).toBe(503);
    expect((await deliver(anActivity())).status).toBe(200);
    await closed;
    await expect(post(port, '', {}, '/readyz', 'GET')).rejects.toThrow();
  });
});

describe('somebody who blocked or removed the bot', () => {
  const chatOf = ({ connector }: Transport): PersonChat => ({
    ...{ channelId: 'msteams', serviceUrl: connector.serviceUrl, tenantId: 'our-tenant' },
    ...{ conversationId: 'a:chat-1', botId: '28:bot', personId: '29:officer' },
    language: undefined,
  });
  const message = { type: 'message', text: 'A summary waits.' } as const;

  it.each([
    [403, 'blocked'],
    [404, 'gone'],
  ])(
    'is found out by a %i, is not written to again, and is once they are back',
    async (status, kind) => {
      const transport = await start();
      const { channel, connector, deliver } = transport;
      const chat = chatOf(transport);
      connector.misbehave({ kind: 'status', status, code: 'MessageWritesBlocked' });
      await expect(channel.sendTo(chat, message)).rejects.toMatchObject({ kind });
      await expect(channel.sendTo(chat, message)).rejects.toMatchObject({ kind: 'blocked' });
      expect(connector.calls).toHaveLength(1);
      await deliver(anActivity());
      expect(await channel.sendTo(chat, message)).toBe('1:2');
    },
  );

  it('keeps nobody else from being written to', async () => {
    const transport = await start();
    const chat = chatOf(transport);
    transport.connector.misbehave({ kind: 'status', status: 403 });
    await expect(transport.channel.sendTo(chat, message)).rejects.toMatchObject({
      kind: 'blocked',
    });
    const other = { ...chat, conversationId: 'a:chat-2' };
    expect(await transport.channel.sendTo(other, message)).toBe('1:2');
  });
});

describe('sends in one conversation', () => {
  it('past what Teams allows wait in line, and fail as throttled where that takes too long', async () => {
    const sent: unknown[] = [];
    const transport = await start({
      limits: { totalMs: 500 },
      onTurn: async ({ send }) => {
        for (let i = 0; i < 8; i += 1)
          sent.push(await send({ type: 'message', text: `${i}` }).catch(({ kind }) => kind));
      },
    });
    await transport.deliver(anActivity());
    expect(sent).toEqual(['1:1', '1:2', '1:3', '1:4', '1:5', '1:6', '1:7', 'throttled']);
    expect(transport.connector.calls).toHaveLength(7);
  });
});
