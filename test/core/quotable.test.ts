import { describe, expect, it } from 'vitest';
import { everyField, quotableOf } from '../../src/core/quotable.js';
import { aPassage, aSource } from '../builders.js';

const sources = new Map([[aSource().id, aSource()]]);

describe('what a file would let people read', () => {
  it('is every field under its place, a citation with its source', () => {
    const { id, publisher, title } = aSource();
    const value = {
      name: 'house-visit',
      minimum: ['ZZ01'],
      questions: [{ id: 'ZZ01', ask: 'At the door?', short: true, why: { cites: [`${id} s1`] } }],
      end: null,
    };
    expect(everyField(value, sources)).toEqual([
      'name: “house-visit”',
      'minimum.0: “ZZ01”',
      'questions.ZZ01.id: “ZZ01”',
      'questions.ZZ01.ask: “At the door?”',
      'questions.ZZ01.short: true',
      `questions.ZZ01.why.cites.0: “${id} s1” ${publisher}: ${title}, s1 [${id}]`,
      'end: null',
    ]);
    expect(everyField('words', sources)).toEqual(['whole file: “words”']);
  });

  it('says of a draft that nothing of it is quoted', () => {
    const [first] = quotableOf([aPassage({ status: 'draft' })], sources);
    expect(first).toBe(`passage ${aPassage().id}, draft: nothing of it is quoted`);
  });
});
