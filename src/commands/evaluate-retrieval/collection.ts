import { z } from 'zod';

/**
 * Parses a retrieval collection in the common layout: `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`. Every fault is
 * a sentence naming the file and the line.
 */
export class CollectionFault extends Error {}

export type CollectionPassage = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
};
export type CollectionQuestion = {
  readonly id: string;
  readonly text: string;
  /** Earlier turns of the conversation, newest first. */
  readonly context: readonly string[];
  /** undefined where the collection does not mark it. */
  readonly isAnswerable: boolean | undefined;
};
export type Collection = {
  readonly passages: readonly CollectionPassage[];
  readonly questions: readonly CollectionQuestion[];
  /** Grades of the relevant passages (above 0), by question. */
  readonly relevant: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

const idSchema = z
  .union([z.string().regex(/^\S+$/, 'needs an id without spaces'), z.int()])
  .transform(String);
const passageSchema = z
  .object({ _id: idSchema, title: z.string().nullish(), text: z.string() })
  .transform(({ _id, title, text }) => ({ id: _id, title: title ?? '', text }));
const questionSchema = z
  .object({
    _id: idSchema,
    text: z.string(),
    context: z.union([z.string().transform((turn) => [turn]), z.array(z.string())]).nullish(),
    answerable: z.boolean().nullish(),
  })
  .transform(({ _id, text, context, answerable }) => ({
    id: _id,
    text,
    context: context ?? [],
    isAnswerable: answerable ?? undefined,
  }));

/** The collection these three files hold, or a CollectionFault about the first line that is wrong. */
export function parseCollection(files: {
  readonly corpus: string;
  readonly queries: string;
  readonly qrels: string;
}): Collection {
  const passages = parseLines('corpus.jsonl', files.corpus, passageSchema);
  const questions = parseLines('queries.jsonl', files.queries, questionSchema);
  const relevant = parseJudgements(
    files.qrels,
    new Set(questions.map(({ id }) => id)),
    new Set(passages.map(({ id }) => id)),
  );
  return { passages, questions, relevant };
}

function parseLines<T extends { readonly id: string }>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
): readonly T[] {
  const seen = new Set<string>();
  const parsed = linesOf(text).map(([line, at]) => {
    const read = schema.safeParse(parseJson(line, file, at));
    if (!read.success) {
      const [issue] = read.error.issues;
      throw fault(file, at, `${issue?.path.join('.') || 'the line'}: ${issue?.message}`);
    }
    if (seen.has(read.data.id)) throw fault(file, at, `_id "${read.data.id}" stands there twice`);
    seen.add(read.data.id);
    return read.data;
  });
  if (parsed.length === 0) throw new CollectionFault(`${file} is empty.`);
  return parsed;
}

function parseJudgements(
  text: string,
  questions: ReadonlySet<string>,
  passages: ReadonlySet<string>,
): Collection['relevant'] {
  const file = 'qrels.tsv';
  const relevant = new Map<string, Map<string, number>>();
  for (const [line, at] of linesOf(text)) {
    const [question = '', passage = '', grade = '', ...rest] = line.split('\t');
    const score = Number(grade.trim());
    if (at === 1 && grade.trim() !== '' && Number.isNaN(score)) continue;
    if (grade.trim() === '' || rest.length > 0)
      throw fault(file, at, 'needs three columns parted by tabs: query-id, corpus-id, score');
    if (!Number.isInteger(score)) throw fault(file, at, `"${grade}" is not a whole number`);
    if (!questions.has(question))
      throw fault(file, at, `question "${question}" is not in queries.jsonl`);
    if (score <= 0) continue;
    if (!passages.has(passage))
      throw fault(file, at, `passage "${passage}" is not in corpus.jsonl`);
    const grades = relevant.get(question) ?? new Map<string, number>();
    if (grades.has(passage)) throw fault(file, at, 'this pair is judged twice');
    relevant.set(question, grades.set(passage, score));
  }
  if (relevant.size === 0) throw new CollectionFault(`${file} names no relevant passage.`);
  return relevant;
}

/** Lines that hold something, with their numbers from 1. */
function linesOf(text: string): readonly (readonly [string, number])[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, index) => [line.replace(/\r$/, ''), index + 1] as const)
    .filter(([line]) => line.trim() !== '');
}

function parseJson(line: string, file: string, at: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw fault(file, at, `not JSON: ${line.slice(0, 40)}`);
  }
}

function fault(file: string, line: number, what: string): CollectionFault {
  return new CollectionFault(`${file} line ${line}: ${what}.`);
}
