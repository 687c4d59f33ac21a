import { beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../../../bot/tab/demo-people.js';
import { dayOf } from '../../../src/core/days.js';
import { phrases } from '../../../src/core/phrases.js';
import { reviewDetailSchema } from '../../../src/core/review-detail.js';
import type { ReviewPage } from '../../../src/core/review-list.js';
import { sharedInTabOnly, sharingPhrases } from '../../../src/core/sharing-words.js';
import type { AuditRecord } from '../../../src/flows/ports.js';
import type { SharesOfReview } from '../../../src/flows/share-with-advocate.js';
import { aPerson, runThroughout } from '../../running.js';
import { post } from '../transport-setup.js';

/** Sharing through the whole program on an embedded store: from the chat to the advocate's page, and to its end. */

const clock = { now: new Date('2026-11-20T10:00:00.000Z') };

const running = runThroughout(clock);

const [sam, , tom, , ewa] = demoPeople;
if (!sam || !tom || !ewa) throw new Error('the demo people are gone');
type Demo = NonNullable<typeof ewa>;

async function ask(who: Demo, method: string, path: string, body?: object) {
  const { port } = running();
  const ours = { 'x-signpost-tab': '1', origin: `http://127.0.0.1:${port}` };
  const chosen = await post(port, JSON.stringify({ id: who.id }), ours, '/tab/api/demo-person');
  const cookie = String(chosen.headers['set-cookie']).split(';')[0] ?? '';
  const sent = body ? JSON.stringify(body) : '';
  const answer = await post(port, sent, { ...ours, cookie }, `/tab/api${path}`, method);
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.status, body: isJson ? JSON.parse(answer.text) : undefined };
}

const speaker = (who: Demo) =>
  aPerson(running, `sharing-${who.name}`, {
    from: { id: `29:${who.name}`, name: who.name, aadObjectId: who.id },
  });

const agreement = { on: dayOf(clock.now), way: 'in-person', parts: ['plan'] };
const agreed = { answer: 'agreed', with: ewa.id, agreement };

describe('a case shared with an advocate', () => {
  let id: string;
  let path: string;
  let officer: ReturnType<typeof speaker>;
  beforeAll(async () => {
    officer = speaker(sam);
    await officer.say('screen');
    await officer.press('First contact');
    await officer.say('2');
    await officer.say('summary');
    await officer.press('Send to a supervisor');
    id = ((await ask(tom, 'GET', '/reviews')).body as ReviewPage).rows[0]?.id ?? '';
    path = `/reviews/${id}`;
  }, 60_000);

  const statuses = async (who: Demo) => {
    const answers = await Promise.all([
      ask(who, 'GET', path),
      ask(who, 'GET', `${path}/timeline.png`),
      ask(who, 'POST', `${path}/copy`, { format: 'pdf', route: 'by-hand' }),
    ]);
    return answers.map(({ status }) => status);
  };

  it('is closed to her before, in the chat as well: a code said to her stays unused', async () => {
    expect(await statuses(ewa)).toEqual([404, 404, 404]);
    const before = officer.messages().length;
    await officer.say('hand over');
    const code = /[A-HJ-NP-Z2-9]{4}[ -]?[A-HJ-NP-Z2-9]{4}/.exec(officer.texts(before).join(' '));
    if (!code) throw new Error('there is no code in what was said');
    const advocate = speaker(ewa);
    await advocate.say(`join ${code[0]}`);
    expect(advocate.texts()).toEqual([sharedInTabOnly]);
    const colleague = speaker(tom);
    await colleague.say(`join ${code[0]}`);
    expect(colleague.texts()).not.toContain(phrases.notJoined);
  });

  it('is not shared where the person declined', async () => {
    const declined = { answer: 'declined', with: ewa.id };
    expect(await ask(sam, 'POST', `${path}/shares`, declined)).toEqual({
      status: 422,
      body: { kind: 'not-agreed', message: sharingPhrases['not-agreed'] },
    });
    expect((await ask(ewa, 'GET', '/shared')).body).toEqual({ cases: [] });
  });

  it('is opened by the officer, read as a draft, and holds no more than was agreed', async () => {
    expect((await ask(sam, 'POST', `${path}/shares`, agreed)).body).toEqual({ kind: 'shared' });
    expect((await ask(tom, 'POST', `${path}/shares`, agreed)).status).toBe(409);
    const { cases } = (await ask(ewa, 'GET', '/shared')).body;
    expect(cases).toMatchObject([{ review: id, isApproved: false, sharedBy: sam.name }]);
    const detail = reviewDetailSchema.parse((await ask(ewa, 'GET', path)).body);
    expect(detail.shared).toMatchObject({ parts: ['plan'], by: sam.id });
    expect(detail.summary.sections.map((section) => section.id)).toEqual(['S1', 'S2', 'S8']);
    expect([detail.points, detail.summary.timeline]).toEqual([[], undefined]);
    expect(await statuses(ewa)).toEqual([200, 404, 422]);
    for (const part of ['/shares', '/history', '/versions/1'])
      expect([part, [403, 404].includes((await ask(ewa, 'GET', `${path}${part}`)).status)]).toEqual(
        [part, true],
      );
    const mine = { format: 'json', purpose: 'Mine' };
    expect((await ask(ewa, 'POST', `${path}/export`, mine)).status).toBe(403);
  });

  it('is closed to her by its end, with a sentence that says so', async () => {
    const { shares } = (await ask(tom, 'GET', `${path}/shares`)).body as SharesOfReview;
    const end = `${path}/shares/${shares[0]?.id}/end`;
    const why = { why: 'agreement-withdrawn' };
    expect((await ask(tom, 'POST', end, why)).body).toEqual({ kind: 'ended' });
    expect(await ask(ewa, 'GET', path)).toEqual({
      status: 404,
      body: { kind: 'no-longer-shared', message: sharingPhrases['no-longer-shared'] },
    });
    expect((await ask(tom, 'POST', end, why)).status).toBe(409);
    expect((await ask(ewa, 'POST', `${path}/leave`, {})).status).toBe(404);
    expect((await ask(ewa, 'GET', '/shared')).body).toEqual({ cases: [] });
  });

  it('is shared anew, and left by herself', async () => {
    expect((await ask(tom, 'POST', `${path}/shares`, agreed)).status).toBe(200);
    expect((await ask(ewa, 'POST', `${path}/leave`, {})).body).toEqual({ kind: 'left' });
    expect(await statuses(ewa)).toEqual([404, 404, 404]);
    const { shares } = (await ask(sam, 'GET', `${path}/shares`)).body as SharesOfReview;
    expect(shares.map(({ ended, isLive }) => [ended?.why, isLive])).toEqual([
      ['agreement-withdrawn', false],
      ['left', false],
    ]);
  });

  it('has all of it in its history, each time she read it among it', async () => {
    const records = (await ask(tom, 'GET', `${path}/history`)).body as AuditRecord[];
    const hers = records.filter(({ by, what }) => by === ewa.id && what !== 'access-refused');
    expect(hers.map(({ what, detail }) => [what, detail.share !== undefined])).toEqual([
      ['review-read', true],
      ['review-read', true],
      ['review-read', true],
      ['review-read', true],
      ['copy-refused', false],
      ['case-left', true],
    ]);
    const done = records.filter(({ what }) => /^(case-shared|share-ended)$/.test(what));
    expect(done.map(({ what, by }) => [what, by])).toEqual([
      ['case-shared', sam.id],
      ['share-ended', tom.id],
      ['case-shared', tom.id],
    ]);
  });
});
