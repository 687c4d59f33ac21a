import { describe, expect, it } from 'vitest';
import { longestBreathWords, scriptSchema, withChoices } from '../../src/core/script.js';
import {
  aCard,
  aQuestion,
  aScript,
  aScriptFile,
  type QuestionInput,
  type ScriptInput,
} from '../builders.js';

/** Each fault as "place: reason". */
function faultsIn(given: Partial<ScriptInput>): readonly string[] {
  const parsed = scriptSchema.safeParse(aScriptFile(given));
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const first = aQuestion({ id: 'QA01' });
const what = { id: 'what', label: 'What happened', type: 'FT' as const };
const chooses = [
  { value: 'sure', label: 'Sure' },
  { value: 'guess', label: 'A guess' },
];

describe('a script', () => {
  it('is accepted when nothing is wrong with it', () => {
    expect(faultsIn({ questions: [first] })).toEqual([]);
  });

  it('gives yes-or-no questions their choices, so that no file writes them out', () => {
    const script = aScript([
      aQuestion({ id: 'QA01', type: 'YN' }),
      aQuestion({ id: 'QA02', type: 'YNU' }),
    ]);
    expect(script.questions.map(({ choices }) => choices.map(({ value }) => value))).toEqual([
      ['yes', 'no'],
      ['yes', 'no', 'unsure'],
    ]);
  });

  it('keeps the choices a question writes out', () => {
    const script = aScript([aQuestion({ type: 'MC', choices: chooses })]);
    expect(withChoices(script)).toEqual(script);
    expect(script.questions[0]?.choices.map(({ value }) => value)).toEqual(['sure', 'guess']);
  });

  it.each<[string, readonly QuestionInput[], string]>([
    ['stands twice', [first, aQuestion({ id: 'QA01' })], 'QA01: stands twice'],
    [
      'waits for a question that comes later',
      [
        aQuestion({ id: 'QA01', when: { question: 'QA02', is: ['yes'] } }),
        aQuestion({ id: 'QA02' }),
      ],
      'QA01: looks at QA02, which is not asked before it',
    ],
    [
      'waits for itself',
      [aQuestion({ id: 'QA01', when: { question: 'QA01', is: ['yes'] } })],
      'QA01: looks at QA01, which is not asked before it',
    ],
    [
      'waits for a value that cannot be replied',
      [first, aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['maybe'] } })],
      'QA02: waits for QA01 to be "maybe": never replied',
    ],
    [
      'waits for it inside another condition',
      [
        first,
        aQuestion({ id: 'QA02', when: { any: [{ all: [{ question: 'QA01', is: ['maybe'] }] }] } }),
      ],
      'QA02: waits for QA01 to be "maybe": never replied',
    ],
    [
      'waits for a choice of a question in free text',
      [
        aQuestion({ type: 'FT' }),
        aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes'] } }),
      ],
      'QA02: waits for QA01 to be "yes": never replied',
    ],
    [
      'raises a flag on a value that cannot be replied',
      [aQuestion({ flags: [{ level: 'note', on: ['maybe'], about: 'said maybe' }] })],
      'QA01: a rule tests "maybe", which cannot be replied',
    ],
    [
      'shows a message on "given" though it has choices',
      [aQuestion({ shows: [{ on: ['given'], message: 'IDM-1' }] })],
      'QA01: a rule tests "given", which cannot be replied',
    ],
    [
      'leaves a task on a value that cannot be replied',
      [aQuestion({ tasks: [{ on: ['often'], text: 'Search.' }] })],
      'QA01: a rule tests "often", which cannot be replied',
    ],
    [
      'raises red without a message',
      [aQuestion({ flags: [{ level: 'red', on: ['yes'], about: 'said yes' }] })],
      'QA01: a red flag must name its message',
    ],
    [
      'raises a flag with a message that is not defined',
      [aQuestion({ flags: [{ level: 'red', on: ['yes'], message: 'IDM-9', about: 'said yes' }] })],
      'QA01: message IDM-9 is not defined',
    ],
    [
      'shows a message that is not defined',
      [aQuestion({ shows: [{ on: ['yes'], message: 'M9' }] })],
      'QA01: message M9 is not defined',
    ],
    [
      'raises a flag that looks at a later question',
      [
        aQuestion({
          flags: [
            { level: 'note', on: ['yes'], and: { question: 'QA02', is: ['yes'] }, about: 'both' },
          ],
        }),
        aQuestion({ id: 'QA02' }),
      ],
      'QA01: looks at QA02, which is not asked before it',
    ],
    [
      'has one choice only',
      [aQuestion({ type: 'MC', choices: chooses.slice(0, 1) })],
      'QA01: needs at least two choices',
    ],
    [
      'keeps words that belong elsewhere',
      [aQuestion({ type: 'FT', storeElsewhere: true })],
      'QA01: is stored elsewhere, so only yes or no may be kept here',
    ],
    [
      'has choices in free text',
      [aQuestion({ type: 'FT', choices: chooses })],
      'QA01: cannot have choices',
    ],
    [
      'takes records without a field for them',
      [aQuestion({ type: 'CARD' })],
      'QA01: needs at least one field',
    ],
    [
      'has fields though it takes no records',
      [aQuestion({ type: 'FT', fields: [what] })],
      'QA01: only CARD questions hold records',
    ],
    [
      'says what its records are though it takes none',
      [aQuestion({ type: 'FT', holds: 'evidence' })],
      'QA01: only CARD questions hold records',
    ],
    [
      'has a field twice',
      [aQuestion({ type: 'CARD', fields: [what, what] })],
      'QA01: field what stands twice',
    ],
    [
      'has a field with one choice only',
      [
        aQuestion({
          type: 'CARD',
          fields: [what, { id: 'who', label: 'Who', type: 'MC', choices: chooses.slice(0, 1) }],
        }),
      ],
      'QA01: field who needs at least two choices',
    ],
    [
      'holds incidents without their day',
      [
        aQuestion({
          type: 'CARD',
          holds: 'incidents',
          fields: [what, { id: 'kinds', label: 'Kinds', type: 'MS', choices: chooses }],
        }),
      ],
      'QA01: holds incidents, so it needs a field when of type DT',
    ],
    [
      'holds evidence described by a date',
      [
        aQuestion({
          type: 'CARD',
          holds: 'evidence',
          fields: [{ id: 'what', label: 'What it is', type: 'DT' }],
        }),
      ],
      'QA01: its field what must be of type FT',
    ],
    [
      'tests a list for a choice',
      [
        aQuestion({ type: 'CARD', fields: [what] }),
        aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['yes'] } }),
      ],
      'QA02: waits for QA01 to be "yes": never replied',
    ],
    [
      'has a choice twice',
      [aQuestion({ type: 'MC', choices: [...chooses, { value: 'sure', label: 'Sure again' }] })],
      'QA01: choice sure stands twice',
    ],
  ])('is refused when a question %s', (_, questions, fault) => {
    expect(faultsIn({ questions: [...questions] })).toContain(fault);
  });

  it('is refused when a sentence to be read aloud takes more than one breath', () => {
    const words = (count: number) => `${Array(count).fill('word').join(' ')}?`;
    expect(faultsIn({ questions: [aQuestion({ ask: words(longestBreathWords) })] })).toEqual([]);
    expect(faultsIn({ questions: [aQuestion({ ask: words(longestBreathWords + 1) })] })).toEqual([
      'questions.0.ask: a sentence to be read aloud is longer than 30 words',
    ]);
    expect(faultsIn({ opening: words(longestBreathWords + 1) })).toEqual([
      'opening: a sentence to be read aloud is longer than 30 words',
    ]);
  });

  it('takes several sentences of one breath each', () => {
    const sentence = `${Array(longestBreathWords).fill('word').join(' ')}.`;
    expect(faultsIn({ questions: [aQuestion({ ask: `${sentence} ${sentence}` })] })).toEqual([]);
  });

  it('is refused without the message for immediate danger', () => {
    expect(faultsIn({ messages: {} })).toEqual(['messages: IDM-1 is missing']);
  });

  it('is refused when a message is followed by one that is not defined', () => {
    const messages = { 'IDM-1': { text: 'Stop.', followedBy: 'IDM-1n' } };
    expect(faultsIn({ messages })).toEqual(['IDM-1: is followed by IDM-1n, which is not defined']);
  });

  it('is refused when its minimum or a kind names no question', () => {
    expect(faultsIn({ minimum: ['QA07'] })).toEqual(['QA07: is named but is no question']);
    expect(faultsIn({ kinds: { QA08: '(a) following' } })).toEqual([
      'QA08: is named but is no question',
    ]);
  });

  it('is refused when an indication rests on or waits for a question that is not there', () => {
    const indication = { id: 'I-1', text: 'The answers describe it.', cites: ['leg-pha s2A'] };
    expect(faultsIn({ indications: [{ ...indication, rests: ['QA09'] }] })).toEqual([
      'I-1: rests on QA09, which is no question',
    ]);
    expect(
      faultsIn({
        indications: [
          { ...indication, rests: ['QA01'], unless: { question: 'QA09', is: ['yes'] } },
        ],
      }),
    ).toEqual(['I-1: looks at QA09, which is not asked before it']);
  });

  it('may test the absent answers of any question, and "given" of one without choices', () => {
    const questions = [
      aQuestion({ type: 'DT', shows: [{ on: ['given', 'not-known'], message: 'IDM-1' }] }),
      aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['given', 'declined', 'not-asked'] } }),
    ];
    expect(faultsIn({ questions })).toEqual([]);
  });

  it('may test whether a list holds anything, and whose fields choose among the flags of a case', () => {
    const questions = [
      aCard({
        id: 'QA01',
        fields: [what, { id: 'for', label: 'For', type: 'MS', choicesFrom: 'flags' }],
        shows: [{ on: ['none'], message: 'IDM-1' }],
      }),
      aQuestion({ id: 'QA02', when: { question: 'QA01', is: ['given', 'none', 'not-known'] } }),
    ];
    expect(faultsIn({ questions })).toEqual([]);
  });

  it('gives yes-or-no fields their choices too', () => {
    const script = aScript([
      aCard({ fields: [what, { id: 'told', label: 'Was it reported?', type: 'YNU' }] }),
    ]);
    const [, told] = script.questions[0]?.fields ?? [];
    expect(told?.choices.map(({ value }) => value)).toEqual(['yes', 'no', 'unsure']);
  });

  it('is refused with a field nobody reads', () => {
    const misspelt = { ...aScriptFile(), endings: 'x' };
    expect(scriptSchema.safeParse(misspelt).success).toBe(false);
  });

  it('is refused when a line would not print its answer, or a cite names no place', () => {
    const silent = aQuestion({
      feeds: { statement: 'S1', line: 'Something.', cites: ['cop-inv key points'] },
    });
    expect(faultsIn({ questions: [silent] })).toHaveLength(1);
    expect(
      faultsIn({ questions: [aQuestion({ why: { text: 'Because.', cites: ['cop-inv'] } })] }),
    ).toEqual(['questions.0.why.cites.0: must be "source-id locator"']);
  });
});
