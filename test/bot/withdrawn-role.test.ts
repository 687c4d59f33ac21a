import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wire } from '../../bot/wire.js';
import { makeLog } from '../../src/adapters/log.js';
import { readConfig } from '../../src/config.js';
import { phrases } from '../../src/core/phrases.js';
import { type GraphDouble, startGraphDouble } from '../graph-double.js';
import { stringsIn } from '../real-knowledge.js';
import { aPerson, aStoreFolder, type Running } from '../running.js';
import { type ConnectorDouble, startConnectorDouble } from './connector-double.js';
import { DIRECTORY, type IdentityDouble, startIdentityDouble, TAB_APP } from './identity-double.js';

/** Somebody let into a colleague's case whose role is taken back: what the chat still does for them. */

const botApp = '00000000-0000-4000-8000-00000000b070';
const [sam, priya] = [
  '00000000-0000-4000-8000-000000000101',
  '00000000-0000-4000-8000-000000000102',
];
const secret = 'Ring Jo Bloggs on her sister’s telephone';

let identity: IdentityDouble;
let graph: GraphDouble;
let connector: ConnectorDouble;
let store: Awaited<ReturnType<typeof aStoreFolder>>;
let running: Running;

/** A new process, which remembers no answer of the directory. */
async function start(): Promise<void> {
  const config = readConfig({
    ...{ PORT: '0', DATA_DIR: store.folder, KEY_FILE: store.keyFile },
    ...{ MICROSOFT_APP_ID: botApp, MICROSOFT_APP_PASSWORD: 'pw', TAB_APP_ID: TAB_APP },
    ...{ MICROSOFT_APP_TENANT_ID: DIRECTORY, MICROSOFT_APP_TYPE: 'SingleTenant' },
    ...{ LOGIN_URL: identity.origin, GRAPH_URL: graph.url, SERVICE_ORIGINS: connector.origin },
    OPENID_METADATA_URL: identity.endpoints.openIdMetadataUrl,
  });
  const wired = await wire(config, makeLog('silent'), () => new Date());
  running = {
    ...{ port: await wired.http.listen(), connector, logged: () => '', close: wired.close },
    headers: () => ({ authorization: `Bearer ${identity.mint()}` }),
  };
}

beforeAll(async () => {
  connector = await startConnectorDouble();
  identity = await startIdentityDouble({ appId: botApp, serviceUrl: connector.serviceUrl });
  graph = await startGraphDouble(TAB_APP, identity.entraKey);
  graph.state.people = [
    { id: sam ?? '', displayName: 'Sam' },
    { id: priya ?? '', displayName: 'Priya' },
  ];
  graph.state.assigned = [sam, priya].map((to) => ({
    ...{ role: 'Signpost.Officer', principalType: 'User' as const, to: to ?? '' },
  }));
  store = await aStoreFolder();
  await start();
}, 60_000);
afterAll(async () => {
  await running?.close();
  await Promise.all([connector.close(), identity.close(), graph.close()]);
  await store.remove();
});

const inChat = (name: string, id = '') =>
  aPerson(() => running, name, {
    conversation: { id: `a:${name}`, conversationType: 'personal', tenantId: DIRECTORY },
    channelData: { tenant: { id: DIRECTORY } },
    from: { id: `29:${name}`, name, aadObjectId: id },
  });

describe('a colleague whose role was taken back', () => {
  const officer = inChat('Sam', sam);
  const colleague = inChat('Priya', priya);
  beforeAll(async () => {
    await officer.say('screen');
    await officer.press('Closing');
    for (let steps = 0; steps < 20; steps += 1) {
      const words = stringsIn(officer.card().content).join('\n');
      if (words.includes('CL04 ·')) break;
      await officer.say('d');
    }
    await officer.press('Add', { inputs: { 'field-what': secret, 'field-who': 'Sam' } });
    const before = officer.messages().length;
    await officer.say('hand over');
    const code = /\b\w{4}-\w{4}\b/.exec(officer.texts(before).join(' '))?.[0] ?? 'none';
    await colleague.say(`join ${code}`);
    expect(stringsIn(colleague.card().content).join('\n')).toContain(secret);
    graph.state.assigned = graph.state.assigned.filter(({ to }) => to !== priya);
    await running.close();
    await start();
  }, 60_000);

  it('is not shown a summary of what the other recorded', async () => {
    const before = colleague.messages().length;
    await colleague.say('summary');
    expect(colleague.texts(before)).toEqual([phrases.notYours]);
  });

  it('is not shown the other’s screening by “resume”', async () => {
    const before = colleague.messages().length;
    await colleague.say('resume');
    const shown = colleague
      .messages()
      .slice(before)
      .flatMap((body) => stringsIn(body));
    expect(shown.join('\n')).not.toContain(secret);
  });

  it('cannot record in it', async () => {
    const before = colleague.messages().length;
    await colleague.press('Add', { inputs: { 'field-what': 'Planted', 'field-who': 'Priya' } });
    const shown = colleague.calls().flatMap(({ body }) => stringsIn(body));
    expect([before > 0, shown.join('\n').includes('Planted')]).toEqual([true, false]);
  });

  it('is given no code that lets others in', async () => {
    const before = colleague.messages().length;
    await colleague.say('hand over');
    expect(colleague.texts(before).join('\n')).not.toMatch(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/);
  });
});
