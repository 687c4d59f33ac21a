import { beforeAll, describe, expect, it, vi } from 'vitest';
import { demoPeople } from '../../../bot/tab/demo-people.js';
import { dayOf } from '../../../src/core/days.js';
import { phrases } from '../../../src/core/phrases.js';
import { reviewDetailSchema } from '../../../src/core/review-detail.js';
import type { ReviewPage } from '../../../src/core/review-list.js';
import { reviewKindPhrases } from '../../../src/core/review-phrases.js';
import type { ConflictsOfReview } from '../../../src/flows/name-conflict.js';
import type { AuditRecord } from '../../../src/flows/ports.js';
import { stringsIn } from '../../real-knowledge.js';
import { aPerson, runThroughout } from '../../running.js';
import type { JsonBody } from '../connector-double.js';
import { post } from '../transport-setup.js';
import { listenTo } from './tab-setup.js';

/** A conflict of interest through the whole program on an embedded store: the chat, the page, and its end. */

const clock = { now: new Date('2026-11-20T10:00:00.000Z') };
const running = runThroughout(clock);

const [sam, priya, tom, aisha, ewa, , grace] = demoPeople;
if (!sam || !priya || !tom || !aisha || !ewa || !grace) throw new Error('the demo people are gone');
type Demo = typeof sam;

const ours = () => ({ 'x-signpost-tab': '1', origin: `http://127.0.0.1:${running().port}` });

async function cookieOf({ id }: Demo): Promise<string> {
  const body = JSON.stringify({ id });
  const chosen = await post(running().port, body, ours(), '/tab/api/demo-person');
  return String(chosen.headers['set-cookie']).split(';')[0] ?? '';
}

async function ask(who: Demo, method: string, path: string, body?: object) {
  const headers = { ...ours(), cookie: await cookieOf(who) };
  const sent = body ? JSON.stringify(body) : '';
  const answer = await post(running().port, sent, headers, `/tab/api${path}`, method);
  const isJson = String(answer.headers['content-type']).includes('json');
  const { status, text } = answer;
  return { status, text, body: isJson ? JSON.parse(text) : undefined };
}

const speaker = (who: Demo) =>
  aPerson(running, `conflict-${who.name}`, {
    from: { id: `29:${who.name}`, name: who.name, aadObjectId: who.id },
  });
type Speaker = ReturnType<typeof speaker>;

/** What somebody is told after saying something. */
async function said(person: Speaker, words: string) {
  const before = person.messages().length;
  await person.say(words);
  return person.messages().slice(before);
}
const textOf = (bodies: readonly JsonBody[]) =>
  bodies.flatMap(({ text, attachments }) => stringsIn([text, attachments])).join('\n');
const codeIn = (words: string) =>
  /\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(words.replaceAll(/SP-\w{4}-\w{4}/g, ''))?.[0];

const nobodys = '/reviews/00000000-0000-4000-8000-00000000dead';
const agreement = { on: dayOf(clock.now), way: 'in-person', parts: ['plan'] };

describe('a case with a conflict of interest in it', () => {
  let path: string;
  let caseRef: string;
  let officer: Speaker;
  let colleague: Speaker;

  const name = (who: Demo, given: object = {}) =>
    ask(tom, 'POST', `${path}/conflicts`, { person: who.id, why: 'close-to-a-party', ...given });
  const lift = async (by: Demo, who: Demo) => {
    const { conflicts } = (await ask(by, 'GET', `${path}/conflicts`)).body as ConflictsOfReview;
    const standing = conflicts.find(({ person, lifted }) => person === who.id && !lifted);
    return ask(by, 'POST', `${path}/conflicts/${standing?.number}/lift`, {
      why: 'no-longer-applies',
    });
  };

  beforeAll(async () => {
    officer = speaker(sam);
    colleague = speaker(priya);
    await officer.say('screen');
    await officer.press('First contact');
    await officer.say('2');
    await colleague.say(`join ${codeIn(textOf(await said(officer, 'hand over')))}`);
    await officer.say('summary');
    await officer.press('Send to a supervisor');
    const [row] = ((await ask(tom, 'GET', '/reviews')).body as ReviewPage).rows;
    path = `/reviews/${row?.id}`;
    caseRef = row?.caseRef ?? '';
    expect((await ask(sam, 'GET', path)).status).toBe(200);
  }, 60_000);

  it('is closed to the officer who began it, on the page, from the moment they are named', async () => {
    expect((await name(sam)).body).toEqual({ kind: 'named' });
    for (const [method, part, body] of [
      ['GET', ''],
      ['GET', '/versions/1'],
      ['GET', '/timeline.png'],
      ['GET', '/shares'],
      ['POST', '/export', { format: 'json', purpose: 'Court file' }],
      ['POST', '/submit', {}],
      ['POST', '/conflicts/own', {}],
    ] as const) {
      const [theirs, none] = [
        await ask(sam, method, `${path}${part}`, body),
        await ask(sam, method, `${nobodys}${part}`, body),
      ];
      expect([part, theirs]).toEqual([part, none]);
      expect([part, theirs.status]).toEqual([part, 404]);
    }
    const { rows, counts } = (await ask(sam, 'GET', '/reviews')).body as ReviewPage;
    expect([rows, counts.waiting]).toEqual([[], 0]);
    expect((await ask(sam, 'GET', '/commitments')).body).toEqual({ commitments: [] });
  });

  it('is closed to them in the chat: what they say and press shows and records nothing', async () => {
    const old = officer.card();
    expect(textOf(await said(officer, 'summary'))).toContain(phrases.notYours);
    expect(textOf(await said(officer, 'resume'))).toContain(phrases.nothingToResume);
    expect(codeIn(textOf(await said(officer, 'hand over')))).toBeUndefined();
    const typed = textOf(await said(officer, '2'));
    expect(typed).not.toContain(caseRef);
    const calls = officer.calls().length;
    for (const { title } of officer.buttons(old)) await officer.press(title, { card: old });
    const shown = textOf(
      officer
        .calls()
        .slice(calls)
        .flatMap(({ body }) => (body ? [body] : [])),
    );
    expect(shown).not.toContain(caseRef);
    expect(shown).toMatch(
      new RegExp(
        `${phrases.notYours.slice(0, 20)}|${reviewKindPhrases['not-allowed'].slice(0, 20)}`,
      ),
    );
  });

  it('stays with the colleague, with what the officer recorded in it', async () => {
    expect(textOf(await said(colleague, 'summary'))).toContain(caseRef);
    expect((await ask(priya, 'GET', path)).status).toBe(200);
  });

  it('lets the officer in by no code, which stays good for another', async () => {
    const code = codeIn(textOf(await said(colleague, 'hand over')));
    expect(textOf(await said(officer, `join ${code}`))).toBe(
      textOf(await said(officer, 'join CCCC-DDDD')),
    );
    expect(textOf(await said(speaker(tom), `join ${code}`))).toContain(caseRef);
  });

  it('is not handed to a supervisor who was named, and they are not offered for it', async () => {
    await name(aisha);
    const detail = reviewDetailSchema.parse((await ask(tom, 'GET', path)).body);
    expect(detail.supervisors.map(({ id }) => id)).toEqual([]);
    const handing = { seen: detail.seen, act: { kind: 'handed', to: aisha.id } };
    expect(await ask(tom, 'POST', `${path}/acts`, handing)).toMatchObject({
      ...{ status: 422, body: { kind: 'not-a-supervisor' } },
    });
    expect(await ask(aisha, 'GET', `${path}/history`)).toEqual(
      await ask(aisha, 'GET', `${nobodys}/history`),
    );
    expect(((await ask(aisha, 'GET', '/reviews')).body as ReviewPage).rows).toEqual([]);
    expect((await lift(tom, aisha)).body).toEqual({ kind: 'lifted' });
    expect((await ask(aisha, 'GET', path)).status).toBe(200);
  });

  it('tells who was named nothing of it, once it is lifted either', async () => {
    const history = (await ask(aisha, 'GET', `${path}/history`)).body as AuditRecord[];
    const hers = history.filter(({ by, detail }) =>
      by === aisha.id ? detail.why === 'conflict-of-interest' : detail.conflictOf === aisha.id,
    );
    expect(hers).toEqual([]);
    expect(history.some(({ detail }) => detail.conflictOf === sam.id)).toBe(true);
  });

  it('is taken from the advocate it was shared with, not as a share that ended, and not shared again', async () => {
    const agreed = { answer: 'agreed', with: ewa.id, agreement };
    expect((await ask(tom, 'POST', `${path}/shares`, agreed)).status).toBe(200);
    expect((await ask(ewa, 'GET', path)).status).toBe(200);
    await name(ewa);
    expect(await ask(ewa, 'GET', path)).toEqual(await ask(ewa, 'GET', nobodys));
    expect(await ask(ewa, 'POST', `${path}/leave`, {})).toEqual(
      await ask(ewa, 'POST', `${nobodys}/leave`, {}),
    );
    expect((await ask(ewa, 'GET', '/shared')).body).toEqual({ cases: [] });
    expect((await ask(tom, 'POST', `${path}/shares`, agreed)).body.kind).toBe('not-an-advocate');
  });

  it('is closed to a supervisor who declares it, whose page counts it no more, and who cannot lift it', async () => {
    const page = await listenTo(running().port, await cookieOf(aisha));
    const told = (waiting: number) =>
      `data: {"counts":{"waiting":${waiting},"returned":0,"approved":0}}\n\n`;
    await vi.waitUntil(() => page.heard().startsWith(told(1)), { timeout: 5_000 });
    const record = 'PSD/2026-0012';
    expect((await ask(aisha, 'POST', `${path}/conflicts/own`, { record })).body).toEqual({
      kind: 'declared',
    });
    await vi.waitUntil(() => page.heard().endsWith(told(0)), { timeout: 5_000 });
    page.stop();
    const { conflicts } = (await ask(tom, 'GET', `${path}/conflicts`)).body as ConflictsOfReview;
    const own = conflicts.at(-1);
    expect(own).toMatchObject({ person: aisha.id, by: aisha.id, why: 'declared', record });
    const lifting = { why: 'named-in-error' };
    expect(
      (await ask(aisha, 'POST', `${path}/conflicts/${own?.number}/lift`, lifting)).status,
    ).toBe(404);
    expect((await ask(aisha, 'POST', `${path}/conflicts/own`, {})).status).toBe(404);
  });

  it('names nobody twice, nobody who is unknown, and lifts nothing twice', async () => {
    expect(await name(sam)).toMatchObject({ status: 409, body: { kind: 'already-named' } });
    for (const stranger of [{ ...sam, id: 'somebody' as typeof sam.id }, tom])
      expect(await name(stranger)).toMatchObject({ status: 422, body: { kind: 'not-staff' } });
    expect((await lift(grace, aisha)).body).toEqual({ kind: 'lifted' });
    const { conflicts, staff, names } = (await ask(tom, 'GET', `${path}/conflicts`))
      .body as ConflictsOfReview;
    const last = conflicts.at(-1);
    const again = { why: 'named-in-error' };
    expect(await ask(tom, 'POST', `${path}/conflicts/${last?.number}/lift`, again)).toMatchObject({
      ...{ status: 409, body: { kind: 'already-lifted' } },
    });
    expect((await ask(tom, 'POST', `${path}/conflicts/999/lift`, again)).status).toBe(404);
    // Neither oneself nor anybody it is closed to; first whoever works on the case.
    expect(staff.map((one) => [one.name, one.isOnCase])).toEqual([
      [priya.name, true],
      [aisha.name, false],
      [grace.name, false],
    ]);
    expect(names[sam.id]).toBe(sam.name);
  });

  it('is left out of what an administrator who was named finds in the audit', async () => {
    const entries = async () =>
      ((await ask(grace, 'GET', '/audit')).body as AuditRecord[]).filter(
        ({ caseId }) => caseId !== null,
      );
    expect((await entries()).length).toBeGreaterThan(10);
    await name(grace);
    expect(await entries()).toEqual([]);
    expect(await ask(grace, 'GET', `${path}/conflicts`)).toEqual(
      await ask(grace, 'GET', `${nobodys}/conflicts`),
    );
  });

  it('has every refusal in its history, with its reason', async () => {
    const records = (await ask(tom, 'GET', `${path}/history`)).body as AuditRecord[];
    const refused = records.filter(({ detail }) => detail.why === 'conflict-of-interest');
    const actions = (who: Demo) =>
      [
        ...new Set(refused.filter(({ by }) => by === who.id).map(({ detail }) => detail.action)),
      ].sort();
    expect(actions(sam)).toEqual([
      ...['declare-conflict', 'export-review', 'join-case', 'read-review', 'read-summary'],
      ...['share-case', 'submit-review', 'work-on-case'],
    ]);
    expect(actions(ewa)).toEqual(['leave-case', 'read-review']);
    expect(actions(grace)).toEqual(['name-conflict']);
  });
});
