import { describe, expect, it } from 'vitest';
import type { QuestionId } from '../../src/core/ids.js';
import {
  type CountedFacts,
  countedFactsOf,
  type Overview,
  overviewFrom,
  overviewOf,
  type SentSummary,
} from '../../src/core/overview.js';
import { overviewWords } from '../../src/core/overview-words.js';
import { inEnglish, sayCount, sayLabel } from '../../src/core/say-label.js';
import { loadReal, stringsIn } from '../real-knowledge.js';
import { aCaseSummary, aLine, screeningId } from '../review-builders.js';

/** A Friday; its week began on Monday the 16th. */
const on = '2026-11-20';

const facts: CountedFacts = {
  identification: ['I-1'],
  indications: [],
  withoutAction: 0,
  specialist: 'Yes',
  order: 'Apply',
  orderReasons: [],
};
function aSent(given: Partial<SentSummary> = {}): SentSummary {
  return {
    team: 'North',
    sentAt: '2026-11-18T12:00:00.000Z',
    decidedAt: null,
    codes: [],
    facts,
    ...given,
  };
}
function rowsOf({ charts }: Overview, title: string) {
  const found = charts.find(({ id }) => overviewWords.titles[id].startsWith(title));
  return found?.rows.map(
    (row) => `${sayLabel(row.label, inEnglish).said}: ${sayCount(row, inEnglish)}`,
  );
}

describe('what is counted of a summary', () => {
  it('is what was printed, planned, offered and decided, and nothing that was said', () => {
    const summary = aCaseSummary({
      screenings: [
        {
          id: screeningId,
          title: 'Stalking identification',
          script: 'identification',
          version: 2,
          startedAt: '2026-11-20T10:00:00.000Z',
          startedBy: 'anna' as never,
          state: 'finished',
          notApplicable: [],
        },
      ],
      incomplete: ['Closing: no answer to CL04.', 'Plan: no row for FC04, RI02.'],
      sections: [
        {
          id: 'S7',
          title: 'Orders',
          lines: [said('SPO10', 'Not yet'), said('SPO10d', 'No resources; Another reason')],
        },
        { id: 'S8', title: 'Wishes', lines: [said('NE02', 'Maybe later'), said('NE01', 'Secret')] },
      ],
    });
    expect(countedFactsOf(summary)).toEqual({
      identification: ['I-1'],
      indications: ['Stalking identification: I-1'],
      withoutAction: 2,
      specialist: 'Maybe later',
      order: 'Not yet',
      orderReasons: ['No resources', 'Another reason'],
    });
  });

  it.each([
    ['not known', 'not known'],
    ['declined', 'declined'],
    ['not reached', 'not asked'],
    ['not asked', 'not asked'],
  ] as const)('an offer that is %s is counted as %s, never as a no', (status, counted) => {
    const sections = [{ id: 'S8' as const, title: 'Wishes', lines: [aLine('CL05', { status })] }];
    expect(countedFactsOf(aCaseSummary({ sections }))).toMatchObject({
      specialist: counted,
      order: 'not asked',
    });
  });

  it.each([
    ['no plan was made', ['first-contact'], null],
    ['a plan was made and misses nothing', ['first-contact', 'needs-and-plan'], 0],
  ] as const)('red or amber matters are counted as they are where %s', (_, scripts, counted) => {
    const flag = {
      level: 'amber',
      about: 'A threat',
      question: 'FC07',
      at: '2026-11-20T10:00:00.000Z',
    };
    const screenings = scripts.map((script) => ({
      ...{ id: screeningId, title: script, script, version: 1, startedAt: flag.at },
      ...{ startedBy: 'anna' as never, state: 'finished' as const, notApplicable: [] },
    }));
    const summary = aCaseSummary({ screenings, flags: [flag as never] });
    expect(countedFactsOf(summary).withoutAction).toBe(counted);
    const sent = [aSent({ facts: { ...facts, withoutAction: counted } })];
    expect(rowsOf(overviewOf(sent, [], on, 1), 'Red or amber')).toEqual([
      counted === null ? 'no plan was made: 1' : 'none without an action: 1',
    ]);
  });
});

function said(question: string, words: string) {
  const line = aLine(question);
  return { ...line, from: { ...line.from, question: question as QuestionId, said: words } };
}

describe('the overview', () => {
  it('counts whole weeks from their Monday', () => {
    expect(overviewFrom(on, 1)).toBe('2026-11-16');
    expect(overviewFrom('2026-11-16', 1)).toBe('2026-11-16');
    expect(overviewFrom('2026-11-15', 2)).toBe('2026-11-02');
  });

  it('counts each week, those without any included, and nothing outside', () => {
    const sent = [
      aSent(),
      aSent({ sentAt: '2026-11-15T23:59:00.000Z' }),
      aSent({ sentAt: '2026-11-08T12:00:00.000Z' }),
      aSent({ sentAt: '2026-11-21T12:00:00.000Z' }),
    ];
    expect(rowsOf(overviewOf(sent, [], on, 2), 'Summaries sent, by week')).toEqual([
      'week of 9 November 2026: 1',
      'week of 16 November 2026: 1',
    ]);
  });

  it('shows no count below five of a team in a week', () => {
    const sent = [
      ...Array.from({ length: 5 }, () => aSent()),
      ...Array.from({ length: 4 }, () => aSent({ team: 'South' })),
      aSent({ team: null }),
    ];
    const overview = overviewOf(sent, [], on, 1);
    expect(rowsOf(overview, 'Summaries sent, by team and week')).toEqual([
      'North, week of 16 November 2026: 5',
      'South, week of 16 November 2026: fewer than 5',
      'no team named, week of 16 November 2026: fewer than 5',
    ]);
    const cells = overview.charts[1]?.rows.map(({ count }) => count);
    expect(cells).toEqual([5, null, null]);
  });

  it('counts time to decision, returns, actions, offers, orders and topics', () => {
    const sent = [
      aSent({ decidedAt: '2026-11-19T11:00:00.000Z', codes: ['wording', 'effect-not-asked'] }),
      aSent({ decidedAt: '2026-11-20T13:00:00.000Z', codes: ['wording'] }),
      aSent({
        facts: {
          identification: ['none', 'I-2'],
          indications: ['Stalking identification: I-1'],
          withoutAction: 2,
          specialist: 'not asked',
          order: 'Not',
          orderReasons: ['No resources'],
        },
      }),
    ];
    const uncovered = [
      { at: '2026-11-18T12:00:00.000Z', topic: 'evidence' },
      { at: '2026-11-18T13:00:00.000Z', topic: null },
      { at: '2026-10-01T13:00:00.000Z', topic: 'evidence' },
    ];
    const overview = overviewOf(sent, uncovered, on, 1);
    expect(rowsOf(overview, 'Time')).toEqual([
      'within a day: 1',
      'within 3 days: 1',
      'within 7 days: 0',
      'later: 0',
      'not yet decided: 1',
    ]);
    expect(rowsOf(overview, 'Returned')).toEqual([
      'The wording needs to change: 2',
      'The effect on the person was not asked: 1',
    ]);
    expect(rowsOf(overview, 'Stalking identifications')).toEqual([
      'consistent with a course of conduct, unwanted: 2',
      'nothing printed: 1',
      'one occasion recorded so far: 1',
    ]);
    expect(rowsOf(overview, 'Printed')).toEqual(['Stalking identification: I-1: 1']);
    expect(rowsOf(overview, 'Red or amber')).toEqual([
      'none without an action: 2',
      'some without an action: 1',
    ]);
    expect(rowsOf(overview, 'Specialist')).toEqual(['Yes: 2', 'not asked: 1']);
    expect(rowsOf(overview, 'Stalking protection')).toEqual(['Apply: 2', 'Not: 1']);
    expect(rowsOf(overview, 'Reasons')).toEqual(['No resources: 1']);
    expect(rowsOf(overview, 'Questions')).toEqual(['evidence: 1', 'no topic near: 1']);
  });

  it('is of one team where one is named, without its small counts and without questions', () => {
    const sent = [
      ...Array.from({ length: 5 }, () => aSent()),
      aSent({ facts: { ...facts, specialist: 'declined' } }),
      aSent({ team: 'South' }),
    ];
    const asked = [{ at: '2026-11-18T12:00:00.000Z', topic: 'evidence' }];
    const overview = overviewOf(sent, asked, on, 1, 'North');
    expect(overview.teams).toEqual(['North', 'South']);
    expect(rowsOf(overview, 'Specialist')).toEqual(['Yes: 5', 'declined: fewer than 5']);
    expect(rowsOf(overview, 'Summaries sent, by week')).toEqual(['week of 16 November 2026: 6']);
    for (const title of ['Questions', 'Summaries sent, by team'])
      expect(rowsOf(overview, title)).toBeUndefined();
  });

  it('has words for whatever a shipped identification comes to', async () => {
    const { scripts } = await loadReal();
    const printed = scripts
      .filter(({ name }) => name === 'identification')
      .flatMap(({ indications }) => indications.map(({ id }) => id));
    const beside = ['I-4', 'I-5'];
    expect([...new Set(printed)].filter((id) => !beside.includes(id)).toSorted()).toEqual(
      Object.keys(overviewWords.outcomes)
        .filter((id) => id !== 'none' && id !== 'another')
        .toSorted(),
    );
  });

  it('names no person', () => {
    const text = stringsIn(overviewOf([aSent(), aSent()], [], on, 3)).join();
    expect(text).not.toMatch(/anna|SP-|PC /i);
  });
});
