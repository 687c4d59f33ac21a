import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../bot/tab/demo-people.js';
import { openEmbedded } from '../src/adapters/postgres/embedded.js';
import { phrases } from '../src/core/phrases.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import { portsOver } from './contracts/stores.js';
import { aPerson, aStoreFolder, type Clock, type Running, startRunning } from './running.js';

/** The model's switch as it is turned in the chat, over HTTP. */

const clock: Clock = { now: new Date('2026-11-20T10:00:00.000Z') };
let connector: ConnectorDouble;
let store: Awaited<ReturnType<typeof aStoreFolder>>;
let running: Running;
const start = () => startRunning(store.folder, connector, clock);

beforeAll(async () => {
  connector = await startConnectorDouble();
  store = await aStoreFolder();
  running = await start();
}, 60_000);
afterAll(async () => {
  await running.close();
  await connector.close();
  await store.remove();
});

let chats = 0;
function as(role: string) {
  const { id = '', name = '' } =
    demoPeople.find(({ roles }) => roles.some((r) => r === role)) ?? {};
  chats += 1;
  return aPerson(() => running, `${role}-${chats}`, {
    from: { id: `29:${role}`, name, aadObjectId: id },
  });
}
const { modelState } = phrases;
const turned = (isOn: boolean, why: string) =>
  `${modelState['not-configured']}\n\n${phrases.modelTurned(isOn, 'Grace Lloyd', clock.now.toISOString(), why)}`;

describe('the model’s switch in the chat', () => {
  it.each(['officer', 'call-handler', 'advocate', 'supervisor', 'curator'])(
    'is not for a %s, who is told so',
    async (role) => {
      const person = as(role);
      for (const said of ['/model', '/model off Enough.', '/model maybe']) await person.say(said);
      expect(person.texts()).toEqual(Array(3).fill(phrases.modelNotYours));
    },
  );

  it('is shown to and turned by an administrator, who is asked for a reason', async () => {
    const grace = as('administrator');
    for (const said of ['/model', '/model off', '/model maybe', `/model off ${'x'.repeat(301)}`])
      await grace.say(said);
    const { modelHow } = phrases;
    expect(grace.texts()).toEqual([modelState['not-configured'], modelHow, modelHow, modelHow]);
    await grace.say('/model off It withholds too much.');
    await grace.say('/model');
    expect(grace.texts(4)).toEqual([
      turned(false, 'It withholds too much.'),
      turned(false, 'It withholds too much.'),
    ]);
  });

  it('is turned once by a message that comes again, and by none that is changed', async () => {
    const grace = as('administrator');
    await grace.say('/model on Mended.', { id: 'turn-1' });
    await grace.say('/model on Mended.', { id: 'turn-2' });
    const edit = { type: 'messageUpdate', id: 'turn-2', timestamp: '2026-11-20T11:00:00Z' };
    await grace.send({ ...edit, text: '/model off Changed.' });
    await grace.say('/model');
    expect(grace.texts()).toEqual([
      turned(true, 'Mended.'),
      turned(true, 'Mended.'),
      phrases.modelStays,
      turned(true, 'Mended.'),
    ]);
  });

  it('is turned from the middle of a screening, which stays where it was', async () => {
    const grace = as('administrator');
    await grace.say('screen');
    await grace.press('First contact');
    const before = grace.card();
    await grace.say('/model');
    expect(grace.texts().at(-1)).toBe(turned(true, 'Mended.'));
    expect(grace.card()).toEqual(before);
  });

  it('stands as it was left after a restart, and the audit tells of it all', async () => {
    await running.close();
    const pool = await openEmbedded(store.folder);
    const { audit, close } = portsOver(pool);
    const told = (what: string) => audit.search({ what }, 100);
    expect((await told('model-switched')).map(({ detail }) => detail)).toEqual([
      { isOn: true, why: 'Mended.' },
      { isOn: false, why: 'It withholds too much.' },
    ]);
    const refused = await told('access-refused');
    expect(refused).toHaveLength(15);
    expect(new Set(refused.map(({ detail }) => JSON.stringify(detail)))).toEqual(
      new Set([JSON.stringify({ why: 'role', action: 'switch-model' })]),
    );
    expect(await audit.verify()).toMatchObject({ kind: 'whole' });
    await close();
    await pool.end();
    running = await start();
    const grace = as('administrator');
    await grace.say('/model');
    expect(grace.texts()).toEqual([turned(true, 'Mended.')]);
  });
});
