import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeOnQuestion } from '../../bot/teams/on-question.js';
import { makeTalk } from '../../bot/teams/talk.js';
import { makeLog } from '../../src/adapters/log.js';
import { type AnswerKind, nothingShown, toAnswer } from '../../src/core/answer.js';
import { answerText } from '../../src/core/answer-text.js';
import { phrases } from '../../src/core/phrases.js';
import type { InTime } from '../../src/flows/answer-in-time.js';
import type { Answered } from '../../src/flows/answer-question.js';
import type { GivenTo } from '../../src/flows/note-tasks.js';
import { aKnowledge, aPassage } from '../builders.js';
import { makeFakeAnswers } from '../fakes.js';
import { anActivity, startTransport, type Transport } from './transport-setup.js';

/** A better answer that comes after the first was sent, over HTTP to a double of the connector. */

const prompt = { id: 'choose-sentences', version: 2, digest: '0123456789ab' };
const first = answered('not-covered');
const better = answered('unclear', {
  nearest: [{ passage: aPassage().id, heading: 'How long does an order last?' }],
  chosenBy: [prompt],
});

function answered(kind: AnswerKind, given: Partial<Answered> = {}): Answered {
  const plain = { hasCorrection: false, knowledgeVersion: 'k1', chosenBy: [] };
  return { ...toAnswer(kind, nothingShown), ...plain, ...given };
}

/** Settled by the test. */
function aPromise<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((take) => {
    resolve = take;
  });
  return { promise, resolve };
}

let transport: Transport;
let given: ReturnType<typeof aPromise<InTime>>;
let later: ReturnType<typeof aPromise<Answered | undefined>>;
let answers: ReturnType<typeof makeFakeAnswers>;
let noted: GivenTo[];
let logged: string[];

const clock = () => new Date('2026-11-20T10:00:01.000Z');

beforeEach(async () => {
  given = aPromise();
  later = aPromise();
  answers = makeFakeAnswers();
  noted = [];
  logged = [];
  const onQuestion = makeOnQuestion({
    knowledge: aKnowledge({}),
    answerInTime: ({ question }) =>
      question === 'Changed.' ? Promise.resolve({ first: better }) : given.promise,
    answers,
    noteTasks: { answered: async (one) => void noted.push(one) },
    talk: makeTalk(clock),
    clock,
    log: makeLog('debug', { write: (line) => void logged.push(line) }),
  });
  transport = await startTransport({
    onTurn: async (turn) => {
      const { type, text = '' } = turn.activity;
      const versions = type === 'message' ? 0 : await onQuestion.withdraw(turn, 'chat');
      if (text) await onQuestion.ask(turn, 'chat', text, versions + 1);
    },
  });
});

afterEach(() => transport.stop());

const ask = () => transport.deliver(anActivity({ text: 'How long?' }));
const change = (text: string) => transport.deliver(anActivity({ type: 'messageUpdate', text }));
const remove = () => transport.deliver(anActivity({ type: 'messageDelete', text: undefined }));
const settled = () => transport.channel.drain(5_000);
/** What each message was sent or made to show, in order. */
const shown = () =>
  transport.connector.calls
    .filter(({ body }) => body?.type === 'message')
    .map(({ kind, activityId, givenId, body }) => [
      kind === 'update' ? `update ${activityId}` : `new ${givenId}`,
      body?.text,
    ]);

/** Asks, and has the answer by words sent while the better one is still to come. */
async function askAndWait(): Promise<void> {
  given.resolve({ first, better: later.promise });
  expect((await ask()).status).toBe(200);
  expect(shown()).toEqual([['new 1:1', answerText(first)]]);
}

describe('a better answer that comes later', () => {
  it('replaces the first in its message, once, with the AI label, and the store says so', async () => {
    await askAndWait();
    later.resolve(better);
    await settled();
    expect(shown()).toEqual([
      ['new 1:1', answerText(first)],
      ['update 1:1', answerText(better)],
    ]);
    const [sent, update] = transport.connector.calls.map(({ body }) => body);
    expect(sent).not.toHaveProperty('entities');
    expect(update?.text).toContain(phrases.chosenByModel);
    expect(update?.entities).toEqual([
      {
        ...{ type: 'https://schema.org/Message', '@type': 'Message', '@id': '' },
        ...{ '@context': 'https://schema.org', additionalType: ['AIGeneratedContent'] },
      },
    ]);
    expect(answers.kept()).toMatchObject([
      { kind: 'unclear', chosenBy: [prompt], isImproved: true, messageId: '1:1' },
    ]);
    // The question is not a task: what is shown in the end is covered.
    expect(noted.map(({ answerKind }) => answerKind)).toEqual(['unclear']);
  });

  it('that never comes leaves the first as it is, and notes that', async () => {
    await askAndWait();
    later.resolve(undefined);
    await settled();
    expect(shown()).toHaveLength(1);
    expect(answers.kept()).toMatchObject([{ kind: 'not-covered', chosenBy: [] }]);
    expect(answers.kept()[0]).not.toHaveProperty('isImproved');
    expect(noted.map(({ answerKind }) => answerKind)).toEqual(['not-covered']);
  });

  it('is dropped when the question was deleted meanwhile', async () => {
    await askAndWait();
    await remove();
    later.resolve(better);
    await settled();
    expect(shown().slice(1)).toEqual([['update 1:1', phrases.noLongerShown]]);
  });

  it('is dropped when the question was changed meanwhile and answered anew', async () => {
    await askAndWait();
    await change('Changed.');
    later.resolve(better);
    await settled();
    expect(shown().slice(1)).toEqual([
      ['update 1:1', phrases.noLongerShown],
      ['new 1:3', answerText(better)],
    ]);
    expect(answers.kept()).toHaveLength(2);
    expect(answers.kept()[1]).toMatchObject({ chosenBy: [prompt] });
  });

  it('gives way to a withdrawal that comes while it is being put in place', async () => {
    const { stands } = answers;
    Object.assign(answers, {
      stands: async (id: Parameters<typeof stands>[0]) => {
        const before = await stands(id);
        await remove();
        return before;
      },
    });
    await askAndWait();
    later.resolve(better);
    await vi.waitUntil(() => shown().length === 4);
    await settled();
    expect(shown().slice(1)).toEqual([
      ['update 1:1', phrases.noLongerShown],
      ['update 1:1', answerText(better)],
      ['update 1:1', phrases.noLongerShown],
    ]);
    expect(answers.kept()[0]).not.toHaveProperty('isImproved');
  });

  it('that cannot be put in place leaves the first standing, and the log says so', async () => {
    await askAndWait();
    transport.connector.misbehave({ kind: 'status', status: 403 }, 5, 'PUT');
    later.resolve(better);
    await settled();
    expect(answers.kept()).toMatchObject([{ kind: 'not-covered', chosenBy: [] }]);
    expect(answers.kept()[0]).not.toHaveProperty('isImproved');
    expect(logged.join('')).toContain('answer-not-improved');
    expect(transport.faults).toEqual([]);
    expect(noted.map(({ answerKind }) => answerKind)).toEqual(['not-covered']);
  });

  it('is dropped when the store cannot say whether the question stands', async () => {
    Object.assign(answers, { stands: () => Promise.reject(new Error('no store')) });
    await askAndWait();
    later.resolve(better);
    await settled();
    expect(shown()).toHaveLength(1);
    expect(logged.join('')).toContain('answer-not-improved');
  });
});

describe('a question whose answer is still waited for', () => {
  it('is not answered once it was deleted', async () => {
    const asked = ask();
    await vi.waitUntil(() => transport.turns.length === 1);
    await remove();
    given.resolve({ first });
    await asked;
    await settled();
    expect(shown()).toEqual([]);
    expect(answers.kept()).toEqual([]);
    expect(noted).toEqual([]);
  });

  it('is answered as it was changed, and not as it first stood', async () => {
    const asked = ask();
    await vi.waitUntil(() => transport.turns.length === 1);
    await change('Changed.');
    given.resolve({ first });
    await asked;
    await settled();
    expect(shown()).toEqual([['new 1:1', answerText(better)]]);
    expect(answers.kept()).toHaveLength(1);
  });

  it('is answered when it was changed to the same words', async () => {
    const asked = ask();
    await vi.waitUntil(() => transport.turns.length === 1);
    const changed = change('How long?');
    await vi.waitUntil(() => transport.turns.length === 2);
    given.resolve({ first });
    await Promise.all([asked, changed]);
    await settled();
    expect(shown()).toEqual([['new 1:1', answerText(first)]]);
  });

  it('is answered once when it comes twice at once', async () => {
    const both = [ask(), transport.deliver(anActivity({ id: 'again', text: 'How long?' }))];
    await vi.waitUntil(() => transport.turns.length === 2);
    given.resolve({ first });
    await Promise.all(both);
    await settled();
    expect(shown()).toEqual([['new 1:1', answerText(first)]]);
  });
});
