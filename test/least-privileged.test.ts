import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoPeople } from '../bot/tab/demo-people.js';
import { packageRoot } from '../src/adapters/package-root.js';
import { type StorePool, withClient } from '../src/adapters/postgres/pool.js';
import { phrases } from '../src/core/phrases.js';
import { reviewDetailSchema } from '../src/core/review-detail.js';
import { type ConnectorDouble, startConnectorDouble } from './bot/connector-double.js';
import { post } from './bot/transport-setup.js';
import { makeDatabase } from './contracts/stores.js';
import { stringsIn } from './real-knowledge.js';
import { aPerson, type Clock, type Running, startRunning } from './running.js';

/** The whole program with the three logins of docs/keys.md, none of them a superuser, through what it is used for. */
describe.skipIf(!process.env.TEST_DATABASE_URL)('the program with the least rights', () => {
  const suffix = randomUUID().slice(0, 8);
  const logins = { owner: `own_${suffix}`, app: `app_${suffix}`, answers: `ans_${suffix}` };
  const clock: Clock = { now: new Date('2026-11-20T10:00:00.000Z') };
  let place: Awaited<ReturnType<typeof makeDatabase>>;
  let admin: StorePool;
  let folder: string;
  let connector: ConnectorDouble;
  let running: Running;
  let logged = '';
  const run = (text: string) => withClient(admin, (client) => client.query(text));
  const settings = () => {
    const as = (login: string) => {
      const url = new URL(place.url);
      url.username = login;
      return url.href;
    };
    return {
      MIGRATE_DATABASE_URL: as(logins.owner),
      DATABASE_URL: as(logins.app),
      ANSWERS_DATABASE_URL: as(logins.answers),
      FORCE_ID: 'north',
    };
  };
  beforeAll(async () => {
    place = await makeDatabase();
    admin = await place.open();
    const roles = path.join(packageRoot(), 'src/adapters/postgres/roles.sql');
    await run(await readFile(roles, 'utf8'));
    await run(
      `create role ${logins.owner} login in role signpost_owner;
       alter role ${logins.owner} set role signpost_owner;
       create role ${logins.app} login in role signpost_app;
       create role ${logins.answers} login in role signpost_answers;`,
    );
    folder = await mkdtemp(path.join(tmpdir(), 'signpost-test-'));
    connector = await startConnectorDouble();
    running = await startRunning(folder, connector, clock, settings());
  }, 60_000);
  afterAll(async () => {
    await running?.close();
    await connector?.close();
    await run(`drop owned by ${Object.values(logins).join(', ')} cascade`);
    await admin.end();
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const [sam, , tom, aisha, ewa, rhys, grace] = demoPeople;
  if (!sam || !tom || !aisha || !ewa || !rhys || !grace) throw new Error('the demo is gone');
  type Demo = typeof sam;
  const speaker = (who: Demo) =>
    aPerson(() => running, `least-${who.name}`, {
      from: { id: `29:${who.name}`, name: who.name, aadObjectId: who.id },
    });
  async function ask(who: Demo, method: string, address: string, body?: object) {
    const { port } = running;
    const ours = { 'x-signpost-tab': '1', origin: `http://127.0.0.1:${port}` };
    const chosen = await post(port, JSON.stringify({ id: who.id }), ours, '/tab/api/demo-person');
    const cookie = String(chosen.headers['set-cookie']).split(';')[0] ?? '';
    const sent = body ? JSON.stringify(body) : '';
    const answer = await post(port, sent, { ...ours, cookie }, `/tab/api${address}`, method);
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.status, body: isJson ? JSON.parse(answer.text) : answer.text };
  }
  const opened = async (id: string) =>
    reviewDetailSchema.parse((await ask(aisha, 'GET', `/reviews/${id}`)).body);
  const done = async (id: string, act: object) => {
    const { seen } = await opened(id);
    const answer = await ask(aisha, 'POST', `/reviews/${id}/acts`, { seen, act });
    expect([answer.status, answer.body.kind]).toEqual([200, 'saved']);
  };
  const faults = () =>
    (logged + running.logged())
      .split('\n')
      .filter((line) => line.includes('"level":"error"') || line.includes('"level":50'));
  const officer = speaker(sam);
  let id = '';

  it('answers a question and takes feedback, which curators find and close', async () => {
    for (const said of [
      'How long does an SPO last?',
      'how do I report a stolen bike to an insurer',
    ])
      await officer.say(said);
    clock.now = new Date(clock.now.getTime() + 60_000);
    await officer.say('What should I do when an order is breached?');
    const answers = officer.calls().filter(({ kind }) => kind === 'reply' || kind === 'create');
    const feedback = (replyToId: string | undefined, reaction: string) =>
      officer.send({
        ...{ type: 'invoke', name: 'message/submitAction', replyToId },
        value: {
          actionName: 'feedback',
          actionValue: { reaction, feedback: '{"feedbackText":"Wrong."}' },
        },
      });
    for (const { givenId } of answers) {
      await feedback(givenId, 'like');
      await feedback(givenId, 'dislike');
    }
    const tasks = async () => (await ask(rhys, 'GET', '/tasks')).body.tasks ?? [];
    await vi.waitUntil(async () => (await tasks()).length >= 2, { timeout: 5_000, interval: 50 });
    for (const task of await tasks()) {
      expect((await ask(rhys, 'POST', `/tasks/${task.id}/again`, {})).status).toBe(200);
      const closed = await ask(rhys, 'POST', `/tasks/${task.id}/close`, {
        as: 'done',
        note: 'Ok.',
      });
      expect(closed.status).toBe(200);
    }
    expect((await ask(rhys, 'GET', '/curation')).status).toBe(200);
    expect(faults()).toEqual([]);
  });

  it('takes an edited question, a pasted report and wording', async () => {
    await officer.say('How long does an SPO last, then?', { id: 'edited-1' });
    await officer.send({
      ...{ type: 'messageUpdate', id: 'edited-1', timestamp: '2026-11-20T11:00:00Z' },
      ...{ text: 'How is an SPO breached?', channelData: { eventType: 'editMessage' } },
    });
    await officer.say('/wording She was hysterical and failed to engage.');
    await officer.say('/report He followed her home on Monday and sent forty messages.');
    expect(faults()).toEqual([]);
  });

  it('records a screening to its end, hands it over, and sends it to a supervisor', async () => {
    await officer.say('screen');
    await officer.press('Closing');
    for (let steps = 0; steps < 20; steps += 1) {
      const words = stringsIn(officer.card().content).join('\n');
      if (words.includes(phrases.finished)) break;
      if (words.includes('CL04 ·')) {
        const inputs = { 'field-what': 'Ring Jo', 'field-who': sam.name };
        await officer.press('Add', { inputs: { ...inputs, 'field-by': '25 November 2026' } });
        await officer.press('That is all');
      } else await officer.say(words.includes('CL08 ·') ? 'No.' : 'd');
    }
    const before = officer.messages().length;
    await officer.say('hand over');
    const code = /[A-HJ-NP-Z2-9]{4}[ -]?[A-HJ-NP-Z2-9]{4}/.exec(officer.texts(before).join(' '));
    const colleague = speaker(tom);
    await colleague.say(`join ${code?.[0]}`);
    expect(colleague.texts()).not.toContain(phrases.notJoined);
    await officer.say('summary');
    await officer.press('Send to a supervisor');
    id = (await ask(aisha, 'GET', '/reviews')).body.rows[0].id;
    expect(faults()).toEqual([]);
  });

  it('is reviewed, handed on, returned, sent again and approved', async () => {
    const { lines } = await opened(id);
    await done(id, { kind: 'line-checked', line: lines[0]?.key, isChecked: true });
    await done(id, {
      kind: 'returned',
      codes: ['other'],
      note: 'Say who.',
      lines: [lines[0]?.key],
    });
    await vi.waitUntil(() => officer.calls().some(({ kind }) => kind === 'create'), {
      timeout: 5_000,
      interval: 5,
    });
    await officer.say('resume');
    await officer.press('Back');
    await officer.say('Her sister has moved.');
    await officer.say('summary');
    await officer.press('Send to a supervisor');
    for (let point = 1; point <= 15; point += 1)
      await done(id, { kind: 'point-answered', point, answer: 'yes' });
    await done(id, { kind: 'handed', to: tom.id });
    await done(id, { kind: 'approved' });
    expect(faults()).toEqual([]);
  });

  it('is shared, read, ended and left', async () => {
    const agreement = { on: '2026-11-20', way: 'in-person', parts: ['plan'], limits: 'Not work.' };
    const agreed = { answer: 'agreed', with: ewa.id, agreement };
    expect((await ask(sam, 'POST', `/reviews/${id}/shares`, agreed)).status).toBe(200);
    expect((await ask(ewa, 'GET', '/shared')).body.cases).toHaveLength(1);
    expect((await ask(ewa, 'GET', `/reviews/${id}`)).status).toBe(200);
    const { shares } = (await ask(tom, 'GET', `/reviews/${id}/shares`)).body;
    const end = { why: 'other', note: 'Asked.' };
    const ended = await ask(tom, 'POST', `/reviews/${id}/shares/${shares[0].id}/end`, end);
    expect(ended.status).toBe(200);
    expect((await ask(sam, 'POST', `/reviews/${id}/shares`, agreed)).status).toBe(200);
    expect((await ask(ewa, 'POST', `/reviews/${id}/leave`, {})).status).toBe(200);
    expect(faults()).toEqual([]);
  });

  it('is given out, counted and searched, and its commitments closed', async () => {
    for (const one of ['', '/history', '/versions/1', '/timeline.png', '/shares'])
      expect([one, (await ask(aisha, 'GET', `/reviews/${id}${one}`)).status]).toEqual([
        one,
        one === '/timeline.png' ? 404 : 200,
      ]);
    const out = await ask(aisha, 'POST', `/reviews/${id}/export`, {
      format: 'json',
      purpose: 'Court',
    });
    expect(out.status).toBe(200);
    const [{ key }] = (await ask(aisha, 'GET', '/commitments')).body.commitments;
    const kept = { done: true, note: 'Rang.' };
    const closed = await ask(aisha, 'POST', `/commitments/${encodeURIComponent(key)}`, kept);
    expect(closed.status).toBe(200);
    expect((await ask(aisha, 'GET', '/overview?weeks=2')).status).toBe(200);
    expect((await ask(grace, 'GET', '/audit')).status).toBe(200);
    expect((await ask(aisha, 'GET', '/due')).body).toEqual({ cases: [] });
    expect(faults()).toEqual([]);
  });

  it('has its model switched, and starts and stops again without a fault', async () => {
    const admin = speaker(grace);
    await admin.say('/model off Enough.');
    await admin.say('/model on Mended.');
    await admin.say('/model');
    expect(admin.texts().join()).toContain('Mended.');
    await running.close();
    logged += running.logged();
    clock.now = new Date('2026-11-26T10:00:00.000Z');
    running = await startRunning(folder, connector, clock, settings());
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await running.close();
    expect(faults()).toEqual([]);
    running = await startRunning(folder, connector, clock, settings());
    const { rows } = await run(`select distinct force from audit`);
    expect(rows).toEqual([{ force: 'north' }]);
  });
});
