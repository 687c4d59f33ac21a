import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { answerIdSchema, passageIdSchema } from '../../src/core/ids.js';
import { makeRedact } from '../../src/core/redact.js';
import { type GivenTo, makeNoteTasks } from '../../src/flows/note-tasks.js';
import type { ShownAnswer } from '../../src/flows/ports.js';
import { makeFakeCuratorTasks } from '../fake-curator-tasks.js';
import { makeFakeAudit } from '../fakes.js';

const redact = makeRedact({
  common: new Set(['parrot', 'order']),
  proper: new Set(),
  stems: new Set(),
});
const start = Date.parse('2026-11-20T10:00:00.000Z');
const passage = passageIdSchema.parse('spo-length');

function setUp() {
  const clock = { now: new Date(start) };
  const shown = new Map<string, ShownAnswer>();
  const tasks = makeFakeCuratorTasks(makeFakeAudit(), shown);
  const faults: unknown[] = [];
  const notes = makeNoteTasks({
    ...{ tasks, redact, clock: () => clock.now },
    onFault: (error) => faults.push(error),
  });
  const give = async (given: Partial<GivenTo> = {}) => {
    const id = answerIdSchema.parse(randomUUID());
    const whole: GivenTo = {
      ...{ id, question: 'Can Dave keep a parrot?', earlier: [], answerKind: 'answered' },
      ...{ shown: [passage], knowledgeVersion: 'k1', at: clock.now.toISOString() },
      ...given,
    };
    shown.set('chat m1', {
      ...{ id, kind: whole.answerKind, passages: whole.shown, topic: null },
      knowledgeVersion: 'k1',
    });
    await notes.answered(whole);
    return whole;
  };
  const judge = (comment = '', messageId = 'm1') =>
    notes.judgedWrong({ chat: 'chat', messageId, comment });
  const open = async () => (await tasks.list({ state: 'open' }, 100)).tasks;
  return { clock, notes, tasks, faults, give, judge, open };
}

it('keeps a task of every question that was not covered or withheld, and of no other', async () => {
  const { give, open } = setUp();
  for (const answerKind of ['answered', 'partly', 'unclear', 'urgent', 'refused'])
    await give({ answerKind });
  expect(await open()).toEqual([]);
  await give({ answerKind: 'not-covered', shown: [], topic: 'breach' });
  await give({ answerKind: 'withheld' });
  const byKind = (await open()).toSorted((a, b) => a.kind.localeCompare(b.kind));
  expect(byKind).toMatchObject([
    { kind: 'not-covered', question: 'Can [name] keep a parrot?', topic: 'breach', times: 1 },
    { kind: 'withheld', question: 'Can [name] keep a parrot?' },
  ]);
});

it('keeps nothing of a question that is all personal data', async () => {
  const { give, open } = setUp();
  await give({ answerKind: 'not-covered', question: 'Dave Smith 07700 900123' });
  expect(await open()).toEqual([]);
});

it('keeps an answer judged wrong with its question, what it showed and what was said of it', async () => {
  const { give, judge, open } = setUp();
  await give({ question: 'And for Dave?', earlier: ['hello'] });
  await judge('Ring Sarah, it is wrong');
  expect(await open()).toEqual([]);
  await give({ question: 'And for an order?', earlier: ['What of Dave and an order?'] });
  await judge('Ring Sarah, it is wrong');
  await judge('Ring Sarah, it is wrong');
  expect(await open()).toMatchObject([
    {
      ...{ kind: 'judged-wrong', question: 'And for an order?', shown: [passage], times: 1 },
      ...{ earlier: ['What of [name] and an order?'], comments: ['Ring [name], it is wrong'] },
    },
  ]);
});

it('keeps an answer judged too late without its question, and nothing about no answer', async () => {
  const { clock, give, judge, open } = setUp();
  await give();
  await judge('', 'another message');
  expect(await open()).toEqual([]);
  clock.now = new Date(start + 30 * 60_000);
  await judge();
  expect(await open()).toMatchObject([
    { kind: 'judged-wrong', question: null, earlier: [], shown: [passage] },
  ]);
});

it('never fails whoever asked: what the store refuses is told to the log', async () => {
  const { notes, give, faults, tasks } = setUp();
  const broken = makeNoteTasks({
    tasks: { ...tasks, note: () => Promise.reject(new Error('no store')) },
    ...{ redact, clock: () => new Date(start), onFault: (error) => faults.push(error) },
  });
  const given = await give();
  await broken.answered({ ...given, answerKind: 'not-covered' });
  await notes.answered(given);
  expect(faults).toEqual([new Error('no store')]);
});
