import type { CaseSummary, SummaryLine } from './case-summary-schema.js';
import type { UserId } from './ids.js';
import { keyOfIndication, keyOfLine } from './line-keys.js';
import type { LineKey, ReviewAct, ReviewEvent, ReviewState } from './review.js';
import type {
  ReviewDecision,
  ReviewLine,
  ReviewPoint,
  ReviewReturn,
  ReviewVersion,
} from './review-detail.js';
import { isSameLine } from './review-differences.js';
import { reviewPoints } from './review-points.js';

/**
 * Where a review stands, worked out from its events. Once a version is decided nothing but the next version changes
 * anything, whatever the store holds: an act after a decision is passed over.
 */

export type PositionLine = Omit<ReviewLine, 'findings' | 'isUnsafe'> & {
  /** Absent for an indication. */
  readonly line?: SummaryLine;
};

export type ReviewPosition = {
  readonly state: ReviewState;
  readonly version: number;
  /** As submitted, without edits. */
  readonly summary: CaseSummary;
  readonly lines: readonly PositionLine[];
  /** All fifteen, in order. */
  readonly points: readonly ReviewPoint[];
  readonly handedTo?: UserId;
  readonly decision?: ReviewDecision;
  readonly returns: readonly ReviewReturn[];
  readonly versions: readonly ReviewVersion[];
};

type Submitted = Extract<ReviewAct, { kind: 'submitted' }>;
type Done = Pick<ReviewEvent, 'by' | 'at'>;

/** Returns where a review stands after its events, the first of which submits it. */
export function replayReview(events: readonly ReviewEvent[]): ReviewPosition {
  const position = events.reduce<ReviewPosition | undefined>(applyReviewEvent, undefined);
  if (!position) throw new Error('replaying a review: it has no events');
  return position;
}

/** Returns the position after one more event. */
export function applyReviewEvent(
  position: ReviewPosition | undefined,
  { act, by, at }: ReviewEvent,
): ReviewPosition {
  if (act.kind === 'submitted') return submitted(position, act, { by, at });
  if (!position) throw new Error(`replaying a review: it begins with ${act.kind}`);
  return position.state === 'waiting' ? reviewed(position, act, { by, at }) : position;
}

function submitted(
  before: ReviewPosition | undefined,
  { summary, digest, note }: Submitted,
  { by, at }: Done,
): ReviewPosition {
  const version = (before?.version ?? 0) + 1;
  const earlier = before?.decision;
  const isHanded = before?.handedTo !== undefined && before.state !== 'approved';
  return {
    state: 'waiting',
    version,
    summary,
    lines: linesIn(summary).map((line) => carriedOver(line, before)),
    points: reviewPoints.map((text, place) => ({ number: place + 1, text })),
    ...(isHanded ? { handedTo: before.handedTo } : {}),
    returns: [...(before?.returns ?? []), ...(earlier?.kind === 'returned' ? [earlier] : [])],
    versions: [
      ...(before?.versions ?? []).map((one) =>
        one.state === 'waiting' ? { ...one, state: 'superseded' as const } : one,
      ),
      {
        version,
        state: 'waiting',
        submittedAt: at,
        by,
        digest,
        ...(note === undefined ? {} : { note }),
      },
    ],
  };
}

function linesIn(summary: CaseSummary): readonly PositionLine[] {
  const lineIn = (section: PositionLine['section']) => (line: SummaryLine) => ({
    key: keyOfLine(line),
    section,
    drafted: line.text,
    text: line.text,
    status: line.status,
    edits: [],
    line,
  });
  return [
    ...summary.sections.flatMap(({ id, lines }) => lines.map(lineIn(id))),
    ...summary.dropped.map(lineIn('dropped')),
    ...summary.indications.map((one) => ({
      key: keyOfIndication(one),
      section: 'indications' as const,
      drafted: one.text,
      text: one.text,
      edits: [],
    })),
  ];
}

/** What was edited and checked stays with a line that was not redrafted, but for a check of a line that was returned. */
function carriedOver(line: PositionLine, before: ReviewPosition | undefined): PositionLine {
  const old = before?.lines.find(({ key }) => key === line.key);
  if (!old || !isRedraftedAlike(old, line)) return line;
  const { decision } = before ?? {};
  const isReturned = decision?.kind === 'returned' && decision.lines.includes(line.key);
  const check = old.checkedBy && !isReturned ? { checkedBy: old.checkedBy } : {};
  return { ...line, text: old.text, edits: old.edits, ...check };
}

function isRedraftedAlike(old: PositionLine, line: PositionLine): boolean {
  return old.line && line.line ? isSameLine(old.line, line.line) : old.drafted === line.drafted;
}

function reviewed(
  position: ReviewPosition,
  act: Exclude<ReviewAct, Submitted>,
  done: Done,
): ReviewPosition {
  switch (act.kind) {
    case 'line-checked':
      return withLine(position, act.line, ({ checkedBy: _, ...line }) =>
        act.isChecked ? { ...line, checkedBy: done } : line,
      );
    case 'line-edited':
      // A check belongs to the words that were checked.
      return withLine(position, act.line, ({ checkedBy: _, ...line }) => ({
        ...line,
        text: act.text,
        edits: [...line.edits, { ...done, old: line.text, new: act.text, why: act.why }],
      }));
    case 'point-answered': {
      const { point: number, answer, reason } = act;
      const given = { answer, ...(reason === undefined ? {} : { reason }), ...done };
      return {
        ...position,
        points: position.points.map((point) =>
          point.number === number ? { number, text: point.text, ...given } : point,
        ),
      };
    }
    case 'handed':
      return { ...position, handedTo: act.to };
    case 'returned':
    case 'approved':
      return decided(position, { ...act, ...done, version: position.version });
    default:
      return act satisfies never;
  }
}

function withLine(
  position: ReviewPosition,
  key: LineKey,
  change: (line: PositionLine) => PositionLine,
): ReviewPosition {
  const lines = position.lines.map((line) => (line.key === key ? change(line) : line));
  return { ...position, lines };
}

function decided(position: ReviewPosition, decision: ReviewDecision): ReviewPosition {
  const state = decision.kind;
  const versions = position.versions.map((one) =>
    one.version === position.version ? { ...one, state } : one,
  );
  return { ...position, state, decision, versions };
}
