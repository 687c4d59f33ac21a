import type { Router } from 'express';
import {
  declaringRequestSchema,
  liftingRequestSchema,
  namingRequestSchema,
} from '../../src/core/conflicts.js';
import { found, refuse, tell } from './answers.js';
import type { Doors } from './doors.js';
import type { TabFlows } from './flows.js';
import { readBody } from './read-request.js';
import { conflictNumberSchema } from './requests.js';

/** Conflicts of interest: who a case is closed to, naming, declaring and lifting. */
export function addConflictRoutes(
  router: Router,
  { onReview }: Doors,
  flows: TabFlows['conflicts'],
): void {
  router.get(
    '/reviews/:id/conflicts',
    onReview('name-conflict', async ({ by, review }) => {
      const listed = await flows.listConflicts(review.id, by);
      return 'kind' in listed ? refuse(listed.kind) : found(listed);
    }),
  );
  router.post(
    '/reviews/:id/conflicts',
    onReview('name-conflict', async ({ by, review, request, response }) => {
      const read = await readBody(request, response, namingRequestSchema);
      if (read.kind === 'refused') return read.answer;
      return tell(await flows.nameConflict(review.id, by, read.value));
    }),
  );
  router.post(
    '/reviews/:id/conflicts/own',
    onReview('declare-conflict', async ({ by, review, request, response }) => {
      const read = await readBody(request, response, declaringRequestSchema);
      if (read.kind === 'refused') return read.answer;
      return tell(await flows.declareConflict(review.id, by, read.value));
    }),
  );
  router.post(
    '/reviews/:id/conflicts/:number/lift',
    onReview('name-conflict', async ({ by, review, request, response }) => {
      const read = await readBody(request, response, liftingRequestSchema);
      if (read.kind === 'refused') return read.answer;
      const number = conflictNumberSchema.safeParse(request.params.number);
      if (!number.success) return refuse('not-found');
      return tell(await flows.liftConflict(review.id, by, number.data, read.value));
    }),
  );
}
