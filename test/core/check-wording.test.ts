import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkPasted, numberedCites, wordingText } from '../../src/core/check-wording.js';
import { answerLead } from '../../src/core/phrases.js';
import { findWording } from '../../src/core/wording.js';
import { longestChecked, wordingPhrases } from '../../src/core/wording-words.js';
import { loadReal } from '../real-knowledge.js';

const knowledge = await loadReal();
const check = (text: string, isDanger = false) => checkPasted(text, knowledge, isDanger);
const found = (text: string) => check(text).marks.flatMap(({ phrases }) => phrases);

describe('a text that is checked', () => {
  it('has each phrase marked as it stands in it, with reason, dated source and better words', () => {
    const { kind, marks } = check('Hi Sarah,\nJust  BLOCK him. At least he didn’t hit you.');
    expect(kind).toBe('marked');
    expect(marks.map(({ phrases, level }) => [phrases, level])).toEqual([
      [['Just  BLOCK him'], 'block'],
      [['At least he didn’t'], 'warn'],
    ]);
    for (const { reason, better, cites } of marks) {
      expect([reason.length > 9, better.length > 9, cites.length > 0]).toEqual([true, true, true]);
      for (const { source } of cites) expect(source.checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('is read as spoken to the victim: a question put to them says what it asks', () => {
    expect(found('Is it only messages?')).toEqual(['Is it only messages']);
    expect(findWording(knowledge.neverAdvise, 'Is it only messages?')).toEqual([]);
  });

  it('may stand in quotation marks as a whole; what is quoted within it is somebody else’s', () => {
    for (const text of ['"Just block him."', '“Just block him.”', '‘Just block him.’'])
      expect(found(text)).toEqual(['Just block him']);
    expect(found('You told us he said "just block me then".')).toEqual([]);
  });

  it.each([
    ['', 'empty'],
    [' \n\t', 'empty'],
    ['""', 'empty'],
    ['x'.repeat(longestChecked + 1), 'too-long'],
    ['Good morning', 'nothing-to-check'],
    ['Hi Sarah,', 'nothing-to-check'],
    ['Dear Ms Example, kind regards', 'nothing-found'],
    ['🙂', 'nothing-to-check'],
    ['We will ring you on Friday with the result.', 'nothing-found'],
  ])('“%.20s” is %s', (text, kind) => {
    expect(check(text)).toEqual({ kind, marks: [], isDanger: false });
  });
});

describe('what is said of it', () => {
  it('begins with danger where there is a sign of it, whatever else is said', () => {
    for (const text of ['', 'Hello', 'Just block him.', 'x'.repeat(longestChecked + 1)])
      expect(wordingText(check(text, true)).startsWith(answerLead.urgent)).toBe(true);
    expect(wordingText(check('Hello', false))).toBe(wordingPhrases.nothingToCheck);
  });

  it('names each place it rests on by one number, with its link and day', () => {
    const checked = check('Just block him and come off Facebook.');
    const text = wordingText(checked);
    const cites = numberedCites(checked.marks);
    expect(new Set(cites.map(({ source, locator }) => `${source.id} ${locator}`)).size).toBe(
      cites.length,
    );
    for (const { n, source } of cites) {
      expect(text.match(new RegExp(`^\\[${n}\\] `, 'gm'))).toHaveLength(1);
      if (source.url) expect(text).toContain(`](${source.url})`);
    }
    expect(text).toContain('checked ');
    expect(text).toContain('**“Just block him”** (do not send)');
  });

  it('says plainly that nothing found is no judgement that it is right', () => {
    expect(wordingText(check('We will ring you on Friday.'))).toBe(wordingPhrases.nothingFound);
    expect(wordingPhrases.nothingFound).toContain('not a judgement that it is right');
  });

  it('offers better words that pass the check themselves, for every family', () => {
    const marked = knowledge.neverAdvise.map(({ id, insteadSay }) => [id, found(insteadSay)]);
    expect(marked.length).toBeGreaterThan(28);
    expect(marked.filter(([, words]) => words?.length !== 0)).toEqual([]);
  });
});

/** Messages and notes written apart from the patterns; `marks` are what a reader would strike out. */
describe('the messages of test/questions/wording.jsonl', () => {
  type Line = { readonly id: string; readonly text: string; readonly marks: readonly string[] };
  const lines = readFileSync('test/questions/wording.jsonl', 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Line => JSON.parse(line));
  const isMet = (text: string, mark: string, phrase: string) => {
    const [at, from] = [text.indexOf(mark), text.indexOf(phrase)];
    return from < at + mark.length && from + phrase.length > at;
  };

  it('have nine in ten of their phrases marked', () => {
    const wanted = lines.flatMap(({ text, marks }) => marks.map((mark) => ({ text, mark })));
    expect(wanted.length).toBeGreaterThan(50);
    const missed = wanted.filter(
      ({ text, mark }) => !found(text).some((phrase) => isMet(text, mark, phrase)),
    );
    expect(missed.length / wanted.length, JSON.stringify(missed)).toBeLessThan(0.1);
  });

  it('have nothing marked where there is nothing to mark', () => {
    const clean = lines.filter(({ marks }) => marks.length === 0);
    expect(clean.length).toBeGreaterThan(15);
    expect(clean.filter(({ text }) => found(text).length > 0)).toEqual([]);
  });
});
