import { describe, expect, it } from 'vitest';
import type { ReviewAct } from '../../src/core/review.js';
import { auditNoteOf } from '../../src/core/review-audit.js';
import { factsOfReview } from '../../src/core/review-facts.js';
import { noticesOfEvent } from '../../src/core/review-notices.js';
import {
  differencePhrases,
  returnCodePhrases,
  reviewKindPhrases,
  reviewPhrases,
  versionPhrases,
} from '../../src/core/review-phrases.js';
import { reviewPoints } from '../../src/core/review-points.js';
import { replayReview } from '../../src/core/review-position.js';
import type { TimelineFacts } from '../../src/core/timeline-facts.js';
import { anna, aTime } from '../builders.js';
import { forbidden } from '../forbidden-words.js';
import {
  aCaseSummary,
  aReview,
  digest,
  lineKey,
  returned,
  screeningId,
  submitted,
  sue,
  tom,
} from '../review-builders.js';

describe('what the queue is listed by', () => {
  const names = new Map([
    [anna, 'PC Anna Example'],
    [tom, 'PS Tom Example'],
  ]);
  const flag = (level: 'red' | 'amber' | 'note') => ({
    ...{ screening: screeningId, level, about: 'x', at: aTime },
  });
  const screening = (script: string) => ({
    ...{ id: screeningId, title: script, script, version: 1, startedAt: aTime, startedBy: anna },
    ...{ state: 'finished' as const, notApplicable: [] },
  });
  const summary = aCaseSummary({
    flags: [flag('red'), flag('amber'), flag('amber'), flag('note')],
    incomplete: ['FC01.'],
    screenings: ['first-contact', 'timeline', 'timeline'].map(screening),
  });

  it('is counts, dates and names', () => {
    const { events } = aReview(
      [
        [sue, { kind: 'handed', to: tom }],
        [tom, returned()],
      ],
      summary,
    );
    const facts = factsOfReview(replayReview(events), {
      names,
      team: 'North',
      timeline: undefined,
    });
    expect(facts).toEqual({
      state: 'returned',
      version: 1,
      submittedAt: aTime,
      decidedAt: aTime,
      author: 'PC Anna Example',
      handedTo: 'PS Tom Example',
      handedToId: tom,
      team: 'North',
      scripts: ['first-contact', 'timeline'],
      red: 1,
      amber: 2,
      isIncomplete: true,
      checkDate: null,
      orderEnds: null,
    });
  });

  it('takes the check date and the next end of an order from the timeline', () => {
    const coming = (what: string, day: string, daysLeft: number) => ({
      ...{
        key: day,
        what,
        when: { day, precision: 'exact' as const },
        daysLeft,
        remindOn: [],
        isTellsMissing: false,
      },
    });
    const none = {
      rests: [],
      warnOn: [],
      lastAct: { day: '2026-11-01', precision: 'exact' as const },
    };
    const timeline: TimelineFacts = {
      ...{ on: '2026-11-20', entries: [], months: [], years: [], before: [], undated: [] },
      ...{ ahead: [], kinds: [], withoutKind: [], gaps: [], mayBeLater: [], evidence: [] },
      ...{ approximate: [], ordersEnding: [] },
      checkDate: { ...none, day: '2027-05-01', daysLeft: 162 },
      coming: [
        coming('order-ends', '2026-11-19', -1),
        coming('order-ends', '2027-03-01', 101),
        coming('order-ends', '2026-12-01', 11),
        coming('court', '2026-11-25', 5),
      ],
    };
    const { checkDate, orderEnds } = factsOfReview(replayReview(aReview().events), {
      ...{ names, team: null, timeline },
    });
    expect([checkDate, orderEnds]).toEqual(['2027-05-01', '2026-12-01']);
  });
});

describe('who is told', () => {
  const told = (review: ReturnType<typeof aReview>) => {
    const event = review.events.at(-1);
    if (!event) throw new Error('a review has events');
    return noticesOfEvent(review.id, event, replayReview(review.events)).map(
      ({ kind, to, about, dueAt, key }) => {
        expect([about, dueAt]).toEqual([review.id, aTime]);
        return [kind, to, key.replace(review.id, '…')];
      },
    );
  };
  const hand = { kind: 'handed', to: tom } as const;
  const again = [anna, submitted()] as const;

  it.each([
    ['the author, of a return', [[sue, returned()]], [['returned', anna, '… v1 returned 2']]],
    [
      'the author, of an approval',
      [[sue, { kind: 'approved' }]],
      [['approved', anna, '… v1 approved 2']],
    ],
    ['whom it was handed to', [[sue, hand]], [['handed', tom, '… v1 handed 2']]],
    ['nobody, of what they took on themselves', [[tom, hand]], []],
    ['nobody, of a first submission', [], []],
    ['nobody, of a version that answers no return', [again], []],
    [
      'who returned it, of the next version',
      [[sue, returned()], again],
      [['submitted-again', sue, '… v2 submitted-again 3']],
    ],
    [
      'whom it was handed to, of the next version',
      [[sue, hand], [sue, returned()], again],
      [['submitted-again', tom, '… v2 submitted-again 4']],
    ],
  ] as const)('is %s', (_, acts, notices) => {
    expect(told(aReview(acts))).toEqual(notices);
  });
});

describe('what the audit says of an act', () => {
  const words = 'Words of the case';
  it.each<[ReviewAct, object]>([
    [submitted(aCaseSummary(), words), { digest }],
    [
      { kind: 'line-checked', line: lineKey('FC01'), isChecked: false },
      { line: lineKey('FC01'), isChecked: false },
    ],
    [
      { kind: 'line-edited', line: lineKey('FC01'), text: words, why: words },
      { line: lineKey('FC01') },
    ],
    [
      { kind: 'point-answered', point: 3, answer: 'no', reason: words },
      { point: 3, answer: 'no' },
    ],
    [{ kind: 'handed', to: tom, why: words }, { to: tom }],
    [
      { kind: 'returned', codes: ['wording', 'other'], note: words, lines: [lineKey('FC01')] },
      { codes: 'wording other', lines: 1 },
    ],
    [{ kind: 'approved', note: words }, {}],
  ])('is which and where, never the words: $kind', (act, detail) => {
    expect(auditNoteOf(act, 2)).toEqual({ what: act.kind, detail: { version: 2, ...detail } });
  });
});

describe('the sentences of the review', () => {
  const sentences = [
    ...reviewPoints,
    ...[
      reviewKindPhrases,
      returnCodePhrases,
      differencePhrases,
      versionPhrases,
      reviewPhrases,
    ].flatMap((phrases) => Object.values<string>(phrases)),
  ];

  it('are fifteen points, and no two points alike', () => {
    expect([reviewPoints.length, new Set(reviewPoints).size]).toEqual([15, 15]);
  });

  it('hold none of the words the assistant never says', () => {
    expect(sentences.length).toBeGreaterThan(40);
    const found = sentences.filter((one) => forbidden.some(([pattern]) => pattern.test(one)));
    expect(found).toEqual([]);
  });
});
