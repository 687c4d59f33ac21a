import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/adapters/parse-article.js';
import { type DraftRequest, draftArticles, emptyArticle } from '../../src/core/draft-article.js';
import type { ImportedBlock } from '../../src/core/imported-document.js';
import { statementsOf } from '../../src/core/passage.js';
import { aSource, today } from '../builders.js';

const heading = (text: string): ImportedBlock => ({ kind: 'heading', level: 2, text, page: 1 });
const paragraph = (text: string, page: number | null = null): ImportedBlock => ({
  ...{ kind: 'paragraph', level: 0, text, page },
});
const asked = (given: Partial<DraftRequest> = {}): DraftRequest => ({
  ...{ article: 'new-guide', title: 'A: "guide"', checkedOn: today, reviewBy: '2027-05-20' },
  source: aSource({ licence: 'OGL-3.0' }),
  ...given,
});

/** What an article of this text would hold: headings, and statements with their places. */
function held(text: string) {
  return parseArticle(text, 'a-topic').map(({ id, heading: title, status, blocks }) => ({
    id,
    title,
    status,
    statements: blocks
      .flatMap(statementsOf)
      .map((one) => [one.text, ...one.marks.map(({ locator }) => locator)]),
  }));
}

const document = [
  paragraph('Words before any heading.', 1),
  heading('## Recording [new] “acts”'),
  paragraph('1.2 Record each act: ', 2),
  paragraph('1. Do it on the same day. [@cop-inv s1] # - > ```', 2),
  heading('A heading without words'),
  heading('Contact'),
  paragraph('Tell the victim.'),
];

describe('a draft of a publisher’s file', () => {
  it('quotes words whose licence lets them be copied, each with its place', () => {
    const [draft, ...more] = draftArticles(document, asked());
    expect(more).toEqual([]);
    expect(held(draft?.text ?? '')).toEqual([
      {
        ...{ id: 'new-guide-1', title: 'Opening', status: 'draft' },
        statements: [['“Words before any heading.”', 'page 1']],
      },
      {
        ...{ id: 'new-guide-2', title: 'Recording [new] “acts”', status: 'draft' },
        statements: [
          ['“1.2 Record each act: ”', 'para 1.2, page 2'],
          ['“1. Do it on the same day. [ @cop-inv s1] # - > ```”', 'page 2'],
        ],
      },
      {
        ...{ id: 'new-guide-3', title: 'Contact', status: 'draft' },
        statements: [['“Tell the victim.”', 'section “Contact”, paragraph 1']],
      },
    ]);
  });

  it.each(['all-rights-reserved', 'NC-College', 'NC-ND'] as const)(
    'holds no sentence of a source under %s, only headings and places',
    (licence) => {
      const [draft] = draftArticles(document, asked({ source: aSource({ licence }) }));
      const text = draft?.text ?? '';
      for (const { text: words } of document.filter(({ kind }) => kind === 'paragraph'))
        expect(text).not.toContain(words.trim());
      expect(held(text).map(({ title, statements }) => [title, statements])).toEqual([
        ['Opening', [['To be written in our own words.', 'page 1']]],
        [
          'Recording [new] “acts”',
          [
            ['To be written in our own words.', 'para 1.2, page 2'],
            ['To be written in our own words.', 'page 2'],
          ],
        ],
        ['Contact', [['To be written in our own words.', 'section “Contact”, paragraph 1']]],
      ]);
    },
  );

  it('is parted into articles of 25 passages', () => {
    const sections = Array.from({ length: 60 }, (_, at) => [
      heading(`Part ${at}`),
      paragraph('Words.'),
    ]);
    const drafts = draftArticles(sections.flat(), asked());
    expect(drafts.map(({ id, text }) => [id, held(text).length])).toEqual([
      ['new-guide-1', 25],
      ['new-guide-2', 25],
      ['new-guide-3', 10],
    ]);
    expect(draftArticles([heading('Only')], asked())).toEqual([]);
  });

  it('is an article with one empty passage when there is no file', () => {
    const text = emptyArticle('grading', { checkedOn: today, reviewBy: '2027-05-20' });
    expect(held(text)).toEqual([
      {
        ...{ id: 'grading-1', title: 'What does somebody ask about this?', status: 'draft' },
        statements: [['To be written in our own words.']],
      },
    ]);
  });

  it.each(['published', 'retired'])('cannot be %s as it stands', (status) => {
    const text = emptyArticle('grading', { checkedOn: today, reviewBy: '2027-05-20' });
    const set = text.replace('status: draft', `status: ${status}`);
    expect(() => parseArticle(set, 'a-topic')).toThrow('field asks: needs three to eight');
    const withAsks = set.replace('asks: []', 'asks: [ask one, ask two, ask three]');
    expect(() => parseArticle(withAsks, 'a-topic')).toThrow(
      'still holds "To be written in our own words."; only a draft may',
    );
  });
});
