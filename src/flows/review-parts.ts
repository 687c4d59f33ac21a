import type { UserId } from '../core/ids.js';
import type { Review, ReviewEvent } from '../core/review.js';
import { auditNoteOf } from '../core/review-audit.js';
import { type FactsContext, factsOfReview } from '../core/review-facts.js';
import { noticesOfEvent } from '../core/review-notices.js';
import { replayReview } from '../core/review-position.js';
import type { Screening } from '../core/screening.js';
import type { AuditNote, NewNotice, ReviewFacts } from './ports.js';

/** Everybody who did anything in the screenings of a case: no replier is missed, and a pause counts too. */
export function recordersOf(screenings: readonly Screening[]): readonly UserId[] {
  return [...new Set(screenings.flatMap(({ events }) => events.map(({ by }) => by)))];
}

/** Screenings and their events in a case: it only grows, so two that are equal are of the same case at one moment. */
export function sizeOfCase(screenings: readonly Pick<Screening, 'events'>[]): number {
  return screenings.reduce((size, { events }) => size + 1 + events.length, 0);
}

/** All that is saved in one transaction with an event. */
export function saveOf(
  review: Pick<Review, 'id' | 'events'>,
  event: ReviewEvent,
  context: FactsContext,
): {
  readonly event: ReviewEvent;
  readonly facts: ReviewFacts;
  readonly audit: AuditNote;
  readonly notices: readonly NewNotice[];
} {
  const position = replayReview([...review.events, event]);
  return {
    event,
    facts: factsOfReview(position, context),
    audit: auditNoteOf(event.act, position.version),
    notices: noticesOfEvent(review.id, event, position),
  };
}
