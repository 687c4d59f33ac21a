import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/canonical-json.js';
import type { CaseSummary } from '../../src/core/case-summary-schema.js';
import { differencesBetween } from '../../src/core/review-differences.js';
import { aTime, ben, questionId } from '../builders.js';
import { aCaseSummary, aLine, lineKey, screeningId } from '../review-builders.js';

const flag = {
  screening: screeningId,
  level: 'red' as const,
  question: questionId('FC01'),
  about: 'said somebody is outside',
  at: aTime,
};
const screening = {
  id: screeningId,
  title: 'First contact',
  script: 'first-contact',
  version: 2,
  startedAt: aTime,
  startedBy: ben,
  state: 'unfinished' as const,
  notApplicable: [],
};
const timeline = {
  built: 'Built today.',
  facts: [{ text: 'One entry.', cites: [] }],
  months: [],
  entries: [{ when: '1 May 2026', text: '“Car”', kinds: ['following'] }],
  imports: [{ from: 'Log', text: '1 May' }],
  conflicts: ['Two dates.'],
};

describe('what two summaries say differently', () => {
  it('is nothing of a summary and itself, however its parts are ordered', () => {
    const whole = { ...aCaseSummary(), flags: [flag], screenings: [screening], timeline };
    const turned: CaseSummary = JSON.parse(canonicalJson(whole));
    expect(differencesBetween(whole, turned)).toEqual([]);
    expect(Object.keys(turned)).not.toEqual(Object.keys(whole));
    expect(canonicalJson(turned)).toBe(canonicalJson(whole));
  });

  it.each<[string, Partial<CaseSummary>, readonly object[]]>([
    ['a flag', { flags: [flag] }, [{ part: 'flag', after: 'RED: said somebody is outside' }]],
    [
      'a screening',
      { screenings: [screening] },
      [{ part: 'screening', after: 'First contact: unfinished' }],
    ],
    ['what is missing', { incomplete: ['FC01.'] }, [{ part: 'missing', after: 'FC01.' }]],
    ['a task', { tasks: ['Search.'] }, [{ part: 'task', after: 'Search.' }]],
    [
      'a timeline',
      { timeline },
      ['One entry.', '1 May 2026: “Car”; following', 'Log: 1 May', 'Two dates.'].map((after) => ({
        part: 'timeline',
        after,
      })),
    ],
    [
      'a reply that no longer applies',
      { dropped: [aLine('FC05')] },
      [{ part: 'line', line: lineKey('FC05'), after: 'FC05 was answered.' }],
    ],
  ])('is %s that is new, and the other way about that is gone', (_, given, differences) => {
    const after = aCaseSummary(given);
    expect(differencesBetween(aCaseSummary(), after)).toEqual(differences);
    expect(differencesBetween(after, aCaseSummary())).toEqual(
      differences.map((one) => {
        const { after: before, ...rest } = one as { readonly after: string };
        return { ...rest, before };
      }),
    );
  });

  it('is an indication in other words', () => {
    const [indication] = aCaseSummary().indications;
    if (!indication) throw new Error('the summary has an indication');
    const after = aCaseSummary({ indications: [{ ...indication, text: 'Other.' }] });
    expect(differencesBetween(aCaseSummary(), after)).toEqual([
      {
        part: 'indication',
        line: lineKey('I-1'),
        before: 'What is described could amount to a course of conduct.',
        after: 'Other.',
      },
    ]);
  });

  it('is a record apart from the others of its question', () => {
    const record = (number: number) => {
      const line = aLine('TL01');
      return { ...line, from: { ...line.from, record: number } };
    };
    const of = (...numbers: readonly number[]) =>
      aCaseSummary({ sections: [{ id: 'S3', title: 'Reported', lines: numbers.map(record) }] });
    expect(differencesBetween(of(1), of(1, 2))).toEqual([
      { part: 'line', line: lineKey('TL01 2'), after: 'TL01 was answered.' },
    ]);
  });

  it('is a line in the same words that rests on another reply', () => {
    const line = aLine('FC01');
    const of = (by: typeof ben) =>
      aCaseSummary({
        sections: [{ id: 'S1', title: 'Safety', lines: [{ ...line, from: { ...line.from, by } }] }],
      });
    const said = 'FC01 was answered.';
    expect(differencesBetween(of(line.from.by ?? ben), of(ben))).toEqual([
      { part: 'line', line: lineKey('FC01'), before: said, after: said },
    ]);
  });
});
