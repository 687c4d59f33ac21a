import { describe, expect, it } from 'vitest';
import { localisationFaults, textAt } from '../../src/core/localisation.js';

const manifest = {
  name: { short: 'A', full: 'B' },
  description: { short: 'C', full: 'D' },
  staticTabs: [{ name: 'Reviews' }],
  bots: [
    {
      commandLists: [
        {
          commands: [
            { title: 'help', type: 'basic', description: 'E' },
            { title: 'How?', type: 'prompt', description: 'F', prompt: 'How?' },
          ],
        },
      ],
    },
  ],
};
const within = 'bots[0].commandLists[0].commands';
const whole: Readonly<Record<string, string>> = {
  $schema: 'https://developer.microsoft.com/…',
  'name.short': 'a',
  'name.full': 'b',
  'description.short': 'c',
  'description.full': 'd',
  'staticTabs[0].name': 'Adolygiadau',
  [`${within}[0].description`]: 'e',
  [`${within}[1].title`]: 'Sut?',
  [`${within}[1].description`]: 'f',
  [`${within}[1].prompt`]: 'Sut?',
};

describe('translated texts', () => {
  it('are whole when each text has one, words that steer aside', () => {
    expect(localisationFaults(manifest, whole)).toEqual([]);
    expect(localisationFaults(manifest, { ...whole, [`${within}[0].title`]: 'cymorth' })).toEqual(
      [],
    );
  });

  it('may not name a place without a text', () => {
    const texts = { ...whole, [`${within}[2].title`]: 'x', 'staticTabs[0]': 'y', nothing: 'z' };
    expect(localisationFaults(manifest, texts)).toEqual([
      `${within}[2].title is no text of the manifest`,
      'staticTabs[0] is no text of the manifest',
      'nothing is no text of the manifest',
    ]);
  });

  it('may leave none out', () => {
    expect(localisationFaults(manifest, { 'name.short': 'a' })).toEqual(
      Object.keys(whole)
        .filter((name) => name !== '$schema' && name !== 'name.short')
        .map((name) => `${name} is not translated`),
    );
    expect(localisationFaults({}, {})).toHaveLength(4);
  });

  it('are found by the path Teams uses', () => {
    expect(textAt(manifest, `${within}[1].title`)).toBe('How?');
    expect(textAt(manifest, 'composeExtensions[0].commands[0].title')).toBeUndefined();
  });
});
