import { describe, expect, it } from 'vitest';
import { decideSubmission, type Submission } from '../../src/core/decide-submission.js';
import type { Review } from '../../src/core/review.js';
import { anna, aTime } from '../builders.js';
import {
  aCaseSummary,
  aChangedSummary,
  aFinding,
  aReview,
  aReviewContext,
  digest,
  returned,
  sue,
} from '../review-builders.js';

const { checkWording } = aReviewContext();
const submit = (review: Review | undefined, given: Partial<Submission> = {}) => {
  const summary = given.summary ?? aCaseSummary();
  const submission = { by: anna, digest, summary, onSameDay: summary, ...given };
  return decideSubmission(review, submission, aTime, checkWording);
};
const tomorrow = { ...aCaseSummary(), on: '2026-11-21', tasks: ['1 day since the last act.'] };

describe('submitting a summary', () => {
  it('begins its review, with the author’s note', () => {
    const act = { kind: 'submitted', summary: aCaseSummary(), digest, note: 'All asked.' };
    expect(submit(undefined, { note: 'All asked.' })).toEqual({
      kind: 'saved',
      event: { seq: 1, at: aTime, by: anna, act },
    });
  });

  it.each([
    ['waits', aReview()],
    ['is approved', aReview([[sue, { kind: 'approved' }]])],
  ])('does nothing again while the version that says the same %s', (_, review) => {
    expect(submit(review)).toEqual({ kind: 'unchanged' });
    expect(submit(review, { summary: aChangedSummary('New.') }).kind).toBe('saved');
  });

  it('takes days that passed for no change', () => {
    const later = { summary: tomorrow, onSameDay: aCaseSummary() };
    expect(submit(aReview(), later)).toEqual({ kind: 'unchanged' });
  });

  it('compares with a version that was sent meanwhile on the day of that one', () => {
    const later = { summary: tomorrow, onSameDay: aCaseSummary() };
    expect(submit(aReview([], tomorrow), later)).toEqual({ kind: 'unchanged' });
  });

  it('may send the same again after a return', () => {
    const review = aReview([[sue, returned()]]);
    const act = { kind: 'submitted', summary: aCaseSummary(), digest };
    expect(submit(review)).toEqual({
      kind: 'saved',
      event: { seq: 3, at: aTime, by: anna, act },
    });
  });

  it('stops a note with words that could do harm, or needs its author to be sure', () => {
    const block = { kind: 'blocked', findings: [aFinding('block')] };
    expect(submit(undefined, { note: 'BLOCK', isSure: true })).toEqual(block);
    const warn = { kind: 'warned', findings: [aFinding('warn')] };
    expect(submit(undefined, { note: 'WARN' })).toEqual(warn);
    expect(submit(undefined, { note: 'WARN', isSure: true }).kind).toBe('saved');
  });
});
