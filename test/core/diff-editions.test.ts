import { describe, expect, it } from 'vitest';
import { diffDocuments } from '../../src/core/diff-documents.js';
import { findPlaces, placesIn } from '../../src/core/document-places.js';
import { sourceIdSchema } from '../../src/core/ids.js';
import type { ImportedBlock } from '../../src/core/imported-document.js';
import type { Passage } from '../../src/core/passage.js';
import { diffEditions } from '../../src/core/rests-on-changed.js';
import { aPassageOf, aSource } from '../builders.js';

const heading = (text: string, level = 2): ImportedBlock => ({
  ...{ kind: 'heading', level, text, page: null },
});
const paragraph = (text: string, page: number | null = null): ImportedBlock => ({
  ...{ kind: 'paragraph', level: 0, text, page },
});

/** As an Act is printed. */
const act = [
  heading('Orders'),
  paragraph('1 Applications for orders'),
  paragraph('(1) A chief officer of police may apply to a court for an order.'),
  paragraph('(2) A chief officer may apply only in respect of a person who lives in the area.'),
  paragraph('(a) who is at least ten years old, or'),
  paragraph('(b) who is believed to be coming there.'),
  paragraph('2A Power to make orders'),
  paragraph('(1) The court may make an order.'),
  paragraph('(4) An order lasts for a fixed period of at least two years.'),
  paragraph('10 Breach of an order'),
];

/** As guidance is printed. */
const guidance = [
  heading('Right 1: to understand'),
  paragraph('1.1 Use plain words with everybody who reports a crime.', 1),
  heading('Right 10: to complain'),
  paragraph('1.2 Say how a complaint is made.', 2),
  paragraph('Say it in writing as well.', 2),
  paragraph('1.10 Keep a copy of each complaint.', 3),
  heading('Outcomes, in short'),
  paragraph('Most reports were closed in 2023.', 4),
];

/** The first words of what a locator names; `undefined` for a part that is not found. */
function named(blocks: readonly ImportedBlock[], locator: string) {
  return findPlaces(placesIn(blocks), locator).map((found) =>
    found?.map((at) => blocks[at]?.text.split(' ').slice(0, 3).join(' ')),
  );
}

describe('the place a locator names', () => {
  it.each([
    ['s2A(4)', [['(4) An order']]],
    ['s1(2)(a)', [['(a) who is']]],
    ['s1(2)', [['(2) A chief', '(a) who is', '(b) who is']]],
    ['s1(1)-(2)', [['(1) A chief', '(2) A chief', '(a) who is', '(b) who is']]],
    ['ss2A, 10', [['2A Power to', '(1) The court', '(4) An order'], ['10 Breach of']]],
    ['ss2-10', [['2A Power to', '(1) The court', '(4) An order', '10 Breach of']]],
    ['s2A(4), (9)', [['(4) An order'], ['2A Power to', '(1) The court', '(4) An order']]],
    ['s99', [undefined]],
    ['Schedule 2', [undefined]],
  ])('of an Act: %s', (locator, expected) => {
    expect(named(act, locator)).toEqual(expected);
  });

  it.each([
    ['para 1.1', [['1.1 Use plain']]],
    ['para 1.2', [['1.2 Say how', 'Say it in']]],
    ['para 1.2-1.10', [['1.2 Say how', 'Say it in', '1.10 Keep a']]],
    ['Right 1', [['Right 1: to', '1.1 Use plain']]],
    ['section “Outcomes, in short”', [['Outcomes, in short', 'Most reports were']]],
    ['pages 3-4', [['1.10 Keep a', 'Most reports were']]],
    ['para 1.1, page 9', [['1.1 Use plain'], undefined]],
    ['section “Outcomes, in short”, paragraph 7', [['Outcomes, in short', 'Most reports were']]],
    ['key points', [undefined]],
  ])('of guidance: %s', (locator, expected) => {
    expect(named(guidance, locator)).toEqual(expected);
  });

  it('is everything for the whole page', () => {
    expect(named(guidance, 'whole page')[0]).toHaveLength(guidance.length);
  });
});

describe('the difference between two editions', () => {
  it('tells changed, added and removed paragraphs apart, and takes no notice of order, case and spaces', () => {
    const before = [
      paragraph('Keep a note of each act.'),
      paragraph('Tell the victim the outcome within five working days.'),
      paragraph('Use the old form.'),
      paragraph('Same words, twice.'),
    ];
    const after = [
      paragraph('Same words,  twice.'),
      paragraph('Tell the victim the outcome within one working day.'),
      paragraph('KEEP a note of each act.'),
      paragraph('Offer an advocate first.'),
      paragraph('Same words, twice.'),
    ];
    expect(diffDocuments(before, after)).toEqual([
      { kind: 'changed', before: 1, after: 1 },
      { kind: 'added', after: 3 },
      { kind: 'added', after: 4 },
      { kind: 'removed', before: 2 },
    ]);
    expect(diffDocuments(before, before)).toEqual([]);
  });

  const source = aSource().id;
  const citing = (id: string, locator: string, given: Partial<Passage> = {}) =>
    aPassageOf(id, [], {
      blocks: [{ lead: [{ text: 'Words.', marks: [{ source, locator }] }], items: [] }],
      ...given,
    });

  const elsewhere = aPassageOf('elsewhere', [], {
    blocks: [
      {
        lead: [
          {
            text: 'Words.',
            marks: [{ source: sourceIdSchema.parse('leg-spa'), locator: 's2A(4)' }],
          },
        ],
        items: [],
      },
    ],
  });

  it('names the passages that rest on changed text, and those a person has to look at', () => {
    const after = act.map((block) =>
      block.text.startsWith('(4)')
        ? paragraph('(4) An order lasts for a fixed period of at least three years.')
        : block,
    );
    const added = paragraph('(3) A chief officer may apply again at any time.');
    const next = [...after.slice(0, 6), added, ...after.slice(6)];
    const passages = [
      citing('changed', 's2A(4)'),
      citing('whole', 's2A'),
      citing('same', 's2A(1)'),
      citing('grown', 's1'),
      citing('kept', 's1(2)'),
      citing('lost', 'Schedule 2'),
      citing('draft', 's2A(4)', { status: 'draft' }),
      citing('retired', 's2A(4)', { status: 'retired' }),
      elsewhere,
    ];
    expect(diffEditions(act, next, passages, source)).toEqual({
      changes: [
        { kind: 'added', after: 6 },
        { kind: 'changed', before: 8, after: 9 },
      ],
      touched: [
        { passage: 'changed', locator: 's2A(4)', kind: 'changed' },
        { passage: 'whole', locator: 's2A', kind: 'changed' },
        { passage: 'grown', locator: 's1', kind: 'changed' },
        { passage: 'lost', locator: 'Schedule 2', kind: 'look' },
        { passage: 'draft', locator: 's2A(4)', kind: 'changed' },
      ],
    });
  });

  it('asks a person to look where a place is gone from the newer edition', () => {
    const passages = [citing('gone', 'para 1.2'), citing('here', 'para 1.1')];
    const next = guidance.filter((_, at) => at !== 3 && at !== 4);
    expect(diffEditions(guidance, next, passages, source).touched).toEqual([
      { passage: 'gone', locator: 'para 1.2', kind: 'changed' },
    ]);
  });
});
