import { describe, expect, it } from 'vitest';
import { passageIdSchema, sourceIdSchema } from '../../src/core/ids.js';
import { type Passage, parseMark, textOf } from '../../src/core/passage.js';
import { makeQuoteForCite } from '../../src/core/quote-for-cite.js';
import { aPassage, aSource, today } from '../builders.js';
import { loadReal } from '../real-knowledge.js';

const source = aSource().id;

/** One statement for each place. */
function aPassageAt(heading: string, locators: readonly string[], given: Partial<Passage> = {}) {
  const lead = locators.map((locator) => ({
    text: `What ${locator} says.`,
    marks: [{ source, locator }],
  }));
  return aPassage({ heading, blocks: [{ lead, items: [] }], ...given });
}

const quoteOf = (passages: readonly Passage[], locator: string) =>
  makeQuoteForCite(passages)({ source, locator }, today);

describe('the words behind a citation', () => {
  it('are a statement at the same place, with its heading and the day it was checked', () => {
    const passages = [aPassageAt('Wide', ['s1']), aPassageAt('Exact', ['s1(2)', 's1(3)'])];
    expect(quoteOf(passages, 's1(3)')).toEqual({
      passage: aPassage().id,
      heading: 'Exact',
      text: 'What s1(2) says. What s1(3) says.',
      locator: 's1(3)',
      checkedOn: today,
    });
  });

  it('are those of the larger or smaller place when nothing rests on the very place', () => {
    const passages = [aPassageAt('Near', ['s1', 's1(1)', 's2'])];
    const found = ['s1(1)(a)', 's1(9)', 's2(4), s7'].map(
      (locator) => quoteOf(passages, locator)?.locator,
    );
    expect(found).toEqual(['s1(1)', 's1', 's2']);
    expect(quoteOf([aPassageAt('Smaller', ['s5(2)'])], 's5')?.locator).toBe('s5(2)');
  });

  it('are found however the title of a section is quoted', () => {
    const passages = [aPassageAt('Section', ['section “Officer training, and knowledge”'])];
    for (const locator of ['section "Officer training, and knowledge"', 'Officer training'])
      expect(quoteOf(passages, locator)?.heading).toBe('Section');
  });

  it('are none from another place, however alike it looks', () => {
    const passages = [aPassageAt('Other', ['s11', 's2(b), (3)', 'section “Background”'])];
    for (const locator of ['s1', 's7, (3)', 'section “Outcomes”', 'key points'])
      expect(quoteOf(passages, locator)).toBeUndefined();
    const elsewhere = makeQuoteForCite(passages)(
      { source: sourceIdSchema.parse('another'), locator: 's11' },
      today,
    );
    expect(elsewhere).toBeUndefined();
  });

  it('are none from a passage that may not be quoted that day', () => {
    const ended = { inForce: { from: null, to: '2020-01-01' } };
    for (const given of [{ status: 'draft' }, { status: 'retired' }, ended] as const)
      expect(quoteOf([aPassageAt('Gone', ['s1'], given)], 's1')).toBeUndefined();
  });
});

describe('the words chosen of several', () => {
  it('are those of the passage that speaks of the place most, and of it the first', () => {
    const passages = [
      aPassageAt('Aside', ['s1', 's9'], { id: passageIdSchema.parse('aside') }),
      aPassageAt('About it', ['s1', 's1']),
    ];
    expect(quoteOf(passages, 's1')?.heading).toBe('About it');
    expect(quoteOf(passages.toReversed(), 's1')?.heading).toBe('About it');
    const twice = { text: 'Second.', marks: [{ source, locator: 's1' }] };
    const first = { text: 'First.', marks: [{ source, locator: 's1' }] };
    const blocks = [first, twice].map((lead) => ({ lead: [lead], items: [] }));
    expect(quoteOf([aPassage({ blocks })], 's1')?.text).toBe('First.');
  });

  it('are a whole list with what leads into it, so that no item loses what governs it', () => {
    const at = (text: string, locator: string) => ({ text, marks: [{ source, locator }] });
    const blocks = [
      { lead: [at('Do not:', 's2')], items: [at('ring;', 's1'), at('write.', 's3')] },
    ];
    expect(quoteOf([aPassage({ blocks })], 's1')?.text).toBe('Do not:\nring;\nwrite.');
  });
});

describe('the citations of the shipped scripts', () => {
  it('lead to whole paragraphs and lists of the guidance, word for word, most of them', async () => {
    const { scripts, passages } = await loadReal();
    const find = makeQuoteForCite(passages.values());
    const said = new Set(
      [...passages.values()].flatMap(({ id, blocks }) =>
        blocks.map((block) =>
          [id, textOf({ ...aPassage(), blocks: [block] }).replace(/\s+/g, ' ')].join(' '),
        ),
      ),
    );
    const cites = scripts
      .flatMap(({ questions }) => questions.flatMap(({ feeds }) => feeds.cites))
      .flatMap((cite) => parseMark(cite) ?? []);
    const quoted = cites.flatMap((cite) => {
      const quote = find(cite, today);
      return quote ? [`${quote.passage} ${quote.text.replace(/\s+/g, ' ')}`] : [];
    });
    expect(quoted.filter((words) => !said.has(words))).toEqual([]);
    expect(quoted.length).toBeGreaterThan(cites.length / 2);
  });
});
