import { describe, expect, it } from 'vitest';
import {
  type ComingDate,
  type Incident,
  makeTimeline,
  type Timeline,
  type When,
} from '../../src/core/timeline.js';
import { factsOf } from '../../src/core/timeline-facts.js';
import { altText, sayBuilt, sayFacts } from '../../src/core/timeline-sentences.js';
import { forbidden } from '../forbidden-words.js';

const from = { by: 'officer-1', at: '2026-11-20T10:00:00Z' };
const on = '2026-11-20';
const limits =
  'Summary offence: proceedings must begin by then; earlier acts can still form part of the course; confirm with supervisor/CPS.';

describe('the facts of a timeline', () => {
  it('are counted without making any date more exact than it is', () => {
    const facts = factsOf(
      aTimeline({
        incidents: [
          anIncident('i1', '2026-10-05', { kinds: ['a', 'b'], evidence: 'two photos' }),
          anIncident('i2', '2026-10-09', { kinds: ['b'], evidence: 'None.' }),
          anIncident('i3', { day: '2026-10-01', precision: 'month' }, { kinds: ['other'] }),
          anIncident('i4', { day: '2026-11-03', precision: 'about' }),
          anIncident('i5', { day: '2024-01-01', precision: 'year' }),
          anIncident('i6', { day: '2024-06-01', precision: 'before' }),
          anIncident('i7', undefined, { evidence: 'letter kept' }),
        ],
      }),
    );
    expect(facts.first).toEqual({ when: { day: '2024-01-01', precision: 'year' }, rests: ['i5'] });
    expect(facts.last).toEqual({ when: { day: '2026-11-03', precision: 'about' }, rests: ['i4'] });
    expect(facts.months).toEqual([
      { period: '2026-10', about: 0, rests: ['i3', 'i1', 'i2'] },
      { period: '2026-11', about: 1, rests: ['i4'] },
    ]);
    expect(facts.years).toEqual([{ period: '2024', about: 0, rests: ['i5'] }]);
    expect(facts.before).toEqual(['i6']);
    expect(facts.undated).toEqual(['i7']);
    expect(facts.kinds).toEqual([
      { kind: 'a', rests: ['i1'] },
      { kind: 'b', rests: ['i1', 'i2'] },
      { kind: 'other', rests: ['i3'] },
    ]);
    expect(facts.withoutKind).toEqual(['i5', 'i6', 'i4', 'i7']);
    expect(facts.evidence).toEqual(['i1', 'i7']);
    expect(facts.approximate).toEqual(['i5', 'i6', 'i3', 'i4']);
    expect(facts.gaps).toEqual([]);
  });

  it('are said in plain sentences, each with what it rests on', () => {
    const timeline = aTimeline({
      incidents: [
        anIncident('i1', '2026-08-03', { kinds: ['a'], evidence: 'photo' }),
        anIncident('i2', '2026-10-05', { kinds: ['a', 'f'] }),
        anIncident('i3', { day: '2024-01-01', precision: 'year' }),
      ],
    });
    expect(sayFacts(factsOf(timeline))).toEqual([
      { text: '3 entries. First: 2024. Last: 5 October 2026.', rests: ['i3', 'i2'], cites: [] },
      {
        text: 'Entries per month: August 2026: 1; October 2026: 1; 2024, month not known: 1.',
        rests: ['i3', 'i1', 'i2'],
        cites: [],
      },
      { text: 'Entries with evidence: 1 of 3.', rests: ['i1'], cites: [] },
      { text: 'Dates that are approximate: 1.', rests: ['i3'], cites: [] },
      {
        text: 'Kinds recorded, by number of entries: following (a): 2; interfering with property in their possession (f): 1.',
        rests: ['i1', 'i2'],
        cites: ['leg-pha s2A(3)(a)', 'leg-pha s2A(3)(f)'],
      },
      { text: 'No kind chosen yet: 1 entry.', rests: ['i3'], cites: [] },
      {
        text: 'Gap of 63 days between 3 August 2026 and 5 October 2026. Caller may not have been asked.',
        rests: ['i1', 'i2'],
        cites: [],
      },
      {
        text: 'Days since the last recorded act (5 October 2026): 46.',
        rests: ['i2'],
        cites: [],
      },
      {
        text: `Section 2A check date: 5 April 2027 (last recorded act, 5 October 2026, + 6 months), in 136 days. ${limits}`,
        rests: ['i2'],
        cites: ['leg-mca1980 s127(1)', 'dpp-v-baker-2004 judgment on s127'],
      },
    ]);
  });

  it('of an empty timeline say that none is recorded, never that there was none', () => {
    expect(altText(factsOf(aTimeline({})))).toBe('No incident is recorded in the timeline.');
  });

  it('of entries without dates ask for the date of the last act', () => {
    const facts = factsOf(aTimeline({ incidents: [anIncident('i1')] }));
    expect(altText(facts)).toBe(
      '1 entry, none with a date. Entries per month: without a date: 1. Entries with evidence: 0 of 1. Dates that are approximate: 0. No kind chosen yet: 1 entry. Section 2A check date: not known, because the date of the last act is not recorded. Ask for it.',
    );
  });

  it('use none of the words the engine never uses', () => {
    const facts = factsOf(
      aTimeline({
        incidents: [
          anIncident('i1', '2026-01-03'),
          anIncident('i2', { day: '2026-03-03', precision: 'about' }),
          anIncident('i3', { day: '2026-01-01', precision: 'year' }),
          anIncident('i4', '2027-03-03'),
        ],
        dates: [aDate('d1', 'order-ends', '2026-12-01'), aDate('d2', 'court')],
      }),
    );
    expect(forbidden.filter(([pattern]) => pattern.test(altText(facts)))).toEqual([]);
  });
});

describe('gaps', () => {
  it.each<[string, When | string, When | string, string[]]>([
    ['30 days are none', '2026-01-01', '2026-01-31', []],
    [
      '31 days are one',
      '2026-01-01',
      '2026-02-01',
      [
        'Gap of 31 days between 1 January 2026 and 1 February 2026. Caller may not have been asked.',
      ],
    ],
    [
      'a month counts from its nearer end',
      '2026-01-01',
      { day: '2026-03-01', precision: 'month' },
      [
        'Gap of at least 59 days between 1 January 2026 and March 2026. Caller may not have been asked.',
      ],
    ],
    [
      'an approximate date may be a fortnight off',
      { day: '2026-01-01', precision: 'about' },
      '2026-02-14',
      [],
    ],
    ['a year tells nothing', '2025-01-01', { day: '2026-01-01', precision: 'year' }, []],
  ])('%s', (_, first, second, said) => {
    const incidents = [anIncident('i1', first), anIncident('i2', second)];
    const texts = sayFacts(factsOf(aTimeline({ incidents }))).map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith('Gap'))).toEqual(said);
  });

  it('name the loosely dated entries that may lie in them', () => {
    const incidents = [
      anIncident('i1', '2025-01-01'),
      anIncident('i2', '2026-06-01'),
      anIncident('i3', { day: '2025-01-01', precision: 'year' }),
      anIncident('i4', { day: '2020-01-01', precision: 'before' }),
    ];
    expect(factsOf(aTimeline({ incidents })).gaps).toEqual([
      {
        from: { day: '2025-01-01', precision: 'exact' },
        to: { day: '2026-06-01', precision: 'exact' },
        days: 516,
        isAtLeast: false,
        rests: ['i1', 'i2'],
        mayHold: ['i3'],
      },
    ]);
  });
});

describe('the section 2A check date', () => {
  it.each<[string, When | string, string, number | 'passed' | undefined, number]>([
    ['91 days before: no warning', '2026-08-19', '2027-02-19', undefined, 91],
    ['90 days before', '2026-08-18', '2027-02-18', 90, 90],
    ['30 days before', '2026-06-20', '2026-12-20', 30, 30],
    ['14 days before', '2026-06-04', '2026-12-04', 14, 14],
    ['on the day', '2026-05-20', '2026-11-20', 14, 0],
    ['the day after', '2026-05-19', '2026-11-19', 'passed', -1],
    ['the end of a shorter month', '2026-08-31', '2027-02-28', undefined, 100],
    [
      'from the first day of a month',
      { day: '2026-08-01', precision: 'month' },
      '2027-02-01',
      90,
      73,
    ],
    [
      'from the first day of a year',
      { day: '2026-01-01', precision: 'year' },
      '2026-07-01',
      'passed',
      -142,
    ],
  ])('%s', (_, when, day, warning, daysLeft) => {
    const { checkDate } = factsOf(aTimeline({ incidents: [anIncident('i1', when)] }));
    expect([checkDate?.day, checkDate?.warning, checkDate?.daysLeft]).toEqual([
      day,
      warning,
      daysLeft,
    ]);
  });

  it('lists the days of its warnings', () => {
    const { checkDate } = factsOf(aTimeline({ incidents: [anIncident('i1', '2026-10-05')] }));
    expect(checkDate?.warnOn).toEqual([
      { before: 90, day: '2027-01-05' },
      { before: 30, day: '2027-03-06' },
      { before: 14, day: '2027-03-22' },
    ]);
  });

  it('moves on when a newer act is added, here or elsewhere', () => {
    const old = anIncident('i1', '2026-01-05');
    const dayOf = (timeline: Partial<Timeline>) => factsOf(aTimeline(timeline)).checkDate?.day;
    expect(dayOf({ incidents: [old] })).toBe('2026-07-05');
    expect(dayOf({ incidents: [old, anIncident('i2', '2026-11-01')] })).toBe('2027-05-01');
    const lastActs = [{ key: 's/SI03', when: { day: '2026-11-10', precision: 'exact' as const } }];
    expect(dayOf({ incidents: [old], lastActs })).toBe('2027-05-10');
    expect(factsOf(aTimeline({ incidents: [old], lastActs })).checkDate?.rests).toEqual(['s/SI03']);
  });

  it('is never moved on by a date still to come, nor by one known only as before a day', () => {
    const incidents = [
      anIncident('i1', '2026-08-01'),
      anIncident('i2', '2027-08-01'),
      anIncident('i3', { day: '2026-11-01', precision: 'before' }),
    ];
    const facts = factsOf(aTimeline({ incidents }));
    expect(facts.checkDate?.day).toBe('2027-02-01');
    expect(facts.ahead).toEqual(['i2']);
    expect(altText(facts)).toContain('1 entry dated later than today: check the date.');
  });

  it('is not worked out from "before" alone', () => {
    const incidents = [anIncident('i1', { day: '2026-11-01', precision: 'before' })];
    expect(altText(factsOf(aTimeline({ incidents })))).toContain(
      'Section 2A check date: not known, because the date of the last act is known only as before a day. Ask for it.',
    );
  });

  it('says when it errs early, and which loosely dated acts may be later', () => {
    const incidents = [
      anIncident('i1', { day: '2026-11-01', precision: 'month' }),
      anIncident('i2', { day: '2026-01-01', precision: 'year' }),
    ];
    const said = altText(factsOf(aTimeline({ incidents })));
    expect(said).toContain(
      `Section 2A check date: 1 May 2027 (last recorded act, November 2026, + 6 months), in 162 days. Counted from 1 November 2026, the first day it can mean, so it may be too early. ${limits}`,
    );
    expect(said).toContain(
      'Days since the last recorded act (November 2026): between 0 and 19. 1 loosely dated act may be later.',
    );
  });

  it('says once passed that a newer act moves it and that section 4A has no such limit', () => {
    const facts = factsOf(aTimeline({ incidents: [anIncident('i1', '2026-05-01')] }));
    expect(sayFacts(facts).at(-1)).toEqual({
      text: `Section 2A check date: 1 November 2026 (last recorded act, 1 May 2026, + 6 months), passed 19 days ago. ${limits} A newer act moves this date on. The six-month limit does not apply to section 4A.`,
      rests: ['i1'],
      cites: ['leg-mca1980 s127(1)', 'dpp-v-baker-2004 judgment on s127', 'leg-mca1980 s127(2)'],
    });
  });
});

describe('dates coming up', () => {
  it.each<[string, string, number | undefined]>([
    ['15 days before', '2026-12-05', undefined],
    ['14 days before', '2026-12-04', -14],
    ['10 days before', '2026-11-30', -14],
    ['7 days before', '2026-11-27', -7],
    ['the day before', '2026-11-21', -1],
    ['on the day', '2026-11-20', 0],
    ['the day after', '2026-11-19', 1],
  ])('%s', (_, day, due) => {
    const { coming } = factsOf(aTimeline({ dates: [aDate('d1', 'court', day)] }));
    expect(coming.map((date) => date.due)).toEqual([due]);
  });

  it('are over two days later', () => {
    expect(factsOf(aTimeline({ dates: [aDate('d1', 'court', '2026-11-18')] })).coming).toEqual([]);
  });

  it('list the days of their reminders', () => {
    const [date] = factsOf(aTimeline({ dates: [aDate('d1', 'release', '2027-01-10')] })).coming;
    expect(date).toEqual({
      key: 'd1',
      what: 'release',
      when: { day: '2027-01-10', precision: 'exact' },
      daysLeft: 51,
      remindOn: [
        { offset: -14, day: '2026-12-27' },
        { offset: -7, day: '2027-01-03' },
        { offset: -1, day: '2027-01-09' },
        { offset: 0, day: '2027-01-10' },
        { offset: 1, day: '2027-01-11' },
      ],
      isTellsMissing: true,
    });
  });

  it('are said with who tells the victim, or that it is not recorded; orders within 60 days apart', () => {
    const dates = [
      aDate('d1', 'court', '2026-12-01', 'PC Ali'),
      aDate('d2', 'order-ends', '2027-01-19', '  '),
      aDate('d3', 'order-ends', '2027-01-20', 'PC Ali'),
      aDate('d4', 'bail-ends'),
      aDate('d5', 'anniversary', { day: '2027-02-01', precision: 'month' }, 'PC Ali'),
    ];
    const said = sayFacts(factsOf(aTimeline({ dates }))).map(({ text, rests }) => [text, ...rests]);
    expect(said).toEqual([
      ['No incident is recorded in the timeline.'],
      ['Order ending within 60 days: 19 January 2027, in 60 days.', 'd2'],
      ['Court: 1 December 2026, in 11 days. Reminder due. Who tells the victim: recorded.', 'd1'],
      ['Order ends: 19 January 2027, in 60 days. Who tells the victim: not recorded.', 'd2'],
      ['Order ends: 20 January 2027, in 61 days. Who tells the victim: recorded.', 'd3'],
      [
        'Anniversary: February 2027, in 73 days. Counted to 1 February 2027; ask for the day. Who tells the victim: recorded.',
        'd5',
      ],
      ['Bail ends: date not recorded. Who tells the victim: not recorded.', 'd4'],
    ]);
  });
});

describe('how the timeline was built', () => {
  it('is said with the days, the counts and the sources', () => {
    const timeline = aTimeline({
      incidents: [
        {
          ...anIncident('i1', '2026-10-05', { evidence: 'photo' }),
          from: { by: 'u', at: '2026-11-02T23:30:00Z' },
        },
        anIncident('i2', { day: '2026-10-01', precision: 'month' }),
        anIncident('i3'),
      ],
    });
    expect(sayBuilt(timeline, factsOf(timeline), 'the caller', ['CR/12', 'CR/14'])).toBe(
      'Timeline of reported incidents, built with the caller on 2 November 2026, 20 November 2026; 3 entries; 1 with evidence; 1 date approximate; 1 without a date. Sources: caller, police records CR/12, CR/14.',
    );
  });
});

function aTimeline(parts: Partial<Timeline>): Timeline {
  return makeTimeline({ incidents: [], dates: [], imports: [], lastActs: [], on, ...parts });
}

function whenOf(when: When | string | undefined): { readonly when?: When } {
  if (when === undefined) return {};
  return { when: typeof when === 'string' ? { day: when, precision: 'exact' } : when };
}

function anIncident(key: string, when?: When | string, more: Partial<Incident> = {}): Incident {
  return { key, what: 'He rang', ...whenOf(when), kinds: [], from, ...more };
}

function aDate(key: string, what: string, when?: When | string, tells?: string): ComingDate {
  return { key, what, ...whenOf(when), ...(tells === undefined ? {} : { tells }), from };
}
