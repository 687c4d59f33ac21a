import { describe, expect, it } from 'vitest';
import type { Knowledge } from '../../src/core/knowledge.js';
import { statsOf } from '../../src/core/knowledge-stats.js';
import { lintKnowledge } from '../../src/core/lint-knowledge.js';
import type { Passage } from '../../src/core/passage.js';
import { readingGrade } from '../../src/core/reading-age.js';
import { listStale } from '../../src/core/stale.js';
import { neverAdviseSchema } from '../../src/core/wording.js';
import { aKnowledge, aPassageOf, aSource, today } from '../builders.js';

/** Fifty plain words that no other passage has. */
function filler(id: string): readonly string[] {
  const words = Array.from({ length: 10 }, (_, at) => `${id}${'abcdefghij'[at]}`).join(' and ');
  return [1, 2, 3].map((part) => `The ${part === 2 ? 'day' : 'act'} is put in a note ${words}.`);
}

function aWritten(id: string, sentences: readonly string[], given: Partial<Passage> = {}): Passage {
  return aPassageOf(id, [sentences, filler(id)], given);
}

const reasons = (knowledge: Knowledge, on = today) =>
  lintKnowledge(knowledge, on).map(({ level, where, reason }) => `${level} ${where}: ${reason}`);
const lint = (...passages: readonly Passage[]) => reasons(aKnowledge({ passages }));

describe('the lint', () => {
  it('says nothing of passages that are as they should be', () => {
    expect(lint(aWritten('one', ['Keep a note.']), aWritten('two', ['Ring the victim.']))).toEqual(
      [],
    );
  });

  it('warns of statements with the same or nearly the same words in two passages', () => {
    const said =
      'Officers should ask about earlier reports of any kind before they leave the victim.';
    const near = said.replace('any kind', 'every kind');
    expect(
      lint(aWritten('one', [said]), aWritten('two', [said]), aWritten('three', [near])),
    ).toEqual([
      'warning passage two: the same words stand in passage one: "Officers should ask about earlier reports of any kind before they lea…"',
      'warning passage three: nearly the same words stand in passage one: "Officers should ask about earlier reports of every kind before they l…"',
      'warning passage three: nearly the same words stand in passage two: "Officers should ask about earlier reports of every kind before they l…"',
    ]);
  });

  it.each([
    ['A full order lasts at least two years.', 'A full order lasts for at least 3 years.'],
    ['The victim is told within one working day.', 'The victim is told within 5 working days.'],
  ])('warns when two passages give other numbers on one place: %s %s', (one, other) => {
    expect(lint(aWritten('one', [one]), aWritten('two', [other]))).toEqual([
      `warning passage two: gives another number than passage one on cop-inv key points: "${other}" and "${one}"`,
    ]);
  });

  it.each([
    [
      'the same number in figures and words',
      'An order lasts two years.',
      'An order lasts 2 years.',
      {},
    ],
    [
      'another case',
      'The victim is told in 1 day.',
      'Without it the victim is told in 5 days.',
      {},
    ],
    [
      'another thing',
      'The term is ten years in prison.',
      'The order lasts two years at least.',
      {},
    ],
    [
      'sections, not counts',
      'Section 2 says an order lasts.',
      'Section 4 says an order lasts.',
      {},
    ],
    [
      'another time',
      'An order lasts two years.',
      'An order lasts three years.',
      { inForce: { from: '2030-01-01', to: null } },
    ],
  ])('does not take %s for a contradiction', (_, one, other, given) => {
    const first = aWritten('one', [one], { inForce: { from: null, to: '2029-12-31' } });
    const findings = lint(first, aWritten('two', [other], given));
    expect(findings.filter((finding) => finding.includes('another number'))).toEqual([]);
  });

  it('does not hold places of other sources or other places against each other', () => {
    const mark = (locator: string) => [{ source: aSource().id, locator }];
    const said = (text: string, locator: string) => [
      { lead: [{ text, marks: mark(locator) }], items: [] },
      { lead: filler(locator).map((words) => ({ text: words, marks: mark(locator) })), items: [] },
    ];
    const one = aWritten('one', [], { blocks: said('An order lasts two years.', 'placea') });
    const two = aWritten('two', [], { blocks: said('An order lasts three years.', 'placeb') });
    expect(lint(one, two)).toEqual([]);
  });

  it('warns of a passage that is too short, too long or hard to read', () => {
    const hard =
      'Notwithstanding contemporaneous evidential considerations, investigators necessitate comprehensive documentation demonstrating proportionality.';
    const findings = lint(
      aPassageOf('short', [['Keep a note.']]),
      aPassageOf('long', [filler('a'), filler('b'), filler('c')]),
      aPassageOf(
        'hard',
        Array.from({ length: 4 }, (_, at) => [hard.repeat(at === 0 ? 4 : 1)]),
      ),
    );
    expect(findings.filter((one) => !one.includes('words stand'))).toEqual([
      'warning passage short: has 3 words, not 40 to 160',
      'warning passage long: has 234 words, not 40 to 160',
      expect.stringMatching(/^warning passage hard: is hard to read: grade \d\d\.\d, over 12/),
    ]);
  });

  it('counts dates that cannot be as faults, and those that have passed as warnings', () => {
    const dated = (id: string, given: Partial<Passage>) => aWritten(id, [], given);
    const passages = [
      dated('ahead', { checkedOn: '2026-11-21', reviewBy: '2027-05-20' }),
      dated('turned', { checkedOn: today, reviewBy: today }),
      dated('ends', { inForce: { from: '2026-02-01', to: '2026-01-01' } }),
      dated('far', { reviewBy: '2028-01-01' }),
      dated('due', { checkedOn: '2026-01-01', reviewBy: '2026-06-01' }),
      dated('gone', { status: 'retired', checkedOn: '2026-01-01', reviewBy: '2026-06-01' }),
    ];
    const sources = new Map([[aSource().id, aSource({ checkedOn: '2027-01-01' })]]);
    expect(reasons(aKnowledge({ passages, sources }))).toEqual([
      'fault passage ahead: checkedOn 2026-11-21 has not come yet',
      `fault passage turned: reviewBy ${today} is not after checkedOn`,
      'fault passage ends: inForce ends (2026-01-01) before it begins (2026-02-01)',
      'fault source cop-inv: checkedOn 2027-01-01 has not come yet',
      'warning passage ends: ended on 2026-01-01: retire it and name its successor',
      'warning passage far: reviewBy 2028-01-01 is more than 12 months after checkedOn',
      'warning passage due: was due for review on 2026-06-01',
    ]);
  });

  it('counts words never to send as faults where nothing guards them', () => {
    const like = (words: string) => Array.from({ length: 5 }, (_, at) => `${words} ${at}`);
    const neverAdvise = neverAdviseSchema.parse({
      words: {},
      families: [
        {
          id: 'P1',
          level: 'block',
          patterns: ['\\bblock him\\b'],
          reason: 'It takes evidence away.',
          cites: ['cop-inv key points', 'nowhere page 1'],
          insteadSay: 'Please keep everything.',
          catches: like('Block him'),
          passes: like('Do not block him'),
        },
      ],
    });
    const passages = [
      aWritten('bad', ['Tell the victim to block him.']),
      aWritten('ok', ['Do not tell the victim to block him.']),
    ];
    expect(reasons(aKnowledge({ passages, neverAdvise }))).toEqual([
      'fault passage bad: holds words of never-advise.yaml, unguarded: "Tell the victim to block him."',
      'fault never-advise.yaml, P1: source nowhere is not in sources.yaml',
    ]);
  });
});

describe('the grade of a text', () => {
  it.each([
    ['The cat sat on the mat.', -1.4],
    ['The officer keeps a record of every report and tells the victim about it.', 8.4],
    ['', 0],
  ])('of “%s” is about %d', (text, grade) => {
    expect(readingGrade(text)).toBeCloseTo(grade, 0);
  });
});

describe('what is stale', () => {
  it('is told apart on any day, and leaves out what is retired', () => {
    const passages = [
      aWritten('overdue', [], { reviewBy: '2026-11-19' }),
      aWritten('soon', [], { reviewBy: '2026-12-19' }),
      aWritten('later', [], { reviewBy: '2026-12-20' }),
      aWritten('draft', [], { status: 'draft' }),
      aWritten('gone', [], { status: 'retired', reviewBy: '2020-01-01' }),
    ];
    const sources = new Map([[aSource().id, aSource({ checkedOn: '2025-11-19' })]]);
    const knowledge = aKnowledge({ passages, sources });
    expect(listStale(knowledge, today)).toEqual({
      overdue: ['passage overdue: was due for review on 2026-11-19'],
      dueSoon: ['passage soon: is due for review on 2026-12-19'],
      drafts: ['passage draft: is a draft'],
      oldSources: ['source cop-inv: was last read on 2025-11-19'],
      unapproved: [],
    });
    expect(listStale(knowledge, '2025-11-01')).toMatchObject({ overdue: [], oldSources: [] });
  });
});

describe('the counts', () => {
  it('are by topic, audience, status, source and licence, with age and words', () => {
    const passages = [
      aPassageOf('one', [['Keep a note of it.']], { audience: ['officer', 'advocate'] }),
      aPassageOf('two', [['Ring.'], ['Write.']], { status: 'draft', checkedOn: '2026-11-10' }),
    ];
    expect(statsOf(aKnowledge({ passages }), today)).toEqual({
      passages: 2,
      statements: 3,
      topics: [{ name: 'a-topic', passages: 2 }],
      audiences: [
        { name: 'officer', passages: 2 },
        { name: 'advocate', passages: 1 },
      ],
      statuses: [
        { name: 'draft', passages: 1 },
        { name: 'published', passages: 1 },
      ],
      sources: [{ name: 'cop-inv', passages: 2 }],
      licences: [{ name: 'NC-College', passages: 2 }],
      age: { least: 0, median: 10, most: 10 },
      words: { least: 2, median: 5, most: 5, sum: 7 },
    });
    expect(statsOf(aKnowledge(), today)).toMatchObject({
      passages: 0,
      topics: [],
      words: { least: 0, median: 0, most: 0, sum: 0 },
    });
  });
});
