import { beforeAll, describe, expect, it } from 'vitest';
import {
  evaluateNarratives,
  measureNarratives,
  type NarrativeRow,
  type ReadRow,
  readNarratives,
} from '../../src/commands/evaluate-narratives.js';
import { knownWordsOf } from '../../src/core/known-words.js';
import { readByRules } from '../../src/core/narrative.js';
import { markKinds } from '../../src/core/narrative-rules.js';
import { makeHide } from '../../src/core/placeholders.js';
import { makeRedact } from '../../src/core/redact.js';
import { makeReadNarrative } from '../../src/flows/read-narrative.js';
import { narrativeModel, saying } from '../narrative-models.js';
import { loadReal } from '../real-knowledge.js';

const knowledge = await loadReal();
const file = 'test/questions/narratives.jsonl';
const clock = () => new Date('2026-11-20T10:00:00.000Z');
const hide = makeHide(makeRedact(knownWordsOf(knowledge)));
const byRules: ReadRow = async ({ text }) => readByRules(text, knowledge.narrative);
const questions = knowledge.narrative.questions.map(({ id }) => id);

let rows: readonly NarrativeRow[];
beforeAll(async () => {
  rows = await readNarratives(file);
});

/** Reads with a model that returns these claims for a text as it was given it. */
const withModel =
  (
    claim: (row: NarrativeRow, text: string) => readonly { kind: string; quote: string }[],
  ): ReadRow =>
  async (row) => {
    const model = narrativeModel(hide, (text) => saying(claim(row, text)));
    const reader = makeReadNarrative({ knowledge, clock, model });
    const further = await reader.readFurther(row.text, new AbortController().signal);
    const narrative = further?.narrative ?? reader.read(row.text);
    if (narrative.kind !== 'read') throw new Error(`${row.id} was not read`);
    return narrative.reading;
  };

const total = (
  figures: Awaited<ReturnType<typeof measureNarratives>>,
  part: 'found' | 'missed' | 'falseMarks',
) => markKinds.reduce((sum, kind) => sum + figures.kinds[kind][part], 0);

describe('the made-up reports', () => {
  it('are enough, with and without stalking, in both sets, and name only questions there are', () => {
    const of = (set: string, stalking: boolean) =>
      rows.filter((row) => row.set === set && row.stalking === stalking).length;
    expect(rows.length).toBeGreaterThanOrEqual(130);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const set of ['dev', 'fresh']) {
      expect(of(set, true)).toBeGreaterThanOrEqual(30);
      expect(of(set, false)).toBeGreaterThanOrEqual(30);
    }
    expect(rows.flatMap(({ missing }) => missing).filter((id) => !questions.includes(id))).toEqual(
      [],
    );
  });

  it('are read by the rules no worse than when the rules were frozen', async () => {
    const fresh = await measureNarratives(
      rows.filter(({ set }) => set === 'fresh'),
      byRules,
    );
    expect(total(fresh, 'found')).toBeGreaterThanOrEqual(123);
    expect(total(fresh, 'falseMarks')).toBeLessThanOrEqual(30);
    expect(fresh.suggestedWith).toBeGreaterThanOrEqual(32);
    expect(fresh.suggestedWithout).toBe(0);
  });

  it('print as one table a set', async () => {
    const text = await evaluateNarratives(file, knowledge);
    expect(text).toContain('narratives, set fresh, rules alone**');
    expect(text.match(/\| following \| \d+ \| \d+ \| \d+ \|/g)).toHaveLength(2);
    expect(text).toMatch(/Screening suggested: \d+ of \d+ with stalking, \d+ of \d+ without\./);
  });
});

describe('the made-up reports with a model', () => {
  it('that is honest have nearly every mark, and none false that the rules have not', async () => {
    const honest = withModel((row, text) =>
      row.marks
        .map(({ kind, quote }) => ({ kind, quote: hiddenQuote(text, quote) }))
        .filter(({ quote }) => text.includes(quote)),
    );
    const [alone, helped] = [
      await measureNarratives(rows, byRules),
      await measureNarratives(rows, honest),
    ];
    expect(total(alone, 'missed')).toBeGreaterThan(20);
    expect(total(helped, 'missed')).toBeLessThanOrEqual(5);
    expect(total(helped, 'falseMarks')).toBe(total(alone, 'falseMarks'));
    expect(helped.unanswered).toEqual(alone.unanswered);
  });

  it.each([
    [
      'invents every quote',
      () => markKinds.map((kind) => ({ kind, quote: 'He swore to end her.' })),
    ],
    ['returns nothing', () => []],
    [
      'changes the letters',
      (row: NarrativeRow) => [{ kind: 'threat', quote: `${row.text.slice(0, 40).toUpperCase()}!` }],
    ],
    ['names other kinds', (row: NarrativeRow) => [{ kind: 'no offence', quote: row.text }]],
    ['says that all is well', () => [{ kind: 'impact', quote: 'There is no stalking here.' }]],
  ])('that %s are read as without it', async (_, claim) => {
    const figures = await measureNarratives(rows, withModel(claim));
    expect(figures).toEqual(await measureNarratives(rows, byRules));
  });
});

/** A quote as an honest model sees it: where a name in it was hidden, the words after the name. */
function hiddenQuote(text: string, quote: string): string {
  return text.includes(quote) ? quote : quote.split(' ').slice(1).join(' ');
}
