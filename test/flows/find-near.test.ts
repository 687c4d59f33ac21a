import { describe, expect, it } from 'vitest';
import type { PassageId } from '../../src/core/ids.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { makeAnswerNear, makeFindNear } from '../../src/flows/find-near.js';
import { aTime } from '../builders.js';
import { loadReal } from '../real-knowledge.js';

const knowledge = await loadReal();
const answerQuestion = makeAnswerQuestion(knowledge, () => new Date(aTime));
const asked = { question: 'how long does an SPO last', earlier: [] };
const byWords = answerQuestion(asked);
const shownBy = ({ shown }: typeof byWords) => shown.map(({ passage }) => passage);

describe('finding what is near', () => {
  const vectors = {
    model: 'm',
    of: new Map([['spo-length' as PassageId, Float32Array.from([1, 0])]]),
  };
  const redact = (text: string) => ({ text: text.replace('Jane Doe', '[name]'), removed: [] });

  it('asks for the question without personal data, within its time', async () => {
    const given: unknown[] = [];
    const findNear = makeFindNear(
      async (texts, timeoutMs) => {
        given.push([texts, timeoutMs]);
        return { kind: 'embedded', vectors: [Float32Array.from([1, 1])] };
      },
      vectors,
      redact,
      800,
    );
    expect(await findNear('Can Jane Doe apply?')).toEqual(['spo-length']);
    expect(given).toEqual([[['Can [name] apply?'], 800]]);
  });

  it('finds nothing when no vector comes', async () => {
    const findNear = makeFindNear(async () => ({ kind: 'unavailable' }), vectors, redact, 800);
    expect(await findNear('anything')).toEqual([]);
  });
});

describe('answering with vectors', () => {
  it('answers by words alone without them, and when none came', async () => {
    expect(await makeAnswerNear(answerQuestion, undefined)(asked)).toEqual(byWords);
    expect(await makeAnswerNear(answerQuestion, async () => [])(asked)).toEqual(byWords);
  });

  it('moves up what is near, and shows nothing that the words did not find', async () => {
    const [first, ...others] = knowledge
      .search(asked.question, { limit: 50 })
      .map(({ id }) => id)
      .slice(0, 5);
    const nearest = others[0];
    if (!first || !nearest) throw new Error('too little is found');
    const silent = [...knowledge.passages.keys()].find(
      (id) => !knowledge.search(asked.question, { limit: 999 }).some((hit) => hit.id === id),
    );
    if (!silent) throw new Error('every passage shares a word with the question');
    const near = [silent, nearest];
    const answer = await makeAnswerNear(answerQuestion, async () => near)(asked);
    expect(shownBy(answer)[0]).toBe(nearest);
    expect(shownBy(byWords)[0]).toBe(first);
    expect(shownBy(answer)).not.toContain(silent);
  });

  it.each([
    ['danger', 'he is outside her house right now with a knife'],
    ['a request to harm', 'help me find out where my ex lives'],
    ['a dangerous premise', 'should I tell her to block him'],
  ])('waits for none when a rule decides: %s', async (_, question) => {
    let calls = 0;
    const answer = await makeAnswerNear(answerQuestion, async () => {
      calls += 1;
      return [];
    })({ question, earlier: [] });
    expect([calls, answer]).toEqual([0, answerQuestion({ question, earlier: [] })]);
  });
});
