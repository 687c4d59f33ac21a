import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreachable } from '../../src/core/reachable.js';
import { applies } from '../../src/core/route.js';
import type { Condition } from '../../src/core/script.js';
import { scriptSchema } from '../../src/core/script.js';
import { aQuestion, aScript, aScriptFile, choice, questionId } from '../builders.js';

const is = (question: string, ...replies: readonly string[]): Condition => ({
  question: questionId(question),
  is: replies,
});

/** Checked as parsed questions, since a script that holds an unreachable one is refused. */
function questionsOf(...whens: readonly (Condition | undefined)[]) {
  const { questions } = aScript(whens.map((_, i) => aQuestion({ id: `QA0${i + 1}` })));
  return questions.map((question, i) => {
    const when = whens[i];
    return when ? { ...question, when } : question;
  });
}

describe('a question that no replies can lead to', () => {
  it.each<[string, readonly (Condition | undefined)[]]>([
    [
      'asks one question for two replies',
      [undefined, { all: [is('QA01', 'yes'), is('QA01', 'no')] }],
    ],
    [
      'looks at a question that is not asked then',
      [undefined, is('QA01', 'yes'), { all: [is('QA01', 'no'), is('QA02', 'yes')] }],
    ],
  ])('is found: it %s', (_, whens) => {
    const questions = questionsOf(...whens);
    expect(unreachable(questions)).toEqual([questions.at(-1)?.id]);
  });

  it('refuses its script', () => {
    const file = aScriptFile({
      questions: [
        aQuestion({ id: 'QA01' }),
        aQuestion({ id: 'QA02', when: { all: [is('QA01', 'yes'), is('QA01', 'no')] } }),
      ],
    });
    const parsed = scriptSchema.safeParse(file);
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([
      'can never be asked: no replies meet its condition',
    ]);
  });

  it('is not one that several choices, or a press of DANGER, lead to', () => {
    const [many] = aScript([
      aQuestion({
        id: 'QA01',
        type: 'MS',
        choices: [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ],
      }),
    ]).questions;
    const [, second, third] = questionsOf(
      undefined,
      { all: [is('QA01', 'a'), is('QA01', 'b')] },
      { raised: 'red' },
    );
    if (!many || !second || !third) throw new Error('making the questions');
    expect(unreachable([many, second, third])).toEqual([]);
  });
});

describe('any script of four yes-or-no questions', () => {
  const replies = ['yes', 'no', 'unsure'];
  const conditionOn = (places: number): fc.Arbitrary<Condition> =>
    fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 2 },
        fc.record({
          question: fc.integer({ min: 1, max: places }).map((n) => questionId(`QA0${n}`)),
          is: fc.subarray(replies, { minLength: 1 }),
        }),
        fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      ),
    })).condition;

  it('has found unreachable exactly what no set of replies reaches', () => {
    fc.assert(
      fc.property(conditionOn(1), conditionOn(2), conditionOn(3), (second, third, fourth) => {
        const questions = questionsOf(undefined, second, third, fourth);
        const reached = new Set<string>();
        for (let n = 0; n < replies.length ** 4; n += 1) {
          const counted = new Map();
          for (const [place, question] of questions.entries()) {
            if (!applies(question, counted, [])) continue;
            reached.add(question.id);
            const said = replies[Math.floor(n / replies.length ** place) % replies.length] ?? '';
            counted.set(question.id, choice(said));
          }
        }
        const missed = questions.filter(({ id }) => !reached.has(id)).map(({ id }) => id);
        expect(unreachable(questions)).toEqual(missed);
      }),
      { numRuns: 400, seed: 20261120 },
    );
  });
});
