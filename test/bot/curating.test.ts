import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../../bot/tab/demo-people.js';
import { openEmbedded } from '../../src/adapters/postgres/embedded.js';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { answerLead, phrases } from '../../src/core/phrases.js';
import { wordingPhrases } from '../../src/core/wording-words.js';
import type { ListedTask } from '../../src/flows/curate.js';
import { aPerson, aStoreFolder, type Person, type Running, startRunning } from '../running.js';
import { type ConnectorDouble, startConnectorDouble } from './connector-double.js';
import { post } from './transport-setup.js';

/** The wording check and the curator's tasks through the whole program: from the chat to the page and the store. */

let connector: ConnectorDouble;
let running: Running;
let store: Awaited<ReturnType<typeof aStoreFolder>>;
const clock = { now: new Date('2026-11-20T10:00:00.000Z') };

beforeAll(async () => {
  connector = await startConnectorDouble();
  store = await aStoreFolder();
  running = await startRunning(store.folder, connector, clock);
}, 60_000);
afterAll(async () => {
  await running.close();
  await connector.close();
  await store.remove();
});

let people = 0;
const somebody = () => {
  people += 1;
  clock.now = new Date(clock.now.getTime() + 60_000);
  return aPerson(() => running, `curating-${people}`);
};
const feedback = (person: Person, replyToId: unknown, reaction: string, words: string) =>
  person.send({
    ...{ type: 'invoke', name: 'message/submitAction', replyToId },
    value: {
      actionName: 'feedback',
      actionValue: { reaction, feedback: JSON.stringify({ feedbackText: words }) },
    },
  });

/** What the curator of the demo asks of the tab. */
async function curator(method: string, path: string, body?: object) {
  const rhys = demoPeople.find(({ roles }) => roles.includes('curator'));
  const ours = { 'x-signpost-tab': '1', origin: `http://127.0.0.1:${running.port}` };
  const id = JSON.stringify({ id: rhys?.id });
  const chosen = await post(running.port, id, ours, '/tab/api/demo-person');
  const cookie = String(chosen.headers['set-cookie']).split(';')[0] ?? '';
  const sent = body ? JSON.stringify(body) : '';
  const address = `/tab/api${path}`;
  const answer = await post(running.port, sent, { ...ours, cookie }, address, method);
  return { status: answer.status, body: JSON.parse(answer.text) };
}
const openTasks = async (): Promise<readonly ListedTask[]> =>
  (await curator('GET', '/tasks')).body.tasks;

/** Everything that stands in the store, as one text. */
async function storedText(): Promise<string> {
  await running.close();
  const pool = await openEmbedded(store.folder, undefined);
  const text = await withClient(pool, async (client) => {
    const { rows: tables } = await client.query<{ table_name: string }>(
      `select table_name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const rows: unknown[] = [];
    for (const { table_name: name } of tables)
      rows.push(name, (await client.query(`select * from "${name}"`)).rows);
    return JSON.stringify(rows);
  });
  await pool.end();
  running = await startRunning(store.folder, connector, clock);
  return text;
}

const message = 'Hi Zelda Quarrington, just block him and come off Facebook for a while.';

describe('check my wording', () => {
  it('marks each phrase with reason, numbered source and better words, without thumbs', async () => {
    const person = somebody();
    await person.say(`check my wording: ${message}`);
    const [answer] = person.messages();
    expect(answer?.text).toContain('**“just block him”** (do not send)');
    expect(answer?.text).toContain('“and come off Facebook”');
    expect(answer?.text).toMatch(/\n\[1\] .+\(https:\/\/\S+\).+\(checked \d/);
    const entities = answer?.entities as readonly { readonly citation: readonly object[] }[];
    expect(entities).toHaveLength(1);
    const citations = entities[0]?.citation ?? [];
    expect(citations.length).toBeGreaterThan(1);
    expect(citations).toMatchObject(citations.map((_, index) => ({ position: index + 1 })));
    expect(answer?.channelData).toBeUndefined();
  });

  it('says danger first when what was pasted holds a sign of it', async () => {
    const person = somebody();
    await person.say('wording: He is outside her house right now with a knife. Just block him.');
    const [text] = person.texts();
    expect(text?.startsWith(answerLead.urgent)).toBe(true);
    expect(text).toContain('“Just block him”');
  });

  it('offers a card to paste into, which stands empty again after the check', async () => {
    const person = somebody();
    await person.say('check my wording');
    const answer = await person.press(wordingPhrases.check, { inputs: { words: message } });
    expect(JSON.parse(answer.text).value.body).toEqual(person.card().content.body);
    expect(answer.text).not.toContain('Zelda');
    expect(person.texts().at(-1)).toContain('“just block him”');
    await person.press(wordingPhrases.check);
    expect(person.texts().at(-1)).toBe(wordingPhrases.empty);
    await person.press(wordingPhrases.check, { inputs: { words: 'x'.repeat(15_000) } });
    expect(person.texts().at(-1)).toBe(wordingPhrases.tooLong);
  });

  it('is no earlier question, and is withdrawn with its message', async () => {
    const person = somebody();
    await person.say('wording: You should stay in, the SPO will be enough.', { id: 'w1' });
    await person.say('how long does it last');
    const alone = somebody();
    await alone.say('how long does it last');
    expect(person.texts().at(-1)).toBe(alone.texts().at(-1));
    await person.send({ type: 'messageUpdate', id: 'w1', text: 'wording: Just block him.' });
    const texts = person.calls().map(({ body }) => body?.text);
    expect(texts).toContain(phrases.noLongerShown);
    expect(texts.at(-1)).toContain('“Just block him”');
  });

  it('works in the middle of a screening, and changes nothing there', async () => {
    const person = somebody();
    await person.say('screen');
    await person.press(/First contact/);
    await person.say('wording: Just block him.');
    expect(person.texts().at(-1)).toContain('“Just block him”');
  });

  it('leaves nothing of what was pasted in the store or the log', async () => {
    const kept = running.logged() + (await storedText());
    expect(kept).toContain('"wording"');
    for (const mark of ['Zelda', 'Quarrington', 'come off Facebook', 'block him'])
      expect(kept).not.toContain(mark);
  });
});

describe('a question without a good answer', () => {
  const parrot = 'Can Zelda Quarrington of 4 Mill Lane teach her parrot Welsh opera?';
  const clean = 'Can [name] of [address] teach her parrot Welsh opera?';

  it('is kept without personal data, counted, and asked again on the page', async () => {
    await somebody().say(parrot);
    await somebody().say(parrot.toLowerCase());
    const tasks = await openTasks();
    const [task] = tasks.filter(({ question }) => question?.includes('parrot'));
    expect(task).toMatchObject({ kind: 'not-covered', question: clean, times: 2, comments: [] });
    const again = await curator('POST', `/tasks/${task?.id}/again`, {});
    expect(again).toMatchObject({
      status: 200,
      body: { was: { answerKind: 'not-covered' }, now: { answerKind: expect.any(String) } },
    });
    const closing = { as: 'not-ours', note: 'About parrots.' };
    const close = () => curator('POST', `/tasks/${task?.id}/close`, closing);
    expect([(await close()).status, (await close()).status]).toEqual([200, 409]);
    const closed = await curator('GET', '/tasks?state=not-ours');
    expect(closed.body).toMatchObject({ tasks: [{ closed: { by: 'Rhys Bevan' } }] });
  });

  it('is a task when its answer was judged wrong: once, with the comment, and not when it was liked', async () => {
    const person = somebody();
    await person.say('How long does an SPO for Zelda Quarrington last?');
    const { givenId } = person.calls()[0] ?? {};
    await feedback(person, givenId, 'like', '');
    expect((await openTasks()).filter(({ kind }) => kind === 'judged-wrong')).toEqual([]);
    await feedback(person, givenId, 'dislike', '');
    await feedback(person, givenId, 'dislike', 'Wrong, ask Zelda Quarrington');
    await feedback(person, '1:none', 'dislike', 'About nothing');
    const judged = (await openTasks()).filter(({ kind }) => kind === 'judged-wrong');
    expect(judged).toMatchObject([
      {
        ...{ question: 'How long does an SPO for [name] last?', times: 1 },
        comments: ['Wrong, ask [name]'],
      },
    ]);
    expect(judged[0]?.shown.length).toBeGreaterThan(0);
  });

  it('leaves no name in the store in clear, and none in the log', async () => {
    expect(running.logged()).not.toContain('Zelda');
    const text = await storedText();
    expect(text).not.toContain('Mill Lane');
    expect(text).not.toContain('Zelda');
    // The comment of the feedback itself, and what curators have of it.
    expect(text).toContain('sealed:1:');
  });

  it('is told to nobody but curators and administrators', async () => {
    const page = await curator('GET', '/curation');
    expect(page).toMatchObject({ status: 200, body: { loaded: expect.any(Number) } });
  });
});
