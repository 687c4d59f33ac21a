import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import express, { type Request, type Response } from 'express';
import { demoPeople } from '../../bot/tab/demo-people.js';
import { makePageFiles } from '../../bot/tab/page-files.js';
import { drawTimeline } from '../../src/adapters/timeline-picture.js';
import { sayDay } from '../../src/core/days.js';
import { caseIdSchema, reviewIdSchema, screeningIdSchema } from '../../src/core/ids.js';
import type { Knowledge } from '../../src/core/knowledge.js';
import type { Overview } from '../../src/core/overview.js';
import { replay } from '../../src/core/replay.js';
import type { Value } from '../../src/core/reply.js';
import { reviewMoveSchema } from '../../src/core/review-detail.js';
import { reviewQuerySchema } from '../../src/core/review-list.js';
import type { User } from '../../src/core/roles.js';
import type { Act } from '../../src/core/screening.js';
import type { ListedCommitment } from '../../src/flows/commitments.js';
import { makeDraftCase } from '../../src/flows/draft-case.js';
import { makeListReviews } from '../../src/flows/list-reviews.js';
import { makeOpenVersion } from '../../src/flows/open-version.js';
import { makeReviewCase } from '../../src/flows/review-case.js';
import { makeSubmitAgain } from '../../src/flows/submit-again.js';
import { makeSubmitReview } from '../../src/flows/submit-review.js';
import { aRecord, aReply, choice, choices, questionId } from '../builders.js';
import {
  type CasePeople,
  makeFakeAudit,
  makeFakeDirectory,
  makeFakePeople,
  makeFakeReviews,
  makeFakeScreenings,
} from '../fakes.js';
import { realScript, type Said } from '../real-knowledge.js';

/**
 * The review page's server as far as the page can tell: the built page under its real policy, and the routes' contract
 * over the real flows with stores in memory. One case was really screened, twice: `caseRef` waits for its review with
 * over sixty lines; 119 others only stand in the queue. Over 150 lines, since the case takes a third of them.
 */
export type FakeTab = {
  readonly address: string;
  /** The review of the screened case. */
  readonly id: string;
  readonly caseRef: string;
  readonly lines: number;
  /** Puts one more into the queue and tells open pages. */
  readonly arrive: () => Promise<void>;
  /** Its author corrects an answer in the chat and sends it again. */
  readonly correct: (note: string) => Promise<void>;
  /** Somebody acts elsewhere on the screened case. */
  readonly actAs: (person: User, act: unknown) => Promise<unknown>;
  /** Requests to this path fail until it is undefined again. */
  readonly breakAt: (part: string | undefined) => void;
  readonly stop: () => Promise<void>;
};

const [officer, handler, tom, aisha] = demoPeople;
if (!officer || !handler || !tom || !aisha) throw new Error('the demo people are gone');
const supervisor: User = tom;
export const otherSupervisor: User = aisha;
export const callHandler: User = handler;

const caseRef = 'SP-4K7Q-2M';
const rows = 119;

export async function startFakeTab(knowledge: Knowledge): Promise<FakeTab> {
  const people: CasePeople = new Map();
  const screenings = makeFakeScreenings(people);
  const audit = makeFakeAudit();
  const reviews = makeFakeReviews(people, audit, screenings);
  const names = makeFakePeople();
  for (const one of demoPeople) await names.remember(one.id, one.name);
  const teams = new Map([[callHandler.id, 'Control room north']]);
  const directory = makeFakeDirectory([supervisor, otherSupervisor], teams);
  const draft = makeDraftCase({
    knowledge,
    people: names,
    readImport: () => ({ rows: [], remarks: [] }),
  });
  const clock = () => new Date();
  const parts = { knowledge, reviews, screenings, people: names, directory, audit, draft, clock };
  const cases = makeReviewCase(parts);
  const openVersion = makeOpenVersion(parts);
  const listReviews = makeListReviews(reviews, audit, clock);
  const submit = makeSubmitReview({
    ...parts,
    newReviewId: () => reviewIdSchema.parse(randomUUID()),
    digestOf: (text) => createHash('sha256').update(text).digest('hex'),
  });

  const submitAgain = makeSubmitAgain(reviews, screenings, submit);

  const caseId = caseIdSchema.parse(randomUUID());
  let minutes = 0;
  const walk = async (name: string, said: Said, extra: readonly Act[] = []) => {
    const script = realScript(knowledge, name);
    const id = screeningIdSchema.parse(randomUUID());
    const startedAt = new Date(Date.now() - 26 * 3_600_000).toISOString();
    const begun = { id, caseId, caseRef, script: script.name, version: script.version };
    await screenings.start({ ...begun, startedAt, startedBy: callHandler.id, activityId: id });
    const add = (act: Act) =>
      screenings.change(id, ({ events }) => {
        minutes += 1;
        const at = new Date(Date.parse(startedAt) + minutes * 20_000).toISOString();
        const seq = events.length + 1;
        const by = callHandler.id;
        const event = { seq, at, by, client: 'card' as const, activityId: `${id} ${seq}`, act };
        return { save: event, result: undefined };
      });
    for (;;) {
      const standing = await screenings.find(id);
      const at = standing && replay(script, standing.events).at;
      if (!at) break;
      const value: Value | string = said[at.id] ?? { kind: 'not-known' };
      for (const act of extra) if (act.kind === 'record' && act.question === at.id) await add(act);
      await add(aReply(at.id, typeof value === 'string' ? choice(value) : value));
    }
    return { id, add };
  };

  const first = await walk('first-contact', callSaid);
  await first.add(aReply('FC10', 'text-first'));
  await first.add({
    kind: 'reason',
    question: questionId('FC10'),
    reason: 'The person corrected it',
  });
  await walk('timeline', {}, incidents);
  await walk('identification', identificationSaid);
  const sent = await submit(first.id, callHandler, {
    note: 'The caller can be reached after six.',
  });
  if (sent.kind !== 'submitted') throw new Error(`sending the case for review: ${sent.kind}`);
  const waiting = await reviews.find(sent.id);
  const act = waiting?.events[0]?.act;
  if (act?.kind !== 'submitted') throw new Error('the review does not begin with a summary');

  const put = async (number: number) => {
    const state = number % 10 === 3 ? 'returned' : number % 5 === 4 ? 'approved' : 'waiting';
    const at = new Date(Date.now() - (number * 5 + 1) * 3_600_000).toISOString();
    const ref = `SP-${String(number).padStart(4, '0')}-QX`;
    const event = {
      seq: 1,
      at,
      by: callHandler.id,
      act: { ...act, summary: { ...act.summary, sections: [] } },
    };
    const facts = {
      state,
      version: 1 + (number % 3 === 0 ? 1 : 0),
      submittedAt: at,
      decidedAt: state === 'waiting' ? null : at,
      author: number % 2 ? 'Priya Nair' : 'Sam Okafor',
      handedTo: number % 11 === 0 ? 'Aisha Khan' : null,
      handedToId: number % 11 === 0 ? otherSupervisor.id : null,
      team: number % 2 ? 'Control room north' : 'Response east',
      scripts: number % 4 ? ['first-contact'] : ['first-contact', 'identification'],
      red: number % 9 === 1 ? 2 : 0,
      amber: number % 4 === 1 ? 1 : 0,
      isIncomplete: number % 6 === 0,
      checkDate: number % 7 === 2 ? dayIn(number) : null,
      orderEnds: number % 13 === 5 ? dayIn(number + 3) : null,
    } as const;
    const id = reviewIdSchema.parse(randomUUID());
    const opening = { id, caseId: caseIdSchema.parse(randomUUID()), caseRef: ref };
    // Begun and no more: enough for it to be opened.
    const begun = screeningIdSchema.parse(randomUUID());
    await screenings.start({
      ...{ id: begun, caseId: opening.caseId, caseRef: ref, activityId: begun },
      ...{ script: 'first-contact', version: realScript(knowledge, 'first-contact').version },
      ...{ startedAt: at, startedBy: callHandler.id },
    });
    await reviews.open(opening, event, facts, { what: 'submitted', detail: {} });
  };
  for (let number = 1; number <= rows; number += 1) await put(number);

  const listeners = new Set<ServerResponse>();
  const counts = async () =>
    (await reviews.list(reviewQuerySchema.parse({}), clock().toISOString())).counts;
  const tell = async () => {
    const said = JSON.stringify({ counts: await counts() });
    for (const one of listeners) one.write(`data: ${said}\n\n`);
  };
  let broken: string | undefined;
  let extra = rows;

  const app = express();
  app.use(
    makePageFiles(path.join(import.meta.dirname, '../../dist/tab'), [
      'https://teams.microsoft.com',
    ]),
  );
  const api = express.Router();
  api.use(express.json());
  const me = (request: Request): User => {
    const id = /demo=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    return demoPeople.find((one) => one.id === id) ?? supervisor;
  };
  const refuse = (response: Response, status: number, kind: string, message: string) =>
    response.status(status).json({ kind, message });
  api.use((request, response, next) => {
    if (broken && request.path.includes(broken)) response.status(502).send('<h1>Bad gateway</h1>');
    else if (request.method === 'POST' && request.headers['x-signpost-tab'] !== '1')
      refuse(response, 403, 'foreign-page', 'Not from the page.');
    else next();
  });
  api.get('/me', (request, response) => void response.json({ ...me(request), demoPeople }));
  api.post('/demo-person', (request, response) => {
    const chosen = demoPeople.find(({ id }) => id === request.body.id);
    response.cookie('demo', chosen?.id, { path: '/tab' }).json({ ...chosen, demoPeople });
  });
  api.get('/reviews', async (request, response) => {
    response.json(await listReviews(reviewQuerySchema.parse(request.query), me(request)));
  });
  const idOf = (request: Request) => reviewIdSchema.parse(request.params.id);
  api.get('/reviews/:id', async (request, response) => {
    const detail = await cases.open(idOf(request), me(request));
    if (detail) response.json(detail);
    else refuse(response, 404, 'not-found', 'There is nothing here that is open to you.');
  });
  api.get('/reviews/:id/versions/:version', async (request, response) => {
    const detail = await openVersion(idOf(request), Number(request.params.version), me(request));
    if (detail) response.json(detail);
    else refuse(response, 404, 'not-found', 'There is nothing here that is open to you.');
  });
  api.post('/reviews/:id/acts', async (request, response) => {
    const move = reviewMoveSchema.parse(request.body);
    const answer = await cases.act(idOf(request), me(request), move);
    const message = `Refused: ${answer.kind}. Nothing was saved.`;
    response.status(answer.kind === 'saved' ? 200 : 409).json({ message, ...answer });
    if (answer.kind === 'saved') await tell();
  });
  api.post('/reviews/:id/submit', async (request, response) => {
    response.json(await submitAgain(idOf(request), me(request), request.body));
    await tell();
  });
  // The file holds what was asked for, in place of the summary.
  api.post('/reviews/:id/export', (request, response) => {
    response.attachment('summary.json').json(request.body);
  });
  api.get('/reviews/:id/history', async (request, response) => {
    const review = await reviews.find(idOf(request));
    response.json(review ? await audit.listCase(review.caseId) : []);
  });
  api.get('/reviews/:id/timeline.png', async (_request, response) => {
    const all = await screenings.listCase(caseId);
    const { timeline } = await draft(all, act.summary.on, []);
    if (timeline) response.type('png').send(await drawTimeline(timeline));
    else response.status(404).end();
  });
  api.get('/commitments', (_request, response) => void response.json(commitments()));
  api.post('/commitments/:key', (_request, response) => void response.json({ kind: 'saved' }));
  api.get('/overview', (request, response) => {
    const charts = request.query.team ? overview.charts.slice(0, 1) : overview.charts;
    response.json({ ...overview, charts });
  });
  api.get('/due', (_request, response) => {
    const cases = [
      { caseRef: 'SP-7Q2M-4K', since: '2026-10-31', isHeld: false },
      { caseRef: 'SP-9D3X-8B', since: null, isHeld: true },
    ];
    response.json({ cases });
  });
  api.get('/audit', async (_request, response) => void response.json(await audit.search({}, 50)));
  api.get('/changes', async (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    listeners.add(response);
    response.write(`data: ${JSON.stringify({ counts: await counts() })}\n\n`);
    response.on('close', () => listeners.delete(response));
  });
  app.use('/tab/api', api);

  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const place = server.address();
  const port = typeof place === 'object' && place ? place.port : 0;
  const lines = (await cases.open(sent.id, supervisor))?.lines.length ?? 0;
  return {
    address: `http://127.0.0.1:${port}/tab/`,
    id: sent.id,
    caseRef,
    lines,
    arrive: async () => {
      extra += 7;
      await put(extra - (extra % 5 === 4 || extra % 10 === 3 ? 1 : 0));
      await tell();
    },
    correct: async (note) => {
      await first.add(aReply('FC11', text('Text her sister, never the house phone.')));
      await first.add({
        kind: 'reason',
        question: questionId('FC11'),
        reason: 'The supervisor asked whose number it is',
      });
      await submitAgain(sent.id, callHandler, { note });
      await tell();
    },
    actAs: async (person, wanted) => {
      const seen = (await reviews.find(sent.id))?.events.length;
      return cases.act(sent.id, person, reviewMoveSchema.parse({ seen, act: wanted }));
    },
    breakAt: (part) => {
      broken = part;
    },
    stop: async () => {
      for (const one of listeners) one.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const text = (words: string): Value => ({ kind: 'text', text: words });
const date = (day: string): Value => ({ kind: 'date', day, precision: 'exact' });

const callSaid: Said = {
  FC01: 'no',
  FC02: 'free',
  FC04: 'somewhere-else',
  FC05: 'no',
  FC06: 'no',
  FC07: choices('me'),
  FC07b: 'earlier',
  FC07c: 'no',
  FC07d: text('He said I would be sorry if I ever told anybody about the letters.'),
  FC08: choices('children'),
  FC10: 'yes',
  FC11: text('Text after six. Never ring the house phone, he knows that number.'),
  FC11b: choices('phone', 'voicemail'),
  FC17: { kind: 'declined' },
  FC20c: text('PS Khan told at 14:05. Caller should just block him.'),
};

const identificationSaid: Said = {
  SI01: text('It started with letters at work, then he was outside my gym most weeks.'),
  SI01b: date('2026-03-02'),
  SI02: 'six-to-twenty',
  SI03: date('2026-11-14'),
  SI04: 'think-so',
  SI05: 'ex-partner',
  SI06a: 'yes',
  SI06b: 'yes',
  SI06b2: choices('letters', 'calls'),
  SI06c: { kind: 'declined' },
  SI06e: 'yes',
  SI10: { kind: 'not-asked', reason: 'distress' },
};

const incidents: readonly Act[] = [
  ['Letter left at work', '2026-03-02'],
  ['Waited outside the gym', '2026-06-11'],
  ['Rang eleven times in one night', '2026-09-30'],
  ['Stood across the road from the house', '2026-11-14'],
].map(([what = '', when = '']) =>
  aRecord('TL01', {
    what: { kind: 'text', text: what },
    when: { kind: 'date', day: when, precision: 'exact' },
  } as Parameters<typeof aRecord>[1]),
);

function commitments(): { readonly commitments: readonly ListedCommitment[] } {
  const one = (kind: ListedCommitment['kind'], what: string, days: number): ListedCommitment => {
    const due = dayIn(days);
    const state = days < 0 ? 'overdue' : 'due';
    const line = `${caseRef} CL04`;
    const reviewId = reviewIdSchema.parse(randomUUID());
    const when = sayDay(due);
    return {
      key: what,
      kind,
      reviewId,
      caseRef,
      line,
      what,
      due,
      when,
      owner: 'Priya Nair',
      state,
    };
  };
  const done = { by: 'Priya Nair', at: new Date().toISOString(), note: 'Sent after six.' };
  return {
    commitments: [
      one('promise', 'Ring back about the letters', -2),
      one('update', 'Update on the investigation', 3),
      { ...one('promise', 'Ask about the camera', 9), due: null, when: 'not known', owner: null },
      { ...one('promise', 'Send the reference by text', -4), state: 'done', done },
    ],
  };
}

const row = (words: string, count: number) => ({
  label: { kind: 'recorded', words } as const,
  count,
});
const overview: Overview = {
  from: '2026-08-31',
  to: '2026-11-20',
  teams: ['Control room north', 'Response east'],
  charts: [
    {
      id: 'printed',
      rows: [
        row('Stalking identification: I-1', 31),
        row('Stalking identification: I-2', 12),
        { label: { kind: 'recorded', words: 'Needs and plan: I-9' }, count: null },
      ],
    },
    {
      id: 'by-team-and-week',
      rows: [
        { label: { kind: 'week', monday: '2026-11-16', team: 'Response east' }, count: 7 },
        { label: { kind: 'week', monday: '2026-11-16', team: 'no team named' }, count: null },
      ],
    },
    { id: 'returns', rows: [{ label: { kind: 'return', of: 'effect-not-asked' }, count: 6 }] },
    { id: 'uncovered', rows: [] },
  ],
};
