import type { CaseSummary, SummaryLine } from '../src/core/case-summary-schema.js';
import { decideReview, type ReviewContext } from '../src/core/decide-review.js';
import {
  caseIdSchema,
  reviewIdSchema,
  screeningIdSchema,
  shareIdSchema,
  type UserId,
  userIdSchema,
} from '../src/core/ids.js';
import type { Review, ReviewAct, ReviewEvent } from '../src/core/review.js';
import type { ReviewMove } from '../src/core/review-detail.js';
import type { Share } from '../src/core/sharing.js';
import { anna, aTime, ben, questionId, today } from './builders.js';

/** Anna wrote the case. Sue and Tom are supervisors; Ben recorded some of the case and is one as well. */
export const sue: UserId = userIdSchema.parse('sue');
export const tom: UserId = userIdSchema.parse('tom');
/** An advocate. */
export const zoe: UserId = userIdSchema.parse('zoe');

export const screeningId = screeningIdSchema.parse('00000000-0000-4000-8000-000000000001');
export const lineKey = (question: string) => `${screeningId} ${question}`;

export function aLine(question: string, given: Partial<SummaryLine> = {}): SummaryLine {
  return {
    text: `${question} was answered.`,
    status: 'answered',
    from: {
      screening: screeningId,
      question: questionId(question),
      ask: `${question}?`,
      saidBy: 'caller',
      said: 'Yes',
      by: anna,
      at: aTime,
      replaced: [],
    },
    cites: [],
    ...given,
  };
}

/** Three lines, of S1, S3 and S9, and an indication that rests on the second. */
export function aCaseSummary(given: Partial<CaseSummary> = {}): CaseSummary {
  return {
    schemaVersion: 1,
    caseRef: 'SP-4K7Q-2M',
    on: today,
    knowledgeVersion: 'abc123',
    people: [{ id: anna, name: 'PC Anna Example' }],
    screenings: [],
    incomplete: [],
    notes: [],
    flags: [],
    sections: [
      { id: 'S1', title: 'Safety now', lines: [aLine('FC01')] },
      { id: 'S3', title: 'What is reported', lines: [aLine('SI01')] },
      { id: 'S9', title: 'Matters for the supervisor only', lines: [aLine('SI12')] },
    ],
    dropped: [],
    indications: [
      {
        screening: screeningId,
        id: 'I-1',
        text: 'What is described could amount to a course of conduct.',
        rests: [questionId('SI01')],
        cites: [],
      },
    ],
    endings: [],
    tasks: [],
    ...given,
  };
}

/** The same with other words in the line of S1. */
export function aChangedSummary(text: string): CaseSummary {
  const { sections, ...rest } = aCaseSummary();
  const [, ...others] = sections;
  const lines = [aLine('FC01', { text })];
  return { ...rest, sections: [{ id: 'S1', title: 'Safety now', lines }, ...others] };
}

export const digest = 'a'.repeat(64);

export function submitted(summary = aCaseSummary(), note?: string): ReviewAct {
  return { kind: 'submitted', summary, digest, ...(note === undefined ? {} : { note }) };
}

export function returned(...lines: readonly string[]): ReviewMove['act'] {
  return { kind: 'returned', codes: ['effect-not-asked'], note: 'Ask both.', lines: [...lines] };
}

/** Anna's submission and then what others did, numbered from 1. */
export function aReview(
  acts: readonly (readonly [UserId, ReviewAct])[] = [],
  summary = aCaseSummary(),
): Review {
  const all: readonly (readonly [UserId, ReviewAct])[] = [[anna, submitted(summary)], ...acts];
  return {
    id: reviewIdSchema.parse('00000000-0000-4000-8000-00000000000a'),
    caseId: caseIdSchema.parse('00000000-0000-4000-8000-000000000002'),
    caseRef: 'SP-4K7Q-2M',
    people: [anna, ben],
    barred: [],
    shares: [],
    events: all.map(([by, act], place): ReviewEvent => ({ seq: place + 1, at: aTime, by, act })),
  };
}

/** With Zoe, on all there is to agree to. */
export function aShare(given: Partial<Share> = {}): Share {
  return {
    id: shareIdSchema.parse('00000000-0000-4000-8000-0000000000d1'),
    with: zoe,
    by: anna,
    at: aTime,
    agreement: { on: today, way: 'by-phone', parts: ['plan', 'account', 'indicators'] },
    ...given,
  };
}

/** Every point ticked by Sue. */
export const allPoints = Array.from({ length: 15 }, (_, place): readonly [UserId, ReviewAct] => [
  sue,
  { kind: 'point-answered', point: place + 1, answer: 'yes' },
]);

/** Sue's view of a case that has not changed; `BLOCK` and `WARN` are the words that are found. */
export function aReviewContext(given: Partial<ReviewContext> = {}): ReviewContext {
  return {
    by: sue,
    current: aCaseSummary(),
    recorders: [anna, ben],
    supervisors: [sue, tom, ben],
    checkWording: (text) =>
      (['block', 'warn'] as const).flatMap((level) =>
        text.includes(level.toUpperCase()) ? [aFinding(level)] : [],
      ),
    ...given,
  };
}

export function aFinding(level: 'block' | 'warn') {
  const phrase = level.toUpperCase();
  return { phrase, level, reason: 'It does harm.', cites: [], better: 'Please keep everything.' };
}

/** What becomes of an act by somebody who has seen all of the review. */
export function decideAct(
  review: Review,
  act: ReviewMove['act'],
  context: Partial<ReviewContext> = {},
  move: Partial<ReviewMove> = {},
) {
  const seen = review.events.length;
  return decideReview(review, { seen, act, ...move }, aTime, aReviewContext(context));
}
