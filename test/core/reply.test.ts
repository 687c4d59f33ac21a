import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choicesOf,
  isAbsent,
  longestText,
  type ParsedReply,
  parseReply,
  type ReadDate,
  type RefusedReply,
  type Value,
  valueSchema,
} from '../../src/core/reply.js';
import { aQuestion, aScript, choice, choices, type QuestionInput, today } from '../builders.js';

const readDate: ReadDate = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? { day: text, precision: 'exact' } : undefined;

const list = [
  { value: 'me', label: 'Me' },
  { value: 'other-people', label: 'Other people' },
  { value: 'fire', label: 'Fire' },
  { value: 'none', label: 'None of these', alone: true },
];

function parsed(given: Partial<QuestionInput>, raw: string): ParsedReply {
  const [question] = aScript([aQuestion(given)]).questions;
  if (!question) throw new Error('building a question: none came back');
  return parseReply(question, raw, today, readDate);
}

describe('a reply', () => {
  it.each<[string, Partial<QuestionInput>, string, Value]>([
    ['yes in full', { type: 'YN' }, 'Yes', choice('yes')],
    ['a short yes', { type: 'YNU' }, ' y ', choice('yes')],
    ['a short no', { type: 'YNU' }, 'n', choice('no')],
    ['a spoken yes', { type: 'YN' }, 'yeah', choice('yes')],
    ['unsure', { type: 'YNU' }, 'unsure', choice('unsure')],
    ['the number of a choice', { type: 'YNU' }, '3', choice('unsure')],
    ['a number with its full stop', { type: 'MC', choices: list }, '2.', choice('other-people')],
    [
      'the label of a choice',
      { type: 'MC', choices: list },
      'other PEOPLE',
      choice('other-people'),
    ],
    [
      'the value of a choice',
      { type: 'MC', choices: list },
      'other-people',
      choice('other-people'),
    ],
    ['one of several', { type: 'MS', choices: list }, 'me', choices('me')],
    ['several by number', { type: 'MS', choices: list }, '1, 3', choices('me', 'fire')],
    ['several by name', { type: 'MS', choices: list }, 'me and fire', choices('me', 'fire')],
    ['the same one twice, once', { type: 'MS', choices: list }, '1 1 me', choices('me')],
    [
      'a label of two words',
      { type: 'MS', choices: list },
      'Other people',
      choices('other-people'),
    ],
    ['the one that stands alone', { type: 'MS', choices: list }, '4', choices('none')],
    [
      'free text as it was typed',
      { type: 'FT' },
      ' He said “no”. ',
      { kind: 'text', text: 'He said “no”.' },
    ],
    ['today', { type: 'DT' }, today, { kind: 'date', day: today, precision: 'exact' }],
    ['a number', { type: 'N' }, '1,200', { kind: 'number', number: 1200 }],
  ])('may be %s', (_, question, raw, value) => {
    expect(parsed(question, raw)).toEqual({ kind: 'value', value });
  });

  it.each<[RefusedReply, string, Partial<QuestionInput>, string]>([
    ['empty', 'it is empty', { type: 'FT' }, '   '],
    ['too-long', 'it is longer than can be kept', { type: 'FT' }, 'x'.repeat(longestText + 1)],
    ['not-a-choice', 'it is no choice', { type: 'YN' }, 'perhaps'],
    ['not-a-choice', 'unsure was not offered', { type: 'YN' }, 'unsure'],
    ['not-a-choice', 'its number is past the last choice', { type: 'MC', choices: list }, '5'],
    ['not-a-choice', 'its number is nought', { type: 'MS', choices: list }, '0'],
    ['not-a-choice', 'one of several is unknown', { type: 'MS', choices: list }, 'me, dragons'],
    ['one-choice-only', 'it names two where one is taken', { type: 'MC', choices: list }, '1, 2'],
    ['none-with-others', '“none” stands with others', { type: 'MS', choices: list }, 'me, none'],
    ['not-a-date', 'it is no date', { type: 'DT' }, 'when it rained'],
    ['date-in-future', 'the date has not come', { type: 'DT' }, '2026-11-21'],
    ['not-a-number', 'it is no number', { type: 'N' }, 'lots'],
    ['not-a-number', 'it is below nought', { type: 'N' }, '-1'],
    ['not-a-number', 'it is no whole number', { type: 'N' }, '1.5'],
    ['not-a-number', 'it has too many digits', { type: 'N' }, '1234567'],
  ])('is refused as %s when %s', (reason, _, question, raw) => {
    expect(parsed(question, raw)).toEqual({ kind: 'refused', reason });
  });

  it('may be as long as can be kept', () => {
    const text = 'x'.repeat(longestText);
    expect(parsed({ type: 'FT' }, text)).toEqual({ kind: 'value', value: { kind: 'text', text } });
  });

  it('may be a day to come where the question looks ahead, and the reader is told so', () => {
    const seen: unknown[] = [];
    const read: ReadDate = (...given) => {
      seen.push(given);
      return { day: '2026-11-27', precision: 'exact' };
    };
    const asked = (ahead: boolean) => {
      const [question] = aScript([aQuestion({ type: 'DT', ahead })]).questions;
      if (!question) throw new Error('building a question: none came back');
      return parseReply(question, 'next Friday', today, read);
    };
    expect(asked(true)).toEqual({
      kind: 'value',
      value: { kind: 'date', day: '2026-11-27', precision: 'exact' },
    });
    expect(asked(false)).toEqual({ kind: 'refused', reason: 'date-in-future' });
    expect(seen).toEqual([
      ['next Friday', today, true],
      ['next Friday', today, false],
    ]);
  });

  it('to a list says that it has ended; what it holds is counted elsewhere', () => {
    const fields = [{ id: 'what', label: 'What happened', type: 'FT' as const }];
    expect(parsed({ type: 'CARD', fields }, 'done')).toEqual({
      kind: 'value',
      value: { kind: 'listed', count: 0 },
    });
  });

  it('hands the date reader today, and takes the precision it gives', () => {
    const [question] = aScript([aQuestion({ type: 'DT' })]).questions;
    if (!question) throw new Error('building a question: none came back');
    const seen: string[] = [];
    const read: ReadDate = (text, day) => {
      seen.push(text, day);
      return { day: '2024-01-01', precision: 'year' };
    };
    expect(parseReply(question, '2024', today, read)).toEqual({
      kind: 'value',
      value: { kind: 'date', day: '2024-01-01', precision: 'year' },
    });
    expect(seen).toEqual(['2024', today]);
  });

  it('is always a value that can be stored, or a reason', () => {
    const types = fc.constantFrom<Partial<QuestionInput>>(
      { type: 'YN' },
      { type: 'YNU' },
      { type: 'MC', choices: list },
      { type: 'MS', choices: list },
      { type: 'FT' },
      { type: 'DT' },
      { type: 'N' },
      { type: 'CARD', fields: [{ id: 'what', label: 'What happened', type: 'FT' }] },
    );
    fc.assert(
      fc.property(types, fc.string({ unit: 'grapheme' }), (type, raw) => {
        const reply = parsed(type, raw);
        if (reply.kind === 'value') expect(valueSchema.parse(reply.value)).toEqual(reply.value);
        else expect(reply.reason).toMatch(/^[a-z-]+$/);
      }),
    );
  });
});

describe('a value', () => {
  it.each<[Value, readonly string[], boolean]>([
    [choice('yes'), ['yes'], false],
    [choices('me', 'fire'), ['me', 'fire'], false],
    [{ kind: 'text', text: 'no' }, ['given'], false],
    [{ kind: 'date', day: today, precision: 'exact' }, ['given'], false],
    [{ kind: 'number', number: 0 }, ['given'], false],
    [{ kind: 'listed', count: 0 }, ['none'], false],
    [{ kind: 'listed', count: 3 }, ['given'], false],
    [{ kind: 'not-known' }, ['not-known'], true],
    [{ kind: 'declined' }, ['declined'], true],
    [{ kind: 'not-asked', reason: 'distress' }, ['not-asked'], true],
  ])('%j is tested by rules as %j; absent: %s', (value, names, absent) => {
    expect(choicesOf(value)).toEqual(names);
    expect(isAbsent(value)).toBe(absent);
  });

  it('never reads as “no” when it is absent', () => {
    const absent: readonly Value[] = [
      { kind: 'not-known' },
      { kind: 'declined' },
      { kind: 'not-asked', reason: 'judgement' },
    ];
    expect(absent.flatMap(choicesOf)).not.toContain('no');
  });
});
