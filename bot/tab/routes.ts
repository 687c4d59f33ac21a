import { randomUUID } from 'node:crypto';
import { type ErrorRequestHandler, Router } from 'express';
import type { Log } from '../../src/adapters/log.js';
import { withoutOwnConflicts } from '../../src/core/conflicts.js';
import { phrases } from '../../src/core/phrases.js';
import type { Review } from '../../src/core/review.js';
import { type ReviewMove, reviewMoveSchema } from '../../src/core/review-detail.js';
import { reviewQuerySchema } from '../../src/core/review-list.js';
import { type Action, reachOf, type User } from '../../src/core/roles.js';
import type {
  Audit,
  AuditRecord,
  Clock,
  Conflicts,
  People,
  Reviews,
} from '../../src/flows/ports.js';
import { makeAccess } from './access.js';
import { found, refuse, send, tell, tellFile } from './answers.js';
import type { Changes } from './changes.js';
import { addConflictRoutes } from './conflict-routes.js';
import { addCurationRoutes } from './curation-routes.js';
import { makeDoors } from './doors.js';
import type { TabFlows } from './flows.js';
import type { Identity } from './identify.js';
import { readBody, readQuery } from './read-request.js';
import {
  auditSearchSchema,
  closingSchema,
  commitmentKeySchema,
  copySchema,
  exportSchema,
  overviewSchema,
  submitSchema,
} from './requests.js';
import { refuseForeignPage } from './same-origin.js';
import { addSharingRoutes } from './sharing-routes.js';
import { makeSignInRoutes } from './sign-in.js';

export type TabParts = {
  readonly identity: Identity;
  readonly reviews: Pick<Reviews, 'find' | 'list'>;
  readonly audit: Pick<Audit, 'record' | 'listCase' | 'search'>;
  readonly people: People;
  readonly conflicts: Pick<Conflicts, 'closedTo'>;
  readonly flows: TabFlows;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Log;
};

/** The routes of the page, each a line or two behind its door; over 200 lines, as one list. */

/** Entries of the audit shown at once; who looks for more narrows the search. */
const mostFound = 500;

/** What an act is in the table of `roles.ts`. */
const actionOfAct: Readonly<Record<ReviewMove['act']['kind'], Action>> = {
  'line-checked': 'edit-line',
  'line-edited': 'edit-line',
  'point-answered': 'edit-line',
  handed: 'hand-review',
  returned: 'decide-review',
  approved: 'decide-review',
};

/**
 * The API of the review page. Each route names what it does in the table of `roles.ts` and is refused by it; then it
 * parses, calls one flow or port, and says what came of it. Over 150 lines: the routes are one list.
 */
export function makeTabRoutes(parts: TabParts): Router {
  const { identity, reviews, audit, flows, clock, log } = parts;
  const access = makeAccess(reviews, audit, clock);
  const doors = makeDoors(identity, access);
  const { asked, onList, onReview } = doors;
  const router = Router({ strict: true, caseSensitive: true });

  const noted = (by: User, what: string, detail: Noted, review?: Review) =>
    audit.record({
      at: clock().toISOString(),
      by: by.id,
      what,
      caseId: review?.caseId ?? null,
      detail,
    });
  /** With the name of whoever did it, where it is known; nothing that tells whoever reads it that they were named. */
  const named = async (all: readonly AuditRecord[], viewer: User) => {
    const records = withoutOwnConflicts(all, viewer.id);
    const names = await parts.people.namesOf([...new Set(records.map(({ by }) => by))]);
    return records.map((record) => {
      const name = names.get(record.by);
      return name === undefined ? record : { ...record, name };
    });
  };

  router.use((request, response, next) => {
    response.set('Cache-Control', 'no-store');
    const foreign = refuseForeignPage(request);
    if (!foreign) return next();
    log.warn('tab-refused', { reason: foreign });
    send(response, refuse('foreign-page'));
  });
  router.use(makeSignInRoutes(identity, parts.people));

  router.get(
    '/reviews',
    onList('list-reviews', async ({ by, request }) => {
      const read = readQuery(request, reviewQuerySchema);
      if (read.kind === 'refused') return read.answer;
      const page = await flows.listReviews(read.value, by);
      return page ? found(page) : refuse('not-allowed');
    }),
  );
  router.get(
    '/reviews/:id',
    onReview('read-review', async ({ by, review }) => {
      const detail = await flows.openReview(review.id, by);
      return detail ? found(detail) : refuse('not-found');
    }),
  );
  router.get(
    '/reviews/:id/versions/:version',
    onReview('read-review', async ({ by, review, request }) => {
      const version = Number(request.params.version);
      const detail = await flows.openVersion(review.id, version, by);
      return detail ? found(detail) : refuse('not-found');
    }),
  );
  router.post(
    '/reviews/:id/acts',
    asked(async ({ by, request, response }) => {
      const read = await readBody(request, response, reviewMoveSchema);
      if (read.kind === 'refused') return read.answer;
      const action = actionOfAct[read.value.act.kind];
      const entry = await access.toReview(by, action, String(request.params.id));
      if (entry.kind !== 'allowed') return refuse(entry.kind);
      return tell(await flows.actOnReview(entry.review.id, by, read.value));
    }),
  );
  const { submitAgain } = flows;
  if (submitAgain)
    router.post(
      '/reviews/:id/submit',
      onReview('submit-review', async ({ by, review, request, response }) => {
        const read = await readBody(request, response, submitSchema);
        if (read.kind === 'refused') return read.answer;
        return tell(await submitAgain(review.id, by, read.value));
      }),
    );
  router.get(
    '/reviews/:id/history',
    onReview('read-history', async ({ by, review }) => {
      await noted(by, 'history-read', {}, review);
      return found(await named(await audit.listCase(review.caseId), by));
    }),
  );
  router.post(
    '/reviews/:id/export',
    onReview('export-review', async ({ by, review, request, response }) => {
      const read = await readBody(request, response, exportSchema);
      if (read.kind === 'refused') return read.answer;
      return tellFile(await flows.exportReview(review.id, by, read.value));
    }),
  );
  router.post(
    '/reviews/:id/copy',
    onReview('copy-for-person', async ({ by, review, request, response }) => {
      const read = await readBody(request, response, copySchema);
      if (read.kind === 'refused') return read.answer;
      return tellFile(await flows.copyReview(review.id, by, read.value));
    }),
  );
  router.get(
    '/reviews/:id/timeline.png',
    onReview('read-review', async ({ by, review }) =>
      tellFile(await flows.pictureReview(review.id, by)),
    ),
  );
  addSharingRoutes(router, doors, flows.sharing);
  addConflictRoutes(router, doors, flows.conflicts);
  const { commitments, readOverview, listDue, curate } = flows;
  if (commitments) {
    router.get(
      '/commitments',
      onList('list-commitments', async ({ by }) => found(await commitments.listCommitments(by))),
    );
    router.post(
      '/commitments/:key',
      onList('close-commitment', async ({ by, request, response }) => {
        const read = await readBody(request, response, closingSchema);
        if (read.kind === 'refused') return read.answer;
        const key = commitmentKeySchema.safeParse(request.params.key);
        if (!key.success) return refuse('not-found');
        return tell(await commitments.closeCommitment(by, key.data, read.value.note));
      }),
    );
  }
  if (readOverview)
    router.get(
      '/overview',
      onList('read-overview', async ({ by, request }) => {
        const read = readQuery(request, overviewSchema);
        if (read.kind === 'refused') return read.answer;
        return found(await readOverview(by, read.value.weeks, read.value.team));
      }),
    );
  if (listDue)
    router.get(
      '/due',
      onList('retain-cases', async ({ by }) => {
        const due = await listDue(by);
        if (due === 'not-allowed') return refuse(due);
        const cases = due.map(({ caseRef, stand }) => ({
          ...{ caseRef, since: stand.kind === 'due' ? stand.since : null },
          isHeld: stand.kind === 'held',
        }));
        return found({ cases });
      }),
    );
  if (curate) addCurationRoutes(router, doors, curate);
  router.get(
    '/audit',
    onList('search-audit', async ({ by, request }) => {
      const read = readQuery(request, auditSearchSchema);
      if (read.kind === 'refused') return read.answer;
      await noted(by, 'audit-searched', { ...read.value });
      const { to, ...rest } = read.value;
      // The last day counts whole.
      const until = to && new Date(Date.parse(to) + 86_400_000).toISOString();
      const except = await parts.conflicts.closedTo(by.id);
      const wanted = { ...rest, ...(until ? { to: until } : {}), except };
      return found(await named(await audit.search(wanted, mostFound), by));
    }),
  );
  router.get(
    '/changes',
    onList('list-reviews', async ({ by: listener, request, response }) => {
      /** Asked anew each time: a right that was withdrawn ends here as well. */
      const look = async () => {
        const asking = await identity.identify(request);
        if (asking.kind !== 'known') return undefined;
        const by = asking.user;
        const reach = reachOf(by.roles, 'list-reviews');
        if (reach === 'none') return undefined;
        const query = reviewQuerySchema.parse({});
        const sees = { person: by.id, reach: reach === 'all' ? 'all' : 'own' } as const;
        const count = async () => (await reviews.list(query, clock().toISOString(), sees)).counts;
        // Whoever is kept from a case counts for themselves.
        const isShared = reach === 'all' && (await parts.conflicts.closedTo(by.id)).length === 0;
        return { scope: isShared ? 'all' : `${sees.reach} ${by.id}`, count };
      };
      const state = parts.changes.listen(response, listener.id, look);
      if (state === 'listening') return undefined;
      return refuse(state === 'full' ? 'busy' : 'enough-pages');
    }),
  );
  router.use(asked(async () => refuse('not-found')));
  router.use(answerFault(log));
  return router;
}

type Noted = Readonly<Record<string, string | number>>;

/** A malformed address is the caller's mistake; whatever else was thrown is logged, and told by its reference only. */
function answerFault(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (error?.status === 400) return send(response, refuse('not-understood'));
    const reference = randomUUID().slice(0, 8);
    log.error('tab-route-failed', { reference }, error);
    if (response.headersSent) return next(error);
    response.status(500).json({ kind: 'fault', message: phrases.fault(reference) });
  };
}
