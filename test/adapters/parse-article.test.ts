import { describe, expect, it } from 'vitest';
import { ArticleFault, parseArticle } from '../../src/adapters/parse-article.js';

const head = `---
id: an-article
title: An article
audience: [officer]
jurisdiction: England and Wales
status: published
inForce: { from: 2020-01-20, to: null }
checkedOn: 2026-11-20
reviewBy: 2027-05-20
---
`;
const block = (more = '') => `
\`\`\`passage
id: a-passage
asks: [what is it, tell me about it, explain it]${more}
\`\`\`
`;
const section = (body: string, more = '') => `${head}
## What is it?
${block(more)}
${body}
`;
const parse = (text: string) => parseArticle(text, 'a-topic');
const mark = { source: 'leg-spa', locator: 's1(3)' };

describe('parseArticle', () => {
  it('reads statements with their marks, paragraph by paragraph', () => {
    const [passage] = parse(
      section(
        'One. [@leg-spa s1(3)] Two, too. [@leg-pha s7][@leg-spa s2]\n\nThree. [@leg-spa s1(3)]',
      ),
    );
    expect(passage?.blocks).toEqual([
      {
        lead: [
          { text: 'One.', marks: [mark] },
          {
            text: 'Two, too.',
            marks: [
              { source: 'leg-pha', locator: 's7' },
              { source: 'leg-spa', locator: 's2' },
            ],
          },
        ],
        items: [],
      },
      { lead: [{ text: 'Three.', marks: [mark] }], items: [] },
    ]);
  });

  it('keeps a list with its lead-in, whose marks its items take when they have none', () => {
    const [passage] = parse(
      section('Do not advise: [@leg-spa s1(3)]\n\n- blocking;\n- waiting. [@leg-pha s7]'),
    );
    expect(passage?.blocks).toEqual([
      {
        lead: [{ text: 'Do not advise:', marks: [mark] }],
        items: [
          { text: 'blocking;', marks: [mark] },
          { text: 'waiting.', marks: [{ source: 'leg-pha', locator: 's7' }] },
        ],
      },
    ]);
  });

  it('gives a bare lead-in the marks of its first item', () => {
    const [passage] = parse(section('Ask:\n\n- where they are. [@leg-spa s1(3)]'));
    expect(passage?.blocks[0]?.lead).toEqual([{ text: 'Ask:', marks: [mark] }]);
  });

  it('lets a passage differ from its article', () => {
    const [passage] = parse(section('One. [@leg-spa s1]', '\nstatus: draft'));
    expect(passage?.status).toBe('draft');
    expect(passage?.reviewBy).toBe('2027-05-20');
  });

  it('keeps raw HTML as words', () => {
    const [passage] = parse(section('Say <b>this</b>. [@leg-spa s1(3)]'));
    expect(passage?.blocks[0]?.lead[0]?.text).toBe('Say <b>this</b>.');
  });

  it.each([
    ['no front matter', '## A heading\n', 'front matter'],
    ['front matter that is no YAML', '---\nid: [\n---\n## A\n', 'front matter is not YAML'],
    ['a field missing', head.replace('title: An article\n', ''), 'field title'],
    ['an unknown field', head.replace('title:', 'titel: x\ntitle:'), 'titel'],
    ['a date that is none', head.replace('2026-11-20', '2026-13-40'), 'field checkedOn'],
    ['no passage', head, 'has no passage'],
    [
      'a heading without its passage block',
      `${head}\n## A heading\n\nWords. [@leg-spa s1]\n`,
      'no passage block',
    ],
    ['a statement without a source', section('One. [@leg-spa s1] Two.'), 'no source after "Two."'],
    ['a mark without a locator', section('One. [@leg-spa]'), 'not a source id and a locator'],
    ['a list without a lead-in', section('- one [@leg-spa s1]'), 'a list needs a paragraph'],
    ['a list in a list', section('Do: [@leg-spa s1]\n\n- one\n  - two'), 'a list inside a list'],
    ['a wrapped paragraph', section('One\ntwo. [@leg-spa s1]'), 'one line'],
    ['a table', section('| a | b |\n|---|---|\n| 1 | 2 |'), 'not allowed'],
    ['a smaller heading', section('### Smaller\n\nOne. [@leg-spa s1]'), 'only "##"'],
    ['words before the first heading', `${head}\nWords. [@leg-spa s1]\n`, 'before the first'],
    ['an empty passage', section(''), 'an empty passage'],
  ])('refuses %s, naming it', (_, text, words) => {
    expect(() => parse(text)).toThrow(ArticleFault);
    expect(() => parse(text)).toThrow(words);
  });
});
