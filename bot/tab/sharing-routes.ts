import type { Router } from 'express';
import { shareIdSchema } from '../../src/core/ids.js';
import { endingRequestSchema, sharingRequestSchema } from '../../src/core/sharing.js';
import { found, refuse, tell } from './answers.js';
import type { Doors } from './doors.js';
import type { TabFlows } from './flows.js';
import { readBody } from './read-request.js';

/** Sharing a case with an advocate, and ending it. */
export function addSharingRoutes(
  router: Router,
  { onList, onReview }: Doors,
  sharing: TabFlows['sharing'],
): void {
  router.get(
    '/shared',
    onList('list-shared', async ({ by }) => {
      const listed = await sharing.listShared(by);
      return listed ? found(listed) : refuse('not-allowed');
    }),
  );
  router.get(
    '/reviews/:id/shares',
    onReview('share-case', async ({ by, review }) => {
      const listed = await sharing.listShares(review.id, by);
      return 'kind' in listed ? refuse(listed.kind) : found(listed);
    }),
  );
  router.post(
    '/reviews/:id/shares',
    onReview('share-case', async ({ by, review, request, response }) => {
      const read = await readBody(request, response, sharingRequestSchema);
      if (read.kind === 'refused') return read.answer;
      return tell(await sharing.shareCase(review.id, by, read.value));
    }),
  );
  router.post(
    '/reviews/:id/shares/:share/end',
    onReview('share-case', async ({ by, review, request, response }) => {
      const read = await readBody(request, response, endingRequestSchema);
      if (read.kind === 'refused') return read.answer;
      const share = shareIdSchema.safeParse(request.params.share);
      if (!share.success) return refuse('not-found');
      return tell(await sharing.endShare(review.id, by, share.data, read.value));
    }),
  );
  router.post(
    '/reviews/:id/leave',
    onReview('leave-case', async ({ by, review }) => tell(await sharing.leaveCase(review.id, by))),
  );
}
