import type { CaseSummary } from './case-summary-schema.js';
import type { UserId } from './ids.js';
import type { Review, ReviewEvent } from './review.js';
import type { WordingFinding } from './review-detail.js';
import { differencesBetween } from './review-differences.js';
import { replayReview } from './review-position.js';
import type { CheckWording } from './review-wording.js';

export type Submission = {
  readonly by: UserId;
  /** SHA-256 of the summary in hex. */
  readonly digest: string;
  readonly summary: CaseSummary;
  /** The same case drawn up for the day of the version that stands, so that days that passed are no difference. */
  readonly onSameDay: CaseSummary;
  readonly note?: string;
  readonly isSure?: boolean;
};

export type SubmissionOutcome =
  | { readonly kind: 'saved'; readonly event: ReviewEvent }
  /** The version that waits, or was approved, says the same. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'blocked' | 'warned'; readonly findings: readonly WordingFinding[] };

/** Returns the event that submits a case's summary as its next version, or why there is none; `review` is the one so far. */
export function decideSubmission(
  review: Pick<Review, 'events'> | undefined,
  { by, digest, summary, onSameDay, note, isSure }: Submission,
  now: string,
  checkWording: CheckWording,
): SubmissionOutcome {
  const findings = note === undefined ? [] : checkWording(note);
  if (findings.some(({ level }) => level === 'block')) return { kind: 'blocked', findings };
  if (findings.length > 0 && !isSure) return { kind: 'warned', findings };
  const seq = (review?.events.length ?? 0) + 1;
  const act = { kind: 'submitted' as const, summary, digest, ...(note ? { note } : {}) };
  const saved = { kind: 'saved' as const, event: { seq, at: now, by, act } };
  if (!review) return saved;
  const standing = replayReview(review.events);
  // After a return the same text may be sent again: the author's note may be the answer to it.
  const mayRepeat = standing.state === 'returned';
  const same = [summary, onSameDay].find(({ on }) => on === standing.summary.on) ?? summary;
  return mayRepeat || differencesBetween(standing.summary, same).length > 0
    ? saved
    : { kind: 'unchanged' };
}
