import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type NewTask, taskIdSchema } from '../../src/core/curator-task.js';
import { passageIdSchema, userIdSchema } from '../../src/core/ids.js';
import type { User } from '../../src/core/roles.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { makeCurate } from '../../src/flows/curate.js';
import { makeFakeCuratorTasks } from '../fake-curator-tasks.js';
import { makeFakeAudit, makeFakePeople } from '../fakes.js';
import { loadReal } from '../real-knowledge.js';

const knowledge = await loadReal();
const now = new Date('2026-11-20T10:00:00.000Z');
const rhys: User = { id: userIdSchema.parse('rhys'), name: 'Rhys', roles: ['curator'] };
const [first] = knowledge.passages.values();
const passage = first?.id ?? passageIdSchema.parse('none');
const gone = passageIdSchema.parse('a-passage-that-went');

async function setUp(given: Partial<NewTask> = {}) {
  const [audit, people] = [makeFakeAudit(), makeFakePeople()];
  const tasks = makeFakeCuratorTasks(audit);
  const clock = () => now;
  const curate = makeCurate({
    ...{ knowledge, tasks, people, audit, clock },
    answerQuestion: makeAnswerQuestion(knowledge, clock),
    listPaths: async () => new Map(),
  });
  await people.remember(rhys.id, rhys.name);
  await tasks.note({
    ...{ kind: 'judged-wrong', key: 'k', question: 'How long does an SPO for [name] last?' },
    ...{ earlier: [], answerKind: 'not-covered', shown: [passage, gone], topic: null },
    ...{ knowledgeVersion: 'older', comment: '', at: now.toISOString() },
    ...given,
  });
  const [task] = (await curate.listTasks(rhys, { state: 'open' })).tasks;
  const id = taskIdSchema.parse(task?.id);
  return { curate, audit, tasks, task, id };
}

it('lists tasks with the headings of what was shown, and says which are no longer held', async () => {
  const { task, audit } = await setUp();
  expect(task?.shown).toEqual([
    { id: passage, heading: first?.heading },
    { id: gone, heading: null },
  ]);
  expect(audit.records).toMatchObject([
    { what: 'tasks-read', by: rhys.id, caseId: null, detail: { state: 'open', rows: 1 } },
  ]);
});

it('asks a saved question again of the guidance as it is now, and shows both answers', async () => {
  const { curate, audit, id } = await setUp();
  const again = await curate.rerunTask(rhys, id);
  if (again.kind !== 'asked-again') throw new Error(again.kind);
  expect(again.was).toMatchObject({ answerKind: 'not-covered', knowledgeVersion: 'older' });
  expect(again.now).toMatchObject({
    answerKind: 'answered',
    knowledgeVersion: knowledge.version,
  });
  expect(again.now.shown.flatMap(({ statements }) => statements).length).toBeGreaterThan(0);
  expect(audit.records.at(-1)).toMatchObject({ what: 'task-asked-again', detail: { task: id } });
});

it('asks nothing where no question was kept, or there is no such task', async () => {
  const { curate, id } = await setUp({ question: null });
  expect(await curate.rerunTask(rhys, id)).toEqual({ kind: 'no-question' });
  const none = taskIdSchema.parse(randomUUID());
  expect(await curate.rerunTask(rhys, none)).toEqual({ kind: 'not-found' });
  const closing = { as: 'done', note: 'x' } as const;
  expect(await curate.closeTask(rhys, none, closing)).toEqual({ kind: 'not-found' });
});

it('closes a task once, with who did it and what was done', async () => {
  const { curate, audit, id } = await setUp();
  const closing = { as: 'not-ours', note: 'About parking.' } as const;
  expect(await curate.closeTask(rhys, id, closing)).toEqual({ kind: 'closed' });
  expect(await curate.closeTask(rhys, id, closing)).toEqual({ kind: 'already-closed' });
  const page = await curate.listTasks(rhys, { state: 'not-ours' });
  expect(page.tasks).toMatchObject([
    { id, closed: { by: 'Rhys', at: now.toISOString(), note: 'About parking.' } },
  ]);
  expect(audit.records.filter(({ what }) => what === 'task-closed')).toMatchObject([
    { by: rhys.id, detail: { task: id, as: 'not-ours' } },
  ]);
});

it('lists the passages that need a curator, with the version they are of', async () => {
  const { curate, audit } = await setUp();
  const listed = await curate.listPassages(rhys);
  expect(listed).toMatchObject({
    knowledgeVersion: knowledge.version,
    loaded: knowledge.passages.size,
  });
  expect(audit.records.at(-1)).toMatchObject({ what: 'curation-read' });
});
