import type { CollectionPassage } from './collection.js';

/**
 * Search libraries to hold our ranking against, each used as its documentation shows, over the same titles and texts
 * and with the question alone. Packages of development: `undefined` is given where one is not installed.
 */
export type Ranked = { readonly id: string; readonly score: number };
export type Engine = {
  /** Best first; higher scores are better. */
  readonly rank: (question: string, limit: number) => readonly Ranked[];
  /** Size of the index where it does not stand in memory that Node counts. */
  readonly indexMb?: number;
};
export type MakeEngine = (passages: readonly CollectionPassage[]) => Engine;

/** minisearch with its defaults: words are joined by OR, nothing is stemmed. */
export async function loadMinisearch(): Promise<MakeEngine | undefined> {
  const loaded = await ifInstalled(() => import('minisearch'));
  if (!loaded) return undefined;
  return (passages) => {
    const index = new loaded.default<CollectionPassage>({ fields: ['title', 'text'] });
    index.addAll(passages);
    return {
      rank: (question, limit) =>
        index
          .search(question)
          .slice(0, limit)
          .map(({ id, score }) => ({ id: String(id), score })),
    };
  };
}

/** wink-bm25-text-search with the preparation its documentation gives for wink-nlp-utils; fields weigh alike. */
export async function loadWink(): Promise<MakeEngine | undefined> {
  const loaded = await ifInstalled(async () => ({
    bm25: (await import('wink-bm25-text-search')).default,
    utils: (await import('wink-nlp-utils')).default,
  }));
  if (!loaded) return undefined;
  const { bm25, utils } = loaded;
  return (passages) => {
    const engine = bm25();
    engine.defineConfig({ fldWeights: { title: 1, text: 1 } });
    engine.definePrepTasks([
      utils.string.lowerCase,
      utils.string.removeExtraSpaces,
      utils.string.tokenize0,
      utils.tokens.propagateNegations,
      utils.tokens.removeWords,
      utils.tokens.stem,
    ]);
    for (const { id, title, text } of passages) engine.addDoc({ title, text }, id);
    engine.consolidate();
    return {
      rank: (question, limit) =>
        engine.search(question, limit).map(([id, score]) => ({ id, score })),
    };
  };
}

/** SQLite FTS5: Porter stems, words joined by OR (it would ask for all of them), ranked by its bm25(). */
export async function loadFts5(): Promise<MakeEngine | undefined> {
  const loaded = await ifInstalled(() => import('node-sqlite3-wasm'));
  if (!loaded) return undefined;
  return (passages) => {
    const database = new loaded.default.Database();
    database.exec(
      "CREATE VIRTUAL TABLE passage USING fts5(id UNINDEXED, title, text, tokenize = 'porter unicode61')",
    );
    database.exec('BEGIN');
    const insert = database.prepare('INSERT INTO passage VALUES (?, ?, ?)');
    for (const { id, title, text } of passages) insert.run([id, title, text]);
    insert.finalize();
    database.exec('COMMIT');
    const select = database.prepare(
      'SELECT id, -bm25(passage) AS score FROM passage WHERE passage MATCH ? ORDER BY bm25(passage) LIMIT ?',
    );
    const size = database.get(
      'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
    );
    return {
      indexMb: Number(size?.bytes) / 1e6,
      rank: (question, limit) => {
        const words = new Set(question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
        if (words.size === 0) return [];
        const wanted = [...words].map((word) => `"${word}"`).join(' OR ');
        return select
          .all([wanted, limit])
          .map(({ id, score }) => ({ id: String(id), score: Number(score) }));
      },
    };
  };
}

/** Any other fault is thrown on. */
async function ifInstalled<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
