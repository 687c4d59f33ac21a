import type { Activity } from 'botbuilder';
import {
  BotFrameworkAuthenticationFactory,
  ConnectorClient,
  PasswordServiceClientCredentialFactory,
} from 'botframework-connector';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import mappers from 'botframework-connector/lib/connectorApi/models/mappers.js';
import {
  type IncomingActivity,
  incomingActivitySchema,
  type OutgoingActivity,
} from './activity.js';
import type { BotToken } from './bot-token.js';
import {
  botTokenFor,
  type ChannelAuth,
  endpointsOf,
  IDENTITY_TIMEOUT_MS,
  type SingleTenantAuth,
} from './channel-auth.js';
import { makeClosedChats } from './closed-chats.js';
import {
  type Call,
  DELIVERY_LIMITS,
  type DeliveryLimits,
  makeDelivery,
  type OnRetry,
} from './delivery.js';
import { NOT_SENT } from './delivery-fault.js';
import { guardAnonymous, guardSingleTenant } from './guard.js';
import type { SendTo } from './notify.js';
import { type Guard, makeReceiver, type Receiver, type ReceiverOptions } from './receive.js';
import { refuseTooLarge, type Turn, type TurnHandlers } from './turn.js';

/**
 * The one place that knows the Bot Framework SDK, which is archived and will be replaced.
 *
 * Of the SDK only two parts are used: its connector client, mended below, and its token check,
 * behind a stricter one of ours. `CloudAdapter` is not: its `process` prints to the console and
 * answers 500 with the library's message on a bad signature, and all its turn context adds to
 * the connector client is the addressing done by `addressed` here.
 * A little over 200 lines, so that all that has to be replaced one day stands here.
 */

export type { IncomingActivity, OutgoingActivity } from './activity.js';
export type { ChannelAuth, Endpoints } from './channel-auth.js';
export { type DeliveryFault, findDeliveryFault } from './delivery-fault.js';
export type { Turn } from './turn.js';

export type ChannelOptions = TurnHandlers & {
  readonly auth: ChannelAuth;
  readonly limits?: Partial<DeliveryLimits> &
    Partial<Pick<ReceiverOptions, 'answerWithinMs' | 'mostAtOnce'>>;
  /** Taken even when everything else has to wait; nothing is, where it is left out. */
  readonly isUrgent?: ReceiverOptions['isUrgent'];
  readonly onRetry?: OnRetry;
};

export type Channel = Receiver & {
  /** A message that answers none, to somebody who wrote to us before. */
  readonly sendTo: SendTo;
};

/** Each holds some ten kilobytes while it waits, at most half a minute, for a slow connector. */
const MOST_TURNS_AT_ONCE = 500;

/** Connector clients are kept by service address; Teams uses one per region. */
const CLIENTS_KEPT = 16;

/** Makes the way in and out: `handle` takes one request, from its door to its answer. */
export function makeChannel(options: ChannelOptions): Channel {
  const { auth, limits, isUrgent = () => false, onRetry, ...handlers } = options;
  const closed = makeClosedChats();
  carryEntitiesWhole();
  const connect = makeConnectors(auth.kind === 'anonymous' ? undefined : botTokenFor(auth));
  const isPaced = auth.kind !== 'anonymous';
  const deliver = makeDelivery({ ...DELIVERY_LIMITS, ...limits }, isPaced, onRetry);
  const carryFor = (activity: IncomingActivity): Pick<Turn, 'send' | 'update'> => {
    const { conversations } = connect(activity.serviceUrl);
    const chat = activity.conversation.id;
    const send: Turn['send'] = async (outgoing) => {
      refuseTooLarge(outgoing);
      const body = addressed(activity, outgoing);
      const call: Call = async (abortSignal) => {
        const answer = activity.id
          ? await conversations.replyToActivity(chat, activity.id, body, { abortSignal })
          : await conversations.sendToConversation(chat, body, { abortSignal });
        return answer.id || undefined;
      };
      return deliver(chat, 'create', call);
    };
    const update: Turn['update'] = async (messageId, outgoing) => {
      refuseTooLarge(outgoing);
      const body = { ...addressed(activity, outgoing), id: messageId };
      await deliver(chat, 'replace', async (abortSignal) => {
        await conversations.updateActivity(chat, messageId, body, { abortSignal });
        return undefined;
      });
    };
    return { send, update };
  };
  const receiver = makeReceiver({
    ...handlers,
    onTurn: (turn) => {
      closed.reopen(turn.activity.conversation.id);
      return handlers.onTurn(turn);
    },
    isUrgent,
    answerWithinMs: limits?.answerWithinMs ?? 5_000,
    mostAtOnce: limits?.mostAtOnce ?? MOST_TURNS_AT_ONCE,
    guard: auth.kind === 'anonymous' ? guardAnonymous() : guardFor(auth),
    carryFor,
  });
  return {
    ...receiver,
    sendTo: (chat, message) =>
      closed.unlessClosed(chat.conversationId, () => carryFor(writtenTo(chat)).send(message)),
  };
}

/** What `carryFor` needs to know of a chat, as if its person had just written; without an id nothing is answered. */
function writtenTo(chat: Parameters<SendTo>[0]): IncomingActivity {
  const { channelId, serviceUrl, conversationId: id, tenantId, botId, personId } = chat;
  return incomingActivitySchema.parse({
    ...{ type: 'message', channelId, serviceUrl },
    conversation: { id, conversationType: 'personal', ...(tenantId ? { tenantId } : {}) },
    from: { id: personId },
    recipient: { id: botId },
  });
}

/**
 * 4.23.3 serialises only `type`, `text` and `mentioned` of an entity, so AI labels, citations and
 * streams are lost without an error (botbuilder-js #4902, never released). The table mended here
 * belongs to the whole process; doing it twice changes nothing.
 */
function carryEntitiesWhole(): void {
  Object.assign(mappers.Entity.type, { additionalProperties: { type: { name: 'Object' } } });
}

/** The SDK's message as Teams needs it: from us, to them, in their conversation. */
function addressed(activity: IncomingActivity, outgoing: OutgoingActivity): Partial<Activity> {
  const { channelId, serviceUrl, conversation, from, recipient } = activity;
  const replyToId = activity.id ? { replyToId: activity.id } : {};
  const whole = { ...outgoing, ...replyToId, channelId, serviceUrl, conversation };
  // The SDK has no types for entities' and actions' inner fields, which it carries all the same.
  return { ...whole, from: recipient, recipient: from } as unknown as Partial<Activity>;
}

/** The connector client for a service address, kept for the next turn. */
function makeConnectors(token: BotToken | undefined): (serviceUrl: string) => ConnectorClient {
  const clients = new Map<string, ConnectorClient>();
  return (serviceUrl) => {
    const known = clients.get(serviceUrl);
    if (known) return known;
    if (clients.size >= CLIENTS_KEPT) clients.clear();
    const client = makeConnector(serviceUrl, token);
    clients.set(serviceUrl, client);
    return client;
  };
}

/** The part of the SDK's private pipeline that is used here. */
type Pipeline = {
  readonly removePolicy: (policy: { readonly name: string }) => unknown;
  readonly addPolicy: (policy: Policy, place: { readonly phase: 'Sign' }) => void;
};
type Send = (request: unknown) => Promise<{ readonly status: number }>;
type Policy = {
  readonly name: string;
  readonly sendRequest: (request: unknown, next: Send) => ReturnType<Send>;
};

function makeConnector(baseUri: string, token: BotToken | undefined): ConnectorClient {
  type Resource = Parameters<ConnectorClient['credentials']['signRequest']>[0];
  const signRequest = async (resource: Resource) => {
    if (token) resource.headers.set('authorization', `Bearer ${await tokenOrNotSent(token)}`);
    return resource;
  };
  const connector = new ConnectorClient({ signRequest }, { baseUri });
  // `client` is private in the SDK's types. Its default policy repeats creates, which shows the
  // officer the same answer twice, and following a redirect would carry the token elsewhere.
  const { pipeline }: { readonly pipeline: Pipeline } = Reflect.get(connector, 'client');
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.removePolicy({ name: 'redirectPolicy' });
  const forgetRefusedToken: Policy = {
    name: 'forgetRefusedToken',
    sendRequest: async (request, next) => {
      const response = await next(request);
      if (response.status === 401) token?.forget();
      return response;
    },
  };
  // Nearest the wire: before it, answers that are not 2xx have become errors.
  pipeline.addPolicy(forgetRefusedToken, { phase: 'Sign' });
  return connector;
}

async function tokenOrNotSent(token: BotToken): Promise<string> {
  try {
    return await token.get();
  } catch {
    throw new Error('No token for the connector', { cause: NOT_SENT });
  }
}

function guardFor(auth: SingleTenantAuth): Guard {
  const { appId, tenantId } = auth;
  const { openIdMetadataUrl, tokenIssuer, ...rest } = endpointsOf(auth);
  // Shares its cache of keys with the SDK's check.
  const { openIdMetadata } = new JwtTokenExtractor({}, openIdMetadataUrl, ['RS256']);
  const sdk = BotFrameworkAuthenticationFactory.create(
    '',
    true,
    rest.loginUrl,
    rest.oauthScope,
    tokenIssuer,
    '',
    openIdMetadataUrl,
    // The emulator's tokens never get this far; its keys are not to be fetched either.
    openIdMetadataUrl,
    '',
    // Only asked whether an app id is ours: what the bot sends carries a token of `bot-token.ts`.
    new PasswordServiceClientCredentialFactory(appId, '', tenantId),
    { requiredEndorsements: [] },
  );
  return guardSingleTenant({
    appId,
    tenantId,
    tokenIssuer,
    serviceOrigins: rest.serviceOrigins,
    timeoutMs: IDENTITY_TIMEOUT_MS,
    findKey: async (keyId) => {
      const key = await openIdMetadata.getKey(keyId);
      return key ? { pem: key.key, endorsements: key.endorsements ?? [] } : undefined;
    },
    confirm: (activity, authorization) =>
      sdk.authenticateRequest(activity as unknown as Activity, authorization),
  });
}
