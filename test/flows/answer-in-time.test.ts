import { describe, expect, it } from 'vitest';
import { type AnswerKind, nothingShown, toAnswer } from '../../src/core/answer.js';
import { type After, makeAnswerInTime } from '../../src/flows/answer-in-time.js';
import type { Answered } from '../../src/flows/answer-question.js';
import type { ImproveAnswer } from '../../src/flows/improve-answer.js';

const prompt = { id: 'choose-sentences', version: 1, digest: '0123456789ab' };
const limits = { waitMs: 2_000, timeoutMs: 8_000 };
const asked = { question: 'How long does an SPO last?', earlier: [] };

function answered(kind: AnswerKind, given: Partial<Answered> = {}): Answered {
  const plain = { hasCorrection: false, knowledgeVersion: 'k1', chosenBy: [] };
  return { ...toAnswer(kind, nothingShown), ...plain, ...given };
}

const byWords = answered('not-covered');
const better = answered('unclear', { chosenBy: [prompt] });

/** Timers that run when the test says that so much time has passed since they were set. */
function aClock() {
  type Timer = { readonly ms: number; readonly run: () => void };
  const timers = new Set<Timer>();
  const after: After = (ms, run) => {
    const timer = { ms, run };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const pass = (ms: number) => {
    for (const timer of timers) {
      if (timer.ms > ms) continue;
      timers.delete(timer);
      timer.run();
    }
  };
  return { after, pass, left: () => timers.size };
}

/** A model that answers when the test says so. */
function aModel() {
  let reply: (answer: Answered | undefined) => void = () => {};
  const deadlines: AbortSignal[] = [];
  const improve: ImproveAnswer = (_, __, deadline) => {
    deadlines.push(deadline);
    return new Promise((resolve) => {
      reply = resolve;
    });
  };
  return {
    improve,
    deadlines,
    reply: (answer: Answered | undefined) => reply(answer),
    asked: async () => {
      while (deadlines.length === 0) await Promise.resolve();
    },
  };
}

const start = (improve: ImproveAnswer | undefined, first = byWords) => {
  const clock = aClock();
  const answerInTime = makeAnswerInTime(async () => first, improve, limits, clock.after);
  return { clock, given: answerInTime(asked) };
};

describe('an answer in time', () => {
  it('is the one by words, without any timer, where there is no model', async () => {
    const { clock, given } = start(undefined);
    expect(await given).toEqual({ first: byWords });
    expect(clock.left()).toBe(0);
  });

  it('is the better one alone when that comes while one waits', async () => {
    const model = aModel();
    const { clock, given } = start(model.improve);
    await model.asked();
    model.reply(better);
    expect(await given).toEqual({ first: better });
    expect([clock.left(), model.deadlines[0]?.aborted]).toEqual([0, false]);
  });

  it('is the one by words at once when the model has nothing better', async () => {
    const model = aModel();
    const { clock, given } = start(model.improve);
    await model.asked();
    model.reply(undefined);
    expect(await given).toEqual({ first: byWords });
    expect(clock.left()).toBe(0);
  });

  it('is the one by words when the better one shows the same', async () => {
    const model = aModel();
    const { given } = start(model.improve);
    await model.asked();
    model.reply({ ...byWords, chosenBy: [prompt] });
    expect(await given).toEqual({ first: byWords });
  });

  it('is the one by words when that is waited for long enough, and the better one later', async () => {
    const model = aModel();
    const { clock, given } = start(model.improve);
    await model.asked();
    clock.pass(limits.waitMs);
    const { first, better: later } = await given;
    expect(first).toBe(byWords);
    model.reply(better);
    expect(await later).toBe(better);
    expect([clock.left(), model.deadlines[0]?.aborted]).toEqual([0, false]);
  });

  it('is never followed by a better one after the time limit, when the model is told to stop', async () => {
    const model = aModel();
    const { clock, given } = start(model.improve);
    await model.asked();
    clock.pass(limits.waitMs);
    const { better: later } = await given;
    clock.pass(limits.timeoutMs);
    model.reply(better);
    expect(await later).toBeUndefined();
    expect([clock.left(), model.deadlines[0]?.aborted]).toEqual([0, true]);
  });

  it('is the one by words where the model’s side throws', async () => {
    const { clock, given } = start(() => Promise.reject(new Error('not to be shown')));
    expect(await given).toEqual({ first: byWords });
    expect(clock.left()).toBe(0);
  });

  it.each<[string, Answered]>([
    ['danger', answered('urgent')],
    ['a refusal', answered('refused')],
    ['a correction', answered('answered', { hasCorrection: true })],
  ])('asks no model and waits for nothing when rules decide: %s', async (_, first) => {
    const model = aModel();
    const { clock, given } = start(model.improve, first);
    expect(await given).toEqual({ first });
    expect([model.deadlines, clock.left()]).toEqual([[], 0]);
  });

  it('leaves no timer behind when the answer by words fails', async () => {
    const clock = aClock();
    const fails = () => Promise.reject(new Error('no knowledge'));
    const given = makeAnswerInTime(fails, aModel().improve, limits, clock.after)(asked);
    await expect(given).rejects.toThrow('no knowledge');
    expect(clock.left()).toBe(0);
  });
});
