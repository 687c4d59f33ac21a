import { describe, expect, it } from 'vitest';
import { curveCsv } from '../../src/commands/evaluate-answers/curve.js';
import {
  answersRow,
  searchMisses,
  searchRow,
  table,
} from '../../src/commands/evaluate-answers/figures.js';
import { measure, type Result } from '../../src/commands/evaluate-answers/measure.js';
import type { Question } from '../../src/commands/evaluate-answers/questions.js';
import { withBlock } from '../../src/commands/evaluate-answers/write-block.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { aHit, aKnowledge, aPassageOf, aSource } from '../builders.js';

const at = new Date('2026-11-20T12:00:00.000Z');
const spo = aPassageOf('spo', [['An order lasts two years or more.']]);
const aQuestion = (given: Partial<Question> = {}): Question => ({
  id: 'q1',
  kind: 'guidance',
  q: 'how long does an order last',
  must: [],
  must_not: [],
  source: [],
  passages: [],
  ...given,
});
function measured(given: Partial<Question>, knowledge = aKnowledge({ passages: [spo] })): Result {
  return measure(
    aQuestion(given),
    makeAnswerQuestion(knowledge, () => at),
    knowledge,
    at,
  );
}

describe('measuring an answer', () => {
  it('finds nothing wrong with one that says what it must, from the source it must', () => {
    const given = { must: [['ten years', 'two years']], source: ['College'], passages: ['spo'] };
    expect(measured(given)).toEqual({
      question: aQuestion(given),
      kind: 'answered',
      isKindRight: true,
      faults: [],
      unsafe: 0,
      citations: 1,
      trueCitations: 1,
    });
  });

  it.each<[string, Partial<Question>, string]>([
    ['a kind', { kind: 'offtopic' }, 'kind: answered, expected not-covered or unclear or refused'],
    ['words', { must: [['a fine', 'costs']] }, 'must: nothing of a fine | costs in the text'],
    ['a source', { source: ['Home Office'] }, 'source: none of Home Office'],
    ['a passage', { passages: ['dapo'] }, 'passage: shown spo, expected dapo'],
    ['words that are unsafe', { must_not: ['two years'] }, 'unsafe: two years'],
  ])('says which is wrong: %s', (_, given, fault) => {
    expect(measured(given).faults).toEqual([fault]);
  });

  it('counts a citation as false when its passage is not in force in the knowledge it is held against', () => {
    const ask = makeAnswerQuestion(aKnowledge({ passages: [spo] }), () => at);
    const ended = { ...spo, inForce: { from: null, to: '2026-11-19' } };
    const now = aKnowledge({ passages: [ended] });
    const result = measure(aQuestion(), ask, now, at);
    expect([result.citations, result.trueCitations, result.faults.length]).toEqual([1, 0, 1]);
  });

  it('counts it as false when the passage no longer says so, or its source is gone', () => {
    const ask = makeAnswerQuestion(aKnowledge({ passages: [spo] }), () => at);
    const changed = aKnowledge({ passages: [aPassageOf('spo', [['An order lasts a year.']])] });
    const bare = aKnowledge({ passages: [spo], sources: new Map() });
    expect(measure(aQuestion(), ask, changed, at).trueCitations).toBe(0);
    expect(measure(aQuestion(), ask, bare, at).trueCitations).toBe(0);
    expect(aSource().id).toBe('cop-inv');
  });
});

describe('the figures of a set', () => {
  it('count shares of the questions they are about', () => {
    const results = [
      measured({}),
      measured({ must: [['a fine']] }),
      measured({ kind: 'uncovered' }),
      measured({ kind: 'refuse' }, aKnowledge({ findGround: () => 'outside' })),
      measured({ must_not: ['two years'] }),
    ];
    expect(answersRow('own.jsonl', results)).toEqual({
      set: 'own.jsonl',
      questions: '5',
      coverage: '3/3',
      'answered correctly': '1/3',
      urgent: '–',
      'correct refusals': '0/2',
      'kinds wrong': '2',
      unsafe: '1',
      'citation precision': '1.0',
    });
  });

  it('never rounds a citation precision up to one', () => {
    const result = { ...measured({}), citations: 100_000, trueCitations: 99_999 };
    expect(answersRow('a', [result])['citation precision']).toBe('0.9999');
  });

  const search: ReturnType<typeof aKnowledge>['search'] = (_, { limit = 10 } = {}) =>
    ['a', 'b', 'c', 'd'].slice(0, limit).map((id) => aHit(aPassageOf(id, [['Words.']])));
  const searched = [
    { id: 'p1', q: 'one', passages: ['a'] },
    { id: 'p2', turns: ['one', 'two'], passages: ['b', 'x'] },
    { id: 'p3', q: 'three', passages: ['d'] },
  ];

  it('say where the search finds the passages that answer', () => {
    expect(searchRow('passages.jsonl', searched, search)).toEqual({
      set: 'passages.jsonl',
      questions: '3',
      'found in 3': '2/3',
      'Recall@3': '0.500',
      MRR: '0.583',
    });
  });

  it('name the questions whose passages were not found', () => {
    expect(searchMisses(searched, search)).toEqual(['p3 three\n  found a, b, c, expected d']);
  });

  it('stand in one table, empty where a set says nothing of them', () => {
    const lines = table([{ set: 'a', questions: '2' }]).split('\n');
    expect(lines).toHaveLength(3);
    expect(
      lines[2]
        ?.split('|')
        .map((cell) => cell.trim())
        .filter(Boolean),
    ).toEqual(['a', '2']);
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
  });
});

describe('what is written', () => {
  it('is a curve as CSV', () => {
    const point = { limit: 'open', at: 2.5, right: 3, wrong: 2, declined: 1, refused: 0 } as const;
    expect(curveCsv([point])).toBe(
      'limit,at,right answers,wrong answers,declined,refused\nopen,2.5,3,2,1,0\n',
    );
  });

  it('takes the place of the earlier results and of nothing else', () => {
    const document = withBlock(
      'Before\n<!-- results: npm run evaluate -- --write -->\nold\n<!-- end of results -->\nAfter\n',
      'new',
    );
    expect(document).toBe(
      'Before\n<!-- results: npm run evaluate -- --write -->\n\nnew\n\n<!-- end of results -->\nAfter\n',
    );
    expect(withBlock(document, 'newer').replace('newer', 'new')).toBe(document);
  });

  it('refuses a document that has no place for results', () => {
    expect(() => withBlock('Words', 'new')).toThrow('no place');
  });
});
