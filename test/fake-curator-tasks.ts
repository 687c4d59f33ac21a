import { randomUUID } from 'node:crypto';
import { type CuratorTask, type NewTask, taskIdSchema } from '../src/core/curator-task.js';
import type { Audit, CuratorTasks, ShownAnswer } from '../src/flows/ports.js';

/** Curators' tasks kept in memory; `shown` holds, by chat and message, what stands there. */
export function makeFakeCuratorTasks(
  audit: Pick<Audit, 'record'>,
  shown: ReadonlyMap<string, ShownAnswer> = new Map(),
): CuratorTasks {
  const kept = new Map<string, CuratorTask>();
  const judgedBefore = new Set<string>();
  const all = () => [...kept.values()];
  const add = (task: NewTask, isNew: boolean) => {
    const { key, comment, at, ...rest } = task;
    const place = `${task.kind} ${key}`;
    const before = kept.get(place);
    const said = comment === '' ? [] : [comment];
    if (!before) {
      const id = taskIdSchema.parse(randomUUID());
      const dated = { firstAt: at, lastAt: at, times: 1, state: 'open' as const, comments: said };
      kept.set(place, { ...rest, id, ...dated });
      return;
    }
    const { closed, ...open } = before;
    const standing = before.state === 'not-ours' && closed ? { closed } : {};
    kept.set(place, {
      ...{ ...open, ...standing },
      ...{ answerKind: rest.answerKind, shown: rest.shown, topic: rest.topic },
      knowledgeVersion: rest.knowledgeVersion,
      comments: said.every((one) => before.comments.includes(one))
        ? before.comments
        : [...before.comments, ...said].slice(-5),
      times: before.times + (isNew ? 1 : 0),
      lastAt: before.lastAt > at ? before.lastAt : at,
      state: before.state === 'done' ? 'open' : before.state,
    });
  };
  return {
    note: async (task, judged) => {
      const isNew = judged === undefined || !judgedBefore.has(judged);
      if (judged !== undefined) judgedBefore.add(judged);
      if (isNew || task.comment !== '') add(task, isNew);
    },
    findShown: async (chat, messageId) => shown.get(`${chat} ${messageId}`),
    list: async ({ state, kind }, limit) => {
      const found = all().filter((one) => one.state === state && (!kind || one.kind === kind));
      const count = (of: CuratorTask['state']) => all().filter((one) => one.state === of).length;
      return {
        tasks: found
          .toSorted((a, b) => b.times - a.times || (a.lastAt < b.lastAt ? 1 : -1))
          .slice(0, limit),
        total: found.length,
        counts: { open: count('open'), done: count('done'), 'not-ours': count('not-ours') },
      };
    },
    find: async (id) => all().find((one) => one.id === id),
    close: async (id, { as, ...closed }, note) => {
      const [place, task] = [...kept].find(([, one]) => one.id === id) ?? [];
      if (!place || !task || task.state !== 'open') return 'already';
      kept.set(place, { ...task, state: as, closed });
      await audit.record({ at: closed.at, by: closed.by, caseId: null, ...note });
      return 'closed';
    },
  };
}
