import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findWording } from '../src/core/wording.js';
import { loadReal } from './real-knowledge.js';

/**
 * How many harmful phrases the wording check finds in notes as officers write them, and that it leaves right notes
 * alone. The held-out and the fresh notes were written before anybody looked at how the list fared on them: it found
 * 28 of 52 and 1 of 28 phrases before it was widened with what they taught, and 2 of the 28 after it had learnt from
 * the held-out ones alone. So a note worded in a new way will often pass unmarked, and what the check says must never
 * read as a judgement that a text is right.
 */

const noteSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  /** Phrases that must be marked, as they stand in the text; none for a note that is right. */
  marks: z.array(z.string()),
});
type Note = z.infer<typeof noteSchema>;

const readNotes = (file: string): readonly Note[] =>
  readFileSync(path.join(import.meta.dirname, 'questions', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => noteSchema.parse(JSON.parse(line)));

const { neverAdvise } = await loadReal();

/** The phrases of which no part is marked, with the note they stand in. */
function missedIn({ id, text, marks }: Note): readonly string[] {
  const found = findWording(neverAdvise, text, 'victim');
  return marks.flatMap((phrase) => {
    const from = text.indexOf(phrase);
    const isFound = found.some(({ start, end }) => start < from + phrase.length && from < end);
    return isFound ? [] : [`${id}: ${phrase}`];
  });
}

describe.each([
  { file: 'wording.jsonl', notes: 60, phrases: 52, right: 20, missed: 1 },
  { file: 'wording-held-out.jsonl', notes: 80, phrases: 52, right: 30, missed: 2 },
  { file: 'wording-fresh.jsonl', notes: 68, phrases: 29, right: 41, missed: 6 },
])('the notes of $file', ({ file, notes, phrases, right, missed }) => {
  const read = readNotes(file);
  const rightOnes = read.filter(({ marks }) => marks.length === 0);

  it('are as many as the figures were taken on, each with its own id and its marks in its text', () => {
    expect([read.length, rightOnes.length]).toEqual([notes, right]);
    expect(read.flatMap(({ marks }) => marks)).toHaveLength(phrases);
    expect(new Set(read.map(({ id }) => id)).size).toBe(notes);
    expect(
      read.flatMap(({ id, text, marks }) =>
        marks.filter((phrase) => !text.includes(phrase)).map((phrase) => `${id}: ${phrase}`),
      ),
    ).toEqual([]);
  });

  // One more may slip through than at the last count, so that a pattern can be taken back without a new set.
  it('have their harmful phrases marked, but for those that were missed when last counted', () => {
    const slipped = read.flatMap(missedIn);
    expect(slipped.length, slipped.join('\n')).toBeLessThanOrEqual(missed + 1);
  });

  it('are left alone where they are right', () => {
    expect(
      rightOnes.flatMap(({ id, text }) =>
        findWording(neverAdvise, text, 'victim').map(
          ({ family, phrase }) => `${id}: ${family} ${phrase}`,
        ),
      ),
    ).toEqual([]);
  });
});
