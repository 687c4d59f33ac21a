import type { Router } from 'express';
import { type TaskId, taskIdSchema } from '../../src/core/curator-task.js';
import { type Answer, found, refuse, tell } from './answers.js';
import type { Asked, Doors } from './doors.js';
import type { TabFlows } from './flows.js';
import { readBody, readQuery } from './read-request.js';
import { taskClosingSchema, tasksSchema } from './requests.js';

/** What curators look after: passages, and questions asked in vain. */
export function addCurationRoutes(
  router: Router,
  { onList }: Doors,
  curate: NonNullable<TabFlows['curate']>,
): void {
  /** A name that is no id names no task. */
  const onTask = (answer: (one: Asked & { readonly id: TaskId }) => Promise<Answer>) =>
    onList('work-on-task', async (one) => {
      const id = taskIdSchema.safeParse(one.request.params.id);
      return id.success ? answer({ ...one, id: id.data }) : refuse('not-found');
    });
  router.get(
    '/curation',
    onList('read-curation', async ({ by }) => found(await curate.listPassages(by))),
  );
  router.get(
    '/tasks',
    onList('read-curation', async ({ by, request }) => {
      const read = readQuery(request, tasksSchema);
      if (read.kind === 'refused') return read.answer;
      return found(await curate.listTasks(by, read.value));
    }),
  );
  router.post(
    '/tasks/:id/again',
    onTask(async ({ by, id }) => tell(await curate.rerunTask(by, id))),
  );
  router.post(
    '/tasks/:id/close',
    onTask(async ({ by, id, request, response }) => {
      const read = await readBody(request, response, taskClosingSchema);
      if (read.kind === 'refused') return read.answer;
      return tell(await curate.closeTask(by, id, read.value));
    }),
  );
}
