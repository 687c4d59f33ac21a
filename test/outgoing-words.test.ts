import { describe, expect, it } from 'vitest';
import { findWording } from '../src/core/wording.js';
import { catalogueIn, english } from '../src/core/words.js';
import { loadReal, stringsIn } from './real-knowledge.js';

/**
 * Guidance passes the never-advise list whenever it is shown (verifyCitations). Words that are sent without having
 * passed it there are fixed ones: they are held against it here.
 */
const knowledge = await loadReal();
const blocked = (texts: readonly string[]) =>
  texts.filter((text) =>
    findWording(knowledge.neverAdvise, text).some(({ level }) => level === 'block'),
  );

/** Words with places in them are read with the same in each: a day, a month or a number as well as any other words. */
const filled = '2026-11-20';
const said = (value: unknown): readonly string[] => {
  if (typeof value === 'function')
    return stringsIn((value as (...given: string[]) => unknown)(filled, filled, filled, filled));
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(said)
    : stringsIn(value);
};

describe('the never-advise list', () => {
  it.each(['en', 'cy'] as const)('passes every fixed sentence of the chat: %s', (language) => {
    const { list: _, ...words } = catalogueIn(language);
    const sentences = said(words);
    expect(sentences.length).toBeGreaterThan(300);
    expect(blocked(sentences)).toEqual([]);
  });

  // Questions and choices of scripts name what must not be done ("No resources") so that it can be ticked.
  it('passes every message of a script', () => {
    const words = knowledge.scripts.flatMap(({ messages }) => stringsIn(messages));
    expect(words.length).toBeGreaterThan(20);
    expect(blocked(words)).toEqual([]);
  });

  it('passes the heading of every passage, which is offered for choice on its own', () => {
    const headings = [...knowledge.passages.values()].map(({ heading }) => heading);
    expect(headings.length).toBeGreaterThan(250);
    expect(blocked(headings)).toEqual([]);
  });
});

describe('what locked screens show', () => {
  it.each(['en', 'cy'] as const)('is the same for everybody: %s', (language) => {
    const { feeds, notices } = catalogueIn(language);
    const shown = [...Object.values(feeds), ...Object.values(notices.kinds), notices.anything];
    expect(shown.length).toBeGreaterThan(18);
    // No place for a name, a case, a day or somebody's words is left in any of them, nor what it is about.
    expect(shown.filter((words) => typeof words !== 'string')).toEqual([]);
    expect(
      shown.filter((words) => /stalk|stelci|victim|dioddef|danger|perygl|\d(?!A)/i.test(words)),
    ).toEqual([]);
  });

  it('has a sentence in each language', () => {
    expect(Object.keys(catalogueIn('cy').feeds)).toEqual(Object.keys(english.feeds));
  });
});
