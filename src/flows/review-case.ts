import { dayOf } from '../core/days.js';
import { decideReview, type ReviewOutcome } from '../core/decide-review.js';
import type { ReviewId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import { makeQuoteForCite } from '../core/quote-for-cite.js';
import type { Review } from '../core/review.js';
import type { Difference, ReviewDetail, ReviewMove } from '../core/review-detail.js';
import { replayReview } from '../core/review-position.js';
import { makeCheckWording } from '../core/review-wording.js';
import type { Action, User } from '../core/roles.js';
import { peopleOf, showReview } from '../core/show-review.js';
import { makeAdmit } from './admit.js';
import type { DraftCase } from './draft-case.js';
import type { Audit, Clock, Directory, People, Reviews, Screenings } from './ports.js';
import { recordersOf, saveOf, sizeOfCase } from './review-parts.js';

type Overtaken = 'stale' | 'already-decided' | 'changed-since';

export type ReviewAnswer =
  | {
      readonly kind: 'saved';
      readonly detail: ReviewDetail;
      readonly warnings: Extract<ReviewOutcome, { kind: 'saved' }>['warnings'];
    }
  /** Nothing was saved; `detail` is how it stands now, `differences` are empty unless the text changed. */
  | {
      readonly kind: Overtaken;
      readonly differences: readonly Difference[];
      readonly detail: ReviewDetail;
    }
  | Exclude<ReviewOutcome, { kind: 'saved' | Overtaken }>
  /** There is no such review, or their roles do not let them. */
  | { readonly kind: 'not-allowed' };

export type ReviewCase = {
  /** The review as this person may see it, recorded as read; undefined, and recorded too, when they may not. */
  readonly open: (id: ReviewId, user: User) => Promise<ReviewDetail | undefined>;
  readonly act: (id: ReviewId, user: User, move: ReviewMove) => Promise<ReviewAnswer>;
};

/** What the flows of a review work with. */
export type ReviewParts = {
  readonly knowledge: Knowledge;
  readonly reviews: Reviews;
  readonly screenings: Screenings;
  readonly people: People;
  readonly directory: Directory;
  readonly audit: Audit;
  readonly draft: DraftCase;
  readonly clock: Clock;
};

const actionOf: Readonly<Record<ReviewMove['act']['kind'], Action>> = {
  'line-checked': 'edit-line',
  'line-edited': 'edit-line',
  'point-answered': 'edit-line',
  handed: 'hand-review',
  returned: 'decide-review',
  approved: 'decide-review',
};

/** Opens reviews and carries out what supervisors do in them. */
export function makeReviewCase(parts: ReviewParts): ReviewCase {
  const { knowledge, reviews, clock, directory } = parts;
  const checkWording = makeCheckWording(knowledge);
  const quoteForCite = makeQuoteForCite(knowledge.passages.values());

  const { admit, record } = makeAdmit(parts);

  const show = async (review: Review, user: User) =>
    showReview(review, user, {
      today: dayOf(clock()),
      ...(await around(parts, review)),
      checkWording,
      quoteOf: ({ source, locator }) =>
        quoteForCite({ source: source.id, locator }, dayOf(clock())),
    });

  return {
    open: async (id, user) => {
      const review = await admit(id, user, 'read-review');
      if (!review) return undefined;
      const detail = await show(review, user);
      await record(user, 'review-read', review, {
        ...{ version: detail.version, seen: detail.seen },
        ...(detail.shared ? { share: detail.shared.id } : {}),
      });
      return detail;
    },
    act: async (id, user, move) => {
      const action = actionOf[move.act.kind];
      const found = await admit(id, user, action);
      if (!found) return { kind: 'not-allowed' };
      const outcome = await actOn(found, user, move);
      const review = await reviews.find(id);
      if (!review) throw new Error(`acting on review ${id}: it is gone`);
      if (outcome.kind === 'own-case') {
        const detail = { action, why: 'own-case' };
        await record(user, 'access-refused', review, detail);
      }
      return answerTo(outcome, () => show(review, user));
    },
  };

  /** Decided on the case as it then is: an approval is saved only while nothing was added to it. */
  async function actOn(found: Review, user: User, move: ReviewMove): Promise<ReviewOutcome> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { supervisors, timeline, caseSeen, ...known } = await around(parts, found);
      const author = replayReview(found.events).versions.at(-1)?.by;
      const team = author === undefined ? null : await directory.teamOf(author);
      const context = {
        ...known,
        by: user.id,
        supervisors: supervisors.map((one) => one.id),
        checkWording,
      };
      const outcome = await reviews.change<ReviewOutcome>(found.id, (review) => {
        const result = decideReview(review, move, clock().toISOString(), context);
        if (result.kind !== 'saved') return { result };
        const names = new Map([...known.names, [user.id, user.name] as const]);
        const save = saveOf(review, result.event, { names, team, timeline });
        return { save: move.act.kind === 'approved' ? { ...save, caseSeen } : save, result };
      });
      if (!outcome) throw new Error(`acting on review ${found.id}: it is gone`);
      if (outcome !== 'case-moved') return outcome;
    }
    throw new Error(`acting on review ${found.id}: its case moved ${mostTries} times`);
  }
}

/** A case is added to every few seconds at most, and an approval takes far less. */
const mostTries = 10;

/** What stands about a review: the case as it is now, and the people in it. */
async function around({ screenings, people, directory, draft }: ReviewParts, review: Review) {
  const all = await screenings.listCase(review.caseId);
  const { summary } = replayReview(review.events);
  const { summary: current, timeline } = await draft(all, summary.on, []);
  const recorders = recordersOf(all);
  const supervisors = await directory.listSupervisors();
  const names = new Map([
    ...supervisors.map(({ id, name }) => [id, name] as const),
    ...(await people.namesOf(peopleOf(review, recorders))),
  ]);
  return { current, timeline, recorders, supervisors, names, caseSeen: sizeOfCase(all) };
}

async function answerTo(
  outcome: ReviewOutcome,
  show: () => Promise<ReviewDetail>,
): Promise<ReviewAnswer> {
  switch (outcome.kind) {
    case 'saved':
      return { kind: 'saved', detail: await show(), warnings: outcome.warnings };
    case 'changed-since':
      return { ...outcome, detail: await show() };
    case 'stale':
    case 'already-decided':
      return { kind: outcome.kind, differences: [], detail: await show() };
    default:
      return outcome;
  }
}
