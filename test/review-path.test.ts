import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoPeople } from '../bot/tab/demo-people.js';
import { openEmbedded } from '../src/adapters/postgres/embedded.js';
import { withClient } from '../src/adapters/postgres/pool.js';
import type { ChartId } from '../src/core/overview-words.js';
import { phrases } from '../src/core/phrases.js';
import { reviewDetailSchema } from '../src/core/review-detail.js';
import { reviewKindPhrases } from '../src/core/review-phrases.js';
import type { AuditRecord } from '../src/flows/ports.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import { post } from './bot/transport-setup.js';
import { stringsIn } from './real-knowledge.js';
import {
  aPerson,
  aStoreFolder,
  type Card,
  type Clock,
  type Running,
  startRunning,
} from './running.js';

/** One case through the whole program, from the chat to the file, with the program stopped in between. */

let connector: ConnectorDouble;
let running: Running;
let logged = '';
let store: Awaited<ReturnType<typeof aStoreFolder>>;
const clock: Clock = { now: new Date('2026-11-20T10:00:00.000Z') };

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

/** Stops the program and starts it again on the same store, so much later. */
async function restart(minutes: number): Promise<void> {
  await running.close();
  logged += running.logged();
  clock.now = new Date(clock.now.getTime() + minutes * 60_000);
  running = await startRunning(store.folder, connector, clock);
}

const [sam, aisha] = ['Sam', 'Aisha'].map((name) =>
  demoPeople.find((one) => one.name.startsWith(name)),
);
if (!sam || !aisha) throw new Error('Sam and Aisha are of the demo');

const officer = aPerson(() => running, 'Sam', {
  from: { id: '29:Sam', name: sam.name, aadObjectId: sam.id },
});

/** What a supervisor asks of the tab, and the answer's JSON. */
async function ask(method: string, address: string, body?: object) {
  const { port } = running;
  const ours = { 'x-signpost-tab': '1', origin: `http://127.0.0.1:${port}` };
  const chosen = await post(port, JSON.stringify({ id: aisha?.id }), ours, '/tab/api/demo-person');
  const cookie = String(chosen.headers['set-cookie']).split(';')[0] ?? '';
  const sent = body ? JSON.stringify(body) : '';
  const answer = await post(port, sent, { ...ours, cookie }, `/tab/api${address}`, method);
  const isJson = String(answer.headers['content-type']).includes('json');
  return { ...answer, body: isJson ? JSON.parse(answer.text) : undefined };
}

async function opened(id: string) {
  return reviewDetailSchema.parse((await ask('GET', `/reviews/${id}`)).body);
}

/** Does one thing with the review as it now stands. */
async function done(id: string, act: object): Promise<void> {
  const { seen } = await opened(id);
  const answer = await ask('POST', `/reviews/${id}/acts`, { seen, act });
  expect([answer.status, answer.body.kind]).toEqual([200, 'saved']);
}

/** Texts of the messages to Sam that answer nothing he wrote. */
const told = () =>
  officer.calls().flatMap(({ kind, body }) => (kind === 'create' ? [String(body?.text)] : []));
const toldTimes = (count: number) =>
  vi.waitUntil(() => told().length === count, { timeout: 5_000, interval: 5 });

const promised = 'Ring Jo Bloggs about the order';

async function submitted(): Promise<void> {
  await officer.say('summary');
  const before = officer.messages().length;
  await officer.press('Send to a supervisor');
  expect(officer.texts(before)).toEqual([reviewKindPhrases.submitted]);
}

function verify(folder: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const root = path.join(import.meta.dirname, '..');
  const file = path.join(root, 'src/commands/audit.ts');
  const env = { ...process.env, DATABASE_URL: '', DATA_DIR: folder };
  const child = spawn(process.execPath, ['--import', 'tsx', file, 'verify'], { cwd: root, env });
  let out = '';
  child.stdout.on('data', (part) => {
    out += part;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })));
}

describe('a case from the chat to the file', () => {
  let id = '';
  let returnedNotice: Card;

  it('is recorded to its end in the chat, and sent to a supervisor', async () => {
    await officer.say('how do I report a stolen bike to an insurer');
    await officer.say('screen');
    await officer.press('Closing');
    for (let steps = 0; steps < 20; steps += 1) {
      const words = stringsIn(officer.card().content).join('\n');
      if (words.includes(phrases.finished)) break;
      if (words.includes('CL04 ·')) {
        const inputs = { 'field-what': promised, 'field-who': sam.name };
        await officer.press('Add', { inputs: { ...inputs, 'field-by': '25 November 2026' } });
        await officer.press('That is all');
      } else await officer.say(words.includes('CL08 ·') ? 'No.' : 'd');
    }
    expect(stringsIn(officer.card().content).join('\n')).toContain(phrases.finished);
    await submitted();
  });

  it('is listed, with what was promised and by when', async () => {
    const { rows } = (await ask('GET', '/reviews')).body;
    expect(rows).toHaveLength(1);
    id = rows[0].id;
    const { commitments } = (await ask('GET', '/commitments')).body;
    expect(commitments).toEqual([
      expect.objectContaining({
        ...{ kind: 'promise', reviewId: id, what: promised, owner: sam.name },
        ...{ due: '2026-11-25', when: '25 November 2026', state: 'due' },
      }),
    ]);
  });

  it('is returned, and its author is told so once, though the first try fails and the program stops', async () => {
    const { lines } = await opened(id);
    connector.misbehave({ kind: 'status', status: 403 }, 1, 'POST');
    await done(id, {
      ...{ kind: 'returned', codes: ['wording', 'other'], note: 'Say who rings.' },
      lines: [lines[0]?.key],
    });
    await toldTimes(1);
    await restart(2);
    await toldTimes(2);
    const { port } = running;
    await restart(60);
    await restart(60);
    const words = `A summary you wrote was returned. Open it: http://127.0.0.1:`;
    expect(told().map((text) => text.replace(/:\d+\//, ':port/'))).toEqual(
      Array.from({ length: 2 }, () => `${words}port/tab/#/reviews/${id}`),
    );
    expect(told().at(-1)).toContain(`:${port}/`);
  });

  const isFinished = () =>
    stringsIn(officer.card().content).join('\n').includes(phrases.finished) &&
    officer.buttons().some(({ title }) => title === 'Back');

  it('is opened at its end from the message about the return, and by typing', async () => {
    returnedNotice = officer.card();
    expect(officer.buttons().map(({ title }) => title)).toEqual([phrases.correctIt]);
    await officer.press(phrases.correctIt);
    await vi.waitUntil(isFinished, { timeout: 5_000, interval: 5 });
    const { id: before } = officer.card();
    await officer.say('resume');
    expect(isFinished()).toBe(true);
    expect(officer.card().id).not.toBe(before);
  });

  it('is offered beside what is unfinished, each under its own words', async () => {
    await officer.say('screen');
    await officer.press('First contact');
    await officer.say('cancel');
    await officer.say('resume');
    const offered = stringsIn(officer.card().content);
    expect(offered).toContain(phrases.chooseScreening);
    expect(offered).toContain(phrases.chooseReturned);
    const titles = officer.buttons().map(({ title }) => title);
    expect(titles.map((title) => title.split(' · ')[1])).toEqual(['First contact', 'Closing']);
    await officer.press(/Closing/);
    expect(isFinished()).toBe(true);
  });

  it('has what was promised worked out anew when the program starts', async () => {
    await running.close();
    logged += running.logged();
    const pool = await openEmbedded(store.folder);
    await withClient(pool, (client) => client.query('delete from commitments'));
    await pool.end();
    running = await startRunning(store.folder, connector, clock);
    const whats = async () =>
      (await ask('GET', '/commitments')).body.commitments.map((one: { what: string }) => one.what);
    await vi.waitUntil(async () => (await whats()).length > 0, { timeout: 5_000, interval: 20 });
    expect(await whats()).toEqual([promised]);
  });

  it('is changed and sent again, and approved, and its author is told so', async () => {
    await officer.press('Back');
    await officer.say('Her sister has moved.');
    await submitted();
    const detail = await opened(id);
    expect([detail.version, detail.state]).toEqual([2, 'waiting']);
    for (let point = 1; point <= 15; point += 1)
      await done(id, { kind: 'point-answered', point, answer: 'yes' });
    await done(id, { kind: 'approved' });
    await toldTimes(3);
    await officer.press(phrases.correctIt, { card: returnedNotice });
    await vi.waitUntil(() => officer.texts().at(-1) === phrases.nothingReturned, {
      timeout: 5_000,
      interval: 5,
    });
    expect(told().at(-1)).toBe(
      `A summary you wrote was approved. Open it: http://127.0.0.1:${running.port}/tab/#/reviews/${id}`,
    );
  });

  it('is done with where a promise was kept, and nobody is reminded of it', async () => {
    const [{ key }] = (await ask('GET', '/commitments')).body.commitments;
    const address = `/commitments/${encodeURIComponent(key)}`;
    const closed = await ask('POST', address, { done: true, note: 'Rang.' });
    expect([closed.status, closed.body.kind]).toEqual([200, 'closed']);
    clock.now = new Date('2026-11-25T10:00:00.000Z');
    await restart(0);
    await restart(0);
    expect(told()).toHaveLength(3);
    const { commitments } = (await ask('GET', '/commitments')).body;
    expect(commitments).toMatchObject([{ state: 'done', done: { by: aisha.name, note: 'Rang.' } }]);
  });

  it('is counted, by team and reason, beside the topic of a question that nothing covered', async () => {
    const { charts } = (await ask('GET', '/overview?weeks=2')).body;
    const rowsOf = (id: ChartId) => charts.find((chart: { id: string }) => chart.id === id)?.rows;
    expect(rowsOf('by-week').map(({ count }: { count: number }) => count)).toEqual([2, 0]);
    expect(rowsOf('returns')).toHaveLength(2);
    expect(rowsOf('uncovered')).toEqual([
      { label: { kind: 'recorded', words: 'overlapping-offences' }, count: 1 },
    ]);
    expect(rowsOf('by-team-and-week')).toMatchObject([{ count: null }, { count: null }]);
  });

  it('is exported, and its history names each step and who took it', async () => {
    const exported = await ask('POST', `/reviews/${id}/export`, {
      format: 'pdf',
      purpose: 'Court file',
    });
    expect([exported.status, exported.text.slice(0, 4)]).toEqual([200, '%PDF']);
    const history = (await ask('GET', `/reviews/${id}/history`)).body as (AuditRecord & {
      readonly name?: string;
    })[];
    const steps = history.filter(({ what }) => !/-read$|^point-answered$/.test(what));
    expect(steps.map(({ what, name, detail }) => [what, name, detail.version])).toEqual([
      ['submitted', sam.name, 1],
      ['returned', aisha.name, 1],
      ['submitted', sam.name, 2],
      ['approved', aisha.name, 2],
      ['commitment-closed', aisha.name, undefined],
      ['exported', aisha.name, 2],
    ]);
  });

  it('leaves an audit that is whole, and a log without a word of it', async () => {
    await running.close();
    expect(logged + running.logged()).not.toContain('Bloggs');
    const { code, out } = await verify(store.folder);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Whole: \d+ entries\./)]);
    running = await startRunning(store.folder, connector, clock);
  });
});
