import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../adapters/package-root.js';

/** Questions with what is expected of their answers, a JSON object a line. */
const asked = {
  id: z.string(),
  q: z.string().optional(),
  /** A conversation, oldest first; the last is asked. */
  turns: z.array(z.string()).min(1).optional(),
};
const hasWords = (line: { readonly q?: unknown; readonly turns?: unknown }) =>
  line.q !== undefined || line.turns !== undefined;

const questionSchema = z
  .object({
    ...asked,
    kind: z.enum(['guidance', 'unsafe', 'emergency', 'offtopic', 'uncovered', 'refuse', 'partly']),
    /** Each group: one of its patterns must match. */
    must: z.array(z.array(z.string())).default([]),
    must_not: z.array(z.string()).default([]),
    /** Publisher or title of one cited source must match one of these. */
    source: z.array(z.string()).default([]),
    /** One of these passages must be shown. */
    passages: z.array(z.string()).default([]),
  })
  .refine(hasWords, 'needs q or turns');
export type Question = z.infer<typeof questionSchema>;

/** A question with the passages that answer it. */
const searchedSchema = z
  .object({ ...asked, passages: z.array(z.string()).min(1) })
  .refine(hasWords, 'needs q or turns');
export type Searched = z.infer<typeof searchedSchema>;

/** Where a set of ours lies. */
export function ownSet(name: string): string {
  return path.join(packageRoot(), 'test', 'questions', name);
}

/** The sets that are measured when none is named. */
export function listSets(): readonly string[] {
  const shared = path.join(packageRoot(), '..', 'shared', 'questions', 'dev.jsonl');
  return [shared, ...['own.jsonl', 'field.jsonl', 'uncovered.jsonl'].map(ownSet)].filter(isHere);
}

/** A set that is not there is named and left out: the shared one is not shipped. */
function isHere(set: string): boolean {
  if (existsSync(set)) return true;
  process.stderr.write(`(${path.basename(set)} is not here: left out)\n`);
  return false;
}

/** Reads a set of questions; throws with file, line and what is wrong with it. */
export function readQuestions(file: string): Promise<readonly Question[]> {
  return readLines(file, questionSchema);
}

/** Reads questions for the search alone; throws as `readQuestions` does. */
export function readSearched(file: string): Promise<readonly Searched[]> {
  return readLines(file, searchedSchema);
}

/** What is asked, and what was asked before it, newest first. */
export function turnsOf({ q = '', turns = [q] }: Pick<Question, 'q' | 'turns'>): {
  readonly question: string;
  readonly earlier: readonly string[];
} {
  const [question = '', ...earlier] = turns.toReversed();
  return { question, earlier };
}

async function readLines<T>(file: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim());
  return lines.map((line, index) => {
    const parsed = schema.safeParse(parseJson(line));
    if (parsed.success) return parsed.data;
    throw new Error(`${file} line ${index + 1}: ${z.prettifyError(parsed.error)}`);
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
