import { describe, expect, it } from 'vitest';
import { heldAnswers, toldWords } from '../../src/core/held.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import type { Read } from '../../src/core/indications.js';
import { replay } from '../../src/core/replay.js';
import type { Value } from '../../src/core/reply.js';
import type { Act } from '../../src/core/screening.js';
import type { Script } from '../../src/core/script.js';
import {
  aCard,
  anEvent,
  anna,
  aQuestion,
  aRecord,
  aReply,
  aScreening,
  aScript,
  ben,
  choice,
  choices,
  type QuestionInput,
  questionId,
  theList,
} from '../builders.js';

const id = (last: number) =>
  screeningIdSchema.parse(`00000000-0000-4000-8000-${String(last).padStart(12, '0')}`);
const march = '2026-03-01T10:00:00.000Z';
const april = '2026-04-01T10:00:00.000Z';

/** An earlier screening of a script, every act done at one time. */
function earlier(last: number, script: Script, at: string, ...acts: readonly Act[]): Read {
  const by = last === 2 ? ben : anna;
  const events = acts.map((act, i) => anEvent({ seq: i + 1, act, at, by }));
  const screening = aScreening({ id: id(last), events });
  return { script, screening, position: replay(script, events) };
}

const asked = (...questions: readonly QuestionInput[]) => aScript(questions);
const one = asked(aQuestion({ id: 'QA01' }));
const mc = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));

describe('an answer held from earlier contact', () => {
  it('is offered with its words, who took it down, when and where', () => {
    expect(heldAnswers(one, [earlier(1, one, march, aReply('QA01', 'yes'))])).toEqual(
      new Map([
        ['QA01', { screening: id(1), question: 'QA01', at: march, by: anna, value: choice('yes') }],
      ]),
    );
  });

  it.each([
    ['in the order begun', [march, april]],
    ['in any order', [april, march]],
  ])('is the newest, %s', (_, [first = '', second = '']) => {
    const both = [
      earlier(1, one, first, aReply('QA01', first === april ? 'yes' : 'no')),
      earlier(2, one, second, aReply('QA01', second === april ? 'yes' : 'no')),
    ];
    const held = heldAnswers(one, both).get(questionId('QA01'));
    expect([held?.at, held?.value]).toEqual([april, choice('yes')]);
  });

  it('may be the answer to another question that is the same', () => {
    const other = asked(aQuestion({ id: 'QB01' }));
    const same = asked(aQuestion({ id: 'QA01', same: ['QB01'] }));
    const held = heldAnswers(same, [earlier(1, other, march, aReply('QB01', 'no'))]);
    expect([...held]).toEqual([
      ['QA01', { screening: id(1), question: 'QB01', at: march, by: anna, value: choice('no') }],
    ]);
    expect(heldAnswers(one, [earlier(1, other, march, aReply('QB01', 'no'))])).toEqual(new Map());
  });

  it.each<[string, Partial<QuestionInput>]>([
    ['of the danger set', { danger: true }],
    ['asked of this contact', { fresh: true }],
  ])('is never offered for a question %s', (_, given) => {
    const script = asked(aQuestion({ id: 'QA01', ...given }));
    expect(heldAnswers(script, [earlier(1, one, march, aReply('QA01', 'yes'))])).toEqual(new Map());
  });

  it.each<Value>([
    { kind: 'not-known' },
    { kind: 'declined' },
    { kind: 'not-asked', reason: 'distress' },
  ])('is never $kind: silence is not carried on', (value) => {
    expect(heldAnswers(one, [earlier(1, one, march, aReply('QA01', value))])).toEqual(new Map());
  });

  it('is the answer before an absent one, of an earlier screening', () => {
    const both = [
      earlier(1, one, march, aReply('QA01', 'yes')),
      earlier(2, one, april, aReply('QA01', { kind: 'declined' })),
    ];
    expect(heldAnswers(one, both).get(questionId('QA01'))?.at).toBe(march);
  });

  it('is none that a later answer took off the route', () => {
    const script = asked(
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes'] } }),
    );
    const acts = [aReply('QA01', 'yes'), aReply('QA02', 'yes'), aReply('QA01', 'no')];
    expect([...heldAnswers(script, [earlier(1, script, march, ...acts)]).keys()]).toEqual(['QA01']);
  });

  it('is none of a list of records', () => {
    const script = asked(aCard({ id: 'QA01' }));
    const read = earlier(1, script, march, aRecord('QA01', 'A call'), theList('QA01'));
    expect(heldAnswers(script, [read])).toEqual(new Map());
  });

  const day: Value = { kind: 'date', day: '2026-02-01', precision: 'exact' };
  it.each<[string, Partial<QuestionInput>, Value, Partial<QuestionInput>]>([
    ['a choice that is not offered here', { type: 'YNU' }, choice('unsure'), { type: 'YN' }],
    [
      'one choice where several are taken',
      { type: 'MC', choices: mc('me', 'us') },
      choice('me'),
      { type: 'MS', choices: mc('me', 'us') },
    ],
    [
      'several where one is taken',
      { type: 'MS', choices: mc('me', 'us') },
      choices('me'),
      { type: 'MC', choices: mc('me', 'us') },
    ],
    [
      'several of which one is not offered',
      { type: 'MS', choices: mc('me', 'us') },
      choices('me', 'us'),
      { type: 'MS', choices: mc('me', 'them') },
    ],
    ['words where a choice is taken', { type: 'FT' }, { kind: 'text', text: 'yes' }, {}],
    ['a date where words are taken', { type: 'DT' }, day, { type: 'FT' }],
    [
      'a number where a date is taken',
      { type: 'N' },
      { kind: 'number', number: 3 },
      { type: 'DT' },
    ],
  ])('is not offered where it could not be replied: %s', (_, told, value, wanted) => {
    const was = asked(aQuestion({ id: 'QA01', ...told }));
    const now = asked(aQuestion({ id: 'QA01', ...wanted }));
    expect(heldAnswers(now, [earlier(1, was, march, aReply('QA01', value))])).toEqual(new Map());
  });

  it.each<[Partial<QuestionInput>, Value]>([
    [{ type: 'FT' }, { kind: 'text', text: 'By post' }],
    [{ type: 'DT' }, day],
    [{ type: 'N' }, { kind: 'number', number: 0 }],
    [{ type: 'MS', choices: mc('me', 'us') }, choices('us')],
  ])('is offered where it fits: %j %j', (given, value) => {
    const script = asked(aQuestion({ id: 'QA01', ...given }));
    const held = heldAnswers(script, [earlier(1, script, march, aReply('QA01', value))]);
    expect(held.get(questionId('QA01'))?.value).toEqual(value);
  });
});

describe('what was told earlier, in words', () => {
  it('is the newest answer to each question, absent ones left out', () => {
    const script = asked(
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', type: 'FT' }),
      aQuestion({ id: 'QA03' }),
    );
    const both = [
      earlier(2, script, april, aReply('QA01', 'no'), aReply('QA03', { kind: 'declined' })),
      earlier(
        1,
        script,
        march,
        aReply('QA01', 'yes'),
        aReply('QA02', { kind: 'text', text: 'by post' }),
      ),
    ];
    expect(toldWords(both)).toEqual(
      new Map([
        ['QA01', 'No'],
        ['QA02', '“by post”'],
      ]),
    );
  });

  it('is nothing where there was no contact', () => {
    expect(toldWords([])).toEqual(new Map());
  });
});
