import { showsTheSame } from '../core/answer-text.js';
import type { Answered, AskedQuestion } from './answer-question.js';
import { type AnswerNear, isByRule } from './find-near.js';
import type { ImproveAnswer } from './improve-answer.js';

/** Runs something once, that many milliseconds from now, unless it is called off by what is returned. */
export type After = (ms: number, run: () => void) => () => void;

export type InTime = {
  /** To be shown now. */
  readonly first: Answered;
  /**
   * Settles once, by the time limit at the latest: what to show in place of `first`, or undefined when nothing better
   * came. Never rejects. Absent when nothing more is to come.
   */
  readonly better?: Promise<Answered | undefined>;
};

export type AnswerInTime = (asked: AskedQuestion) => Promise<InTime>;

export type TimeLimits = {
  /** An answer by words is given when nothing better has come by then. */
  readonly waitMs: number;
  /** What comes later is dropped, and whoever works on it is told to stop. */
  readonly timeoutMs: number;
};

/**
 * Answers by words, and better where that can be had in time. Both limits are counted from the question. What rules
 * decide (danger, refusals, corrections) is never improved and waits for nothing.
 */
export function makeAnswerInTime(
  answerNear: AnswerNear,
  improve: ImproveAnswer | undefined,
  limits: TimeLimits,
  after: After,
): AnswerInTime {
  if (!improve) return async (asked) => ({ first: await answerNear(asked) });
  return async (asked) => {
    const deadline = new AbortController();
    const wait = makeTimer(limits.waitMs, after);
    const end = makeTimer(limits.timeoutMs, after, () => deadline.abort());
    const callOff = () => {
      wait.callOff();
      end.callOff();
    };
    try {
      const byWords = await answerNear(asked);
      if (isByRule(byWords)) {
        callOff();
        return { first: byWords };
      }
      const found = improveOrNothing(improve, asked, byWords, deadline.signal);
      const better = Promise.race([found, end.over]).finally(callOff);
      const soon = await Promise.race([better.then((answer) => ({ answer })), wait.over]);
      return soon ? { first: soon.answer ?? byWords } : { first: byWords, better };
    } catch (error) {
      callOff();
      throw error;
    }
  };
}

/** What shows the same is nothing better: who reads it gains nothing by an update. */
async function improveOrNothing(
  improve: ImproveAnswer,
  asked: AskedQuestion,
  byWords: Answered,
  deadline: AbortSignal,
): Promise<Answered | undefined> {
  try {
    const found = await improve(asked, byWords, deadline);
    return found && !deadline.aborted && !showsTheSame(found, byWords) ? found : undefined;
  } catch {
    // `improve` never throws; should it all the same, the answer by words stands.
    return undefined;
  }
}

/** `over` settles when the time is up, and never when it was called off before. */
function makeTimer(ms: number, after: After, onEnd = () => {}) {
  let callOff = () => {};
  const over = new Promise<undefined>((resolve) => {
    callOff = after(ms, () => {
      onEnd();
      resolve(undefined);
    });
  });
  return { over, callOff };
}
