import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideReview } from '../../src/core/decide-review.js';
import { decideSubmission } from '../../src/core/decide-submission.js';
import { type Review, type ReviewEvent, returnCodeSchema } from '../../src/core/review.js';
import type { ReviewMove } from '../../src/core/review-detail.js';
import { applyReviewEvent, replayReview } from '../../src/core/review-position.js';
import { anna, aTime, ben } from '../builders.js';
import {
  aChangedSummary,
  allPoints,
  aReview,
  aReviewContext,
  digest,
  lineKey,
  sue,
  tom,
} from '../review-builders.js';

/** What holds of every review, whatever four people do to it on new pages and old while the case changes or does not. */

type Act = ReviewMove['act'];
type Deed =
  | { readonly kind: 'submit'; readonly text: string }
  | { readonly kind: 'change'; readonly text: string }
  | { readonly kind: 'tick-all' }
  | { readonly kind: 'act'; readonly by: number; readonly behind: number; readonly act: Act };

const people = [sue, tom, ben, anna];
const texts = fc.constantFrom('Door locked.', 'Door open.', 'A WARN word.', 'A BLOCK word.');
const lines = fc.constantFrom('FC01', 'SI01', 'I-1', 'FC99').map(lineKey);
const codes = fc.constantFrom(...returnCodeSchema.options).map((code) => [code]);
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('line-checked' as const), line: lines, isChecked: fc.boolean() }),
  fc.record({ kind: fc.constant('line-edited' as const), line: lines, text: texts, why: texts }),
  fc.record({
    kind: fc.constant('point-answered' as const),
    point: fc.integer({ min: 1, max: 15 }),
    answer: fc.constantFrom('yes', 'no'),
    reason: texts,
  }),
  fc.record({ kind: fc.constant('handed' as const), to: fc.constantFrom(...people) }),
  fc.record({
    kind: fc.constant('returned' as const),
    codes,
    note: texts,
    lines: fc.array(lines, { maxLength: 2 }),
  }),
  fc.constant({ kind: 'approved' as const }),
);
const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('submit' as const), text: texts }),
    fc.record({ kind: fc.constant('change' as const), text: texts }),
    fc.constant({ kind: 'tick-all' as const }),
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('act' as const),
        by: fc.nat(3),
        behind: fc.constantFrom(0, 0, 0, 1, 2, 5),
        act: acts,
      }),
    },
  ),
  { maxLength: 40 },
);

/** Every review there was, one for each event saved, with what the case said when it was saved. */
function walk(
  done: readonly Deed[],
): readonly { readonly review: Review; readonly said: string }[] {
  let said = 'Door locked.';
  let review = aReview([], aChangedSummary(said));
  const all = [{ review, said }];
  const save = (event: ReviewEvent) => {
    review = { ...review, events: [...review.events, event] };
    all.push({ review, said });
  };
  const act = (by: number, behind: number, given: Act) => {
    const context = aReviewContext({ by: people[by] ?? sue, current: aChangedSummary(said) });
    const seen = Math.max(1, review.events.length - behind);
    const outcome = decideReview(review, { seen, act: given, isSure: true }, aTime, context);
    if (outcome.kind === 'saved') save(outcome.event);
  };
  for (const deed of done) {
    if (deed.kind === 'change') said = deed.text;
    else if (deed.kind === 'act') act(deed.by, deed.behind, deed.act);
    else if (deed.kind === 'tick-all') for (const [, point] of allPoints) act(0, 0, point as Act);
    else {
      said = deed.text;
      const summary = aChangedSummary(said);
      const submission = { by: anna, digest, summary, onSameDay: summary };
      const outcome = decideSubmission(review, submission, aTime, () => []);
      if (outcome.kind === 'saved') save(outcome.event);
    }
  }
  return all;
}

const last = <Of>(all: readonly Of[]): Of => {
  const one = all.at(-1);
  if (one === undefined) throw new Error('a walk has a review');
  return one;
};

describe('every review', () => {
  it('is the same replayed whole as after each event in turn', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        for (const { review } of walk(done)) {
          const before = review.events.slice(0, -1);
          const position = before.length > 0 ? replayReview(before) : undefined;
          const stepped = applyReviewEvent(position, last(review.events));
          expect(stepped).toEqual(replayReview(review.events));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has at most one decision a version, by nobody of the case, and numbers without a gap', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const { events } = last(walk(done)).review;
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place + 1));
        const kinds = events.map(({ act }) => act.kind).join(' ');
        expect(kinds).not.toMatch(/(?:returned|approved) (?!submitted)/);
        const deciding = events.filter(({ act }) => /returned|approved/.test(act.kind));
        expect(deciding.filter(({ by }) => by !== sue && by !== tom)).toEqual([]);
      }),
    );
  });

  it('approves only what the case said at that moment, every point answered', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        for (const { review, said } of walk(done)) {
          if (last(review.events).act.kind !== 'approved') continue;
          const { lines, points } = replayReview(review.events);
          expect(lines[0]?.drafted).toBe(said);
          expect(points.filter(({ answer }) => !answer)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never changes an approved version: only the next one follows it', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const all = walk(done);
        all.forEach(({ review }, place) => {
          if (last(review.events).act.kind !== 'approved') return;
          const approved = replayReview(review.events);
          const next = all[place + 1]?.review.events.at(-1);
          expect(next?.act.kind ?? 'submitted').toBe('submitted');
          const end = replayReview(last(all).review.events);
          expect(end.versions.slice(0, approved.version)).toEqual(approved.versions);
          if (next) return;
          const forced = { seq: 99, at: aTime, by: tom, act: { kind: 'approved' as const } };
          expect(replayReview([...review.events, forced])).toEqual(approved);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('does come to approvals, returns and refusals in these walks', () => {
    const all = fc.sample(deeds, { numRuns: 500, seed: 4 }).map((done) => last(walk(done)).review);
    const kinds = new Set(all.flatMap(({ events }) => events.map(({ act }) => act.kind)));
    expect([...kinds].toSorted()).toEqual([
      ...['approved', 'handed', 'line-checked', 'line-edited', 'point-answered', 'returned'],
      'submitted',
    ]);
  });
});
