import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoPeople } from '../bot/tab/demo-people.js';
import { openEmbedded } from '../src/adapters/postgres/embedded.js';
import { withClient } from '../src/adapters/postgres/pool.js';
import { answerText } from '../src/core/answer-text.js';
import { sayTime } from '../src/core/days.js';
import { phrases } from '../src/core/phrases.js';
import { catalogueIn, english, type Words } from '../src/core/words.js';
import { makeAnswerQuestion } from '../src/flows/answer-question.js';
import { makeEmergencyGuidance } from '../src/flows/emergency-guidance.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import { portsOver } from './contracts/stores.js';
import { loadReal } from './real-knowledge.js';
import { runCommand } from './run-command.js';
import {
  aPerson,
  aStoreFolder,
  type Clock,
  type Person,
  type Running,
  startRunning,
} from './running.js';

/**
 * The assistant switched off in the chat, over HTTP, and everything somebody can then send. Over 200 lines: each kind of
 * it stands here.
 */

const offAt = '2026-11-20T10:00:00.000Z';
const clock: Clock = { now: new Date(offAt) };
let connector: ConnectorDouble;
let store: Awaited<ReturnType<typeof aStoreFolder>>;
let running: Running;
const start = async () => {
  running = await startRunning(store.folder, connector, clock);
};

beforeAll(async () => {
  connector = await startConnectorDouble();
  store = await aStoreFolder();
  await start();
}, 60_000);
afterAll(async () => {
  await running.close();
  await connector.close();
  await store.remove();
});
beforeEach(() => {
  clock.now = new Date(clock.now.getTime() + 60_000);
});

let chats = 0;
function as(role: string, more: object = {}): Person {
  const { id = '', name = '' } =
    demoPeople.find(({ roles }) => roles.some((r) => r === role)) ?? {};
  chats += 1;
  const from = { id: `29:${role}`, name, aadObjectId: id };
  return aPerson(() => running, `${role}-${chats}`, { from, ...more });
}
const isOff = phrases.assistantIsOff(sayTime(offAt));
const message = 'application/vnd.microsoft.activity.message';
const pressAnswer = { statusCode: 200, type: message, value: isOff };
const parsed = (answer: { readonly text: string }) => JSON.parse(answer.text);

const real = await loadReal();
const danger = 'He is outside her door with a knife';
const guidanceFor = (question: string, words: Words = english) =>
  answerText(makeAnswerQuestion(real, () => clock.now)({ question, earlier: [] }), false, words);
const generalGuidance = () => {
  const given = makeEmergencyGuidance(real, () => clock.now)({ words: '', isDanger: true });
  return given && answerText(given, false, english);
};

/** How many rows each table holds; the store is free while nothing runs. */
async function countRows(): Promise<Readonly<Record<string, number>>> {
  await running.close();
  const pool = await openEmbedded(store.folder);
  const counts = await withClient(pool, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const counted: Record<string, number> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${name}`);
      counted[name] = Number(rows[0]?.n);
    }
    return counted;
  });
  await pool.end();
  await start();
  return counts;
}

/** A screening that was begun before, and a question that was answered. */
let officer: Person;
let before: Readonly<Record<string, number>>;
let switchedIn: Person;

describe('the assistant’s switch in the chat', () => {
  it.each(['officer', 'call-handler', 'advocate', 'supervisor', 'curator'])(
    'is not for a %s, who is told so',
    async (role) => {
      const person = as(role);
      for (const said of ['/assistant', '/assistant off Enough.', '/assistant maybe'])
        await person.say(said);
      expect(person.texts()).toEqual(Array(3).fill(phrases.assistantNotYours));
    },
  );

  it('is turned by an administrator, who is asked for a reason of at most 300 characters', async () => {
    const grace = as('administrator');
    for (const said of ['/assistant', '/assistant off', '/assistant off  ', '/assistant no'])
      await grace.say(said);
    await grace.say(`/assistant off ${'x'.repeat(301)}`);
    const { assistantHow, assistantState } = phrases;
    expect(grace.texts()).toEqual([assistantState.on, ...Array(4).fill(assistantHow)]);
  });

  it('is turned off, once, by a message that comes again, and by none that is changed', async () => {
    officer = as('officer');
    await officer.say('How long does an SPO last?', { id: 'asked-before' });
    await officer.say('screen');
    await officer.press('First contact');
    switchedIn = as('administrator');
    await switchedIn.say('/assistant on Already.', { id: 'turn-0' });
    const edit = { type: 'messageUpdate', id: 'turn-0', timestamp: '2026-11-20T11:00:00Z' };
    await switchedIn.send({ ...edit, text: '/assistant off Changed.' });
    expect(switchedIn.texts()).toEqual([phrases.assistantState.on, phrases.assistantStays]);
    clock.now = new Date(offAt);
    await switchedIn.say('/assistant off It shows old guidance.', { id: 'turn-1' });
    await switchedIn.say('/assistant off It shows old guidance.', { id: 'turn-2' });
    const why = 'It shows old guidance.';
    const turned = phrases.modelTurned(false, 'Grace Lloyd', offAt, why);
    const shown = `${phrases.assistantState.off}\n\n${turned}`;
    expect(switchedIn.texts(2)).toEqual([shown, shown]);
    before = await countRows();
    expect(before.switches).toBe(1);
  });
});

describe('while it is off', () => {
  it.each([
    'How long does an SPO last?',
    'screen',
    'resume',
    'summary',
    '/model',
    '/cymraeg',
    'hi',
  ])(
    '“%s” gets one sentence: since when, what is saved, what is not, and what to use instead',
    async (said) => {
      const person = as('officer');
      await person.say(said);
      expect(person.texts()).toEqual([isOff]);
      expect(isOff).toContain('20 November 2026 at 10:00');
      for (const part of ['stays saved', 'NOT saved', '999', 'radio', 'own procedure'])
        expect(isOff).toContain(part);
    },
  );

  it('it says so in the language of the chat', async () => {
    const person = as('officer', { locale: 'cy-GB' });
    await person.say('sgrinio');
    const { phrases: own, dates } = catalogueIn('cy');
    expect(person.texts()).toEqual([own.assistantIsOff(dates.time(offAt))]);
    expect(person.texts()[0]).toContain('999');
  });

  it('words of danger get the emergency guidance first, in either language', async () => {
    const person = as('officer');
    await person.say(danger);
    expect(person.texts()).toEqual([guidanceFor(danger), isOff]);
    const [guidance] = person.messages();
    expect(guidance).not.toHaveProperty('suggestedActions');
    expect(JSON.stringify(guidance)).not.toContain('feedbackLoop');
    const inWelsh = as('officer', { locale: 'cy-GB' });
    const said = 'Mae e y tu allan i’w drws gyda chyllell nawr';
    await inWelsh.say(said);
    const { phrases: own, dates } = catalogueIn('cy');
    expect(inWelsh.texts()).toEqual([
      guidanceFor(said, catalogueIn('cy')),
      own.assistantIsOff(dates.time(offAt)),
    ]);
  });

  it('“help”, which may be a cry for it, gets both', async () => {
    const person = as('officer');
    await person.say('help');
    expect(person.texts()).toEqual([guidanceFor('help'), isOff]);
  });

  it('a message that comes again is answered once, and two at once are answered each', async () => {
    const person = as('officer');
    await person.say('resume', { id: 'same' });
    await person.say('resume', { id: 'same', timestamp: '2026-11-20T10:00:03Z' });
    await person.say('resume', { id: 'same', timestamp: '2026-11-20T10:00:03Z' });
    expect(person.texts()).toEqual([isOff, isOff]);
    const [one, other] = [as('officer'), as('supervisor')];
    await Promise.all([one.say('resume'), other.say(danger)]);
    expect([one.texts(), other.texts()]).toEqual([[isOff], [guidanceFor(danger), isOff]]);
  });

  it('a press is answered in its own shape, its card stays, and danger in its fields is heard', async () => {
    const card = officer.card();
    const from = officer.messages().length;
    const pressed = await officer.press('Pause');
    expect([pressed.status, parsed(pressed)]).toEqual([200, pressAnswer]);
    expect(officer.texts(from)).toEqual([isOff]);
    const filled = await officer.press('Pause', { inputs: { words: danger } });
    expect(parsed(filled)).toEqual(pressAnswer);
    expect(officer.texts(from + 1)).toEqual([guidanceFor(danger), isOff]);
    expect(officer.card()).toEqual(card);
  });

  it('DANGER by its button or key gets the general emergency guidance first', async () => {
    const from = officer.messages().length;
    const pressed = await officer.press(/DANGER/);
    expect(parsed(pressed)).toEqual(pressAnswer);
    expect(officer.texts(from)).toEqual([generalGuidance(), isOff]);
    for (const key of ['!', 'danger', 'Perygl!']) await officer.say(key);
    const each = [generalGuidance(), isOff];
    expect(officer.texts(from + 2)).toEqual([...each, ...each, ...each]);
  });

  it('a press as older clients send it is answered in the chat', async () => {
    const from = officer.messages().length;
    await officer.press('Pause', { asSubmit: true });
    expect(officer.texts(from)).toEqual([isOff]);
  });

  it('a file without words, a press that is not ours and a changed or deleted message each get the sentence', async () => {
    const person = as('officer');
    const attachments = [{ contentType: 'image/png', contentUrl: 'https://x.example/a.png' }];
    await person.say('', { attachments });
    await person.send({ type: 'message', value: { other: 1 } });
    await officer.send({
      ...{ type: 'messageUpdate', id: 'asked-before', text: `Is it five years? ${danger}` },
    });
    await officer.send({ type: 'messageDelete', id: 'asked-before' });
    expect(person.texts()).toEqual([isOff, isOff]);
    const updates = officer.calls().filter(({ kind }) => kind === 'update');
    expect(updates.filter(({ body }) => body?.text === phrases.noLongerShown)).toEqual([]);
    expect(officer.texts().slice(-3)).toEqual([
      guidanceFor(`Is it five years? ${danger}`),
      isOff,
      isOff,
    ]);
    const odd = await person.send({ type: 'invoke', name: 'adaptiveCard/action', value: 7 });
    expect([odd.status, parsed(odd)]).toEqual([200, pressAnswer]);
  });

  it('a thumb is answered in its own shape, and its dialog thanks for nothing', async () => {
    const person = as('officer');
    const value = { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{}' } };
    const thumb = { type: 'invoke', name: 'message/submitAction', value, replyToId: 'm1' };
    const { port: _, ...answer } = {
      port: 0,
      ...(await person.send({ ...thumb, type: 'invoke' })),
    };
    expect([answer.status, parsed(answer)]).toEqual([200, {}]);
    expect(person.texts()).toEqual([isOff]);
    const dialog = await person.send({ type: 'invoke', name: 'message/fetchTask', value: {} });
    expect(parsed(dialog)).toEqual({ task: { type: 'message', value: isOff } });
    expect(person.texts()).toEqual([isOff]);
  });

  it('installing it asks nobody for words, and groups are told what they always are', async () => {
    const person = as('officer');
    await person.send({ type: 'installationUpdate', action: 'add', text: undefined });
    expect(person.texts()).toEqual([]);
    const conversation = { id: '19:x', conversationType: 'channel', tenantId: 'our-tenant' };
    const group = aPerson(() => running, 'group', { conversation });
    await group.say('hello');
    const sent = connector.calls.filter(({ conversationId }) => conversationId === '19:x');
    expect(sent.map(({ body }) => body?.text)).toEqual([phrases.personalOnly]);
  });

  it('nothing of all that was stored', async () => {
    expect(await countRows()).toEqual(before);
  });

  it('it is still off after a restart, and is shown to an administrator, who is refused a turn without a reason', async () => {
    const grace = as('administrator');
    for (const said of ['/assistant', '/assistant on', '/assistant on   ']) await grace.say(said);
    const { assistantHow, assistantState } = phrases;
    expect(grace.texts()[0]).toContain(assistantState.off);
    expect(grace.texts(1)).toEqual([assistantHow, assistantHow]);
    const person = as('supervisor');
    await person.say('/assistant on Please.');
    expect(person.texts()).toEqual([phrases.assistantNotYours]);
  });

  it('an administrator sees it in the self-check, and nobody else sees that', async () => {
    const [grace, person] = [as('administrator'), as('officer')];
    for (const one of [grace, person]) await one.say('/self-check');
    const { selfCheck } = english;
    expect(person.texts()).toEqual([selfCheck.notYours]);
    const [said = ''] = grace.texts();
    expect(said.split('\n\n')).toEqual([
      expect.stringMatching(/^Version of Signpost: \d+\.\d+\.\d+$/),
      selfCheck.mode.local,
      selfCheck.identity.nobody,
      selfCheck.store.embedded,
      selfCheck.knowledge(real.version),
      selfCheck.model['not-configured'],
      selfCheck.assistant.off,
      expect.stringMatching(/^Newest migration: \d{4}_\w+$/),
      expect.stringMatching(/^Newest entry of the audit: \d+:[0-9a-f]{64}$/),
      selfCheck.sound,
      selfCheck.notes.off,
    ]);
    expect(said).not.toContain(store.folder);
  });
});

describe('turned on again', () => {
  it('by an administrator, it answers, and what was saved is where it was left', async () => {
    const grace = as('administrator');
    await grace.say('/assistant on Mended.');
    expect(grace.texts()[0]).toContain(phrases.assistantState.on);
    const person = as('officer');
    // The same words as while it was off are no repeat.
    await person.say('How long does an SPO last?');
    expect(person.texts()).toEqual([guidanceFor('How long does an SPO last?')]);
    const pressed = await officer.press('Pause');
    expect(parsed(pressed)).toMatchObject({ type: 'application/vnd.microsoft.card.adaptive' });
    expect(pressed.text).toContain(phrases.paused);
  });

  it('by the command it is turned for the chat as well, once the server runs', async () => {
    await running.close();
    const settings = { DATA_DIR: store.folder };
    const words = ['off', '--by', 'Grace Lloyd', '--why', 'A rehearsal.'];
    expect((await runCommand('assistant', words, settings)).code).toBe(0);
    await start();
    const person = as('officer');
    await person.say('cancel');
    const [, ...rest] = phrases.assistantIsOff('TIME').split('TIME');
    expect(person.texts()).toEqual([expect.stringContaining(rest.join())]);
    const grace = as('administrator');
    await grace.say('/assistant on Rehearsed.');
    await person.say('cancel');
    expect(person.texts(1)).toEqual([phrases.nothingToCancel]);
  }, 60_000);

  it('it stands in the audit, whole, with who and why, and the refusals', async () => {
    await running.close();
    const pool = await openEmbedded(store.folder);
    const { audit, close } = portsOver(pool);
    const told = await audit.search({ what: 'assistant-switched' }, 100);
    expect(told.map(({ detail }) => detail)).toEqual([
      { isOn: true, why: 'Rehearsed.' },
      expect.objectContaining({ isOn: false, why: 'A rehearsal.', via: 'command' }),
      { isOn: true, why: 'Mended.' },
      { isOn: false, why: 'It shows old guidance.' },
    ]);
    const refused = await audit.search({ what: 'access-refused' }, 100);
    const actions = refused.map(({ detail }) => detail.action);
    expect(actions.filter((action) => action === 'switch-assistant')).toHaveLength(16);
    expect(actions.filter((action) => action === 'self-check')).toHaveLength(1);
    await close();
    await pool.end();
    const verified = await runCommand('audit', ['verify'], { DATA_DIR: store.folder });
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('Whole') });
    await start();
  }, 60_000);
});
