import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeCuratorTasks } from '../../src/adapters/postgres/curator-tasks.js';
import { type NewTask, taskIdSchema } from '../../src/core/curator-task.js';
import { answerIdSchema, passageIdSchema, userIdSchema } from '../../src/core/ids.js';
import type { Answers, Audit, CuratorTasks, GivenAnswer } from '../../src/flows/ports.js';
import { makeFakeCuratorTasks } from '../fake-curator-tasks.js';
import { makeFakeAudit } from '../fakes.js';
import { drivers, portsOver, usePool } from './stores.js';

const at = '2026-11-20T10:00:00.000Z';
const later = '2026-11-21T10:00:00.000Z';
const rhys = userIdSchema.parse('rhys');
const passage = passageIdSchema.parse('spo-length');

function aTask(given: Partial<NewTask> = {}): NewTask {
  return {
    ...{
      kind: 'not-covered',
      key: randomUUID(),
      question: 'Can [name] keep a parrot?',
      earlier: [],
    },
    ...{ answerKind: 'not-covered', shown: [], topic: null, knowledgeVersion: 'k1' },
    ...{ comment: '', at },
    ...given,
  };
}

/** The first of a page that holds the same question. */
async function kept(
  tasks: CuratorTasks,
  { question }: NewTask,
  state: 'open' | 'done' | 'not-ours',
) {
  const page = await tasks.list({ state }, 1_000);
  return page.tasks.filter((one) => one.question === question);
}

const ours = () => ({ question: `What of ${randomUUID()}?` });
const closing = { as: 'done', by: rhys, at: later, note: 'Added a passage.' } as const;
const entry = { what: 'task-closed', detail: { as: 'done' } };

type Ports = { readonly tasks: CuratorTasks; readonly audit: Audit };

function suite(ports: () => Ports): void {
  it('come back whole, with everything or with nothing in them', async () => {
    const whole = aTask({
      ...ours(),
      ...{ kind: 'judged-wrong', earlier: ['What is an SPO?'], answerKind: 'answered' },
      ...{ shown: [passage], topic: 'breach', comment: 'Out of date 👎' },
    });
    await ports().tasks.note(whole);
    const { key: _, comment, at: __, ...rest } = whole;
    const [found] = await kept(ports().tasks, whole, 'open');
    const id = taskIdSchema.parse(found?.id);
    const dated = { firstAt: at, lastAt: at, times: 1, state: 'open' };
    expect(found).toEqual({ ...rest, id, ...dated, comments: [comment] });
    expect(await ports().tasks.find(id)).toEqual(found);
    expect(await ports().tasks.find(taskIdSchema.parse(randomUUID()))).toBeUndefined();
    await ports().tasks.note(aTask({ kind: 'judged-wrong', question: null }));
    const page = await ports().tasks.list({ state: 'open', kind: 'judged-wrong' }, 1_000);
    expect(page.tasks.filter(({ question }) => question === null)).toHaveLength(1);
  });

  it('are counted, not listed again, when the same is asked, also at once', async () => {
    const task = aTask(ours());
    const again = { ...task, at: later, knowledgeVersion: 'k2', shown: [passage] };
    await Promise.all([1, 2, 3].map(() => ports().tasks.note(task)));
    await ports().tasks.note(again);
    expect(await kept(ports().tasks, task, 'open')).toMatchObject([
      { times: 4, firstAt: at, lastAt: later, knowledgeVersion: 'k2', shown: [passage] },
    ]);
    await ports().tasks.note({ ...task, kind: 'judged-wrong' });
    expect(await kept(ports().tasks, task, 'open')).toHaveLength(2);
  });

  it('keep the newest five comments that differ', async () => {
    const task = aTask(ours());
    for (const comment of ['one', 'two', 'two', '', 'three', 'four', 'five', 'six'])
      await ports().tasks.note({ ...task, comment });
    expect(await kept(ports().tasks, task, 'open')).toMatchObject([
      { times: 8, comments: ['two', 'three', 'four', 'five', 'six'] },
    ]);
  });

  it('are closed once, with one entry of the audit', async () => {
    const task = aTask(ours());
    await ports().tasks.note(task);
    const [found] = await kept(ports().tasks, task, 'open');
    const id = taskIdSchema.parse(found?.id);
    const marked = { what: `task-closed-${randomUUID().replace(/[^a-z]/g, '')}`, detail: {} };
    const close = () => ports().tasks.close(id, closing, marked);
    expect((await Promise.all([close(), close()])).toSorted()).toEqual(['already', 'closed']);
    const { as, ...closed } = closing;
    expect(await kept(ports().tasks, task, as)).toMatchObject([{ id, state: as, closed }]);
    expect(await kept(ports().tasks, task, 'open')).toEqual([]);
    const records = await ports().audit.search({ what: marked.what }, 10);
    expect(records).toMatchObject([{ ...marked, by: rhys, at: later, caseId: null }]);
    const none = taskIdSchema.parse(randomUUID());
    expect(await ports().tasks.close(none, closing, entry)).toBe('already');
  });

  it('that were done are open again when asked again; those that are not ours stay so', async () => {
    const [done, notOurs] = [aTask(ours()), aTask(ours())];
    for (const [task, as] of [
      [done, 'done'],
      [notOurs, 'not-ours'],
    ] as const) {
      await ports().tasks.note(task);
      const [found] = await kept(ports().tasks, task, 'open');
      await ports().tasks.close(taskIdSchema.parse(found?.id), { ...closing, as }, entry);
      await ports().tasks.note(task);
    }
    const [opened] = await kept(ports().tasks, done, 'open');
    expect(opened).toMatchObject({ times: 2 });
    expect(opened?.closed).toBeUndefined();
    expect(await kept(ports().tasks, notOurs, 'not-ours')).toMatchObject([
      { times: 2, closed: { note: closing.note } },
    ]);
  });

  it('are listed by how often they were asked, by state and kind, with how many there are', async () => {
    const [often, seldom] = [aTask(ours()), aTask({ ...ours(), kind: 'withheld' })];
    for (const task of [seldom, often, often, often]) await ports().tasks.note(task);
    const page = await ports().tasks.list({ state: 'open' }, 1_000);
    const asked = page.tasks.map(({ question }) => question);
    expect(asked.indexOf(often.question)).toBeLessThan(asked.indexOf(seldom.question));
    expect([page.total, page.counts.open]).toEqual([asked.length, asked.length]);
    const withheld = await ports().tasks.list({ state: 'open', kind: 'withheld' }, 1_000);
    expect(withheld.tasks.map(({ question }) => question)).toContain(seldom.question);
    expect(new Set(withheld.tasks.map(({ kind }) => kind))).toEqual(new Set(['withheld']));
    expect(withheld).toMatchObject({ total: withheld.tasks.length, counts: page.counts });
    expect((await ports().tasks.list({ state: 'open' }, 1)).tasks).toHaveLength(1);
  });
}

describe('curators’ tasks in the fake', () => {
  const audit = makeFakeAudit();
  const tasks = makeFakeCuratorTasks(audit);
  suite(() => ({ tasks, audit }));
});

for (const driver of drivers) {
  describe.skipIf(driver.isMissing)(`curators’ tasks in ${driver.name}`, () => {
    const pool = usePool(driver);
    const ports = (): Ports & { readonly answers: Answers } => {
      const { audit, answers } = portsOver(pool());
      return { audit, answers, tasks: makeCuratorTasks(pool()) };
    };
    suite(ports);

    const anAnswer = (given: Partial<GivenAnswer> = {}): GivenAnswer => ({
      ...{ id: answerIdSchema.parse(randomUUID()), chat: randomUUID(), activityId: randomUUID() },
      ...{ at, kind: 'answered', passages: [passage], knowledgeVersion: 'k1' },
      ...given,
    });

    it('find the answer that stands in a message by our own id', async () => {
      const { tasks, answers } = ports();
      const first = anAnswer({ topic: 'breach' });
      const second = anAnswer({ chat: first.chat, kind: 'not-covered', passages: [] });
      for (const one of [first, second]) await answers.record(one);
      await answers.markSent(first.id, 'm1');
      const { id, kind, passages, knowledgeVersion } = first;
      const shown = { id, kind, passages, knowledgeVersion, topic: 'breach' };
      expect(await tasks.findShown(first.chat, 'm1')).toEqual(shown);
      await answers.supersede(first.chat, first.activityId);
      expect(await tasks.findShown(first.chat, 'm1')).toEqual(shown);
      await answers.markSent(second.id, 'm1');
      expect(await tasks.findShown(first.chat, 'm1')).toMatchObject({ id: second.id, topic: null });
      expect(await tasks.findShown('another chat', 'm1')).toBeUndefined();
      expect(await tasks.findShown(first.chat, 'm2')).toBeUndefined();
    });

    it('count an answer that was judged wrong once, and keep what is said of it later', async () => {
      const { tasks, answers } = ports();
      const answer = anAnswer();
      await answers.record(answer);
      const task = aTask({ ...ours(), kind: 'judged-wrong' });
      for (const comment of ['', '', 'The Act was amended.', 'The Act was amended.'])
        await tasks.note({ ...task, comment }, answer.id);
      expect(await kept(tasks, task, 'open')).toMatchObject([
        { times: 1, comments: ['The Act was amended.'] },
      ]);
    });

    it('hold nothing when the words of one cannot be kept', async () => {
      const { tasks, answers } = ports();
      const answer = anAnswer();
      await answers.record(answer);
      const bad = aTask({ ...ours(), kind: 'judged-wrong', comment: 'no\0t text' });
      await expect(tasks.note(bad, answer.id)).rejects.toThrow();
      await tasks.note({ ...bad, comment: '' }, answer.id);
      expect(await kept(tasks, bad, 'open')).toMatchObject([{ times: 1 }]);
    });
  });
}
