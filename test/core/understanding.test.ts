import { describe, expect, it } from 'vitest';
import {
  namedTopics,
  searchWords,
  topicLabel,
  type Understanding,
  understandingSchema,
} from '../../src/core/understanding.js';

const inside = () => 'inside' as const;
const said = (given: Partial<Understanding>): Understanding => ({
  whole: null,
  words: [],
  topics: [],
  ...given,
});

describe('the words of a model for a question', () => {
  it('are searched with, the whole question first and no word twice', () => {
    const words = searchWords(
      said({
        whole: 'How long does a Stalking Protection Order last?',
        words: ['SPO', 'duration', 'order', 'SPO', 's.2A'],
      }),
      inside,
    );
    expect(words).toBe('how long does a stalking protection order last spo duration');
  });

  it.each<[string, Partial<Understanding>, string | undefined]>([
    ['nothing', {}, undefined],
    ['blanks', { whole: ' \n ', words: ['', '  '] }, undefined],
    ['marks alone', { whole: '!!! ??? ***', words: ['—', '<>'] }, undefined],
    ['placeholders', { whole: 'can [name 1] ring [phone 2]', words: ['[name 9]'] }, 'can ring'],
    [
      'addresses',
      { whole: 'see https://evil.example/x?y=1 or a@b.co or www.x.com now' },
      'see or or now',
    ],
    ['markup', { whole: '<b>bail</b> **breach** `x`' }, 'b bail b breach x'],
    ['full-width letters', { whole: 'ＳＰＯ ｂｒｅａｃｈ' }, 'spo breach'],
    ['hidden letters', { whole: 'bail\u200b breach\u0000 \u202eorder' }, 'bail breach order'],
    ['an endless word', { whole: `bail ${'a'.repeat(5_000)}` }, 'bail'],
    [
      'words joined by marks',
      { words: ["victim's", 'non-molestation', 's2A'] },
      "victim's non-molestation s2a",
    ],
  ])('hold only words: %s', (_, given, expected) => {
    expect(searchWords(said(given), inside)).toBe(expected);
  });

  it('are bounded, however much is said', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `word${at}`);
    const words = searchWords(
      said({ whole: many.join(' '), words: ['x', 'y', ...many] }),
      inside,
    )?.split(' ');
    expect(words).toHaveLength(42);
  });

  it.each(['outside', 'abroad'] as const)('are dropped where they stand %s', (ground) => {
    const groundOf = (text: string) => (text.includes('elsewhere') ? ground : 'inside');
    const given = said({ whole: 'what of bail elsewhere', words: ['breach'] });
    expect(searchWords(given, groundOf)).toBe('breach');
    expect(searchWords(said({ whole: 'bail', words: ['elsewhere', 'breach'] }), groundOf)).toBe(
      'bail',
    );
  });
});

describe('the topics that a model picks', () => {
  const candidates = ['a', 'b', 'c', 'd', 'e'];

  it('are those it was given, in its order, each once and three at most', () => {
    expect(namedTopics([' T5 ', 'T1', 'T5', 'T3', 'T2'], candidates)).toEqual(['e', 'a', 'c']);
  });

  it.each(['T0', 'T6', 't1', 'a', '', '__proto__', 'T1; T2', 'spo-length'])(
    'are none for the label “%s”',
    (label) => {
      expect(namedTopics([label], candidates)).toEqual([]);
    },
  );

  it('have labels that say nothing of them', () => {
    expect(candidates.map((_, at) => topicLabel(at))).toEqual(['T1', 'T2', 'T3', 'T4', 'T5']);
  });
});

it.each([
  null,
  'x',
  {},
  { whole: 3, words: [], topics: [] },
  { whole: null, words: 'x', topics: [] },
])('a reply of another shape is none', (reply) => {
  expect(understandingSchema.safeParse(reply).success).toBe(false);
});
