import type { CaseSummary } from './case-summary-schema.js';
import type { UserId } from './ids.js';
import type { Review, ReviewAct, ReviewEvent } from './review.js';
import type { Difference, ReviewDecision, ReviewMove, WordingFinding } from './review-detail.js';
import { differencesBetween, differencesOfLines } from './review-differences.js';
import { type ReviewPosition, replayReview } from './review-position.js';
import type { CheckWording } from './review-wording.js';

/**
 * What becomes of a supervisor's act. An act is measured against what its maker had seen: whatever else happened to the
 * same line or point since stops it, and an approval is stopped by anything at all, in the review or in the case.
 */

export type ReviewContext = {
  readonly by: UserId;
  /** The summary as the case stands now, drawn up for the day of the one that is reviewed. */
  readonly current: CaseSummary;
  /** Everybody who recorded a reply in the case. */
  readonly recorders: readonly UserId[];
  /** To whom a review can be handed. */
  readonly supervisors: readonly UserId[];
  readonly checkWording: CheckWording;
};

export type ReviewOutcome =
  | {
      readonly kind: 'saved';
      readonly event: ReviewEvent;
      /** About words that were saved because somebody was sure of them. */
      readonly warnings: readonly WordingFinding[];
    }
  /** They recorded or submitted some of it: they may hand it on, no more. */
  | { readonly kind: 'own-case' }
  | { readonly kind: 'already-decided'; readonly decision: ReviewDecision }
  /** Something else was done since to the same line or point, or it is not there. */
  | { readonly kind: 'stale' }
  /** The text is not the one that was seen, or the case now says something else. */
  | { readonly kind: 'changed-since'; readonly differences: readonly Difference[] }
  | { readonly kind: 'not-a-supervisor' }
  | { readonly kind: 'blocked'; readonly findings: readonly WordingFinding[] }
  /** May be saved by the same move with `isSure`. */
  | { readonly kind: 'warned'; readonly findings: readonly WordingFinding[] }
  /** Points without an answer, by number. */
  | { readonly kind: 'points-open'; readonly points: readonly number[] };

type SupervisorAct = ReviewMove['act'];

/** Returns the event to save, or why there is none. `now` is in UTC, ISO 8601. */
export function decideReview(
  review: Review,
  move: ReviewMove,
  now: string,
  context: ReviewContext,
): ReviewOutcome {
  const { act } = move;
  const position = replayReview(review.events);
  if (act.kind !== 'handed' && isOwnCase(review, context)) return { kind: 'own-case' };
  if (position.decision) return { kind: 'already-decided', decision: position.decision };
  const refusal = overtaken(review, move, position) ?? notThere(act, review, position, context);
  if (refusal) return refusal;
  const findings = wordsOf(act).flatMap(context.checkWording);
  if (findings.some(({ level }) => level === 'block')) return { kind: 'blocked', findings };
  if (findings.length > 0 && !move.isSure) return { kind: 'warned', findings };
  const stop = act.kind === 'approved' ? notReady(position, context) : undefined;
  if (stop) return stop;
  const event = { seq: review.events.length + 1, at: now, by: context.by, act };
  return { kind: 'saved', event, warnings: findings };
}

/** True when this person recorded a reply in the case or submitted any version of it. */
export function isOwnCase(
  { events }: Pick<Review, 'events'>,
  { by, recorders }: Pick<ReviewContext, 'by' | 'recorders'>,
): boolean {
  return (
    recorders.includes(by) ||
    events.some((event) => event.act.kind === 'submitted' && event.by === by)
  );
}

/** Whether something happened between what was seen and now that the act would pass over. */
function overtaken(
  { events }: Review,
  { seen, act }: ReviewMove,
  position: ReviewPosition,
): ReviewOutcome | undefined {
  if (seen > events.length) return { kind: 'stale' };
  const since = events.slice(seen);
  if (since.length === 0) return undefined;
  if (isDecision(act) || since.some((event) => event.act.kind === 'submitted')) {
    const before = replayReview(events.slice(0, seen));
    const differences = [
      ...differencesBetween(before.summary, position.summary).filter(({ part }) => part !== 'line'),
      ...differencesOfLines(before.lines, position.lines),
    ];
    return differences.length > 0 ? { kind: 'changed-since', differences } : { kind: 'stale' };
  }
  return since.some((event) => isAboutSame(event.act, act)) ? { kind: 'stale' } : undefined;
}

function isDecision(act: SupervisorAct): boolean {
  return act.kind === 'returned' || act.kind === 'approved';
}

function isAboutSame(earlier: ReviewAct, act: SupervisorAct): boolean {
  if ('line' in act) return 'line' in earlier && earlier.line === act.line;
  if (act.kind === 'point-answered') {
    return earlier.kind === act.kind && earlier.point === act.point;
  }
  return earlier.kind === act.kind;
}

/** Whether the act names a line or a person that it cannot be about. */
function notThere(
  act: SupervisorAct,
  { barred }: Pick<Review, 'barred'>,
  { lines }: ReviewPosition,
  { supervisors }: ReviewContext,
): ReviewOutcome | undefined {
  if (act.kind === 'handed') {
    return supervisors.includes(act.to) && !barred.includes(act.to)
      ? undefined
      : { kind: 'not-a-supervisor' };
  }
  const named = 'line' in act ? [act.line] : act.kind === 'returned' ? act.lines : [];
  const isThere = (key: string) => lines.some((line) => line.key === key);
  return named.every(isThere) ? undefined : { kind: 'stale' };
}

/** What stands in the way of an approval when nothing else does. */
function notReady(position: ReviewPosition, { current }: ReviewContext): ReviewOutcome | undefined {
  const differences = differencesBetween(position.summary, current);
  if (differences.length > 0) return { kind: 'changed-since', differences };
  const points = position.points.flatMap(({ number, answer }) => (answer ? [] : [number]));
  return points.length > 0 ? { kind: 'points-open', points } : undefined;
}

/** The words somebody adds with an act. */
function wordsOf(act: SupervisorAct): readonly string[] {
  switch (act.kind) {
    case 'line-checked':
      return [];
    case 'line-edited':
      return [act.text, act.why];
    case 'point-answered':
      return act.reason === undefined ? [] : [act.reason];
    case 'handed':
      return act.why === undefined ? [] : [act.why];
    case 'returned':
      return [act.note];
    case 'approved':
      return act.note === undefined ? [] : [act.note];
    default:
      return act satisfies never;
  }
}
