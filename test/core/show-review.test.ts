import { describe, expect, it } from 'vitest';
import type { CaseSummary } from '../../src/core/case-summary-schema.js';
import { type ReviewDetail, reviewDetailSchema } from '../../src/core/review-detail.js';
import type { User } from '../../src/core/roles.js';
import { showReview } from '../../src/core/show-review.js';
import { anna, aPassage, aSource, aTime, ben, today } from '../builders.js';
import {
  aCaseSummary,
  aChangedSummary,
  aFinding,
  aLine,
  aReview,
  aReviewContext,
  aShare,
  lineKey,
  returned,
  submitted,
  sue,
  tom,
  zoe,
} from '../review-builders.js';

const users = {
  anna: { id: anna, name: 'PC Anna Example', roles: ['officer'] },
  ben: { id: ben, name: 'PS Ben Example', roles: ['supervisor'] },
  sue: { id: sue, name: 'PS Sue Example', roles: ['supervisor'] },
} as const satisfies Record<string, User>;

function show(review = aReview(), user: User = users.sue, current = aCaseSummary()): ReviewDetail {
  const { checkWording, recorders } = aReviewContext();
  return showReview(review, user, {
    ...{ today, current },
    recorders,
    supervisors: [sue, tom].map((id) => ({ id, name: id })),
    names: new Map([[anna, 'PC Anna Example']]),
    checkWording,
    quoteOf: ({ locator }) =>
      locator === 'key points'
        ? {
            passage: aPassage().id,
            heading: 'A heading',
            text: 'Its words.',
            locator: 'key points 1',
            checkedOn: today,
          }
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

  it('finds words in why an answer was changed, and never in what the officer quoted', () => {
    const line = aLine('FC01');
    const of = (from: Partial<typeof line.from>) => {
      const lines = [{ ...line, from: { ...line.from, saidBy: 'user' as const, ...from } }];
      return aCaseSummary({ sections: [{ id: 'S1', title: 'Safety', lines }] });
    };
    const shown = (summary: CaseSummary) =>
      showReview(aReview([], summary), users.sue, {
        ...{ today, current: summary, recorders: [], supervisors: [], names: new Map() },
        checkWording: (text) => (/^[^"]*BLOCK/.test(text) ? [aFinding('block')] : []),
        quoteOf: () => undefined,
      }).lines[0]?.findings;
    const replaced = [{ said: 'No', at: aTime, by: anna, reason: 'BLOCK' }];
    expect(shown(of({ reason: 'BLOCK', replaced }))).toEqual([aFinding('block')]);
    expect(shown(of({ said: '“She was told: ‘BLOCK him, don’t wait’.”' }))).toEqual([]);
    expect(shown(of({ said: '“BLOCK him”' }))).toEqual([aFinding('block')]);
  });

  it('finds words in what stands after an edit, in place of what was drafted', () => {
    const from = { ...aLine('FC01').from, saidBy: 'user' as const, said: '“BLOCK him”' };
    const lines = [aLine('FC01', { from })];
    const summary = aCaseSummary({ sections: [{ id: 'S1', title: 'Safety', lines }] });
    const edited = (text: string) =>
      show(
        aReview(
          [[sue, { kind: 'line-edited', line: lineKey('FC01'), text, why: 'Plainer' }]],
          summary,
        ),
      ).lines[0]?.findings;
    expect(edited('Told a sergeant.')).toEqual([]);
    expect(edited('A WARN word.')).toEqual([aFinding('warn')]);
  });

  it('says what changed since the version that was returned, as it was sent', () => {
    const answer = submitted(aChangedSummary('Corrected.'), 'Corrected it.');
    const detail = show(
      aReview([
        [sue, returned(lineKey('FC01'))],
        [anna, answer],
        [sue, { kind: 'line-edited', line: lineKey('SI01'), text: 'Edited.', why: 'Plainer' }],
      ]),
      users.sue,
      aChangedSummary('Corrected.'),
    );
    expect(reviewDetailSchema.parse(detail)).toEqual(detail);
    expect(detail.since).toEqual({
      version: 1,
      on: today,
      decision: { ...returned(lineKey('FC01')), version: 1, by: sue, at: aTime },
      differences: [
        {
          part: 'line',
          line: lineKey('FC01'),
          before: 'FC01 was answered.',
          after: 'Corrected.',
        },
      ],
    });
    expect(show(aReview()).since).toBeUndefined();
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
        passage: aPassage().id,
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
    const review = { ...aReview([], aCaseSummary({ sections })), shares: [aShare({ with: ben })] };
    expect(show(review, advocate).quotes).toEqual([]);
  });
});

describe('what somebody may do', () => {
  const approved = aReview([[sue, { kind: 'approved' }]]);
  const sent = aReview([[sue, returned()]]);
  const reviewing = ['check', 'edit', 'point', 'hand', 'return', 'approve'];
  const conflicts = ['nameConflict', 'declareConflict'];
  it.each([
    [
      'a supervisor, waiting',
      aReview(),
      users.sue,
      [...reviewing, 'history', 'share', ...conflicts],
    ],
    ['a supervisor, returned', sent, users.sue, ['history', 'share', ...conflicts]],
    [
      'a supervisor, approved',
      approved,
      users.sue,
      ['export', 'copy', 'history', 'share', ...conflicts],
    ],
    [
      'a supervisor whose case it is',
      aReview(),
      users.ben,
      ['hand', 'history', 'share', ...conflicts],
    ],
    [
      'a supervisor whose case it is, returned',
      sent,
      users.ben,
      ['submit', 'history', 'share', ...conflicts],
    ],
    ['the author, waiting', aReview(), users.anna, ['share', 'declareConflict']],
    ['the author, returned', sent, users.anna, ['submit', 'share', 'declareConflict']],
    ['the author, approved', approved, users.anna, ['export', 'copy', 'share', 'declareConflict']],
  ])('is this for %s', (_, review, user, expected) => {
    expect(allowed(show(review, user))).toEqual(expected);
  });

  it('is to submit, for the author, as soon as the case has changed', () => {
    expect(allowed(show(aReview(), users.anna, aChangedSummary('New.')))).toEqual([
      'submit',
      'share',
      'declareConflict',
    ]);
  });

  it('is nothing, and shows nothing, for whom it is not open to', () => {
    expect(() => show({ ...aReview(), barred: [users.sue.id] }, users.sue)).toThrow(
      'not open to them',
    );
    const officer = { id: zoe, name: 'PC Zoe Example', roles: ['officer'] } as const;
    const advocate = { id: ben, name: 'Ben Example', roles: ['advocate'] } as const;
    expect(() => show(aReview(), officer)).toThrow('not open to them');
    // Being among those who may work on the case opens nothing to an advocate.
    expect(() => show(aReview(), advocate)).toThrow('not open to them');
  });
});
