import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readQuestions, readSearched } from '../src/commands/evaluate-answers/questions.js';
import { loadReal } from './real-knowledge.js';

/**
 * The question sets that answers, retrieval and the wording check are measured with. A set that names a
 * passage nobody can be shown, a phrase that does not stand in its text, or a question copied into the
 * knowledge as an example, would measure nothing.
 */

const folder = path.join(import.meta.dirname, 'questions');

/** A note, and the words in it that must be marked; none for a note that is right. */
const wordingNote = z.strictObject({
  id: z.string(),
  text: z.string(),
  marks: z.array(z.string()),
});

/** Retrieval: a question and every passage whose text answers it, the best first. */
const passages = await readSearched(path.join(folder, 'passages.jsonl'));
/** Answers: what is asked, and what a right answer holds. */
const field = await readQuestions(path.join(folder, 'field.jsonl'));
const wording = readFileSync(path.join(folder, 'wording.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => wordingNote.parse(JSON.parse(line)));
const knowledge = await loadReal();
const published = new Set(
  [...knowledge.passages.values()]
    .filter(({ status }) => status === 'published')
    .map(({ id }) => id as string),
);

const twiceIn = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('the question sets', () => {
  it('holds enough questions of each kind to tell a change from chance', () => {
    const notes = { marked: 0, right: 0 };
    for (const { marks } of wording) notes[marks.length > 0 ? 'marked' : 'right'] += 1;

    expect(passages.length).toBeGreaterThanOrEqual(200);
    expect(field.length).toBeGreaterThanOrEqual(120);
    expect(notes).toEqual({ marked: 40, right: 20 });
  });

  it.each([
    ['passages.jsonl', passages],
    ['field.jsonl', field],
    ['wording.jsonl', wording],
  ])('gives each line of %s an id of its own', (_, rows) => {
    expect(twiceIn(rows.map(({ id }) => id))).toEqual([]);
  });

  it('asks no question twice', () => {
    const words = (
      rows: readonly { q?: string | undefined; turns?: readonly string[] | undefined }[],
    ) => rows.map(({ q, turns = [] }) => [...turns, q ?? ''].join(' / ').toLowerCase());

    expect(twiceIn(words(passages))).toEqual([]);
    expect(twiceIn(words(field))).toEqual([]);
  });

  it('asks nothing that a passage already gives as its example question', () => {
    const plain = (words: string) =>
      words
        .toLowerCase()
        .replace(/[^a-z0-9 ]/g, '')
        .trim();
    const given = new Set([...knowledge.passages.values()].flatMap(({ asks }) => asks.map(plain)));
    const asking = [...passages, ...field].flatMap(({ id, q, turns = [] }) =>
      [...turns.slice(-1), ...(q ? [q] : [])].map((words) => ({ id, words })),
    );

    expect(given.size).toBeGreaterThan(500);
    expect(asking.filter(({ words }) => given.has(plain(words)))).toEqual([]);
  });

  it('names only passages that exist and are published, each once a line', () => {
    const named = [...passages, ...field].map(({ id, passages: ids = [] }) => ({ id, ids }));

    expect(named.flatMap(({ ids }) => ids).length).toBeGreaterThan(400);
    expect(
      named.flatMap(({ id, ids }) =>
        ids.filter((one) => !published.has(one)).map((one) => `${id}: ${one} is not published`),
      ),
    ).toEqual([]);
    expect(named.filter(({ ids }) => twiceIn(ids).length > 0)).toEqual([]);
  });

  it('writes every expected word as a pattern that can be read, and none that any text matches', () => {
    const patterns = field.flatMap(({ must, must_not }) => [...must.flat(), ...must_not]);

    expect(patterns.length).toBeGreaterThan(100);
    expect(patterns.filter((pattern) => new RegExp(pattern, 'i').test(''))).toEqual([]);
  });

  it('says what a right answer must hold wherever an answer is expected', () => {
    const answered = field.filter(
      ({ kind }) => !['offtopic', 'uncovered', 'refuse'].includes(kind),
    );

    expect(answered.length).toBeGreaterThan(80);
    expect(answered.filter(({ must }) => must.length === 0)).toEqual([]);
  });

  it('marks only words that stand in the note', () => {
    expect(
      wording.flatMap(({ id, text: note, marks }) =>
        marks.filter((mark) => !note.includes(mark)).map((mark) => `${id}: ${mark}`),
      ),
    ).toEqual([]);
  });
});
