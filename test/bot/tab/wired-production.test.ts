import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wire } from '../../../bot/wire.js';
import { makeLog } from '../../../src/adapters/log.js';
import { readConfig } from '../../../src/config.js';
import type { ReviewPage } from '../../../src/core/review-list.js';
import { reviewKindPhrases } from '../../../src/core/review-phrases.js';
import { noRoleForCases, sharedInTabOnly } from '../../../src/core/sharing-words.js';
import { type GraphDouble, startGraphDouble } from '../../graph-double.js';
import { aPerson, aStoreFolder, type Person, type Running } from '../../running.js';
import { type ConnectorDouble, startConnectorDouble } from '../connector-double.js';
import {
  DIRECTORY,
  type IdentityDouble,
  startIdentityDouble,
  TAB_APP,
} from '../identity-double.js';
import { post } from '../transport-setup.js';

/** The whole program as a force runs it, between doubles of the Bot Framework, the directory and Graph. */

const botApp = '00000000-0000-4000-8000-00000000b070';
const people = {
  officer: ['Sam Okafor', 'Signpost.Officer'],
  colleague: ['Priya Nair', 'Signpost.CallHandler'],
  supervisor: ['Aisha Khan', 'Signpost.Supervisor'],
  otherSupervisor: ['Rhian Price', 'Signpost.Supervisor'],
  advocate: ['Ewa Nowak', 'Signpost.Advocate'],
  nobody: ['New Starter', undefined],
  unlucky: ['Tom Hughes', 'Signpost.Officer'],
} as const;
type Name = keyof typeof people;
const idOf = (name: Name) =>
  `00000000-0000-4000-8000-00000000010${Object.keys(people).indexOf(name)}`;

let identity: IdentityDouble;
let graph: GraphDouble;
let connector: ConnectorDouble;
let running: Running;
let close: () => Promise<void>;

beforeAll(async () => {
  connector = await startConnectorDouble();
  const { serviceUrl, origin } = connector;
  identity = await startIdentityDouble({ appId: botApp, serviceUrl });
  graph = await startGraphDouble(TAB_APP, identity.entraKey);
  const names = Object.keys(people) as Name[];
  graph.state.people = names.map((name) => ({ id: idOf(name), displayName: people[name][0] }));
  graph.state.assigned = names.flatMap((name) => {
    const [, role] = people[name];
    return role ? [{ role, principalType: 'User' as const, to: idOf(name) }] : [];
  });
  const store = await aStoreFolder();
  const lines: string[] = [];
  const config = readConfig({
    ...{ PORT: '0', DATA_DIR: store.folder, KEY_FILE: store.keyFile },
    ...{ MICROSOFT_APP_ID: botApp, MICROSOFT_APP_PASSWORD: 'pw', TAB_APP_ID: TAB_APP },
    ...{ MICROSOFT_APP_TENANT_ID: DIRECTORY, MICROSOFT_APP_TYPE: 'SingleTenant' },
    ...{ LOGIN_URL: identity.origin, GRAPH_URL: graph.url, SERVICE_ORIGINS: origin },
    OPENID_METADATA_URL: identity.endpoints.openIdMetadataUrl,
  });
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const wired = await wire(config, log, () => new Date());
  running = {
    port: await wired.http.listen(),
    connector,
    logged: () => lines.join(''),
    headers: () => ({ authorization: `Bearer ${identity.mint()}` }),
    close: wired.close,
  };
  close = async () => {
    await wired.close();
    await Promise.all([connector.close(), identity.close(), graph.close()]);
    await store.remove();
  };
}, 60_000);
afterAll(() => close?.());

const chats = new Map<Name, Person>();
function inChat(name: Name): Person {
  const known = chats.get(name);
  if (known) return known;
  const person = aPerson(() => running, name, {
    conversation: { id: `a:${name}`, conversationType: 'personal', tenantId: DIRECTORY },
    channelData: { tenant: { id: DIRECTORY } },
    from: { id: `29:${name}`, name: people[name][0], aadObjectId: idOf(name) },
  });
  chats.set(name, person);
  return person;
}

/** What somebody asks of the tab, with the token that Teams would get for them. */
async function ask(name: Name, method: string, path: string, body?: object) {
  const [displayName, role] = people[name];
  const token = identity.mintForTab({
    claims: { oid: idOf(name), name: displayName, roles: role ? [role] : [] },
  });
  const headers = {
    'x-signpost-tab': '1',
    origin: `http://127.0.0.1:${running.port}`,
    authorization: `Bearer ${token}`,
  };
  const sent = body ? JSON.stringify(body) : '';
  const answer = await post(running.port, sent, headers, `/tab/api${path}`, method);
  return { status: answer.status, body: JSON.parse(answer.text) };
}

async function submit(name: Name): Promise<readonly string[]> {
  const person = inChat(name);
  await person.say('screen');
  await person.press('First contact');
  await person.say('2');
  await person.say('summary');
  const before = person.messages().length;
  await person.press('Send to a supervisor');
  return person.texts(before);
}

describe('a force with its directory', () => {
  it('lets an officer send a summary from the chat and a supervisor open it in the tab', async () => {
    expect(await submit('officer')).toEqual([reviewKindPhrases.submitted]);
    const listed = (await ask('supervisor', 'GET', '/reviews')).body as ReviewPage;
    expect(listed.rows.map(({ author }) => author)).toEqual(['Sam Okafor']);
    const id = listed.rows[0]?.id;
    const opened = await ask('supervisor', 'GET', `/reviews/${id}`);
    expect(opened.status).toBe(200);
    expect(opened.body.supervisors).toEqual([{ id: idOf('otherSupervisor'), name: 'Rhian Price' }]);
    expect((await ask('colleague', 'GET', `/reviews/${id}`)).status).toBe(404);
    expect((await ask('advocate', 'GET', `/reviews/${id}`)).status).toBe(404);
    expect((await ask('nobody', 'GET', `/reviews/${id}`)).body.kind).toBe('no-role');
    const advocates = await ask('officer', 'GET', `/reviews/${id}/shares`);
    expect(advocates.body.advocates).toEqual([{ id: idOf('advocate'), name: 'Ewa Nowak' }]);
  });

  it('answers guidance to whoever has no role, and takes nothing from them for review', async () => {
    const person = inChat('nobody');
    await person.say('how long does an SPO last?');
    expect(person.texts().at(-1)).toMatch(/two years/i);
    expect(await submit('nobody')).toEqual([reviewKindPhrases['not-allowed']]);
  });

  it('opens a case by its code to a colleague, and not to an advocate or to whoever has no role', async () => {
    const officer = inChat('officer');
    await officer.say('hand over');
    const code = /\b\w{4}-\w{4}\b/.exec(officer.texts().at(-1) ?? '')?.[0] ?? 'none';
    for (const [name, words] of [
      ['advocate', sharedInTabOnly],
      ['nobody', noRoleForCases],
    ] as const) {
      await inChat(name).say(`join ${code}`);
      expect(inChat(name).texts().at(-1)).toBe(words);
    }
    const colleague = inChat('colleague');
    await colleague.say(`join ${code}`);
    expect(colleague.texts().join(' ')).toContain('SP-');
  });

  it('is not told what only the chat of local mode says', async () => {
    const person = inChat('supervisor');
    await person.say('hi');
    expect(person.texts().at(-1)).not.toContain('Local mode');
  });

  it('goes on with guidance and one’s own screening while the directory is silent, and lets nothing else through', async () => {
    graph.become('failing');
    const person = inChat('unlucky');
    await person.say('how long does an SPO last?');
    expect(person.texts().at(-1)).toMatch(/two years/i);
    expect((await submit('unlucky')).join(' ')).toMatch(/Something went wrong.*quote \w{8}/);
    expect(await ask('unlucky', 'GET', '/reviews')).toMatchObject({
      status: 503,
      body: { kind: 'sign-in-unavailable' },
    });
    graph.become('well');
    const listed = (await ask('supervisor', 'GET', '/reviews')).body as ReviewPage;
    expect(listed.rows.map(({ author }) => author)).toEqual(['Sam Okafor']);
  });

  it('writes no token to the log', () => {
    expect(running.logged()).not.toMatch(/eyJ|Bearer/);
  });
});
