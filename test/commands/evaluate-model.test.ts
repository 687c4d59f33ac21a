import { describe, expect, it } from 'vitest';
import { askBoth, type Both } from '../../src/commands/evaluate-answers/ask-both.js';
import { modelTable, unsupportedIn } from '../../src/commands/evaluate-answers/model-figures.js';
import type { Question } from '../../src/commands/evaluate-answers/questions.js';
import { type Answered, makeAnswerQuestion } from '../../src/flows/answer-question.js';
import type { ImproveAnswer } from '../../src/flows/improve-answer.js';
import type { AskModel } from '../../src/flows/ports.js';
import { aKnowledge, aPassageOf } from '../builders.js';
import { wordlessPrompts } from '../model-prompts.js';

const at = new Date('2026-11-20T12:00:00.000Z');
const spo = aPassageOf('spo', [['An order lasts two years or more.']]);
const knowledge = aKnowledge({ passages: [spo] });
const answer = makeAnswerQuestion(knowledge, () => at);
const aQuestion = (given: Partial<Question> = {}): Question => ({
  ...{ id: 'q1', kind: 'guidance', q: 'how long does an order last' },
  ...{ must: [], must_not: [], source: [], passages: [] },
  ...given,
});
const replying: AskModel = async (prompt) => ({
  kind: 'replied',
  output: prompt.schema.parse({ sentences: [], unanswered: [], danger: null }),
  tokens: { input: 1_000, output: 100 },
});

/** Asks the model once, then answers so. */
const improveTo =
  (better: Answered | undefined) =>
  (ask: AskModel): ImproveAnswer =>
  async (_asked, _byWords, deadline) => {
    await ask(wordlessPrompts.choose, {}, deadline);
    return better;
  };

async function bothOf(
  better: Answered | undefined,
  questions: readonly Question[] = [aQuestion()],
): Promise<readonly Both[]> {
  const improveWith = improveTo(better);
  const asking = { knowledge, at, answer, ask: replying, improveWith, timeoutMs: 1_000, atOnce: 2 };
  return askBoth(asking, questions);
}

const byWords = answer({ question: 'how long does an order last', earlier: [] });

describe('asking by words and with a model', () => {
  it('measures both answers to each question, in order, and counts what the model cost', async () => {
    const questions = ['a', 'b', 'c'].map((id) => aQuestion({ id }));
    const both = await bothOf({ ...byWords, chosenBy: [] }, questions);
    expect(both.map(({ byModel }) => byModel.result.question.id)).toEqual(['a', 'b', 'c']);
    for (const { byWords: words, byModel } of both) {
      expect(words.result.faults).toEqual([]);
      expect(byModel).toEqual({
        result: words.result,
        ms: expect.any(Number),
        calls: 1,
        tokens: { input: 1_000, output: 100 },
        isFallback: false,
        isRuleLost: false,
      });
    }
  });

  it('counts the answer by words where nothing better came', async () => {
    const [one] = await bothOf(undefined);
    expect(one?.byModel.isFallback).toBe(true);
    expect(one?.byModel.result).toEqual(one?.byWords.result);
  });

  it('sees an answer by rule that a model took away', async () => {
    const refusing: Answered = { ...byWords, kind: 'refused', shown: [], citations: [] };
    const asking = { knowledge, at, ask: replying, timeoutMs: 1_000, atOnce: 1 };
    const improveWith = improveTo(byWords);
    const [one] = await askBoth({ ...asking, answer: () => refusing, improveWith }, [
      aQuestion({ kind: 'refuse' }),
    ]);
    expect(one?.byModel.isRuleLost).toBe(true);
  });

  it('sees words that stand in no passage', async () => {
    const made = structuredClone(byWords) as Answered;
    const [citation] = made.citations;
    const lying = { ...made, citations: [{ ...citation, quote: 'An order lasts for ever.' }] };
    const [one] = await bothOf(lying as Answered);
    expect(unsupportedIn(one?.byModel.result ?? expect.fail('nothing was measured'))).toBe(2);
  });
});

describe('the table', () => {
  it('sets both ways side by side, and works out the cost of the tokens', async () => {
    const questions = [aQuestion({ passages: ['spo'] }), aQuestion({ passages: ['dapo'] })];
    const both = (await bothOf(undefined, questions)).map((one) => ({
      byWords: { ...one.byWords, ms: 3 },
      byModel: { ...one.byModel, ms: 900 },
    }));
    const rows = modelTable([{ set: 's', both }], { input: 0.5, output: 2 })
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows[2]?.slice(1, 13)).toEqual([
      's',
      'words',
      '2',
      '1/2',
      '0',
      '0',
      '',
      '0',
      '',
      '1/2',
      '3',
      '3',
    ]);
    expect(rows[3]?.slice(1, -1)).toEqual([
      's',
      'model',
      '2',
      '1/2',
      '0',
      '0',
      '2/2',
      '0',
      '0',
      '1/2',
      '900',
      '900',
      '2',
      '2000',
      '200',
      '0.0014',
    ]);
  });

  it('says nothing of a cost that it cannot know', async () => {
    const table = modelTable([{ set: 's', both: await bothOf(undefined) }], undefined);
    expect(table.split('\n')[3]).toMatch(/\| –\s+\|$/);
  });
});
