import { describe, expect, it } from 'vitest';
import { reviewPoints } from '../../src/core/review-points.js';
import { replayReview } from '../../src/core/review-position.js';
import { anna, aTime, ben } from '../builders.js';
import {
  aCaseSummary,
  aChangedSummary,
  aLine,
  aReview,
  digest,
  lineKey,
  returned,
  submitted,
  sue,
  tom,
} from '../review-builders.js';

const done = { by: sue, at: aTime };
const check = { kind: 'line-checked', line: lineKey('FC01'), isChecked: true } as const;
const edit = {
  kind: 'line-edited',
  line: lineKey('FC01'),
  text: 'Better.',
  why: 'Shorter',
} as const;
const lineOf = (acts: Parameters<typeof aReview>[0], question = 'FC01') =>
  replayReview(aReview(acts).events).lines.find(({ key }) => key === lineKey(question));

describe('where a review stands', () => {
  it('waits after it is submitted, with each line as drafted and no point answered', () => {
    expect(replayReview(aReview().events)).toEqual({
      state: 'waiting',
      version: 1,
      summary: aCaseSummary(),
      lines: [
        ...(['S1 FC01', 'S3 SI01', 'S9 SI12'] as const).map((place) => {
          const [section, question = ''] = place.split(' ');
          const text = `${question} was answered.`;
          return {
            ...{ key: lineKey(question), section, drafted: text, text, status: 'answered' },
            ...{ edits: [], line: aLine(question) },
          };
        }),
        {
          key: lineKey('I-1'),
          section: 'indications',
          drafted: 'What is described could amount to a course of conduct.',
          text: 'What is described could amount to a course of conduct.',
          edits: [],
        },
      ],
      points: reviewPoints.map((text, place) => ({ number: place + 1, text })),
      returns: [],
      versions: [{ version: 1, state: 'waiting', submittedAt: aTime, by: anna, digest }],
    });
  });

  it('keeps who checked a line, until it is unchecked', () => {
    expect(lineOf([[sue, check]])?.checkedBy).toEqual(done);
    expect(
      lineOf([
        [sue, check],
        [tom, { ...check, isChecked: false }],
      ])?.checkedBy,
    ).toBeUndefined();
  });

  it('keeps every edit with the words it replaced, and asks for the line to be checked again', () => {
    const line = lineOf([
      [sue, check],
      [sue, edit],
      [tom, { ...edit, text: 'Best.', why: 'Clearer' }],
    ]);
    expect(line).toEqual({
      key: lineKey('FC01'),
      section: 'S1',
      drafted: 'FC01 was answered.',
      text: 'Best.',
      status: 'answered',
      edits: [
        { ...done, old: 'FC01 was answered.', new: 'Better.', why: 'Shorter' },
        { by: tom, at: aTime, old: 'Better.', new: 'Best.', why: 'Clearer' },
      ],
      line: aLine('FC01'),
    });
  });

  it('takes the newest answer to a point, with its reason', () => {
    const { points } = replayReview(
      aReview([
        [sue, { kind: 'point-answered', point: 6, answer: 'yes' }],
        [sue, { kind: 'point-answered', point: 6, answer: 'no', reason: 'Not yet asked' }],
      ]).events,
    );
    const given = { answer: 'no', reason: 'Not yet asked', ...done };
    expect(points[5]).toEqual({ number: 6, text: reviewPoints[5], ...given });
  });

  it('knows to whom it was handed last', () => {
    const acts = [tom, sue].map((to) => [sue, { kind: 'handed', to }] as const);
    expect(replayReview(aReview(acts).events).handedTo).toBe(sue);
  });

  it('is returned with codes, note and lines, and passes over what comes after', () => {
    const position = replayReview(aReview([[sue, returned(lineKey('FC01'))]]).events);
    expect(position.state).toBe('returned');
    expect(position.decision).toEqual({
      ...done,
      kind: 'returned',
      version: 1,
      codes: ['effect-not-asked'],
      note: 'Ask both.',
      lines: [lineKey('FC01')],
    });
    const later = aReview([
      [sue, returned(lineKey('FC01'))],
      [tom, { kind: 'approved' }],
      [tom, edit],
    ]);
    expect(replayReview(later.events)).toEqual(position);
  });

  it.each([
    ['no events', []],
    ['another act first', aReview([[sue, check]]).events.slice(1)],
  ])('is a fault with %s', (_, events) => {
    expect(() => replayReview(events)).toThrow('replaying a review');
  });
});

describe('the next version', () => {
  const carried = aLine('FC01');
  const again = (summary = aCaseSummary()) => [anna, submitted(summary)] as const;

  it('keeps edits and checks of lines that were drafted alike, and those alone', () => {
    const acts = [
      [sue, edit],
      [sue, check],
      [sue, { ...check, line: lineKey('SI01') }],
      [sue, { ...check, line: lineKey('I-1') }],
      [sue, returned()],
    ] as const;
    const { lines } = replayReview(aReview([...acts, again(aChangedSummary('New.'))]).events);
    expect(lines.map(({ key, text, checkedBy }) => [key, text, checkedBy])).toEqual([
      [lineKey('FC01'), 'New.', undefined],
      [lineKey('SI01'), 'SI01 was answered.', done],
      [lineKey('SI12'), 'SI12 was answered.', undefined],
      [lineKey('I-1'), 'What is described could amount to a course of conduct.', done],
    ]);
    expect(lineOf([...acts, again()])).toEqual({
      key: lineKey('FC01'),
      section: 'S1',
      drafted: 'FC01 was answered.',
      text: 'Better.',
      status: 'answered',
      edits: [{ ...done, old: 'FC01 was answered.', new: 'Better.', why: 'Shorter' }],
      checkedBy: done,
      line: carried,
    });
  });

  it('asks again for a check of a line that was returned', () => {
    const acts = [[sue, check], [sue, returned(lineKey('FC01'))], again()] as const;
    expect(lineOf(acts)?.checkedBy).toBeUndefined();
  });

  it('asks again when the same words rest on another reply', () => {
    const from = { ...carried.from, said: 'No', by: ben };
    const other = {
      ...aCaseSummary(),
      sections: [{ id: 'S1' as const, title: 'Safety now', lines: [{ ...carried, from }] }],
    };
    expect(lineOf([[sue, check], again(other)])?.checkedBy).toBeUndefined();
  });

  it('carries a check whatever order a store keeps the parts of a line in', () => {
    const turned = { ...carried, from: reversed(carried.from) };
    const sections = [{ id: 'S1' as const, title: 'Safety now', lines: [turned] }];
    expect(lineOf([[sue, check], again({ ...aCaseSummary(), sections })])?.checkedBy).toEqual(done);
  });

  it('begins with no point answered, and keeps the return and every version before it', () => {
    const acts = [
      [sue, { kind: 'point-answered', point: 1, answer: 'yes' }],
      [sue, { kind: 'handed', to: tom }],
      [tom, returned()],
      again(),
      again(aChangedSummary('New.')),
      [tom, { kind: 'approved', note: 'Good.' }],
    ] as const;
    const position = replayReview(aReview(acts).events);
    expect(position.points.filter(({ answer }) => answer)).toEqual([]);
    expect(position.handedTo).toBe(tom);
    expect(position.returns.map(({ version, by }) => [version, by])).toEqual([[1, tom]]);
    expect(position.decision).toEqual({
      ...{ kind: 'approved', version: 3, note: 'Good.', by: tom, at: aTime },
    });
    expect(position.versions.map(({ version, state }) => [version, state])).toEqual([
      [1, 'returned'],
      [2, 'superseded'],
      [3, 'approved'],
    ]);
  });

  it('after an approval belongs to nobody', () => {
    const acts = [
      [sue, { kind: 'handed', to: tom }],
      [tom, { kind: 'approved' }],
      again(),
    ] as const;
    expect(replayReview(aReview(acts).events).handedTo).toBeUndefined();
  });
});

function reversed<Of extends object>(of: Of): Of {
  return Object.fromEntries(Object.entries(of).toReversed()) as Of;
}
