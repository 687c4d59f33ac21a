import type { UserId } from './ids.js';
import type { ReviewRow } from './review-list.js';
import { reviewPhrases } from './review-phrases.js';
import type { ReviewPosition } from './review-position.js';
import type { TimelineFacts } from './timeline-facts.js';

/** What the facts of the queue need beside the review. */
export type FactsContext = {
  readonly names: ReadonlyMap<UserId, string>;
  /** The author's. */
  readonly team: string | null;
  /** Absent when the case has no timeline. */
  readonly timeline: TimelineFacts | undefined;
};

/** Returns what the queue is listed by. */
export function factsOfReview(
  { state, version, summary, versions, decision, handedTo }: ReviewPosition,
  { names, team, timeline }: FactsContext,
): Omit<ReviewRow, 'id' | 'caseRef'> {
  const newest = versions.at(-1);
  if (!newest) throw new Error('listing a review: it has no version');
  const nameOf = (id: UserId) => names.get(id) ?? reviewPhrases.unnamed;
  const flagged = (level: string) => summary.flags.filter((flag) => flag.level === level).length;
  return {
    state,
    version,
    submittedAt: newest.submittedAt,
    decidedAt: decision?.at ?? null,
    author: nameOf(newest.by),
    handedTo: handedTo === undefined ? null : nameOf(handedTo),
    handedToId: handedTo ?? null,
    team,
    scripts: [...new Set(summary.screenings.map(({ script }) => script))],
    red: flagged('red'),
    amber: flagged('amber'),
    isIncomplete: summary.incomplete.length > 0,
    checkDate: timeline?.checkDate?.day ?? null,
    orderEnds: nextOrderEnd(timeline),
  };
}

function nextOrderEnd(timeline: TimelineFacts | undefined): string | null {
  const days = (timeline?.coming ?? []).flatMap(({ what, when, daysLeft = -1 }) =>
    what === 'order-ends' && when && daysLeft >= 0 ? [when.day] : [],
  );
  return days.toSorted()[0] ?? null;
}
