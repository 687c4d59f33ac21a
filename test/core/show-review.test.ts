import { describe, expect, it } from 'vitest';
import type { CaseSummary } from '../../src/core/case-summary-schema.js';
import { type ReviewDetail, reviewDetailSchema } from '../../src/core/review-detail.js';
import { reviewPoints } from '../../src/core/review-points.js';
import type { User } from '../../src/core/roles.js';
import { showReview } from '../../src/core/show-review.js';
import { anna, aSource, aTime, ben, questionId, today } from '../builders.js';
import {
  aCaseSummary,
  aChangedSummary,
  aFinding,
  aLine,
  aReview,
  aReviewContext,
  lineKey,
  returned,
  screeningId,
  submitted,
  sue,
  tom,
} from '../review-builders.js';

const users = {
  anna: { id: anna, name: 'PC Anna Example', roles: ['officer'] },
  ben: { id: ben, name: 'PS Ben Example', roles: ['supervisor'] },
  sue: { id: sue, name: 'PS Sue Example', roles: ['supervisor'] },
} as const satisfies Record<string, User>;

function show(review = aReview(), user: User = users.sue, current = aCaseSummary()): ReviewDetail {
  const { checkWording, recorders } = aReviewContext();
  return showReview(review, user, {
    current,
    recorders,
    supervisors: [sue, tom].map((id) => ({ id, name: id })),
    names: new Map([[anna, 'PC Anna Example']]),
    checkWording,
    quoteOf: ({ locator }) =>
      locator === 'key points'
        ? { heading: 'A heading', text: 'Its words.', locator: 'key points 1', checkedOn: today }
        : undefined,
  });
}

const allowed = (detail: ReviewDetail) =>
  Object.entries(detail.may).flatMap(([name, may]) => (may ? [name] : []));

describe('a review as a supervisor sees it', () => {
  it('holds all of it, in the shape that is published', () => {
    const detail = show(aReview([[sue, { kind: 'handed', to: tom }]]));
    expect(reviewDetailSchema.parse(detail)).toEqual(detail);
    const { lines, points, summary, may, ...rest } = detail;
    expect(rest).toEqual({
      id: aReview().id,
      caseRef: 'SP-4K7Q-2M',
      state: 'waiting',
      version: 1,
      seen: 2,
      handedTo: tom,
      supervisors: [{ id: tom, name: tom }],
      quotes: [],
      returns: [],
      versions: [
        { version: 1, state: 'waiting', submittedAt: aTime, by: anna, digest: 'a'.repeat(64) },
      ],
      isOwnCase: false,
      names: {
        [anna]: 'PC Anna Example',
        [sue]: 'a user not named here',
        [tom]: 'a user not named here',
        [ben]: 'a user not named here',
      },
    });
    expect([lines.length, points.length, summary]).toEqual([4, 15, aCaseSummary()]);
    expect(may.approve).toBe(true);
  });

  it('says what the case says now that the version does not', () => {
    expect(show(aReview(), users.sue, aChangedSummary('New.')).differences).toEqual([
      { part: 'line', line: lineKey('FC01'), before: 'FC01 was answered.', after: 'New.' },
    ]);
  });

  it('finds words in what the officer wrote, not in what the caller said or what was not answered', () => {
    const line = aLine('FC01');
    const of = (said: string, saidBy: 'user' | 'caller', status: 'answered' | 'declined') => {
      const from = { ...line.from, said, saidBy };
      return aCaseSummary({
        sections: [{ id: 'S1', title: 'Safety', lines: [{ ...line, status, from }] }],
      });
    };
    const findings = (summary: CaseSummary) => show(aReview([], summary)).lines[0]?.findings;
    expect(findings(of('“She is BLOCK”', 'user', 'answered'))).toEqual([aFinding('block')]);
    expect(findings(of('“She is BLOCK”', 'caller', 'answered'))).toEqual([]);
    expect(findings(of('BLOCK', 'user', 'declined'))).toEqual([]);
  });

  it('marks the lines that say which ways of contact were ruled out', () => {
    const lines = ['FC11', 'FC11b', 'FC12'].map((question) => aLine(question));
    const declined = aLine('BR10b', { status: 'declined' });
    const sections = [{ id: 'S2' as const, title: 'Contact', lines: [...lines, declined] }];
    const shown = show(aReview([], aCaseSummary({ sections, indications: [] }))).lines;
    expect(shown.map(({ key, isUnsafe }) => [key, isUnsafe])).toEqual([
      [lineKey('FC11'), true],
      [lineKey('FC11b'), true],
      [lineKey('FC12'), undefined],
      [lineKey('BR10b'), undefined],
    ]);
  });
});

describe('the words behind citations', () => {
  const citing = (locator: string) => {
    const { id, publisher, title, url, checkedOn } = aSource();
    return { cites: [{ source: { id, publisher, title, url, checkedOn }, locator }] };
  };
  const summary = aCaseSummary({
    sections: [
      { id: 'S1', title: 'Safety', lines: [aLine('FC01', citing('key points')), aLine('FC02')] },
      { id: 'S3', title: 'Reported', lines: [aLine('SI01', citing('elsewhere'))] },
    ],
    dropped: [aLine('FC05', citing('key points'))],
  });

  it('come once for each place that has any, with their own place where it is another', () => {
    expect(show(aReview([], summary)).quotes).toEqual([
      {
        source: aSource().id,
        locator: 'key points',
        heading: 'A heading',
        text: 'Its words.',
        at: 'key points 1',
        checkedOn: today,
      },
    ]);
  });

  it('are not given where the line that cites them is not shown', () => {
    const sections = [
      { id: 'S9' as const, title: 'Matters', lines: [aLine('SI12', citing('key points'))] },
    ];
    const advocate = { id: ben, name: 'Advocate', roles: ['advocate'] as const };
    expect(show(aReview([], aCaseSummary({ sections })), advocate).quotes).toEqual([]);
  });
});

describe('what somebody may do', () => {
  const approved = aReview([[sue, { kind: 'approved' }]]);
  const sent = aReview([[sue, returned()]]);
  const reviewing = ['check', 'edit', 'point', 'hand', 'return', 'approve'];
  it.each([
    ['a supervisor, waiting', aReview(), users.sue, [...reviewing, 'history']],
    ['a supervisor, returned', sent, users.sue, ['history']],
    ['a supervisor, approved', approved, users.sue, ['export', 'copy', 'history']],
    ['a supervisor whose case it is', aReview(), users.ben, ['hand', 'history']],
    ['a supervisor whose case it is, returned', sent, users.ben, ['submit', 'history']],
    ['the author, waiting', aReview(), users.anna, []],
    ['the author, returned', sent, users.anna, ['submit']],
    ['the author, approved', approved, users.anna, ['export', 'copy']],
  ])('is this for %s', (_, review, user, expected) => {
    expect(allowed(show(review, user))).toEqual(expected);
  });

  it('is to submit, for the author, as soon as the case has changed', () => {
    expect(allowed(show(aReview(), users.anna, aChangedSummary('New.')))).toEqual(['submit']);
  });
});

describe('a review as an advocate sees it', () => {
  const flag = (question: string) => ({
    screening: screeningId,
    level: 'red' as const,
    question: questionId(question),
    about: question,
    at: aTime,
  });
  const summary = aCaseSummary({
    flags: [flag('FC01'), flag('SI12')],
    dropped: [aLine('FC05')],
    tasks: ['Handle the counter-report.'],
    indications: ['SI01', 'SI12'].map((question) => ({
      screening: screeningId,
      id: `I-${question}`,
      text: question,
      rests: [questionId(question)],
      cites: [],
    })),
  });
  const review = aReview(
    [
      [sue, { kind: 'point-answered', point: 11, answer: 'no', reason: 'Counter-report open' }],
      [sue, returned()],
      [anna, submitted(summary, 'About the Counter-report')],
      [sue, { kind: 'point-answered', point: 11, answer: 'no', reason: 'Counter-report open' }],
      [sue, { kind: 'approved', note: 'Counter-report apart' }],
    ],
    summary,
  );
  const advocate = { id: ben, name: 'Advocate', roles: ['advocate'] as const };

  it('leaves out the matters for the supervisor, and what the police say to each other', () => {
    const shown = show(review, advocate, aChangedSummary('New.'));
    expect(reviewDetailSchema.parse(shown)).toEqual(shown);
    expect(shown.summary.sections.map(({ id }) => id)).toEqual(['S1', 'S3']);
    expect(shown.summary.flags.map(({ about }) => about)).toEqual(['FC01']);
    expect(shown.summary.indications.map(({ text }) => text)).toEqual(['SI01']);
    expect([shown.summary.dropped, shown.summary.tasks, shown.returns]).toEqual([[], [], []]);
    expect(shown.lines.map(({ key }) => key)).toEqual(['FC01', 'SI01', 'I-SI01'].map(lineKey));
    expect(shown.points).toEqual(reviewPoints.map((text, place) => ({ number: place + 1, text })));
    expect(shown.decision).toEqual({ kind: 'approved', version: 2, by: sue, at: aTime });
    expect(JSON.stringify(shown)).not.toMatch(/SI12|Counter-report|FC05|"differences"/);
  });

  it('leaves out that it was returned, and why', () => {
    const shown = show(aReview([[sue, returned()]], summary), advocate);
    expect([shown.state, shown.decision]).toEqual(['returned', undefined]);
  });
});
