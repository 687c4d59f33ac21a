import { describe, expect, it } from 'vitest';
import { makeSearch } from '../../src/core/retrieval.js';
import { makeTokenise } from '../../src/core/tokens.js';

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

  it('keeps to its limit', () => {
    expect(search('stalking order', { limit: 1 })).toHaveLength(1);
  });
});

describe('makeTokenise', () => {
  const tokens = (text: string) => makeTokenise(terms)(text).map(({ token }) => token);

  it('gives every way of saying a term the same token', () => {
    expect(tokens('an SPO')).toContain('=spo');
    expect(tokens('stalking protection orders')).toContain('=spo');
  });

  it('pairs neighbours and leaves out words that say nothing', () => {
    expect(tokens('what is the search warrant')).toEqual(['search', 'warrant', 'search warrant']);
  });
});
