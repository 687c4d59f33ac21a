import { setTimeout } from 'node:timers/promises';
import type { Search } from '../../core/retrieval.js';
import type { Collection, CollectionQuestion } from './collection.js';
import { auroc, mean, ndcg, quantile, recall, reciprocalRank } from './metrics.js';
import type { OpenCollection } from './open-collection.js';
import { loadFts5, loadMinisearch, loadWink, type MakeEngine, type Ranked } from './peers.js';

/** Runs one engine over all questions of a collection and takes its figures. */

const peers: Readonly<Record<string, () => Promise<MakeEngine | undefined>>> = {
  minisearch: loadMinisearch,
  'wink-bm25': loadWink,
  'SQLite FTS5': loadFts5,
};
export const engineNames: readonly string[] = ['ours', ...Object.keys(peers)];

/** So many are ranked for the measures; the time is that of the ten a person would be shown from. */
const depth = 100;
const shown = 10;

export type Ran = {
  readonly rankings: readonly {
    readonly question: string;
    readonly ranked: readonly Ranked[];
    /** The higher, the likelier the question can be answered. */
    readonly answerability: number;
  }[];
  readonly buildMs: number;
  readonly queryMs: readonly number[];
  /** Of the index, after collection; undefined where the process was not started with --expose-gc. */
  readonly memoryMb: number | undefined;
};

type Answering = {
  readonly answer: (
    question: CollectionQuestion,
    limit: number,
  ) => { readonly ranked: readonly Ranked[]; readonly answerability: number };
  readonly indexMb?: number | undefined;
};

/** undefined where the library is not installed; throws on an unknown name. */
export async function runEngine(opened: OpenCollection, name: string): Promise<Ran | undefined> {
  const make = await loadEngine(opened, name);
  if (!make) return undefined;
  const before = await usedMb();
  const began = performance.now();
  const { answer, indexMb } = make();
  const buildMs = performance.now() - began;
  const after = await usedMb();
  const { questions } = opened.collection;
  const rankings = questions.map((question) => ({
    question: question.id,
    ...answer(question, depth),
  }));
  const queryMs = questions.map((question) => {
    const asked = performance.now();
    answer(question, shown);
    return performance.now() - asked;
  });
  const grown = before === undefined || after === undefined ? undefined : after - before;
  const memoryMb = indexMb ?? grown;
  return { rankings, buildMs, queryMs, memoryMb };
}

async function loadEngine(
  opened: OpenCollection,
  name: string,
): Promise<(() => Answering) | undefined> {
  if (name === 'ours') return () => answerOurs(opened.makeSearch());
  const load = peers[name];
  if (!load) throw new Error(`no engine is called "${name}"`);
  const make = await load();
  return make && (() => answerPeer(make, opened.collection));
}

function answerOurs(search: Search<string>): Answering {
  return {
    answer: ({ text, context }, limit) => {
      const hits = search(text, { earlier: context, limit });
      const ranked = hits.map(({ id, score }) => ({ id, score }));
      return { ranked, answerability: hits[0]?.answerability ?? 0 };
    },
  };
}

function answerPeer(make: MakeEngine, { passages }: Collection): Answering {
  const { rank, indexMb } = make(passages);
  return {
    answer: ({ text }, limit) => {
      const ranked = rank(text, limit);
      return { ranked, answerability: ranked[0]?.score ?? 0 };
    },
    indexMb,
  };
}

/** Heap and what stands outside it, in megabytes. Freed arrays are given back after a turn, so it is asked twice. */
async function usedMb(): Promise<number | undefined> {
  if (!globalThis.gc) return undefined;
  globalThis.gc();
  await setTimeout(50);
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

export type Measured = {
  readonly ndcg10: number;
  readonly recall3: number;
  readonly recall10: number;
  readonly recall100: number;
  readonly mrr10: number;
  /** undefined where no question is marked as not answerable. */
  readonly auroc: number | undefined;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/** Means over the questions with a relevant passage; a question that is not marked counts as answerable. */
export function measure({ rankings, queryMs }: Ran, collection: Collection): Measured {
  const judged = rankings.flatMap(({ question, ranked }) => {
    const relevant = collection.relevant.get(question);
    return relevant ? [{ ids: ranked.map(({ id }) => id), relevant }] : [];
  });
  const unanswerable = new Set(
    collection.questions.flatMap(({ id, isAnswerable }) => (isAnswerable === false ? [id] : [])),
  );
  const figures = (isMarked: boolean) =>
    rankings.flatMap(({ question, answerability }) =>
      unanswerable.has(question) === isMarked ? [answerability] : [],
    );
  return {
    ndcg10: mean(judged.map(({ ids, relevant }) => ndcg(ids, relevant, 10))),
    recall3: mean(judged.map(({ ids, relevant }) => recall(ids, relevant, 3))),
    recall10: mean(judged.map(({ ids, relevant }) => recall(ids, relevant, 10))),
    recall100: mean(judged.map(({ ids, relevant }) => recall(ids, relevant, 100))),
    mrr10: mean(judged.map(({ ids, relevant }) => reciprocalRank(ids, relevant, 10))),
    auroc: auroc(figures(false), figures(true)),
    p50Ms: quantile(queryMs, 0.5),
    p99Ms: quantile(queryMs, 0.99),
  };
}
