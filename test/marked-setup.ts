import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { vi } from 'vitest';
import { wire } from '../bot/wire.js';
import { makeLog } from '../src/adapters/log.js';
import { readConfig } from '../src/config.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import {
  DIRECTORY,
  type IdentityDouble,
  startIdentityDouble,
  TAB_APP,
} from './bot/identity-double.js';
import { type Answer, post } from './bot/transport-setup.js';
import { type GraphDouble, startGraphDouble } from './graph-double.js';
import { honestReplyTo } from './honest-model.js';
import { replyWith, startOpenAiDouble } from './openai-double.js';
import { startOtlpDouble } from './otlp-double.js';
import { aPerson, aStoreFolder, type Person, type Running } from './running.js';

/**
 * The whole program as a force runs it, with everything around it a double that remembers what it was sent, and
 * everything that leaves the program kept, so that it can be searched.
 */

const botApp = '00000000-0000-4000-8000-00000000b070';

/** Who works there; their names are marked, since a name is personal data too. */
const roles = {
  officer: 'Signpost.Officer',
  colleague: 'Signpost.Officer',
  supervisor: 'Signpost.Supervisor',
  advocate: 'Signpost.Advocate',
  curator: 'Signpost.Curator',
  administrator: 'Signpost.Administrator',
  nobody: undefined,
} as const;
export type Who = keyof typeof roles;
export const people = Object.keys(roles) as readonly Who[];
export const idOf = (who: Who) => `00000000-0000-4000-8000-00000000020${people.indexOf(who)}`;

/**
 * Begins every mark. A mark is written as a surname, since that is how people are named; the letters behind tell which
 * path it was put into.
 */
export const stem = 'Qxmark';
const nameOf = (who: Who) => `Zelda ${stem}${who}`;

export type Marked = {
  readonly running: () => Running;
  readonly connector: ConnectorDouble;
  readonly identity: IdentityDouble;
  readonly graph: GraphDouble;
  readonly clock: { now: Date };
  readonly inChat: (who: Who) => Person;
  /** A request of the page; `body` undefined for none. */
  readonly ask: (who: Who, method: string, address: string, body?: unknown) => Promise<Answer>;
  /** A request as it is, to anywhere. */
  readonly raw: (
    address: string,
    body: string,
    headers?: Readonly<Record<string, string>>,
    method?: string,
  ) => Promise<Answer>;
  /** How many requests were answered. */
  readonly answered: () => number;
  /** Ends the program; then what left it, by where it went. */
  readonly finish: () => Promise<readonly Emitted[]>;
  readonly remove: () => Promise<void>;
};

export type Emitted = { readonly where: string; readonly text: string };

export async function startMarked(): Promise<Marked> {
  const connector = await startConnectorDouble();
  const { serviceUrl, origin } = connector;
  const identity = await startIdentityDouble({ appId: botApp, serviceUrl });
  const graph = await startGraphDouble(TAB_APP, identity.entraKey);
  graph.state.people = people.map((who) => ({ id: idOf(who), displayName: nameOf(who) }));
  graph.state.assigned = people.flatMap((who) => {
    const role = roles[who];
    return role ? [{ role, principalType: 'User' as const, to: idOf(who) }] : [];
  });
  const collector = await startOtlpDouble();
  const model = await startOpenAiDouble(
    replyWith(({ body }: { body: ChatBody }) => {
      const user = body.messages.find(({ role }) => role === 'user')?.content ?? '';
      return honestReplyTo(user) ?? {};
    }),
  );
  const store = await aStoreFolder();
  const clock = { now: new Date() };
  const lines: string[] = [];
  const config = readConfig({
    ...{
      PORT: '0',
      DATA_DIR: store.folder,
      KEY_FILE: store.keyFile,
      METRICS_PORT: '0',
      LOG_LEVEL: 'debug',
    },
    ...{ MICROSOFT_APP_ID: botApp, MICROSOFT_APP_PASSWORD: 'pw', TAB_APP_ID: TAB_APP },
    ...{ MICROSOFT_APP_TENANT_ID: DIRECTORY, MICROSOFT_APP_TYPE: 'SingleTenant' },
    ...{ LOGIN_URL: identity.origin, GRAPH_URL: graph.url, SERVICE_ORIGINS: origin },
    ...{ MODEL: 'double', MODEL_KEY: 'sk-test', MODEL_URL: model.baseUrl },
    ...{ MODEL_WAIT_MS: '5000', MODEL_CASE_TEXT: 'allowed', MODEL_SECOND_READING: 'yes' },
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OPENID_METADATA_URL: identity.endpoints.openIdMetadataUrl,
  });
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const wired = await wire(config, log, () => clock.now);
  const running: Running = {
    port: await wired.http.listen(),
    connector,
    logged: () => lines.join(''),
    headers: () => ({ authorization: `Bearer ${identity.mint()}` }),
    close: wired.close,
  };

  const answers: { readonly address: string; readonly answer: Answer }[] = [];
  const heard = async (address: string, coming: Promise<Answer>) => {
    const answer = await coming;
    answers.push({ address, answer });
    return answer;
  };
  // Teams lets us send so often to one chat, and nobody here is in a hurry to see that: time is moved on instead.
  let skippedMs = 0;
  const now = performance.now.bind(performance);
  const moved = vi.spyOn(performance, 'now').mockImplementation(() => now() + skippedMs);
  const unhurried = <Given extends readonly unknown[]>(
    act: (...given: Given) => Promise<Answer>,
  ) => {
    return (...given: Given) => {
      skippedMs += 2_100;
      return heard('chat', act(...given));
    };
  };
  const chats = new Map<Who, Person>();
  const inChat = (who: Who): Person => {
    const known = chats.get(who);
    if (known) return known;
    const person = aPerson(() => running, who, {
      conversation: { id: `a:${who}`, conversationType: 'personal', tenantId: DIRECTORY },
      channelData: { tenant: { id: DIRECTORY } },
      from: { id: `29:${who}`, name: nameOf(who), aadObjectId: idOf(who) },
    });
    const heeded: Person = {
      ...person,
      say: unhurried(person.say),
      send: unhurried(person.send),
      press: unhurried(person.press),
    };
    chats.set(who, heeded);
    return heeded;
  };
  const raw: Marked['raw'] = (address, body, headers = {}, method = 'POST') =>
    heard(address, post(running.port, body, headers, address, method));
  const ask: Marked['ask'] = (who, method, address, body) => {
    const role = roles[who];
    const claims = { oid: idOf(who), name: nameOf(who), roles: role ? [role] : [] };
    const headers = {
      ...{ 'x-signpost-tab': '1', origin: `http://127.0.0.1:${running.port}` },
      authorization: `Bearer ${identity.mintForTab({ claims })}`,
    };
    return raw(
      `/tab/api${address}`,
      body === undefined ? '' : JSON.stringify(body),
      headers,
      method,
    );
  };

  return {
    running: () => running,
    ...{ connector, identity, graph, clock, inChat, raw, ask },
    answered: () => answers.length,
    finish: async () => {
      const port = /"event":"metrics-listening","port":(\d+)/.exec(running.logged())?.[1];
      const metrics = await post(Number(port), '', {}, '/metrics', 'GET');
      await wired.close();
      const refused = answers.filter(({ answer }) => isRefusal(answer));
      const urls = [...connector.calls.map((call) => call.path), ...graph.asked];
      return [
        { where: 'the log', text: running.logged() },
        { where: 'metrics', text: metrics.text },
        { where: 'traces', text: collector.raw() },
        { where: 'addresses asked for', text: urls.join('\n') },
        { where: 'tokens asked for', text: identity.tokenRequests.join('\n') },
        { where: 'the model', text: JSON.stringify(model.asked) },
        { where: 'refusals', text: refused.map(({ answer }) => answer.text).join('\n') },
        { where: 'headers', text: JSON.stringify(answers.map(({ answer }) => answer.headers)) },
        { where: 'previews', text: connector.calls.flatMap(previewsOf).join('\n') },
        { where: 'messages that answer none', text: unasked(connector) },
        ...(await filesIn(store.folder)),
      ];
    },
    remove: async () => {
      moved.mockRestore();
      const doubles = [connector, identity, graph, collector, model];
      await Promise.all(doubles.map((double) => double.close()));
      await store.remove();
    },
  };
}

type ChatBody = {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
};

/** An invoke that failed is answered 200, with the refusal inside. */
function isRefusal({ status, text }: Answer): boolean {
  return status >= 400 || text.includes('application/vnd.microsoft.error');
}

/** What Teams shows where the chat is not open: on lock screens, in lists, and to old clients. */
function previewsOf({ body }: ConnectorDouble['calls'][number]): readonly string[] {
  const found: string[] = [];
  JSON.stringify(body, (key, value: unknown) => {
    const isPreview = ['summary', 'fallbackText', 'speak'].includes(key);
    if (isPreview && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

function unasked({ calls }: ConnectorDouble): string {
  return calls
    .flatMap(({ kind, body }) => (kind === 'create' ? [JSON.stringify(body)] : []))
    .join('\n');
}

/** Every file of the data folder, its letters as they lie on the disk. */
async function filesIn(folder: string): Promise<readonly Emitted[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return {
        where: path.relative(folder, file),
        text: `${name}\n${await readFile(file, 'latin1')}`,
      };
    }),
  );
}
