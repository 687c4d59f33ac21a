import path from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { wire } from '../bot/wire.js';
import { makeKeyFile } from '../src/adapters/keys/key-file.js';
import { makeLog } from '../src/adapters/log.js';
import { readConfig } from '../src/config.js';
import {
  type ConnectorCall,
  type ConnectorDouble,
  type JsonBody,
  startConnectorDouble,
} from './bot/connector-double.js';
import { type Answer, anActivity, post } from './bot/transport-setup.js';
import { makeFolder } from './contracts/stores.js';

/** The whole program on an embedded store, spoken to over HTTP as Teams speaks to it. */

export type Clock = { now: Date };

export type Running = {
  readonly port: number;
  readonly connector: ConnectorDouble;
  /** Everything logged, as it was written. */
  readonly logged: () => string;
  /** Sent with each activity: a token, where one is asked for. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/** An empty store in a folder of its own, with the file of a master key, which production has to be told of. */
export async function aStoreFolder(): Promise<{
  readonly folder: string;
  readonly keyFile: string;
  readonly remove: () => Promise<void>;
}> {
  const place = await makeFolder();
  const pool = await place.open();
  await pool.end();
  const keyFile = path.join(place.folder, 'master-keys');
  await makeKeyFile(keyFile);
  return { folder: place.folder, keyFile, remove: place.remove };
}

export async function startRunning(
  folder: string,
  connector: ConnectorDouble,
  clock: Clock,
  settings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const lines: string[] = [];
  const config = readConfig({ PORT: '0', DATA_DIR: folder, ...settings });
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const wired = await wire(config, log, () => clock.now);
  const port = await wired.http.listen();
  return { port, connector, logged: () => lines.join(''), close: wired.close };
}

/** The whole program on a new store, from the first test of a file to its last. */
export function runThroughout(clock: Clock): () => Running {
  let running: Running | undefined;
  let end: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const connector = await startConnectorDouble();
    const store = await aStoreFolder();
    const started = await startRunning(store.folder, connector, clock);
    running = started;
    end = async () => {
      await started.close();
      await connector.close();
      await store.remove();
    };
  }, 60_000);
  afterAll(() => end?.());
  return () => {
    if (!running) throw new Error('the program has not been started');
    return running;
  };
}

export type Card = { readonly id: string; readonly content: JsonBody };
/** A button as it stands in a card: its title, and what it sends. */
export type Button = { readonly title: string; readonly verb: string; readonly data: JsonBody };

/** An activity's own fields; the rest is filled in. */
type Sent = {
  readonly type?: string;
  readonly replyToId?: unknown;
  readonly [more: string]: unknown;
};

export type Person = {
  readonly say: (text: string, more?: object) => Promise<Answer>;
  readonly send: (activity: Sent) => Promise<Answer>;
  /** Presses the button of that title on the newest card, or on the one given. */
  readonly press: (title: string | RegExp, given?: Pressing) => Promise<Answer>;
  /** Bodies of what was sent to this chat, updates left out, oldest first. */
  readonly messages: () => readonly JsonBody[];
  /** Texts sent to this chat after `from` messages. */
  readonly texts: (from?: number) => readonly string[];
  readonly calls: () => readonly ConnectorCall[];
  /** The card that was written last and can still be pressed, with its message's id. */
  readonly card: () => Card;
  readonly buttons: (card?: Card) => readonly Button[];
};

type Pressing = {
  readonly card?: Card;
  readonly inputs?: object;
  /** Of the activity; a new one unless given. */
  readonly id?: string;
  /** As older clients send it, in a message. */
  readonly asSubmit?: boolean;
  readonly from?: object;
};

let sent = 0;

/** Somebody in a one-to-one chat of their own. */
export function aPerson(running: () => Running, name: string, more: object = {}): Person {
  const chat = `a:${name}`;
  const own = {
    conversation: { id: chat, conversationType: 'personal', tenantId: 'our-tenant' },
    from: { id: `29:${name}`, name: 'PC Example', aadObjectId: `oid-${name}` },
    ...more,
  };
  const send = async (activity: Sent) => {
    sent += 1;
    const { port, connector, headers } = running();
    const { serviceUrl } = connector;
    const before = connector.calls.length;
    const fresh = {
      id: `${chat}-${sent}`,
      timestamp: new Date(Date.UTC(2026, 10, 20, 10, 0, sent)).toISOString(),
      text: undefined,
    };
    const answer = await post(
      port,
      JSON.stringify({ serviceUrl, ...anActivity({ ...fresh, ...own, ...activity }) }),
      headers?.() ?? {},
    );
    if (!activity.replyToId || activity.type === undefined) return answer;
    // The card in an answer is brought to the other devices right after it; a Submit is answered by a call alone.
    const drawn = answer.text.includes('vnd.microsoft.card.adaptive')
      ? JSON.stringify(JSON.parse(answer.text).value)
      : undefined;
    const isDrawn = () =>
      connector.calls
        .slice(before)
        .some(({ body }) => !drawn || JSON.stringify(contentOf(body)) === drawn);
    if (drawn || activity.type === 'message')
      await vi.waitUntil(isDrawn, { timeout: 5_000, interval: 2 });
    return answer;
  };
  const calls = () =>
    running().connector.calls.filter(({ conversationId }) => conversationId === chat);
  const messages = () =>
    calls()
      .filter(({ kind }) => kind === 'create' || kind === 'reply')
      .flatMap(({ body }) => (body?.type === 'message' ? [body] : []));
  const card = () => {
    // What each message shows now, the one written last at the end.
    const shown = new Map<string, JsonBody | undefined>();
    for (const { givenId, activityId, kind, body } of calls()) {
      const id = kind === 'update' ? activityId : givenId;
      if (!id) continue;
      shown.delete(id);
      shown.set(id, contentOf(body));
    }
    const live = [...shown].flatMap(([id, content]) =>
      content && buttonsIn(content).length > 0 ? [{ id, content }] : [],
    );
    const newest = live.at(-1);
    if (!newest) throw new Error(`no card stands in ${chat}`);
    return newest;
  };
  const buttons = (from = card()) => buttonsIn(from.content);
  return {
    send,
    calls,
    messages,
    card,
    buttons,
    texts: (from = 0) =>
      messages()
        .slice(from)
        .flatMap(({ text }) => (typeof text === 'string' ? [text] : [])),
    say: (text, given = {}) => send({ text, ...given }),
    press: (title, { card: on = card(), inputs = {}, id, asSubmit = false, from } = {}) => {
      const button = buttons(on).find((candidate) =>
        typeof title === 'string' ? candidate.title === title : title.test(candidate.title),
      );
      if (!button) throw new Error(`the card has no button ${title}`);
      const data = { ...button.data, ...inputs };
      const invoke = {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: button.verb, data } },
      };
      const as = asSubmit ? { type: 'message', value: data } : invoke;
      return send({ ...as, replyToId: on.id, ...(id ? { id } : {}), ...(from ? { from } : {}) });
    },
  };
}

function contentOf(body: JsonBody | undefined): JsonBody | undefined {
  const [attachment] = Array.isArray(body?.attachments) ? body.attachments : [];
  return attachment?.content;
}

function buttonsIn(value: unknown): readonly Button[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) =>
    key === 'fallback' ? [] : buttonsIn(part),
  );
  if (!('type' in value) || value.type !== 'Action.Execute') return inner;
  const { title, verb, data } = value as unknown as Button;
  return [{ title, verb, data }, ...inner];
}
