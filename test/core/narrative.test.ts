import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readByRules, withClaims } from '../../src/core/narrative.js';
import {
  findSpans,
  narrativeFaults,
  narrativeRulesSchema,
  toReadable,
} from '../../src/core/narrative-rules.js';

const source: unknown = parse(readFileSync('knowledge/narrative.yaml', 'utf8'));
const rules = narrativeRulesSchema.parse(source);
const read = (text: string) => readByRules(text, rules);
const marked = (text: string) =>
  read(text).marks.map(({ kind, start, end }) => [kind, text.slice(start, end)]);
const kinds = (text: string) => [...new Set(read(text).marks.map(({ kind }) => kind))];
const notSaid = (text: string) => read(text).notSaid.map(({ id }) => id);

describe('the rules', () => {
  const all = [...rules.marks, ...rules.questions];

  it.each(all.map((rule) => [rule.id, rule] as const))('%s has its examples right', (_, rule) => {
    const isFound = (text: string) => findSpans(rule, toReadable(text)).length > 0;
    expect(rule.catches.length).toBeGreaterThanOrEqual(6);
    expect(rule.passes.length).toBeGreaterThanOrEqual(4);
    expect(rule.catches.filter((text) => !isFound(text))).toEqual([]);
    expect(rule.passes.filter(isFound)).toEqual([]);
  });

  it('are refused, by name, when an example fails or a pattern could be slow', () => {
    const broken = structuredClone(source) as {
      marks: { catches: string[]; patterns: string[] }[];
    };
    broken.marks[0]?.catches.push('it rained');
    broken.marks[1]?.patterns.push('(?:a+ )+b');
    const faults = narrativeRulesSchema.safeParse(broken).error?.issues.map((one) => one.message);
    expect(faults).toEqual([
      'rule contact-sent: pattern (?:a+ )+b: a group, or any character, repeats without an upper bound',
      'rule following-a-person misses "it rained"',
    ]);
  });
});

describe('the passages that the rules show', () => {
  it('are there, published, and hold the words of each provision', () => {
    const faults = narrativeFaults(rules, new Map());
    expect(faults).toContain(
      'narrative.yaml: shows one-incident, which is not a published passage',
    );
    expect(faults).toContain(
      'narrative.yaml, provisions: following quotes words that its passage has not',
    );
    expect(faults).toHaveLength(1 + rules.questions.length + 11);
  });
});

describe('a reading by rules', () => {
  it('marks the words as they stand in the text, of each kind', () => {
    const text = 'He FOLLOWED  her home.\nShe’s had “60 texts” since June and is terrified.';
    expect(marked(text)).toEqual([
      ['following', 'FOLLOWED  her home'],
      ['contacting', 'had “60 texts'],
      ['repetition', '60 texts'],
      ['repetition', 'since June'],
      ['impact', 'terrified'],
    ]);
  });

  it('reads the short forms of a log as what they are short for', () => {
    const text =
      'ex partner has been outside her work every fri for 5 wks. sent 40 txts. She has moved her kids school. seen to try the back door';
    expect(marked(text).filter(([kind]) => kind !== 'loitering')).toEqual([
      ['repetition', 'every fri'],
      ['repetition', 'for 5 wks'],
      ['contacting', 'sent 40 txts'],
      ['repetition', '40 txts'],
      ['impact', 'moved her kids school'],
      ['interfering', 'try the back door'],
    ]);
  });

  it('leaves abuse in the quote as it was said', () => {
    expect(marked('He texted "you slag, I will kill you".')).toContainEqual([
      'threat',
      'will kill you',
    ]);
  });

  it('reads on over a line that a log has broken, and not over one that begins anew', () => {
    expect(kinds('he has been following\nher for weeks')).toContain('following');
    expect(kinds('1810 units following\nHER MOTHER CALLED')).not.toContain('following');
  });

  it.each([
    'He has not followed her or contacted her.',
    'Suspect denies following the victim.',
    'She has never been followed.',
    'Nil threats. No weapons seen.',
    'Officers attended the address.',
    'Police contacted the victim.',
    'Advised to call 999 if he turns up outside her house.',
    'Caller rang her sister.',
    'Boundary dispute over a hedge, civil matter.',
    'No orders in place.',
  ])('marks nothing in: %s', (text) => {
    expect(marked(text)).toEqual([]);
  });

  it('does not take “has not stopped” for a denial', () => {
    expect(kinds('He has not stopped texting her.')).toContain('contacting');
  });

  it('merges what overlaps within a kind and keeps what overlaps between kinds', () => {
    const { marks } = read('He keeps driving past her house.');
    expect(new Set(marks.map(({ kind }) => kind))).toEqual(new Set(['loitering', 'repetition']));
  });

  it.each([
    ['He followed her home every night.', 'consider'],
    ['He followed her home and smashed her car window.', 'consider'],
    ['He texted her in breach of his restraining order.', 'consider'],
    ['Unknown male followed her to the bus stop.', 'one-thing'],
    ['She is terrified.', 'no-example'],
    ['Wallet lost on the bus.', 'nothing'],
    ['', 'nothing'],
  ])('%s: %s', (text, outcome) => {
    expect(read(text).outcome).toBe(outcome);
  });

  it('names what is not said, and takes a negative for an answer', () => {
    expect(notSaid('')).toEqual(rules.questions.map(({ id }) => id));
    const said =
      'Her ex. First report. No weapons, no children. No orders in place. She told him to stop. She is not scared. No CCTV. Never happened before. Safe to call after 6.';
    expect(notSaid(said)).toEqual([]);
  });

  it('holds only exact places of the text, in order, whatever is pasted', () => {
    const word = fc.constantFrom(
      ...['he', 'followed', 'her', 'not', 'texts', 'İ', '😀', 'ﬁ', '…', '\n', '“', 'every', 'day'],
      ...[
        '’s',
        'kill',
        'you',
        'order',
        '\u200b',
        'smashed',
        'window',
        '.',
        '-',
        'x14',
        'terrified',
      ],
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
      fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, (pasted) => {
        const { marks } = read(pasted);
        for (const [at, { start, end, kind }] of marks.entries()) {
          expect(start >= 0 && start < end && end <= pasted.length).toBe(true);
          const before = marks.slice(0, at);
          expect(before.every((mark) => mark.start <= start)).toBe(true);
          expect(before.every((mark) => mark.kind !== kind || mark.end <= start)).toBe(true);
        }
      }),
    );
  });

  it.each([
    'he followed her home and she is scared ',
    'not not not not ',
    'followed ',
    'a',
    'had had had ',
    '\n',
    'every ',
    'the same the same ',
    'she has been been being ',
  ])('comes to an end on half a megabyte of "%s"', (piece) => {
    const text = piece.repeat(Math.ceil(500_000 / piece.length));
    expect(read(text).notSaid.length).toBeGreaterThan(0);
  });
});

describe('what a model claims', () => {
  const text = 'He sat by the canal. He sat by the canal and wrote it down. She saw Unit 7.';
  const first = read(text);
  const added = (kind: string, quote: string) =>
    withClaims(first, text, [{ kind, quote }]).marks.filter(({ foundBy }) => foundBy === 'model');

  it('is marked where it stands, first place first', () => {
    const twice = withClaims(first, text, [
      { kind: 'watching', quote: 'sat by the canal' },
      { kind: 'watching', quote: 'sat by the canal' },
      { kind: 'watching', quote: 'sat by the canal' },
    ]);
    const own = twice.marks.filter(({ kind }) => kind === 'watching');
    expect(own.map(({ start, foundBy }) => [start, foundBy])).toEqual([
      [3, 'model'],
      [24, 'model'],
    ]);
  });

  it.each([
    ['guilty', 'sat by the canal'],
    ['__proto__', 'sat by the canal'],
    ['watching', 'sat by the Canal'],
    ['watching', 'sat  by the canal'],
    ['watching', 'he stabbed her'],
    ['watching', 'at by the can'],
    ['watching', ''],
    ['watching', '  '],
    ['watching', '. '],
    ['watching', '7.'],
    ['watching', text.repeat(4)],
  ])('counts for nothing as %s: "%s"', (kind, quote) => {
    expect(added(kind, quote)).toEqual([]);
  });

  it('never takes a mark or an unanswered question away, and no more than forty are taken', () => {
    const long = `He followed her. ${'word '.repeat(200)}`;
    const byRules = read(long);
    const claims = Array.from({ length: 5_000 }, () => ({ kind: 'threat', quote: 'word' }));
    const reading = withClaims(byRules, long, [
      { kind: 'following', quote: 'followed' },
      ...claims,
    ]);
    expect(reading.marks).toEqual(expect.arrayContaining([...byRules.marks]));
    expect(reading.marks.length).toBe(byRules.marks.length + 39);
    expect(reading.notSaid).toEqual(byRules.notSaid);
  });
});
