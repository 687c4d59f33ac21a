import { describe, expect, it } from 'vitest';
import {
  CollectionFault,
  parseCollection,
} from '../../../src/commands/evaluate-retrieval/collection.js';
import { measure } from '../../../src/commands/evaluate-retrieval/run-engine.js';
import { trecRun } from '../../../src/commands/evaluate-retrieval/trec-run.js';

const files = {
  corpus: '{"_id":"p1","title":"One","text":"first"}\n{"_id":2,"text":"second"}\n',
  queries:
    '{"_id":"q1","text":"a"}\n{"_id":"q2","text":"b","context":["new","old"],"answerable":false}\n' +
    '{"_id":"q3","text":"c","context":"subject"}',
  qrels: 'query-id\tcorpus-id\tscore\nq1\tp1\t2\nq1\t2\t0\nq3\t2\t1\n',
};

describe('parseCollection', () => {
  it('reads passages, questions and judgements', () => {
    expect(parseCollection(files)).toEqual({
      passages: [
        { id: 'p1', title: 'One', text: 'first' },
        { id: '2', title: '', text: 'second' },
      ],
      questions: [
        { id: 'q1', text: 'a', context: [], isAnswerable: undefined },
        { id: 'q2', text: 'b', context: ['new', 'old'], isAnswerable: false },
        { id: 'q3', text: 'c', context: ['subject'], isAnswerable: undefined },
      ],
      relevant: new Map([
        ['q1', new Map([['p1', 2]])],
        ['q3', new Map([['2', 1]])],
      ]),
    });
  });

  it('reads judgements without a header, with Windows line ends and a byte order mark', () => {
    const { relevant } = parseCollection({ ...files, qrels: '\uFEFFq1\tp1\t1\r\nq3\tp1\t0\r\n' });
    expect(relevant).toEqual(new Map([['q1', new Map([['p1', 1]])]]));
  });

  it.each([
    [{ corpus: '' }, 'corpus.jsonl is empty.'],
    [{ corpus: '{"_id":"p1","text":"x"}\n{"_id":' }, 'corpus.jsonl line 2: not JSON: {"_id":.'],
    [
      { corpus: '{"_id":"p1","text":"x"}\n\n{"_id":"p1","text":"y"}' },
      'corpus.jsonl line 3: _id "p1" stands there twice.',
    ],
    [{ corpus: '{"_id":"p1"}' }, 'corpus.jsonl line 1: text: '],
    [{ queries: '{"_id":"a b","text":"x"}' }, 'queries.jsonl line 1: _id: '],
    [
      { qrels: 'query-id\tcorpus-id\tscore\nq9\tp1\t1' },
      'qrels.tsv line 2: question "q9" is not in queries.jsonl.',
    ],
    [{ qrels: 'q1\tp9\t1' }, 'qrels.tsv line 1: passage "p9" is not in corpus.jsonl.'],
    [
      { qrels: 'q1 p1 1' },
      'qrels.tsv line 1: needs three columns parted by tabs: query-id, corpus-id, score.',
    ],
    [{ qrels: 'q1\tp1\t1\nq3\tp1\t0.5' }, 'qrels.tsv line 2: "0.5" is not a whole number.'],
    [{ qrels: 'q1\tp1\t1\nq1\tp1\t2' }, 'qrels.tsv line 2: this pair is judged twice.'],
    [{ qrels: 'q1\tp1\t0' }, 'qrels.tsv names no relevant passage.'],
  ])('refuses %j, naming file and line', (wrong, message) => {
    const parse = () => parseCollection({ ...files, ...wrong });
    expect(parse).toThrow(CollectionFault);
    expect(parse).toThrow(message);
  });
});

const ran = {
  rankings: [
    {
      question: 'q1',
      ranked: [
        { id: '2', score: 2.5 },
        { id: 'p1', score: 1 },
      ],
      answerability: 3,
    },
    { question: 'q2', ranked: [{ id: 'p1', score: 0.5 }], answerability: 1 },
    { question: 'q3', ranked: [{ id: '2', score: 4 }], answerability: 2 },
  ],
  buildMs: 1,
  queryMs: [1, 2, 30],
  memoryMb: undefined,
};

describe('measure', () => {
  it('takes means over the questions with a relevant passage, and AUROC over all', () => {
    expect(measure(ran, parseCollection(files))).toEqual({
      ndcg10: (1 / Math.log2(3) + 1) / 2,
      recall3: 1,
      recall10: 1,
      recall100: 1,
      mrr10: 0.75,
      auroc: 1,
      p50Ms: 2,
      p99Ms: 30,
    });
  });
});

describe('trecRun', () => {
  it('writes a line a passage, ranks from one', () => {
    expect(trecRun(ran.rankings, 'signpost')).toBe(
      'q1 Q0 2 1 2.500000 signpost\nq1 Q0 p1 2 1.000000 signpost\n' +
        'q2 Q0 p1 1 0.500000 signpost\nq3 Q0 2 1 4.000000 signpost\n',
    );
  });
});
