import { describe, expect, it } from 'vitest';
import { standsIn, verifyCitations } from '../../src/core/citations.js';
import { passageIdSchema } from '../../src/core/ids.js';
import type { Block } from '../../src/core/passage.js';
import { aPassage, aSource, today } from '../builders.js';

const sources = new Map([[aSource().id, aSource()]]);
const marks = [{ source: aSource().id, locator: 'key points' }];

const warning: Block = {
  lead: [{ text: 'Do not advise the victim to:', marks }],
  items: [
    { text: 'block the suspect;', marks },
    { text: 'come off social media.', marks },
  ],
};
const rule: Block = {
  lead: [
    { text: 'An order lasts two years or more.', marks },
    { text: 'That holds only for a full order.', marks },
  ],
  items: [],
};
const passage = aPassage({ blocks: [rule, warning] });
/** Where nothing is unsafe; the guard has tests of its own. */
const verify = (...given: Shift<Parameters<typeof verifyCitations>>) =>
  verifyCitations(...given, () => true);
type Shift<All extends readonly unknown[]> = All extends [...infer Rest, unknown] ? Rest : never;
const quoting = (label: `${string}#${number}`, quote: string) => ({ label, quote });

describe('verifyCitations', () => {
  it('shows a bullet only under its lead-in and with the rest of its list', () => {
    const { shown } = verify(
      [quoting('a-passage#4', 'block the suspect')],
      [passage],
      sources,
      today,
    );
    expect(shown).toEqual([
      {
        passage: 'a-passage',
        heading: 'What is a passage?',
        overdueSince: undefined,
        blocks: [
          {
            lead: [{ text: 'Do not advise the victim to:', citations: [1] }],
            items: [
              { text: 'block the suspect;', citations: [2] },
              { text: 'come off social media.', citations: [3] },
            ],
          },
        ],
      },
    ]);
  });

  it('shows a sentence together with the condition in its paragraph', () => {
    const { shown } = verify(
      [quoting('a-passage#1', 'An order lasts two years or more.')],
      [passage],
      sources,
      today,
    );
    expect(shown[0]?.blocks[0]?.lead.map(({ text }) => text)).toEqual([
      'An order lasts two years or more.',
      'That holds only for a full order.',
    ]);
  });

  it('keeps the order of the passage whatever the order of the draft', () => {
    const draft = [
      quoting('a-passage#4', 'block the suspect'),
      quoting('a-passage#2', 'only for a full order'),
    ];
    const { shown } = verify(draft, [passage], sources, today);
    expect(shown[0]?.blocks.map(({ lead }) => lead[0]?.text)).toEqual([
      'An order lasts two years or more.',
      'Do not advise the victim to:',
    ]);
  });

  it('cites each statement with its words, source, locator and the day it was checked', () => {
    const { citations } = verify([quoting('a-passage#1', 'two years')], [passage], sources, today);
    expect(citations[0]).toEqual({
      n: 1,
      passage: 'a-passage',
      heading: 'What is a passage?',
      quote: 'An order lasts two years or more.',
      source: {
        id: 'cop-inv',
        publisher: 'College of Policing',
        title: 'Advice for investigators',
        url: 'https://www.college.police.uk/advice',
        locator: 'key points',
        checkedOn: today,
      },
    });
  });

  it('says when a passage is past its review date', () => {
    const old = aPassage({ reviewBy: '2026-11-19' });
    const { shown } = verify([quoting('a-passage#1', 'one idea')], [old], sources, today);
    expect(shown[0]?.overdueSince).toBe('2026-11-19');
  });

  it.each([
    ['a label nobody gave', quoting('another#1', 'two years'), passage, 'not-given'],
    ['a number beyond the passage', quoting('a-passage#9', 'two years'), passage, 'not-given'],
    ['a number that is none', quoting('a-passage#NaN' as 'a#1', 'two years'), passage, 'not-given'],
    ['a quote of another statement', quoting('a-passage#2', 'two years'), passage, 'not-quoted'],
    [
      'a quote with a word changed',
      quoting('a-passage#1', 'An order lasts ten years'),
      passage,
      'not-quoted',
    ],
    ['a quote without a word', quoting('a-passage#1', ' … '), passage, 'not-quoted'],
    ['an empty quote', quoting('a-passage#1', ''), passage, 'not-quoted'],
    [
      'a draft',
      quoting('a-passage#1', 'two years'),
      { ...passage, status: 'draft' as const },
      'not-quotable',
    ],
    [
      'a retired passage',
      quoting('a-passage#1', 'two years'),
      { ...passage, status: 'retired' as const },
      'not-quotable',
    ],
    [
      'a rule that has ended',
      quoting('a-passage#1', 'two years'),
      { ...passage, inForce: { from: '2020-01-01', to: '2026-11-19' } },
      'not-quotable',
    ],
    [
      'a rule that has not begun',
      quoting('a-passage#1', 'two years'),
      { ...passage, inForce: { from: '2026-11-21', to: null } },
      'not-quotable',
    ],
  ])('withholds %s', (_, pick, given, why) => {
    const verified = verify([pick], [given], sources, today);
    expect(verified).toEqual({ shown: [], citations: [], dropped: [{ label: pick.label, why }] });
  });

  it('withholds a statement whose source is unknown', () => {
    const verified = verify([quoting('a-passage#1', 'two years')], [passage], new Map(), today);
    expect(verified.dropped).toEqual([{ label: 'a-passage#1', why: 'no-source' }]);
    expect(verified.shown).toEqual([]);
  });

  it('shows a block once however often it is picked', () => {
    const draft = [quoting('a-passage#1', 'two years'), quoting('a-passage#2', 'full order')];
    expect(verify(draft, [passage], sources, today).shown[0]?.blocks).toHaveLength(1);
  });

  it('keeps apart passages of different ids with the same words', () => {
    const twin = { ...passage, id: passageIdSchema.parse('twin') };
    const draft = [quoting('a-passage#1', 'two years'), quoting('twin#1', 'two years')];
    const { shown, citations } = verify(draft, [passage, twin], sources, today);
    expect(shown.map((entry) => entry.passage)).toEqual(['a-passage', 'twin']);
    expect(citations.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  });
});

describe('standsIn', () => {
  it.each([
    ['case', 'AN ORDER', 'An order lasts.', true],
    ['white space', 'an  order\nlasts', 'An order lasts.', true],
    ['curly quotation marks', 'the “victim’s” word', `the "victim's" word counts`, true],
    ['dashes', 'two - three', 'two – three days', true],
    ['invisible characters', 'or\u200bder', 'An order lasts.', true],
    ['half a word', 'rder', 'An order lasts.', false],
    ['words left out', 'An lasts', 'An order lasts.', false],
    ['a negation left out', 'do advise', 'Do not advise.', false],
  ])('looks past %s and nothing else', (_, quote, text, expected) => {
    expect(standsIn(quote, text)).toBe(expected);
  });
});

describe('the guard of verifyCitations', () => {
  it('drops every label of a block that is not safe, and says so', () => {
    const draft = [
      quoting('a-passage#1', 'An order lasts two years or more.'),
      quoting('a-passage#3', 'Do not advise the victim to:'),
      quoting('a-passage#4', 'block the suspect;'),
    ];
    const given = [passage];
    const verified = verifyCitations(draft, given, sources, today, (block) => block !== warning);
    expect(verified.dropped).toEqual([
      { label: 'a-passage#3', why: 'not-safe' },
      { label: 'a-passage#4', why: 'not-safe' },
    ]);
    expect(verified.shown.map(({ blocks }) => blocks.length)).toEqual([1]);
  });
});
