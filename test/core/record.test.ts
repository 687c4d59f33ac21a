import { describe, expect, it } from 'vitest';
import { readDate as readRealDate } from '../../src/adapters/read-date.js';
import {
  endsList,
  longestField,
  parseRecord,
  parseTypedRecord,
  standingRecords,
  withFlagChoices,
} from '../../src/core/record.js';
import { replay } from '../../src/core/replay.js';
import type { ReadDate } from '../../src/core/reply.js';
import { sayRecord } from '../../src/core/say-value.js';
import type { Act, RecordFields } from '../../src/core/screening.js';
import {
  aCard,
  anEvent,
  anna,
  aQuestion,
  aRecord,
  aReply,
  aScript,
  aTime,
  ben,
  eventsOf,
  type QuestionInput,
  questionId,
  questionOf,
  theList,
  today,
} from '../builders.js';

const readDate: ReadDate = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? { day: text, precision: 'exact' } : undefined;

const cardOf = (given: Partial<QuestionInput> = {}) => questionOf(aScript([aCard(given)]), 'QC01');
const parsed = (typed: Readonly<Record<string, string>>, given: Partial<QuestionInput> = {}) =>
  parseRecord(cardOf(given), typed, today, readDate);
const text = (words: string) => ({ kind: 'text', text: words }) as const;
const date = (day: string) => ({ kind: 'date', day, precision: 'exact' }) as const;

describe('the fields of a card', () => {
  it('become a record, each value of its field’s type', () => {
    expect(
      parsed({ what: ' He waited at the gate. ', when: '2026-11-13', kinds: 'calls,gifts' }),
    ).toEqual({
      kind: 'record',
      fields: {
        what: text('He waited at the gate.'),
        when: date('2026-11-13'),
        kinds: { kind: 'choices', choices: ['calls', 'gifts'] },
      },
    });
  });

  it('leave out what was not filled in, all but the first', () => {
    expect(parsed({ what: 'A call', when: '  ' })).toEqual({
      kind: 'record',
      fields: { what: text('A call') },
    });
  });

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['the first is empty', { when: '2026-11-13' }, 'empty', 'What happened'],
    ['the date cannot be read', { what: 'A call', when: 'when it rained' }, 'not-a-date', 'When'],
    ['the date has not come', { what: 'A call', when: '2026-11-21' }, 'date-in-future', 'When'],
    ['a kind is unknown', { what: 'A call', kinds: 'dragons' }, 'not-a-choice', 'Kinds'],
    ['words hold what no store takes', { what: 'a\0b' }, 'not-text', 'What happened'],
    ['words are too long', { what: 'x'.repeat(longestField + 1) }, 'too-long', 'What happened'],
  ])('are refused by the name of the field when %s', (_, typed, reason, field) => {
    expect(parsed(typed)).toEqual({ kind: 'refused', reason, field });
  });

  it('may be as long as a pasted timeline', () => {
    const long = 'x'.repeat(longestField);
    expect(parsed({ what: long })).toEqual({ kind: 'record', fields: { what: text(long) } });
  });

  it('ignore what the card does not ask', () => {
    expect(parsed({ what: 'A call', score: '9' })).toEqual({
      kind: 'record',
      fields: { what: text('A call') },
    });
  });

  it('take a day to come only where the field looks ahead', () => {
    const ahead: Partial<QuestionInput> = {
      fields: [
        { id: 'what', label: 'What is due', type: 'FT' },
        { id: 'by', label: 'By when', type: 'DT', ahead: true },
      ],
    };
    expect(parsed({ what: 'Call back', by: '2026-12-03' }, ahead)).toEqual({
      kind: 'record',
      fields: { what: text('Call back'), by: date('2026-12-03') },
    });
  });
});

describe('a line typed for a card', () => {
  const typed = (
    words: string,
    given: Partial<QuestionInput> = {},
    read: ReadDate = readRealDate,
  ) => parseTypedRecord(cardOf(given), words, today, read);

  it('is the first field, and the day where it names one', () => {
    expect(typed('He waited at the gate on 13 November 2026')).toEqual({
      kind: 'record',
      fields: { what: text('He waited at the gate on 13 November 2026'), when: date('2026-11-13') },
    });
  });

  it('is the first field alone where it names no day', () => {
    expect(typed('He waited at the gate')).toEqual({
      kind: 'record',
      fields: { what: text('He waited at the gate') },
    });
  });

  it('takes no day to come for the day of what has happened', () => {
    const read: ReadDate = () => ({ day: '2026-12-01', precision: 'exact' });
    expect(typed('He said: on 1 December', {}, read)).toEqual({
      kind: 'record',
      fields: { what: text('He said: on 1 December') },
    });
  });

  it('takes a day to come where the field looks ahead, and tells the reader so', () => {
    const seen: unknown[] = [];
    const read: ReadDate = (...given) => {
      seen.push(given);
      return { day: '2026-12-01', precision: 'exact' };
    };
    const fields: QuestionInput['fields'] = [
      { id: 'what', label: 'What is due', type: 'FT' },
      { id: 'by', label: 'By when', type: 'DT', ahead: true },
    ];
    expect(typed('Call back on 1 December', { fields }, read)).toEqual({
      kind: 'record',
      fields: { what: text('Call back on 1 December'), by: date('2026-12-01') },
    });
    expect(seen).toEqual([['Call back on 1 December', today, true]]);
  });

  it('is refused like the first field of the card', () => {
    expect(typed('')).toEqual({ kind: 'refused', reason: 'empty', field: 'What happened' });
  });

  it.each([
    'done',
    ' Done. ',
    'that’s all',
    "That's all!",
    'no more',
    'Nothing else',
    'none',
    'end',
  ])('“%s” ends the list', (words) => {
    expect(endsList(words)).toBe(true);
  });

  it.each(['he was done with her', 'none of them answered', 'ended it in May', ''])(
    '“%s” does not',
    (words) => {
      expect(endsList(words)).toBe(false);
    },
  );
});

describe('records', () => {
  const listing = aScript([
    aQuestion({ id: 'QA01' }),
    aCard(),
    aQuestion({ id: 'QA02', when: { question: 'QC01', is: ['given'] } }),
    aQuestion({ id: 'QA03', when: { question: 'QC01', is: ['none'] } }),
  ]);
  const recordsAfter = (...acts: readonly Act[]) =>
    replay(listing, eventsOf(aReply('QA01', 'yes'), ...acts)).records.get(questionId('QC01'));
  const numbered = (...acts: readonly Act[]) =>
    (recordsAfter(...acts) ?? []).map(({ number, isStruck, fields }) => [
      number,
      isStruck,
      fields.what,
    ]);
  const strike = (number: number): Act => ({
    kind: 'strike',
    question: questionId('QC01'),
    number,
  });

  it('are numbered as they are added, with who added each and when', () => {
    expect(recordsAfter(aRecord('QC01', 'One'))).toEqual([
      {
        number: 1,
        fields: { what: text('One') },
        isStruck: false,
        seq: 2,
        at: aTime,
        by: anna,
        reason: undefined,
        replaced: [],
      },
    ]);
    expect(numbered(aRecord('QC01', 'One'), aRecord('QC01', 'Two'))).toEqual([
      [1, false, text('One')],
      [2, false, text('Two')],
    ]);
  });

  it('keep what they said before they were changed, by whom, and why', () => {
    const events = [
      ...eventsOf(aReply('QA01', 'yes'), aRecord('QC01', 'One'), aRecord('QC01', 'Two')),
      anEvent({ seq: 4, by: ben, act: aRecord('QC01', 'First', 1) }),
      anEvent({
        seq: 5,
        by: ben,
        act: { kind: 'reason', question: questionId('QC01'), reason: 'misheard' },
      }),
    ];
    const [first, second] = replay(listing, events).records.get(questionId('QC01')) ?? [];
    expect(first).toEqual({
      number: 1,
      fields: { what: text('First') },
      isStruck: false,
      seq: 4,
      at: aTime,
      by: ben,
      reason: 'misheard',
      replaced: [{ value: { what: text('One') }, at: aTime, by: anna, reason: undefined }],
    });
    expect([second?.fields.what, second?.reason]).toEqual([text('Two'), undefined]);
  });

  it('that are struck keep their number, so that no other moves', () => {
    const acts = [aRecord('QC01', 'One'), aRecord('QC01', 'Two'), strike(1)];
    expect(numbered(...acts, aRecord('QC01', 'Three'))).toEqual([
      [1, true, text('One')],
      [2, false, text('Two')],
      [3, false, text('Three')],
    ]);
    expect(standingRecords(recordsAfter(...acts)).map(({ number }) => number)).toEqual([2]);
    expect(standingRecords(undefined)).toEqual([]);
  });

  const standingAfter = (...acts: readonly Act[]) => {
    const { standings, at } = replay(listing, eventsOf(aReply('QA01', 'yes'), ...acts));
    return [standings.get(questionId('QC01'))?.value, at?.id];
  };

  it('leave their question open until the list is ended', () => {
    expect(standingAfter(aRecord('QC01', 'One'))).toEqual([undefined, 'QC01']);
  });

  it('are counted when the list is ended, and rules test whether there are any', () => {
    expect(standingAfter(aRecord('QC01', 'One'), aRecord('QC01', 'Two'), theList('QC01'))).toEqual([
      { kind: 'listed', count: 2 },
      'QA02',
    ]);
    expect(standingAfter(theList('QC01'))).toEqual([{ kind: 'listed', count: 0 }, 'QA03']);
    expect(standingAfter(aRecord('QC01', 'One'), strike(1), theList('QC01'))).toEqual([
      { kind: 'listed', count: 0 },
      'QA03',
    ]);
  });

  it('are counted again when one is added to or struck from a list that was ended', () => {
    expect(standingAfter(theList('QC01'), aRecord('QC01', 'One'))).toEqual([
      { kind: 'listed', count: 1 },
      'QA02',
    ]);
    expect(standingAfter(aRecord('QC01', 'One'), theList('QC01'), strike(1))).toEqual([
      { kind: 'listed', count: 0 },
      'QA03',
    ]);
  });
});

describe('a record in words', () => {
  it('is its first field, then each other one under its label', () => {
    const fields: RecordFields = {
      kinds: { kind: 'choices', choices: ['gifts', 'calls'] },
      when: { kind: 'date', day: '2026-03-01', precision: 'month' },
      what: text('He "waited"'),
    };
    expect(sayRecord(cardOf(), fields)).toBe(
      '“He ‘waited’”; When: March 2026; Kinds: Gifts left; Calls',
    );
  });

  it('says nothing of a field that was not filled in', () => {
    expect(sayRecord(cardOf(), { what: text('A call') })).toBe('“A call”');
  });
});

describe('a field that chooses among the flags of the case', () => {
  const plan = cardOf({
    fields: [
      { id: 'what', label: 'What is done', type: 'FT' },
      { id: 'for', label: 'For which matter', type: 'MS', choicesFrom: 'flags' },
    ],
  });
  const filled = withFlagChoices(plan, [
    { question: 'FC04', about: 'said they know where' },
    { question: 'RI11b', about: 'said they were followed' },
  ]);

  it('offers each by its question and what was described', () => {
    expect(filled.fields[1]?.choices).toEqual([
      { value: 'FC04', label: 'FC04: said they know where', alone: false },
      { value: 'RI11b', label: 'RI11b: said they were followed', alone: false },
    ]);
  });

  it('takes the choice as the card sends it, and as it may be typed', () => {
    const read = (words: string) =>
      parseRecord(filled, { what: 'Change the locks', for: words }, today, readDate);
    for (const words of ['FC04,RI11b', '1 and 2', 'fc04, ri11B']) {
      expect(read(words)).toEqual({
        kind: 'record',
        fields: {
          what: text('Change the locks'),
          for: { kind: 'choices', choices: ['FC04', 'RI11b'] },
        },
      });
    }
    expect(read('SI01')).toEqual({
      kind: 'refused',
      reason: 'not-a-choice',
      field: 'For which matter',
    });
  });

  it('leaves a question without such a field as it is', () => {
    const question = cardOf();
    expect(withFlagChoices(question, [{ question: 'FC04', about: 'said so' }])).toBe(question);
  });
});
