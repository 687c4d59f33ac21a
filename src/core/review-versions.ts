import type { Review, ReviewEvent } from './review.js';
import type { ReviewDetail } from './review-detail.js';
import { differencesOfVersions } from './review-differences.js';
import { type ReviewPosition, replayReview } from './review-position.js';

/** The versions of a review beside one another: what changed from one to the next, and how an earlier one stood. */

/**
 * Returns what the version that stands, as it was sent, says that the one last decided on did not; undefined when
 * nothing was decided before it. What was done in this version since it was sent is no part of it.
 */
export function sinceDecision(events: readonly ReviewEvent[]): ReviewDetail['since'] {
  const sends = events.flatMap(({ act }, place) => (act.kind === 'submitted' ? [place] : []));
  const standing = sends.at(-1);
  if (standing === undefined) return undefined;
  const before = sends
    .slice(1)
    .map((place) => replayReview(events.slice(0, place)))
    .findLast(({ decision }) => decision);
  if (!before?.decision) return undefined;
  const after = replayReview(events.slice(0, standing + 1));
  return {
    version: before.version,
    on: before.summary.on,
    decision: before.decision,
    differences: [...differencesOfVersions(before, after)],
  };
}

/** Returns a review as it stood when a version was left behind for the next; undefined when it was not, or never was. */
export function atVersion(review: Review, version: number): Review | undefined {
  const sends = review.events.flatMap(({ act }, place) =>
    act.kind === 'submitted' ? [place] : [],
  );
  const next = version >= 1 ? sends[version] : undefined;
  return next === undefined ? undefined : { ...review, events: review.events.slice(0, next) };
}

/** Returns an earlier version to be read and nothing else: nothing may be done in it, and it is measured against nothing. */
export function toReadOnly(detail: ReviewDetail, standing: ReviewPosition): ReviewDetail {
  const { differences: _, handedTo: __, ...rest } = detail;
  const may = Object.fromEntries(
    Object.keys(detail.may).map((name) => [name, false]),
  ) as ReviewDetail['may'];
  return {
    ...rest,
    may: { ...may, history: detail.may.history },
    supervisors: [],
    versions: standing.versions.slice(0, detail.version),
    newest: standing.version,
  };
}
