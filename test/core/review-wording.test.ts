import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sourceIdSchema } from '../../src/core/ids.js';
import { makeCheckWording } from '../../src/core/review-wording.js';
import { neverAdviseSchema } from '../../src/core/wording.js';
import { aSource } from '../builders.js';

const source: unknown = parse(readFileSync('knowledge/never-advise.yaml', 'utf8'));
const neverAdvise = neverAdviseSchema.parse(source);
const ids = neverAdvise.flatMap(({ cites }) => cites.map((cite) => cite.split(' ')[0] ?? ''));
const sources = new Map(
  ids.map((name) => {
    const id = sourceIdSchema.parse(name);
    return [id, aSource({ id })] as const;
  }),
);
const check = makeCheckWording({ neverAdvise, sources });

describe('words that people add to a summary', () => {
  it('are found with their level, reason, citation and better words', () => {
    const family = neverAdvise.find(({ id }) => id === 'P1');
    const findings = check('Officer to tell her: just ignore the messages.');
    expect(
      findings.map(({ phrase, level, reason, better }) => [phrase, level, reason, better]),
    ).toEqual([['just ignore the messages', 'block', family?.reason, family?.insteadSay]]);
    expect(findings[0]?.cites.map(({ source, locator }) => `${source.id} ${locator}`)).toEqual(
      family?.cites,
    );
  });

  it.each([
    ['block', 'The complainant was a bit hysterical.'],
    ['block', 'So far it has been just messages.'],
    ['warn', 'At least there was no violence.'],
  ])('are found at the level %s: %s', (level, text) => {
    expect(check(text).map((finding) => finding.level)).toContain(level);
  });

  it.each([
    'The caller said: “You should just block me.”',
    'Both limbs of the effect were asked; see SI13a to SI13c.',
    '',
  ])('are left alone: %s', (text) => {
    expect(check(text)).toEqual([]);
  });
});
