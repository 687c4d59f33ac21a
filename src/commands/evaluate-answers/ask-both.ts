import type { Knowledge } from '../../core/knowledge.js';
import type { Answered, AnswerQuestion } from '../../flows/answer-question.js';
import { isByRule } from '../../flows/find-near.js';
import type { ImproveAnswer } from '../../flows/improve-answer.js';
import type { AskModel } from '../../flows/ports.js';
import { measureAnswered, type Result } from './measure.js';
import { type Question, turnsOf } from './questions.js';

/** Asks each question twice, by words alone and with the model's help, and measures both answers. */

export type Both = {
  readonly byWords: Way;
  readonly byModel: Way & {
    readonly calls: number;
    /** As the server counted; 0 where it did not say. */
    readonly tokens: { readonly input: number; readonly output: number };
    /** The model was asked, and the answer by words stands. */
    readonly isFallback: boolean;
    /** Rules had decided (danger, refusal, correction), and another answer came. */
    readonly isRuleLost: boolean;
  };
};

type Way = {
  readonly result: Result;
  /** From the question to the answer. */
  readonly ms: number;
};

export type Asking = {
  readonly knowledge: Knowledge;
  readonly at: Date;
  readonly answer: AnswerQuestion;
  readonly ask: AskModel;
  /** Makes the flow with a model of our choice, so that its calls are counted for each question. */
  readonly improveWith: (ask: AskModel) => ImproveAnswer;
  readonly timeoutMs: number;
  /** Questions asked at a time; 1 where the latency of one matters. */
  readonly atOnce: number;
};

/** Both answers to every question, in the order of the questions. */
export async function askBoth(
  asking: Asking,
  questions: readonly Question[],
): Promise<readonly Both[]> {
  const done: Both[] = [];
  const waiting = [...questions.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, question] = next;
      done[place] = await askOne(asking, question);
    }
  };
  await Promise.all(Array.from({ length: asking.atOnce }, work));
  return done;
}

async function askOne(asking: Asking, question: Question): Promise<Both> {
  const { knowledge, at, answer } = asking;
  const asked = turnsOf(question);
  const begun = performance.now();
  const byWords = answer(asked);
  const wordsMs = performance.now() - begun;
  const { counted, ask } = counting(asking.ask);
  const improve = asking.improveWith(ask);
  // Asked also where rules have decided, which production never does: nothing may come of it.
  const better = await improve(asked, byWords, AbortSignal.timeout(asking.timeoutMs));
  const ms = performance.now() - begun;
  const shown = better ?? byWords;
  const result = (answered: Answered) => measureAnswered(question, answered, knowledge, at);
  return {
    byWords: { result: result(byWords), ms: wordsMs },
    byModel: {
      result: result(shown),
      ms,
      ...counted,
      isFallback: counted.calls > 0 && better === undefined,
      isRuleLost: isByRule(byWords) && better !== undefined,
    },
  };
}

/** The same model, with what it is asked counted. */
function counting(ask: AskModel) {
  const counted = { calls: 0, tokens: { input: 0, output: 0 } };
  const asking: AskModel = async (prompt, inputs, deadline) => {
    counted.calls += 1;
    const reply = await ask(prompt, inputs, deadline);
    const tokens = reply.kind === 'replied' ? reply.tokens : undefined;
    counted.tokens.input += tokens?.input ?? 0;
    counted.tokens.output += tokens?.output ?? 0;
    return reply;
  };
  return { counted, ask: asking };
}
