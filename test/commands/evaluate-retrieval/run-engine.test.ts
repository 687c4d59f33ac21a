import { describe, expect, it } from 'vitest';
import { parseCollection } from '../../../src/commands/evaluate-retrieval/collection.js';
import {
  engineNames,
  measure,
  runEngine,
} from '../../../src/commands/evaluate-retrieval/run-engine.js';
import { makeSearch } from '../../../src/core/retrieval.js';

const line = (value: object) => `${JSON.stringify(value)}\n`;
const collection = parseCollection({
  corpus: [
    { _id: 'a', title: 'Bail', text: 'Conditions of bail may keep him away.' },
    { _id: 'b', title: 'Orders', text: 'An order lasts at least two years.' },
    { _id: 'c', title: '', text: 'Photograph the device before touching it.' },
    { _id: 'd', title: '', text: 'A diary helps the court.' },
  ]
    .map(line)
    .join(''),
  queries: [
    { _id: 'q1', text: 'how long does an order last?' },
    { _id: 'q2', text: 'photograph "the device' },
    { _id: 'q3', text: '?' },
  ]
    .map(line)
    .join(''),
  qrels: 'q1\tb\t1\nq2\tc\t1\n',
});
const opened = {
  collection,
  makeSearch: () =>
    makeSearch(
      collection.passages.map(({ id, title, text }) => ({
        id,
        heading: title,
        title: '',
        asks: [],
        text,
      })),
    ),
};

describe('runEngine', () => {
  it.each(engineNames)('has %s rank every question, whatever stands in it', async (name) => {
    const ran = await runEngine(opened, name);
    // Undefined where a package of development is not installed.
    if (!ran) return;
    expect(ran.rankings.map(({ question }) => question)).toEqual(['q1', 'q2', 'q3']);
    expect(ran.rankings[2]).toEqual({ question: 'q3', ranked: [], answerability: 0 });
    expect(measure(ran, collection)).toMatchObject({ ndcg10: 1, mrr10: 1 });
  });

  it('knows no other engine', async () => {
    await expect(runEngine(opened, 'guess')).rejects.toThrow('no engine is called "guess"');
  });
});
