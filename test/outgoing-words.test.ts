import { describe, expect, it } from 'vitest';
import * as fixed from '../src/core/phrases.js';
import { findWording } from '../src/core/wording.js';
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

/** Words with places in them are read with one filled in. */
const said = (value: unknown): readonly string[] => {
  if (typeof value === 'function') return stringsIn((value as (given: string) => unknown)('12'));
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(said)
    : stringsIn(value);
};

describe('the never-advise list', () => {
  it('passes every fixed sentence', () => {
    const sentences = said({ ...fixed });
    expect(sentences.length).toBeGreaterThan(80);
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
