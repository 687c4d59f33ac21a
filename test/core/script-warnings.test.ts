import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../src/core/script-warnings.js';
import { aQuestion, aScript, type QuestionInput, type ScriptInput, today } from '../builders.js';

/** Each warning as "place: reason". */
function warnings(
  questions: readonly QuestionInput[],
  given: Partial<ScriptInput> = {},
  on = today,
): readonly string[] {
  return warningsOf(aScript(questions, given), on).map((w) => `${w.question}: ${w.reason}`);
}

const plain = aQuestion({ id: 'QA01', short: true });
const card = { id: 'what', label: 'What is promised', type: 'FT' } as const;

describe('what a person should look at in a script', () => {
  it('is nothing in a script that is well', () => {
    expect(warnings([plain])).toEqual([]);
  });

  it('is that it has no short set', () => {
    expect(warnings([aQuestion()])).toEqual([
      'questions: none is marked short: a caller with minutes is asked all of them',
    ]);
  });

  it('is a message that nothing shows', () => {
    const messages = {
      'IDM-1': { text: 'Stop now.', followedBy: 'IDM-1n' },
      'IDM-1n': { text: 'Then this.' },
      'XX-1': { text: 'Never shown.' },
    };
    expect(warnings([plain], { messages })).toEqual(['XX-1: is never shown']);
  });

  it('is a question that no walk reaches, and a flag that no walk raises', () => {
    const never = {
      all: [
        { question: 'QA01', is: ['yes'] },
        { question: 'QA01', is: ['no'] },
      ],
    };
    expect(
      warnings([
        plain,
        aQuestion({ id: 'QA02', when: { raised: 'amber' } }),
        aQuestion({
          id: 'QA03',
          flags: [{ level: 'note', on: ['yes'], and: never, about: 'both' }],
        }),
      ]),
    ).toEqual([
      'QA02: was asked in none of the walks',
      'QA03: its note flag “both” was raised in none of the walks',
    ]);
  });

  it('is not a question asked only in danger, behind many red flags, or after an empty list', () => {
    const flagged = (id: string) =>
      aQuestion({
        id,
        short: true,
        danger: true,
        flags: [
          { level: 'red', on: ['yes', 'unsure', 'declined'], message: 'IDM-1', about: `red ${id}` },
        ],
      });
    const ids = Array.from({ length: 12 }, (_, index) => `QA${10 + index}`);
    expect(
      warnings([
        ...ids.map(flagged),
        aQuestion({ id: 'QA50', type: 'CARD', fields: [card] }),
        aQuestion({ id: 'QA51', when: { question: 'QA50', is: ['none'] } }),
        aQuestion({ id: 'QA52', danger: true, when: { raised: 'red' } }),
      ]),
    ).toEqual([]);
  });

  it.each([
    ['When is your next court date?', 'DT', true],
    ['By when was an update promised?', 'DT', true],
    ['When did it happen?', 'DT', false],
    ['What will happen next?', 'FT', false],
  ] as const)('%s (%s): a day still to come without ahead is named: %s', (ask, type, isNamed) => {
    expect(warnings([aQuestion({ short: true, ask, type })])).toEqual(
      isNamed
        ? [`QA01: “${ask}” seems to ask for a day still to come, but has no ahead: true`]
        : [],
    );
    expect(warnings([aQuestion({ short: true, ask, type, ahead: true })])).toEqual([]);
  });

  it('is a field that asks for a day still to come', () => {
    const by = { id: 'by', label: 'Until when', type: 'DT' } as const;
    expect(warnings([aQuestion({ short: true, type: 'CARD', fields: [card, by] })])).toEqual([
      'QA01: “Until when” seems to ask for a day still to come, but has no ahead: true',
    ]);
  });

  it('is a “why” that is read aloud, not one that the user is asked', () => {
    const ask = 'Why did you not ring before?';
    expect(warnings([aQuestion({ short: true, ask })])).toEqual([
      'QA01: asks “why”, which can sound like blame; ask what happened instead',
    ]);
    expect(warnings([aQuestion({ short: true, ask, aloud: false })])).toEqual([]);
  });

  it('is a review that is due after six months, and a licence that has ended', () => {
    expect(warnings([plain], {}, '2027-05-20')).toEqual([]);
    expect(warnings([plain], {}, '2027-05-21')).toEqual([
      'checkedOn: was due for review on 2027-05-20',
    ]);
    const licence = {
      kind: 'instrument' as const,
      instrument: 'The Lantern Prompts',
      owner: 'Lantern Society',
      permission: 'LIC-1',
      users: 'Officers',
      training: 'Half a day',
      expiresOn: '2026-11-20',
      notice: 'All rights with the Lantern Society.',
    };
    expect(warnings([plain], { licence }, '2026-11-20')).toEqual([]);
    expect(warnings([plain], { licence }, '2026-11-21')).toEqual([
      'licence: ended on 2026-11-20: it is not offered any more',
    ]);
  });
});
