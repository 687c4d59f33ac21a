import { describe, expect, it } from 'vitest';
import { makeSearch } from '../../src/core/retrieval.js';
import { makeVocabulary, stemsOf } from '../../src/core/tokens.js';

const documents = [
  {
    id: 'length',
    heading: 'How long does a stalking protection order last?',
    title: 'Protection orders',
    asks: ['when does the order run out'],
    text: 'A full order lasts at least two years.',
  },
  {
    id: 'breach',
    heading: 'What happens when a stalking protection order is broken?',
    title: 'Protection orders',
    asks: ['he ignored the order'],
    text: 'Breach without reasonable excuse is an offence with a maximum of five years.',
  },
  {
    id: 'search',
    heading: 'Can we search for evidence of section 2A stalking?',
    title: 'Powers',
    asks: ['search warrant'],
    text: 'A justice may grant a warrant under section 2B.',
  },
  {
    id: 'tracker',
    heading: 'What if the victim finds a tracker on the car?',
    title: 'Devices',
    asks: ['found an AirTag'],
    text: 'Photograph the tracking device in place and ask police before touching it.',
  },
] as const;
const terms = [
  { id: 'spo', says: ['stalking protection order', 'SPO'] },
  { id: 'breach', says: ['breach', 'broken', 'breaks it'] },
];
const search = makeSearch(documents, terms);
const questions = [
  'how long does a stalking protection order last',
  'found a trakcer on the car',
  'search warrant for a helicopter',
  'he ignored the order and broke it',
];
const best = (question: string, earlier: readonly string[] = []) =>
  search(question, { earlier })[0]?.id;

describe('search', () => {
  it.each([
    ['the words of the heading', 'how long does a stalking protection order last', 'length'],
    ['an abbreviation', 'how long does an SPO last', 'length'],
    ['another form of the word', 'victim has found trackers', 'tracker'],
    ['an example question', 'when does it run out', 'length'],
    ['a typing mistake', 'found a trakcer', 'tracker'],
    ['a section however written', 'power for s.2A', 'search'],
    ['a section without its s', '2A search', 'search'],
    ['a section in full', 'section 2B', 'search'],
  ])('finds a passage by %s', (_, question, expected) => {
    expect(best(question)).toBe(expected);
  });

  it('reads a follow-up in the light of what was asked before', () => {
    expect(best('and what if he breaks it?', ['How long does an SPO last?'])).toBe('breach');
  });

  it('returns nothing when no word is known', () => {
    expect(search('capital of Portugal')).toEqual([]);
  });

  it('returns nothing for an empty question', () => {
    expect(search('')).toEqual([]);
  });

  it('names the words a passage does not hold, the rarest first', () => {
    const [hit] = search('search warrant for a helicopter');
    expect(hit?.missing).toEqual(['helicopter']);
    expect(hit?.coverage).toBeGreaterThan(0.3);
    expect(hit?.coverage).toBeLessThan(1);
  });

  it('gives the same answer every time', () => {
    const question = 'what happens when the order is broken';
    expect(search(question)).toEqual(search(question));
    expect(makeSearch(documents, terms)(question)).toEqual(search(question));
  });

  it('keeps to its limit, and the best stay the same however many are asked for', () => {
    const all = search('stalking order', { limit: 10 });
    expect(all.length).toBeGreaterThan(1);
    expect(search('stalking order', { limit: 1 })).toEqual(all.slice(0, 1));
  });

  it('leaves out what is not accepted, and changes nothing else', () => {
    const question = 'stalking order search';
    const all = search(question);
    expect(all.map(({ id }) => id)).toContain('breach');
    expect(search(question, { accepts: (id) => id !== 'breach' })).toEqual(
      all.filter(({ id }) => id !== 'breach'),
    );
  });

  it('covers the whole question exactly when no word is missing', () => {
    const hits = questions.flatMap((question) => search(question));
    expect(hits).toHaveLength(7);
    expect(hits.filter((hit) => (hit.coverage === 1) !== (hit.missing.length === 0))).toEqual([]);
  });

  it('never scores a passage lower for a word more', () => {
    const grown = questions.flatMap((question) =>
      ['warrant', 'car', 'unheard', 'stalking'].flatMap((word) => {
        const before = new Map(search(question).map(({ id, score }) => [id, score]));
        const after = new Map(search(`${question} ${word}`).map(({ id, score }) => [id, score]));
        return [...before].map(([id, score]) => (after.get(id) ?? 0) - score);
      }),
    );
    expect(grown).toHaveLength(28);
    expect(Math.min(...grown)).toBeGreaterThanOrEqual(-1e-9);
  });

  it('is surer of an answer, the more of what was asked stands in it', () => {
    const surenessOf = (question: string) => search(question)[0]?.answerability ?? 0;
    const whole = surenessOf('search warrant');
    expect(whole).toBe(search('search warrant')[0]?.score);
    expect(surenessOf('search warrant for a helicopter in Portugal')).toBeLessThan(whole);
  });

  it('finds nothing in no documents', () => {
    expect(makeSearch([])('how long does an order last')).toEqual([]);
  });

  it('reads half a megabyte without a fault', () => {
    expect(search('stalkin '.repeat(60_000))[0]?.missing).toEqual([]);
  });
});

describe('ranking', () => {
  const plain = (id: string, heading: string, text: string) => ({
    id,
    heading,
    title: '',
    asks: [],
    text,
  });

  it('puts words that stand side by side before the same words apart', () => {
    const find = makeSearch([
      plain('apart', '', 'Personal notes are kept. A statement is read. The victim may attend.'),
      plain('together', '', 'Notes are kept. The victim personal statement is read. All attend.'),
    ]);
    expect(find('victim personal statement').map(({ id }) => id)).toEqual(['together', 'apart']);
  });

  it('trusts a heading less where many passages share it', () => {
    const scoreUnder = (headings: readonly string[]) =>
      makeSearch(headings.map((heading, at) => plain(`p${at}`, heading, `text number${at}`)))(
        'bail',
      )[0]?.score ?? 0;
    const own = scoreUnder(['bail', 'orders', 'devices', 'courts']);
    const shared = scoreUnder(['bail', 'orders', 'orders', 'orders']);
    expect(shared).toBeGreaterThan(0);
    expect(own).toBeGreaterThan(shared);
  });

  it('weighs what is asked now above what was asked before', () => {
    const find = makeSearch([
      plain('now', '', 'bail conditions'),
      plain('before', '', 'court hearings'),
    ]);
    const ids = find('bail', { earlier: ['court'] }).map(({ id }) => id);
    expect(ids).toEqual(['now', 'before']);
  });
});

describe('typing mistakes', () => {
  const find = makeSearch([
    { id: 'a', heading: '', title: '', asks: [], text: 'harassment of a neighbour' },
    { id: 'b', heading: '', title: '', asks: [], text: 'bail conditions and warrants' },
    { id: 'c', heading: '', title: '', asks: [], text: 'bail again, and a harness' },
  ]);
  it.each([
    ['a letter left out', 'harasment', ['a']],
    ['a letter too many', 'harrassment', ['a']],
    ['two letters swapped', 'harassmnet', ['a']],
    ['the first two letters swapped', 'ocnditions', ['b']],
    ['a wrong letter', 'warrents', ['b']],
    ['two slips in a long word', 'harrasment', ['a']],
    ['another word altogether', 'helicopter', []],
    ['a short word, which is left as it is', 'bal', []],
    ['a number, which is left as it is', 'cond1tions', []],
  ])('reads %s', (_, written, expected) => {
    expect(find(written).map(({ id }) => id)).toEqual(expected);
  });
});

describe('makeVocabulary', () => {
  const tokensOf = (text: string) => {
    const vocabulary = makeVocabulary(terms);
    vocabulary.learn('search warrant');
    return vocabulary.read(text);
  };

  it('gives every way of saying a term the same token', () => {
    const term = { token: 0, word: 'spo', isTerm: true };
    expect(tokensOf('SPO')[0]).toEqual(term);
    expect(tokensOf('stalking protection orders')[0]).toEqual({ ...term, word: 'stalking' });
  });

  it('leaves out words that say nothing, and numbers only words that were learned', () => {
    expect(tokensOf('what is the search helicopter')).toEqual([
      { token: 2, word: 'search', isTerm: false },
      { token: undefined, word: 'helicopter', isTerm: false },
    ]);
  });
});

describe('stemsOf', () => {
  it.each([
    ['section 2A, s.2A and 2A', ['s2a', 's2a', 'and', 's2a']],
    ['sections 35 and 36', ['s35', 'and', '36']],
    ["don’t, don't and dont", ['dont', 'dont', 'and', 'dont']],
    ["the victims' 'log'", ['the', 'victim', 'log']],
    ['Ａ ＰＨＯＮＥ café', ['a', 'phone', 'café']],
    ['', []],
    ["' -- '", []],
  ])('reads %j', (text, expected) => {
    expect(stemsOf(text)).toEqual(expected);
  });
});
