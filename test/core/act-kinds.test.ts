import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ActLetter,
  actLetters,
  citeOfActKind,
  proposeKinds,
  sayActKind,
} from '../../src/core/act-kinds.js';
import { forbidden } from '../forbidden-words.js';

type Case = { readonly set: string; readonly letters: string; readonly words: string };

const file = path.join(import.meta.dirname, '../questions/incidents.txt');
const cases = readCases(readFileSync(file, 'utf8'));

describe('the seven examples of section 2A(3)', () => {
  it('are named with their letter, and anything else as other behaviour', () => {
    expect([...actLetters, 'other'].map(sayActKind)).toEqual([
      'following (a)',
      'contacting, or trying to contact, by any means (b)',
      'publishing material about the person, or as if it came from them (c)',
      'monitoring their internet, email or other electronic communication (d)',
      'loitering in any place, public or private (e)',
      'interfering with property in their possession (f)',
      'watching or spying (g)',
      'other behaviour',
    ]);
    expect(citeOfActKind('d')).toBe('leg-pha s2A(3)(d)');
  });

  it('are named in none of the words the engine never uses', () => {
    const said = actLetters.map(sayActKind).join('. ');
    expect(forbidden.filter(([pattern]) => pattern.test(said))).toEqual([]);
  });
});

describe('proposing kinds from the words of an incident', () => {
  it.each<[string, readonly ActLetter[]]>([
    ['He FOLLOWED me home', ['a']],
    ['he didn’t follow me', []],
    ['they followed me home and smashed my window', ['a', 'f']],
    ['', []],
    ['🙂', []],
  ])('reads %j as %j', (words, letters) => {
    expect(proposeKinds(words)).toEqual(letters);
  });

  it('has at least sixty sentences to be measured on', () => {
    expect(cases.length).toBeGreaterThan(150);
    expect(cases.filter(({ set }) => set === 'D')).toHaveLength(31);
  });

  // Lower bounds of what was measured; D was not used for tuning, so it tells what new words will meet.
  it.each([
    { sets: 'ABC', precision: 0.95, recall: 0.97 },
    { sets: 'D', precision: 0.9, recall: 0.7 },
  ])('finds the letters a reader gave, in $sets', ({ sets, precision, recall }) => {
    const own = cases.filter(({ set }) => sets.includes(set));
    const pairs = own.flatMap(({ letters, words }) => {
      const proposed = proposeKinds(words);
      return actLetters.map((a) => ({ meant: letters.includes(a), found: proposed.includes(a) }));
    });
    const right = pairs.filter(({ meant, found }) => meant && found).length;
    expect(right / pairs.filter(({ found }) => found).length).toBeGreaterThanOrEqual(precision);
    expect(right / pairs.filter(({ meant }) => meant).length).toBeGreaterThanOrEqual(recall);
  });
});

function readCases(text: string): readonly Case[] {
  let set = '';
  return text.split('\n').flatMap((line): readonly Case[] => {
    set = /^# ([A-Z])$/.exec(line)?.[1] ?? set;
    const [letters, words] = line.split(' | ');
    if (line.startsWith('#') || letters === undefined || words === undefined) return [];
    return [{ set, letters: letters.trim().replace('-', ''), words }];
  });
}
