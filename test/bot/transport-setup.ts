import { request as httpRequest } from 'node:http';
import { type HttpOptions, makeHttpServer } from '../../bot/http.js';
import type { BotCredential } from '../../bot/teams/bot-token.js';
import {
  type ChannelAuth,
  type ChannelOptions,
  makeChannel,
  type Turn,
} from '../../bot/teams/channel.js';
import { makeLog } from '../../src/adapters/log.js';
import { type ConnectorDouble, startConnectorDouble } from './connector-double.js';
import { type IdentityDouble, startIdentityDouble } from './identity-double.js';

/** The transport as `main` builds it, between doubles of everything outside. */

export const APP_ID = '00000000-0000-0000-0000-00000000b070';
const TENANT = 'our-tenant';

export type Transport = {
  readonly port: number;
  readonly connector: ConnectorDouble;
  readonly identity: IdentityDouble;
  readonly turns: Turn[];
  readonly faults: unknown[];
  /** Everything logged, as the lines were written. */
  readonly logged: () => string;
  readonly server: ReturnType<typeof makeHttpServer>;
  readonly channel: ReturnType<typeof makeChannel>;
  /** A message from Teams, with a good token unless another (or `undefined` for none) is given. */
  readonly deliver: (activity: object, token?: string | undefined) => Promise<Answer>;
  readonly stop: () => Promise<void>;
};

export type TransportWishes = {
  readonly auth?: 'anonymous' | 'single-tenant';
  readonly credential?: BotCredential;
  readonly onTurn?: (turn: Turn) => Promise<void>;
  readonly onFault?: (turn: Turn, error: unknown) => Promise<void>;
  readonly limits?: ChannelOptions['limits'];
  readonly isUrgent?: ChannelOptions['isUrgent'];
  readonly http?: Partial<HttpOptions>;
};

export async function startTransport(wishes: TransportWishes = {}): Promise<Transport> {
  const connector = await startConnectorDouble();
  const { serviceUrl, origin } = connector;
  const identity = await startIdentityDouble({ appId: APP_ID, serviceUrl });
  const endpoints = { ...identity.endpoints, serviceOrigins: [origin] };
  const auth: ChannelAuth =
    wishes.auth === 'anonymous'
      ? { kind: 'anonymous' }
      : {
          ...{ kind: 'single-tenant', appId: APP_ID, tenantId: TENANT, endpoints },
          credential: wishes.credential ?? { kind: 'secret', secret: 'pw' },
        };
  const turns: Turn[] = [];
  const faults: unknown[] = [];
  const lines: string[] = [];
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const channel = makeChannel({
    auth,
    log,
    limits: { firstPauseMs: 10, ...wishes.limits },
    ...(wishes.isUrgent ? { isUrgent: wishes.isUrgent } : {}),
    onTurn: async (turn) => {
      turns.push(turn);
      await wishes.onTurn?.(turn);
    },
    onFault: async (turn, error) => {
      faults.push(error);
      await wishes.onFault?.(turn, error);
    },
  });
  const isReady = async () => ({ isReady: true }) as const;
  const settings = {
    host: '127.0.0.1',
    port: 0,
    channel,
    log,
    isReady,
    timeouts: { closeMs: 200 },
    ...wishes.http,
  };
  const server = makeHttpServer(settings);
  const port = await server.listen();
  return {
    port,
    connector,
    identity,
    turns,
    faults,
    server,
    channel,
    logged: () => lines.join(''),
    deliver: (activity, ...token) => {
      const bearer = token.length ? token[0] : identity.mint();
      const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
      return post(port, JSON.stringify({ serviceUrl, ...activity }), headers);
    },
    stop: async () => {
      await Promise.all([connector.close(), identity.close()]);
      await server.close();
    },
  };
}

export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** A POST to the messages endpoint with exactly these bytes and headers. */
export function post(
  port: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  path = '/api/messages',
  method = 'POST',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = { 'content-type': 'application/json', ...headers };
    const request = httpRequest(
      { port, host: '127.0.0.1', path, method, headers: sent },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** A question in a personal chat of our tenant; add what the test is about. */
export function anActivity(parts: object = {}): object {
  return {
    type: 'message',
    id: '1700000000001',
    timestamp: '2026-11-20T10:00:00.000Z',
    channelId: 'msteams',
    text: 'What is a stalking protection order?',
    from: { id: '29:officer', name: 'PC Example', aadObjectId: 'oid-1' },
    recipient: { id: `28:${APP_ID}`, name: 'Signpost' },
    conversation: { id: 'a:chat-1', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    locale: 'en-GB',
    ...parts,
  };
}
