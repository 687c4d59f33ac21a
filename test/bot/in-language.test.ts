import { describe, expect, it } from 'vitest';
import { makeInLanguage } from '../../bot/teams/in-language.js';
import type { Turn } from '../../bot/teams/turn.js';
import { wordsOf } from '../../bot/teams/words-of.js';
import { makeLog } from '../../src/adapters/log.js';
import { catalogueIn, type Language } from '../../src/core/words.js';

const aTurn = (locale: string) => ({ activity: { from: { id: '29:anna' }, locale } }) as Turn;

function start(chosenBy: () => Promise<Language | undefined>, longestMs?: number) {
  const lines: string[] = [];
  const log = makeLog('debug', { write: (line) => lines.push(line) });
  const inLanguage = makeInLanguage({ chosenBy }, log, longestMs);
  const wordsIn = async (locale: string) => wordsOf(await inLanguage(aTurn(locale)));
  return { wordsIn, lines };
}

describe('the words of a turn', () => {
  it('are in the language that was chosen, and in that of Teams where none was', async () => {
    expect(await start(async () => 'cy').wordsIn('en-GB')).toBe(catalogueIn('cy'));
    expect(await start(async () => 'en').wordsIn('cy-GB')).toBe(catalogueIn('en'));
    expect(await start(async () => undefined).wordsIn('cy-GB')).toBe(catalogueIn('cy'));
  });

  it('are in that of Teams while the store fails, which is logged without saying whose', async () => {
    const { wordsIn, lines } = start(async () => {
      throw new Error('down');
    });
    expect(await wordsIn('cy-GB')).toBe(catalogueIn('cy'));
    expect(lines.map((line) => JSON.parse(line).event ?? JSON.parse(line).msg)).toEqual([
      'language-not-read',
    ]);
    expect(lines.join()).not.toContain('anna');
  });

  it('are in that of Teams where the store does not answer in time', async () => {
    expect(await start(() => new Promise(() => undefined), 1).wordsIn('cy')).toBe(
      catalogueIn('cy'),
    );
  });
});
