import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Express } from 'express';
import { listArticlePaths } from '../src/adapters/article-paths.js';
import { documentTypes, renderDocument } from '../src/adapters/documents/render.js';
import { makeReadToken } from '../src/adapters/entra-token.js';
import { makeGraphDirectory } from '../src/adapters/graph-directory.js';
import type { Log } from '../src/adapters/log.js';
import { packageRoot } from '../src/adapters/package-root.js';
import { makeAudit } from '../src/adapters/postgres/audit.js';
import { makeCommitmentStore } from '../src/adapters/postgres/commitments.js';
import { makeConflicts } from '../src/adapters/postgres/conflicts.js';
import { makeCounted } from '../src/adapters/postgres/counted.js';
import type { StorePool } from '../src/adapters/postgres/pool.js';
import { makeRetention } from '../src/adapters/postgres/retention.js';
import { makeReviews } from '../src/adapters/postgres/reviews.js';
import { makeSharing } from '../src/adapters/postgres/sharing.js';
import { drawTimeline } from '../src/adapters/timeline-picture.js';
import type { Config } from '../src/config.js';
import { reviewIdSchema, shareIdSchema } from '../src/core/ids.js';
import type { Knowledge } from '../src/core/knowledge.js';
import type { AnswerQuestion } from '../src/flows/answer-question.js';
import { makeCommitments } from '../src/flows/commitments.js';
import { makeCurate } from '../src/flows/curate.js';
import type { DraftCase } from '../src/flows/draft-case.js';
import { makeGiveOut } from '../src/flows/give-out.js';
import { makeKeepAll } from '../src/flows/keep-all.js';
import { type ListReturned, makeListReturned } from '../src/flows/list-returned.js';
import { makeListReviews } from '../src/flows/list-reviews.js';
import { makeNameConflict } from '../src/flows/name-conflict.js';
import { makeOpenVersion } from '../src/flows/open-version.js';
import type {
  Clock,
  CuratorTasks,
  Directory,
  Notices,
  People,
  Reviews,
  Screenings,
} from '../src/flows/ports.js';
import { makeReadOverview } from '../src/flows/read-overview.js';
import { makeRetain } from '../src/flows/retain.js';
import { makeReviewCase } from '../src/flows/review-case.js';
import { makeShareWithAdvocate } from '../src/flows/share-with-advocate.js';
import { makeSubmitAgain } from '../src/flows/submit-again.js';
import { makeSubmitReview, type SubmitReview } from '../src/flows/submit-review.js';
import { makeChanges } from './tab/changes.js';
import { demoDirectory } from './tab/demo-people.js';
import { type Identity, makeDemoIdentity } from './tab/identify.js';
import { makeTokenIdentity } from './tab/identify-by-token.js';
import { limitRequests } from './tab/limit-requests.js';
import { makePageFiles } from './tab/page-files.js';
import { makeTabRoutes } from './tab/routes.js';
import { refuseRemoteRequest } from './teams/admit.js';
import { botTokenFor } from './teams/channel-auth.js';

/** The part of the composition root that joins the supervisors' review. Over 200 lines, like wire.ts, as it only joins. */

export type WiredTab = {
  readonly addRoutes: (app: Express) => void;
  readonly submitReview: SubmitReview;
  readonly listReturned: ListReturned;
  /** Works out the commitments of every open review anew, until told to stop. */
  readonly keepAll: (isStopped: () => boolean) => Promise<void>;
  readonly rolesOf: Directory['rolesOf'];
  readonly close: () => void;
};

type Shared = {
  readonly config: Config;
  readonly knowledge: Knowledge;
  readonly pool: StorePool;
  readonly screenings: Screenings;
  readonly people: People;
  readonly draft: DraftCase;
  readonly answerQuestion: AnswerQuestion;
  readonly curatorTasks: CuratorTasks;
  readonly notices: Notices;
  /** A review was changed: whoever is to be told of it can be. */
  readonly onSaved: () => void;
  readonly clock: Clock;
  readonly log: Log;
};

export function wireTab(shared: Shared): WiredTab {
  const { config, knowledge, pool, screenings, people, draft, notices, clock, log } = shared;
  const signIn = config.auth.kind === 'anonymous' ? 'demo' : 'teams';
  const changes = makeChanges((error) => log.error('changes-not-told', {}, error));
  const reviews = tellingReviews(makeReviews(pool), () => {
    changes.tell();
    shared.onSaved();
  });
  const audit = makeAudit(pool);
  const conflicts = makeConflicts(pool);
  const { identity, directory } = wirePeople(config.auth, clock, log);
  const parts = { knowledge, reviews, screenings, people, directory, audit, draft, clock };
  const { open, act } = makeReviewCase(parts);
  const giveOut = makeGiveOut({
    ...{ reviews, screenings, audit, draft, clock, drawTimeline, documentTypes },
    openReview: open,
    render: renderDocument,
  });
  const { keepCommitments, ...commitments } = makeCommitments({
    ...{ knowledge, screenings, reviews, notices, people, audit, clock },
    commitments: makeCommitmentStore(pool),
    timings: config.owed,
  });
  const submit = makeSubmitReview({
    ...parts,
    newReviewId: () => reviewIdSchema.parse(randomUUID()),
    digestOf: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const submitReview: SubmitReview = async (...given) => {
    const outcome = await submit(...given);
    // Unchanged as well: the process may have ended between the two. What was sent is sent, whatever comes of this.
    if (outcome.kind === 'submitted' || outcome.kind === 'unchanged')
      await keepCommitments(outcome.id).catch((error: unknown) =>
        log.error('commitments-not-kept', {}, error),
      );
    return outcome;
  };
  const limited = signIn === 'teams' ? limitRequests(identity) : undefined;
  const routes = makeTabRoutes({
    identity: limited?.identity ?? identity,
    flows: {
      ...giveOut,
      sharing: makeShareWithAdvocate({
        ...{ reviews, directory, people, audit, clock },
        sharing: makeSharing(pool),
        newShareId: () => shareIdSchema.parse(randomUUID()),
      }),
      conflicts: makeNameConflict({
        ...{ reviews, conflicts, directory, people, audit, clock },
        onChanged: changes.tell,
      }),
      listReviews: makeListReviews(reviews, audit, clock),
      openReview: open,
      openVersion: makeOpenVersion(parts),
      actOnReview: act,
      submitAgain: makeSubmitAgain(reviews, screenings, submitReview),
      commitments,
      readOverview: makeReadOverview({ counted: makeCounted(pool), audit, clock }),
      listDue: makeRetain({ retention: makeRetention(pool), audit, conflicts, clock }).listDue,
      curate: makeCurate({
        ...{ knowledge, people, audit, clock },
        answerQuestion: shared.answerQuestion,
        tasks: shared.curatorTasks,
        listPaths: () => listPaths(config),
      }),
    },
    ...{ reviews, audit, people, conflicts, changes, clock, log },
  });
  return {
    addRoutes: (app) => {
      if (limited) app.use('/tab/api', limited.limit);
      app.use('/tab/api', routes);
      const page = path.join(packageRoot(), 'dist', 'tab');
      app.use(makePageFiles(page, config.frameAncestors, signIn));
    },
    submitReview,
    listReturned: makeListReturned(reviews, screenings, clock),
    keepAll: makeKeepAll({
      ...{ reviews, keepCommitments, clock },
      onFault: (id, error) => log.error('commitments-not-kept', { reviewId: id }, error),
    }),
    rolesOf: directory.rolesOf,
    close: changes.close,
  };
}

/** Where each passage is written, a force's own among them. */
async function listPaths({ knowledgeDir, localGuidanceDir }: Config) {
  const shipped = knowledgeDir ?? path.join(packageRoot(), 'knowledge');
  const paths = await listArticlePaths(shipped, 'knowledge');
  if (localGuidanceDir === undefined) return paths;
  const local = await listArticlePaths(localGuidanceDir, 'LOCAL_GUIDANCE_DIR');
  return new Map([...paths, ...local]);
}

/** Says so when something was saved. */
function tellingReviews(reviews: Reviews, tell: () => void): Reviews {
  return {
    ...reviews,
    open: async (...given) => {
      const opened = await reviews.open(...given);
      if (opened.kind === 'opened') tell();
      return opened;
    },
    change: async (id, change) => {
      let isSaving = false;
      const result = await reviews.change(id, (review) => {
        const changed = change(review);
        isSaving = changed.save !== undefined;
        return changed;
      });
      if (isSaving) tell();
      return result;
    },
  };
}

function isRemote(request: IncomingMessage): boolean {
  return refuseRemoteRequest(request) !== undefined;
}

/** Who is known and what they may do: made-up people on this machine, or the force's directory. */
function wirePeople(
  auth: Config['auth'],
  clock: Clock,
  log: Log,
): { readonly identity: Identity; readonly directory: Directory } {
  if (auth.kind === 'anonymous')
    return { identity: makeDemoIdentity(isRemote, randomBytes(32)), directory: demoDirectory };
  const { tab, tenantId } = auth;
  const directory = makeGraphDirectory({
    graphUrl: tab.graphUrl,
    token: botTokenFor(auth, tab.graphUrl),
    appId: tab.clientId,
    keptMs: tab.rolesKeptMs,
    onFault: (error) => log.error('directory-not-read', {}, error),
  });
  const readToken = makeReadToken({
    ...tab,
    tenantId,
    clock,
    onFault: (error) => log.error('keys-not-fetched', {}, error),
  });
  return {
    identity: makeTokenIdentity({ readToken, rolesOf: directory.rolesOf, log }),
    directory,
  };
}
