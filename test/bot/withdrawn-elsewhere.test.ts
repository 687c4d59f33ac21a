import { beforeEach, describe, expect, it } from 'vitest';
import { incomingActivitySchema } from '../../bot/teams/activity.js';
import { makeOnQuestion } from '../../bot/teams/on-question.js';
import { makeTalk } from '../../bot/teams/talk.js';
import type { Turn } from '../../bot/teams/turn.js';
import { makeLog } from '../../src/adapters/log.js';
import { nothingShown, toAnswer } from '../../src/core/answer.js';
import { answerText } from '../../src/core/answer-text.js';
import { phrases } from '../../src/core/phrases.js';
import type { Answered } from '../../src/flows/answer-question.js';
import { aKnowledge } from '../builders.js';
import { makeFakeAnswers } from '../fakes.js';
import { anActivity } from './transport-setup.js';

/** Two instances over one store: a question waits for its answer at one, and its change or deletion meets the other. */

const start = Date.parse('2026-11-20T10:00:01.000Z');
const plain = { hasCorrection: false, knowledgeVersion: 'k1', chosenBy: [] };
const first: Answered = { ...toAnswer('not-covered', nothingShown), ...plain };

let now = start;
let answers: ReturnType<typeof makeFakeAnswers>;
let shown: unknown[];
let whileWaiting: () => Promise<unknown>;
let whileSending: () => Promise<unknown>;
let here: ReturnType<typeof anInstance>;
let there: ReturnType<typeof anInstance>;

function anInstance(asksModel: boolean) {
  const clock = () => new Date(now);
  return makeOnQuestion({
    ...{ knowledge: aKnowledge({}), answers, clock, talk: makeTalk(clock), log: makeLog('silent') },
    noteTasks: { answered: async () => undefined },
    answerInTime: async () => {
      if (!asksModel) return { first };
      await whileWaiting();
      now += 2_000;
      return { first };
    },
  });
}

beforeEach(() => {
  now = start;
  answers = makeFakeAnswers();
  shown = [];
  [whileWaiting, whileSending] = [async () => undefined, async () => undefined];
  [here, there] = [anInstance(true), anInstance(false)];
});

function aTurn(parts: object = {}): Turn {
  const activity = incomingActivitySchema.parse({
    serviceUrl: 'https://teams.example/',
    ...anActivity({ id: 'q1', timestamp: new Date(start).toISOString(), ...parts }),
  });
  return {
    activity,
    send: async ({ text }) => {
      const id = `m${shown.length + 1}`;
      shown.push(['new', id, text]);
      await whileSending();
      return id;
    },
    update: async (id, { text }) => void shown.push(['update', id, text]),
    answerInvoke: () => undefined,
    later: () => undefined,
  };
}

const ask = () => here.ask(aTurn(), 'chat', 'How long?');
const remove = () => there.withdraw(aTurn({ type: 'messageDelete' }), 'chat');
/** As the handler takes a change. */
const change = async (to: string) => {
  const turn = aTurn({ type: 'messageUpdate', text: to });
  const versions = await there.withdraw(turn, 'chat');
  await there.ask(turn, 'chat', to, versions + 1);
};

describe('a question that waits for its answer at one instance', () => {
  it('is not answered where another meets its deletion', async () => {
    whileWaiting = remove;
    await ask();
    expect(shown).toEqual([]);
    expect(answers.kept()).toMatchObject([{ activityId: 'q1', supersededAs: 1 }]);
  });

  it('is answered once, as it was changed, where another meets the change', async () => {
    whileWaiting = () => change('And how long now?');
    await ask();
    expect(shown).toEqual([['new', 'm1', answerText(first)]]);
    expect(answers.kept()).toMatchObject([
      { activityId: 'q1', kind: 'withdrawn', supersededAs: 1 },
      { activityId: 'q1 version 2', kind: 'not-covered', messageId: 'm1' },
    ]);
  });

  it('has the answer to its change taken back by the next one', async () => {
    whileWaiting = () => change('And how long now?');
    await ask();
    expect(await remove()).toBe(2);
    expect(shown.slice(1)).toEqual([['update', 'm1', phrases.noLongerShown]]);
  });

  it('has its answer taken back where the deletion comes while it is being sent', async () => {
    whileSending = remove;
    await ask();
    expect(shown).toEqual([
      ['new', 'm1', answerText(first)],
      ['update', 'm1', phrases.noLongerShown],
    ]);
  });

  it('is answered where nobody changed it, and follows up as before', async () => {
    await ask();
    expect(shown).toEqual([['new', 'm1', answerText(first)]]);
    expect(answers.kept()).toMatchObject([{ activityId: 'q1', messageId: 'm1' }]);
  });
});
