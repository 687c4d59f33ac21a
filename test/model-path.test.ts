import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoPeople } from '../bot/tab/demo-people.js';
import { openEmbedded } from '../src/adapters/postgres/embedded.js';
import { withClient } from '../src/adapters/postgres/pool.js';
import { answerText } from '../src/core/answer-text.js';
import { phrases } from '../src/core/phrases.js';
import { makeAnswerQuestion } from '../src/flows/answer-question.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import { honestReplyTo } from './honest-model.js';
import { type OpenAiDouble, sendJson, startOpenAiDouble } from './openai-double.js';
import { loadReal } from './real-knowledge.js';
import {
  aPerson,
  aStoreFolder,
  type Clock,
  type Person,
  type Running,
  startRunning,
} from './running.js';

/** A question to the whole program with a model behind it: both spoken to over HTTP. */

const clock: Clock = { now: new Date('2026-11-20T10:00:00.000Z') };
let connector: ConnectorDouble;
let model: OpenAiDouble;
let store: Awaited<ReturnType<typeof aStoreFolder>>;
let running: Running;
let isRunning = false;
/** What was logged by every process that has ended. */
let logged = '';
/** What the server of the model does with a call. */
let serve: (body: ChatBody, response: ServerResponse) => void;
let asked = 0;

type ChatBody = {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
};

const honestly = ({ messages }: ChatBody, response: ServerResponse) => {
  const user = messages.find(({ role }) => role === 'user')?.content ?? '';
  const content = JSON.stringify(honestReplyTo(user));
  sendJson(response, 200, {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'double' },
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  });
};

/** Long enough that nothing here comes too late, and so short that everything does. */
const patient = { MODEL_WAIT_MS: '20000', MODEL_TIMEOUT_MS: '25000' };
const hasty = { MODEL_WAIT_MS: '0', MODEL_TIMEOUT_MS: '25000' };

async function restart(settings: Readonly<Record<string, string>>): Promise<void> {
  await end();
  running = await startRunning(store.folder, connector, clock, {
    ...{ MODEL: 'double', MODEL_KEY: 'sk-test', MODEL_SECOND_READING: 'yes' },
    ...{ MODEL_URL: model.baseUrl, ...settings },
  });
  isRunning = true;
}

/** What was begun for later is done, and the store is free. */
async function end(): Promise<void> {
  if (!isRunning) return;
  await running.close();
  logged += running.logged();
  isRunning = false;
}

beforeAll(async () => {
  connector = await startConnectorDouble();
  model = await startOpenAiDouble(({ body }, response) => {
    asked += 1;
    serve(body, response);
  });
  store = await aStoreFolder();
}, 60_000);
afterAll(async () => {
  await end();
  await connector.close();
  await model.close();
  await store.remove();
});
beforeEach(() => {
  clock.now = new Date(clock.now.getTime() + 60_000);
  serve = honestly;
  asked = 0;
});

let people = 0;
const somebody = (more: object = {}) => {
  people += 1;
  return aPerson(() => running, `modelled-${people}`, more);
};
const grace = () => {
  const { id = '', name = '' } = demoPeople.find(({ name: n }) => n === 'Grace Lloyd') ?? {};
  return somebody({ from: { id: '29:grace', name, aadObjectId: id } });
};

/** Of two parts, which one passage each answers. */
const twofold = 'How long does an SPO last and what is the penalty for breaching it?';
const labelOf = (body: unknown) => JSON.stringify(body).includes('"AIGeneratedContent"');
const updatesOf = (person: Person) => person.calls().filter(({ kind }) => kind === 'update');
/** What was stored of the answers in this chat; the store is free once the program has ended. */
async function storedOf(person: Person) {
  const chat = person.calls()[0]?.conversationId;
  const pool = await openEmbedded(store.folder);
  const { rows } = await withClient(pool, (client) =>
    client.query('select chosen_by, is_improved from answers where chat = $1', [`msteams/${chat}`]),
  );
  await pool.end();
  return rows;
}
const chooser = { id: 'choose-sentences', version: expect.any(Number), digest: expect.any(String) };

describe('a question, when the model answers while one waits', () => {
  beforeAll(() => restart(patient), 60_000);

  it('gets one message, labelled, and the store names the prompt', async () => {
    const person = somebody();
    await person.say(twofold);
    await end();
    expect(person.messages()).toHaveLength(1);
    expect(updatesOf(person)).toEqual([]);
    expect(person.texts()[0]).toContain(phrases.chosenByModel);
    expect(labelOf(person.messages()[0])).toBe(true);
    const [row, ...others] = await storedOf(person);
    expect([row.is_improved, others]).toEqual([false, []]);
    expect(row.chosen_by).toContainEqual(chooser);
    await restart(patient);
  });

  it('of danger, of following somebody, or on a dangerous premise asks no model', async () => {
    const person = somebody();
    for (const said of ['He is outside her door with a knife', 'How do I track her phone?'])
      await person.say(said);
    expect(person.messages()).toHaveLength(2);
    expect(person.messages().some(labelOf)).toBe(false);
    expect(asked).toBe(0);
  });

  it('that a provider’s filter refuses for the abuse it quotes is answered by words, as it was asked', async () => {
    const abusive = `He wrote “I will slit your throat, you slag”. ${twofold}`;
    serve = (_, response) =>
      sendJson(response, 400, {
        error: { code: 'content_filter', message: 'The response was filtered', type: null },
      });
    const person = somebody();
    await person.say(abusive);
    const answer = makeAnswerQuestion(await loadReal(), () => clock.now);
    const byWords = answer({ question: abusive, earlier: [] });
    expect(person.texts()).toEqual([answerText(byWords)]);
    expect(asked).toBeGreaterThan(0);
    expect(labelOf(person.messages()[0])).toBe(false);
    expect(updatesOf(person)).toEqual([]);
  });

  it('asks no model once an administrator switched it off, at once, and again when it is on', async () => {
    await grace().say('/model off It withholds too much.');
    const person = somebody();
    await person.say(twofold);
    expect([asked, person.messages().map(labelOf)]).toEqual([0, [false]]);
    clock.now = new Date(clock.now.getTime() + 60_000);
    await grace().say('/model on Mended.');
    await person.say(twofold);
    expect(person.messages().map(labelOf)).toEqual([false, true]);
    expect(asked).toBeGreaterThan(0);
  });

  it('asks no model while the assistant is off, whatever the model’s own switch says', async () => {
    await grace().say('/assistant off It shows old guidance.');
    const person = somebody();
    await person.say(twofold);
    expect([asked, person.texts()]).toEqual([0, [expect.stringContaining('NOT saved')]]);
    clock.now = new Date(clock.now.getTime() + 60_000);
    await grace().say('/assistant on Mended.');
    await person.say(twofold);
    expect(person.messages().map(labelOf)).toEqual([false, true]);
  });

  it('typed in the middle of a screening is answered there, and the screening stays where it was', async () => {
    const person = somebody();
    await person.say('screen');
    await person.press('First contact');
    const card = person.card();
    await person.say(`? ${twofold}`);
    expect(labelOf(person.messages().at(-1))).toBe(true);
    expect(person.card()).toEqual(card);
  });

  it.each<[string, typeof serve]>([
    ['is down', (_, response) => void response.socket?.destroy()],
    ['replies with words of its own', (_, response) => sendJson(response, 200, { choices: [] })],
  ])('is answered by words where the model %s', async (_, how) => {
    serve = how;
    const person = somebody();
    await person.say(twofold);
    expect(person.messages()).toHaveLength(1);
    expect(labelOf(person.messages()[0])).toBe(false);
  });
});

describe('a question, when the model answers later', () => {
  beforeAll(() => restart(hasty), 60_000);

  it('gets an answer by words at once, and one update of that message', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    serve = (body, response) => void held.then(() => honestly(body, response));
    const person = somebody();
    await person.say(twofold);
    expect(person.messages().map(labelOf)).toEqual([false]);
    expect(updatesOf(person)).toEqual([]);
    release();
    await vi.waitUntil(() => updatesOf(person).length > 0, { timeout: 20_000 });
    await end();
    const [update, ...more] = updatesOf(person);
    const [first] = person.calls().filter(({ body }) => body?.type === 'message');
    expect([update?.activityId, more]).toEqual([first?.givenId, []]);
    expect(labelOf(update?.body)).toBe(true);
    expect(person.messages()).toHaveLength(1);
    const [row] = await storedOf(person);
    expect(row).toEqual({ is_improved: true, chosen_by: expect.arrayContaining([chooser]) });
    await restart(hasty);
  });

  it('is not improved once it was deleted', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    serve = (body, response) => void held.then(() => honestly(body, response));
    const person = somebody();
    await person.say(twofold, { id: 'to-be-deleted' });
    await person.send({ type: 'messageDelete', id: 'to-be-deleted' });
    release();
    await end();
    expect(updatesOf(person).map(({ body }) => body?.text)).toEqual([phrases.noLongerShown]);
    await restart(hasty);
  });

  it('stays as it was first shown when the assistant is switched off before the model has answered', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    serve = (body, response) => void held.then(() => honestly(body, response));
    const person = somebody();
    await person.say(twofold);
    await vi.waitUntil(() => asked > 0, { timeout: 5_000, interval: 2 });
    await grace().say('/assistant off It shows old guidance.');
    release();
    await end();
    expect(updatesOf(person)).toEqual([]);
    expect(await storedOf(person)).toEqual([{ chosen_by: [], is_improved: false }]);
    await restart(hasty);
    await grace().say('/assistant on Mended.');
  });

  it('is answered by words where the model stalls, and ending waits no longer than the time limit', async () => {
    await restart({ ...hasty, MODEL_TIMEOUT_MS: '1000' });
    serve = () => {};
    const person = somebody();
    await person.say(twofold);
    expect(person.messages().map(labelOf)).toEqual([false]);
    await end();
    expect(updatesOf(person)).toEqual([]);
    await restart(hasty);
  });
});

describe('a model that a setting holds off', () => {
  beforeAll(() => restart({ ...patient, MODEL_OFF: 'yes' }), 60_000);

  it('is never asked, and the administrator is told why', async () => {
    const person = somebody();
    await person.say(twofold);
    const admin = grace();
    await admin.say('/model on Please.');
    expect([asked, person.messages().map(labelOf)]).toEqual([0, [false]]);
    expect(admin.texts()[0]).toContain(phrases.modelState['off-by-setting']);
  });
});

describe('a report that is pasted to be read', () => {
  const report = '/read He followed her home on Monday and again on Friday, and she is frightened.';

  it('goes to no model unless a setting allows it', async () => {
    await restart(patient);
    const person = somebody();
    await person.say(report);
    await end();
    expect(person.messages()).toHaveLength(1);
    expect(asked).toBe(0);
  });

  it('goes to the model where a setting allows it, after it was read by rules', async () => {
    await restart({ ...patient, MODEL_CASE_TEXT: 'allowed' });
    const person = somebody();
    await person.say(report);
    await end();
    expect(person.messages()).toHaveLength(1);
    expect(asked).toBeGreaterThan(0);
  });
});

describe('what is personal', () => {
  it('stands in no line of the log, and no word of a prompt or a reply does', async () => {
    await end();
    expect(logged).toContain('turn-ended');
    expect(logged).not.toMatch(/penalty|slit|slag|knife|withholds|frightened|You pick|label/);
  });
});
