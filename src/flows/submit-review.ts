import { canonicalJson } from '../core/canonical-json.js';
import { conflictOfInterest } from '../core/conflicts.js';
import { dayOf } from '../core/days.js';
import { decideSubmission, type SubmissionOutcome } from '../core/decide-submission.js';
import type { ReviewId, ScreeningId } from '../core/ids.js';
import type { Review, ReviewEvent } from '../core/review.js';
import type { FactsContext } from '../core/review-facts.js';
import { replayReview } from '../core/review-position.js';
import { makeCheckWording } from '../core/review-wording.js';
import { mayDo, type User } from '../core/roles.js';
import type { Screening } from '../core/screening.js';
import type { DraftedSummary } from './draft-case.js';
import type { ReviewParts } from './review-case.js';
import { saveOf } from './review-parts.js';

export type SubmitReview = (
  screening: ScreeningId,
  user: User,
  given?: { readonly note?: string; readonly isSure?: boolean },
) => Promise<
  | { readonly kind: 'submitted' | 'unchanged'; readonly id: ReviewId }
  | Extract<SubmissionOutcome, { kind: 'blocked' | 'warned' }>
  /** They may not work on the case, there is none, or their roles do not let them. */
  | { readonly kind: 'not-allowed' }
>;

type Parts = ReviewParts & {
  readonly newReviewId: () => ReviewId;
  /** SHA-256 in hex. */
  readonly digestOf: (text: string) => string;
};

/** Sends the summary of a screening's case to the supervisors; again when it was returned or the case has changed. */
export function makeSubmitReview(parts: Parts): SubmitReview {
  const { reviews, screenings, audit, clock } = parts;
  const checkWording = makeCheckWording(parts.knowledge);
  return async (screeningId, user, given = {}) => {
    const now = clock().toISOString();
    const screening = await screenings.find(screeningId);
    const isOnCase = screening?.people.includes(user.id) ?? false;
    const isBarred = screening?.barred.includes(user.id) ?? false;
    if (
      !screening ||
      !isOnCase ||
      !mayDo(user.roles, 'submit-review', { isOnCase, isShared: false, isBarred })
    ) {
      const why = isOnCase ? 'role' : 'not-their-case';
      const detail = { action: 'submit-review', why: isBarred ? conflictOfInterest : why };
      const caseId = screening?.caseId ?? null;
      await audit.record({ at: now, by: user.id, what: 'access-refused', caseId, detail });
      return { kind: 'not-allowed' };
    }
    const { caseId, caseRef } = screening;
    const before = await reviews.findOfCase(caseId);
    const { submission, facts } = await prepare(parts, screening, before, user, given);
    const decide = (review?: Review) => decideSubmission(review, submission, now, checkWording);
    const first = decide(before);
    if (first.kind === 'blocked' || first.kind === 'warned') return first;
    const opened =
      before || first.kind !== 'saved'
        ? undefined
        : await openReview(parts, { id: parts.newReviewId(), caseId, caseRef }, first.event, facts);
    if (opened?.kind === 'opened') return { kind: 'submitted', id: opened.id };
    // Somebody else may have opened it a moment before; then this is the next version, or says the same.
    const id = before?.id ?? opened?.id;
    const outcome =
      id &&
      (await reviews.change<SubmissionOutcome>(id, (review) => {
        const result = decide(review);
        if (result.kind !== 'saved') return { result };
        return { save: saveOf(review, result.event, facts), result };
      }));
    if (!id || !outcome || outcome === 'case-moved')
      throw new Error(`submitting case ${caseId}: its review is gone`);
    if (outcome.kind === 'blocked' || outcome.kind === 'warned') return outcome;
    return { kind: outcome.kind === 'saved' ? 'submitted' : 'unchanged', id };
  };
}

function openReview(
  { reviews }: Parts,
  opening: Omit<Review, 'events' | 'people' | 'barred' | 'shares'>,
  event: ReviewEvent,
  context: FactsContext,
) {
  const { facts, audit, notices } = saveOf({ id: opening.id, events: [] }, event, context);
  return reviews.open(opening, event, facts, audit, notices);
}

/** Drafts the case for today and for the day of the version that stands, with what the queue shows. */
async function prepare(
  { screenings, people, directory, draft, clock, digestOf }: Parts,
  { caseId }: Screening,
  before: Review | undefined,
  user: User,
  given: { readonly note?: string; readonly isSure?: boolean },
) {
  const all = await screenings.listCase(caseId);
  const drafted: DraftedSummary = await draft(all, dayOf(clock()), [user.id]);
  const standing = before && replayReview(before.events);
  const onSameDay = standing ? (await draft(all, standing.summary.on, [])).summary : undefined;
  const { summary, timeline } = drafted;
  const handed = standing?.handedTo === undefined ? [] : [standing.handedTo];
  const names = new Map([...(await people.namesOf(handed)), [user.id, user.name] as const]);
  return {
    submission: {
      by: user.id,
      summary,
      onSameDay: onSameDay ?? summary,
      digest: digestOf(canonicalJson(summary)),
      ...given,
    },
    facts: { names, team: await directory.teamOf(user.id), timeline },
  };
}
