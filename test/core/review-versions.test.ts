import { describe, expect, it } from 'vitest';
import { differencesOfVersions } from '../../src/core/review-differences.js';
import { replayReview } from '../../src/core/review-position.js';
import { atVersion, sinceDecision } from '../../src/core/review-versions.js';
import { anna } from '../builders.js';
import {
  aCaseSummary,
  aChangedSummary,
  aLine,
  aReview,
  lineKey,
  returned,
  submitted,
  sue,
} from '../review-builders.js';

const edit = (text: string) =>
  [sue, { kind: 'line-edited', line: lineKey('FC01'), text, why: 'Plainer' }] as const;
const changed = (text: string) => [anna, submitted(aChangedSummary(text))] as const;

describe('what changed since a decision', () => {
  it('is nothing before anything was decided, however often it was sent', () => {
    expect(sinceDecision(aReview().events)).toBeUndefined();
    expect(sinceDecision(aReview([changed('New.')]).events)).toBeUndefined();
  });

  it('is counted from the last version decided on, over those that nobody decided', () => {
    const review = aReview([[sue, returned()], changed('Second.'), changed('Third.')]);
    expect(sinceDecision(review.events)).toMatchObject({
      version: 1,
      decision: { kind: 'returned', version: 1 },
      differences: [{ before: 'FC01 was answered.', after: 'Third.' }],
    });
  });

  it('is measured against what was approved, in the words that were approved', () => {
    const review = aReview([edit('Approved so.'), [sue, { kind: 'approved' }], changed('New.')]);
    expect(sinceDecision(review.events)).toMatchObject({
      decision: { kind: 'approved', version: 1 },
      differences: [{ line: lineKey('FC01'), before: 'Approved so.', after: 'New.' }],
    });
  });

  it('holds nothing that was done in the version since it was sent', () => {
    const again = [anna, submitted()] as const;
    const review = aReview([[sue, returned()], again, edit('Edited now.')]);
    expect(sinceDecision(review.events)?.differences).toEqual([]);
  });
});

describe('two versions beside each other', () => {
  it('differ in lines added, removed and changed, and in the reply behind the same words', () => {
    const lines = (...own: readonly ReturnType<typeof aLine>[]) =>
      replayReview(
        aReview(
          [],
          aCaseSummary({
            sections: [{ id: 'S1', title: 'Safety', lines: [...own] }],
            indications: [],
          }),
        ).events,
      );
    const later = { ...aLine('FC03').from, reason: 'Heard wrongly' };
    const before = lines(aLine('FC01'), aLine('FC02'), aLine('FC03'));
    const after = lines(
      aLine('FC02', { text: 'Now so.' }),
      aLine('FC03', { from: later }),
      aLine('FC04'),
    );
    const of = (question: string) => ({ part: 'line', line: lineKey(question) });
    expect(differencesOfVersions(before, after)).toEqual([
      { ...of('FC01'), before: 'FC01 was answered.' },
      { ...of('FC02'), before: 'FC02 was answered.', after: 'Now so.' },
      { ...of('FC03'), before: 'FC03 was answered.', after: 'FC03 was answered.' },
      { ...of('FC04'), after: 'FC04 was answered.' },
    ]);
  });
});

describe('an earlier version', () => {
  const review = aReview([
    [sue, returned()],
    changed('Second.'),
    edit('Edited.'),
    changed('Third.'),
  ]);

  it('is the review as it stood when the next was sent', () => {
    const found = [1, 2].map((version) => {
      const earlier = atVersion(review, version);
      const position = earlier && replayReview(earlier.events);
      return [position?.version, position?.state, position?.lines[0]?.text];
    });
    expect(found).toEqual([
      [1, 'returned', 'FC01 was answered.'],
      [2, 'waiting', 'Edited.'],
    ]);
  });

  it.each([0, -1, 3, 4, 1.5, Number.NaN])('is none by the number %s', (version) => {
    expect(atVersion(review, version)).toBeUndefined();
  });
});
