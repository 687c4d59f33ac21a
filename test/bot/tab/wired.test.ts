import { beforeAll, describe, expect, it, vi } from 'vitest';
import { demoPeople } from '../../../bot/tab/demo-people.js';
import { reviewDetailSchema } from '../../../src/core/review-detail.js';
import type { ReviewPage } from '../../../src/core/review-list.js';
import { reviewKindPhrases } from '../../../src/core/review-phrases.js';
import type { AuditRecord } from '../../../src/flows/ports.js';
import { aPerson, runThroughout } from '../../running.js';
import { post } from '../transport-setup.js';
import { type Listening, listenTo } from './tab-setup.js';

/** The review through the whole program on an embedded store: from the chat to the queue, a decision and a document. */

const clock = { now: new Date('2026-11-20T10:00:00.000Z') };

const running = runThroughout(clock);

type Name = 'Sam' | 'Priya' | 'Tom' | 'Aisha' | 'Ewa' | 'Rhys' | 'Grace';
const demo = (name: Name) => {
  const found = demoPeople.find((one) => one.name.startsWith(name));
  if (!found) throw new Error(`${name} is not of the demo`);
  return found;
};

const ours = () => ({ 'x-signpost-tab': '1', origin: `http://127.0.0.1:${running().port}` });

async function cookieOf(name: Name): Promise<string> {
  const id = JSON.stringify({ id: demo(name).id });
  const chosen = await post(running().port, id, ours(), '/tab/api/demo-person');
  return String(chosen.headers['set-cookie']).split(';')[0] ?? '';
}

/** What somebody asks of the tab, and the answer's JSON. */
async function ask(name: Name, method: string, path: string, body?: object) {
  const { port } = running();
  const cookie = await cookieOf(name);
  const sent = body ? JSON.stringify(body) : '';
  const answer = await post(port, sent, { ...ours(), cookie }, `/tab/api${path}`, method);
  const isJson = String(answer.headers['content-type']).includes('json');
  return { ...answer, body: isJson ? JSON.parse(answer.text) : undefined };
}

/** Records the beginning of a first contact in the chat, and sends its summary to be reviewed. */
async function submitted(name: Name): Promise<string> {
  const { id } = demo(name);
  const person = aPerson(running, `tab-${name}`, {
    from: { id: `29:${name}`, name: demo(name).name, aadObjectId: id },
  });
  await person.say('screen');
  await person.press('First contact');
  await person.say('2');
  await person.say('summary');
  const before = person.messages().length;
  await person.press('Send to a supervisor');
  expect(person.texts(before)).toEqual([reviewKindPhrases.submitted]);
  const again = person.messages().length;
  await person.press('Send to a supervisor');
  expect(person.texts(again)).toEqual([reviewKindPhrases.unchanged]);
  const listed = (await ask('Aisha', 'GET', '/reviews?sort=newest')).body as ReviewPage;
  const newest = listed.rows.find(({ author }) => author === demo(name).name);
  if (!newest) throw new Error(`nothing of ${name} is in the queue`);
  return newest.id;
}

const act = (kind: string, seen: number, more: object = {}) => ({ seen, act: { kind, ...more } });
const refusalsIn = (records: readonly AuditRecord[]) =>
  records
    .filter(({ what }) => what === 'access-refused')
    .map(({ by, detail }) => [demoPeople.find(({ id }) => id === by)?.name, detail]);

describe('a summary sent from the chat', () => {
  let id: string;
  let page: Listening;
  beforeAll(async () => {
    page = await listenTo(running().port, await cookieOf('Tom'));
    id = await submitted('Sam');
  });

  it('is told to a page that was open before it came', async () => {
    const told = (waiting: number) =>
      `data: {"counts":{"waiting":${waiting},"returned":0,"approved":0}}\n\n`;
    await vi.waitUntil(() => page.heard() === told(0) + told(1), { timeout: 5_000 });
    page.stop();
  });

  it('stands in the queue of supervisors and of who may work on it, and of nobody else', async () => {
    const ids = async (name: Name) =>
      ((await ask(name, 'GET', '/reviews')).body as ReviewPage).rows.map((row) => row.id);
    expect(await ids('Tom')).toEqual([id]);
    expect(await ids('Sam')).toEqual([id]);
    expect(await ids('Priya')).toEqual([]);
    // An advocate has a list of her own.
    expect((await ask('Ewa', 'GET', '/reviews')).status).toBe(403);
  });

  it.each<[Name, number]>([
    ['Sam', 200],
    ['Priya', 404],
    ['Tom', 200],
    ['Ewa', 404],
    ['Rhys', 403],
    ['Grace', 403],
  ])('is opened by %s with %i', async (name, status) => {
    const answer = await ask(name, 'GET', `/reviews/${id}`);
    expect(answer.status).toBe(status);
    if (status === 200) expect(reviewDetailSchema.parse(answer.body).id).toBe(id);
  });

  it('is edited and checked, refused with open points, then approved once and given out', async () => {
    const path = `/reviews/${id}`;
    const opened = reviewDetailSchema.parse((await ask('Aisha', 'GET', path)).body);
    const line = opened.lines[0]?.key ?? '';
    const purpose = 'Court file';
    const early = { format: 'pdf', purpose };
    expect(await ask('Aisha', 'POST', `${path}/export`, early)).toMatchObject({
      status: 422,
      body: { kind: 'not-approved' },
    });
    let { seen } = opened;
    const done = async (kind: string, more: object) => {
      const answer = await ask('Aisha', 'POST', `${path}/acts`, act(kind, seen, more));
      expect(answer).toMatchObject({ status: 200, body: { kind: 'saved' } });
      seen = reviewDetailSchema.parse(answer.body.detail).seen;
    };
    await done('line-checked', { line, isChecked: true });
    expect(await ask('Aisha', 'POST', `${path}/acts`, act('approved', seen))).toMatchObject({
      status: 422,
      body: { kind: 'points-open' },
    });
    for (let point = 1; point <= 15; point += 1)
      await done('point-answered', { point, answer: 'yes' });
    expect(await ask('Sam', 'POST', `${path}/acts`, act('approved', seen))).toMatchObject({
      status: 403,
      body: { kind: 'not-allowed' },
    });
    await done('approved', {});
    expect(await ask('Tom', 'POST', `${path}/acts`, act('approved', seen - 1))).toMatchObject({
      status: 409,
      body: { kind: 'already-decided' },
    });
    const given = await Promise.all(
      ['pdf', 'docx', 'markdown', 'json'].map((format) =>
        ask('Sam', 'POST', `${path}/export`, { format, purpose }),
      ),
    );
    expect(given.map(({ status, text }) => [status, text.slice(0, 2)])).toEqual([
      [200, '%P'],
      [200, 'PK'],
      [200, '**'],
      [200, '{\n'],
    ]);
    const byHand = { format: 'pdf', route: 'by-hand' };
    const copy = await ask('Sam', 'POST', `${path}/copy`, byHand);
    expect([copy.status, copy.text.slice(0, 4)]).toEqual([200, '%PDF']);
  });

  it('has all of it in its history, refusals with their reason', async () => {
    const records = (await ask('Tom', 'GET', `/reviews/${id}/history`)).body as AuditRecord[];
    const kinds = new Set(records.map(({ what }) => what));
    for (const kind of ['review-read', 'line-checked', 'approved', 'exported', 'access-refused'])
      expect([kind, kinds.has(kind)]).toEqual([kind, true]);
    expect(refusalsIn(records)).toEqual([
      ['Priya Nair', { action: 'read-review', why: 'not-their-case' }],
      ['Ewa Nowak', { action: 'read-review', why: 'not-their-case' }],
      ['Rhys Bevan', { action: 'read-review', why: 'role' }],
      ['Grace Lloyd', { action: 'read-review', why: 'role' }],
      ['Sam Okafor', { action: 'decide-review', why: 'role' }],
    ]);
    const searched = await ask('Grace', 'GET', '/audit?what=exported');
    expect((searched.body as AuditRecord[]).map(({ detail }) => detail.purpose)).toEqual(
      Array.from({ length: 4 }, () => 'Court file'),
    );
  });
});

describe('a supervisor’s own case', () => {
  it('is theirs to read and hand on; every other act is refused, and the refusal recorded', async () => {
    const id = await submitted('Tom');
    const path = `/reviews/${id}`;
    const { seen, lines } = reviewDetailSchema.parse((await ask('Tom', 'GET', path)).body);
    const line = lines[0]?.key ?? '';
    const tried: readonly (readonly [string, object])[] = [
      ['approved', {}],
      ['returned', { codes: ['other'], note: 'Look again.', lines: [] }],
      ['point-answered', { point: 1, answer: 'yes' }],
      ['line-checked', { line, isChecked: true }],
      ['line-edited', { line, text: 'Asked.', why: 'Clearer.' }],
    ];
    for (const [kind, more] of tried) {
      const answer = await ask('Tom', 'POST', `${path}/acts`, act(kind, seen, more));
      expect([kind, answer.status, answer.body.kind]).toEqual([kind, 403, 'own-case']);
    }
    const handed = act('handed', seen, { to: demo('Aisha').id });
    expect((await ask('Tom', 'POST', `${path}/acts`, handed)).status).toBe(200);
    const records = (await ask('Aisha', 'GET', `${path}/history`)).body as AuditRecord[];
    expect(refusalsIn(records).map(([, detail]) => detail)).toEqual([
      { action: 'decide-review', why: 'own-case' },
      { action: 'decide-review', why: 'own-case' },
      { action: 'edit-line', why: 'own-case' },
      { action: 'edit-line', why: 'own-case' },
      { action: 'edit-line', why: 'own-case' },
    ]);
  });
});

describe('whoever may not submit', () => {
  it('is told so in the chat, and nothing reaches the queue', async () => {
    const { id, name } = demo('Rhys');
    const from = { id: '29:Rhys', name, aadObjectId: id };
    const person = aPerson(running, 'tab-Rhys', { from });
    await person.say('screen');
    await person.press('First contact');
    await person.say('summary');
    const before = person.messages().length;
    await person.press('Send to a supervisor');
    expect(person.texts(before)).toEqual([reviewKindPhrases['not-allowed']]);
    const listed = (await ask('Aisha', 'GET', '/reviews')).body as ReviewPage;
    expect(listed.rows.filter(({ author }) => author === name)).toEqual([]);
  });
});
