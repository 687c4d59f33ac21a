import { describe, expect, it } from 'vitest';
import {
  currentScripts,
  findStartable,
  loadedInstruments,
  noticesOf,
  startableScripts,
} from '../../src/core/knowledge.js';
import { aKnowledge, aQuestion, aScript, type ScriptInput } from '../builders.js';

function anInstrument(given: Partial<ScriptInput> = {}, expiresOn = '2026-11-20') {
  const licence = {
    kind: 'instrument' as const,
    instrument: 'The Lantern Prompts',
    owner: 'Lantern Society',
    permission: 'LIC-1',
    users: 'Officers',
    training: 'Half a day',
    expiresOn,
    notice: 'All rights with the Lantern Society.',
  };
  return aScript([aQuestion()], { name: 'lantern', licence, ...given });
}

const plain = aScript([aQuestion()]);
const lastDay = '2026-11-20';
const dayAfter = '2026-11-21';

describe('a licensed instrument', () => {
  const lantern = anInstrument();
  const knowledge = aKnowledge({ scripts: [plain, lantern] });

  it('can be begun up to the last day of its licence', () => {
    expect(findStartable(knowledge, 'lantern', lastDay)).toEqual({
      kind: 'script',
      script: lantern,
    });
    expect(startableScripts(knowledge, lastDay)).toEqual([plain, lantern]);
    expect(loadedInstruments(knowledge, lastDay)).toEqual([
      { title: 'The Lantern Prompts', expiresOn: lastDay },
    ]);
  });

  it('is neither offered nor begun after it, and its name still finds it so that this can be said', () => {
    expect(findStartable(knowledge, 'lantern', dayAfter)).toEqual({
      kind: 'expired',
      script: lantern,
      expiredOn: lastDay,
    });
    expect(startableScripts(knowledge, dayAfter)).toEqual([plain]);
    expect(loadedInstruments(knowledge, dayAfter)).toEqual([]);
    expect(startableScripts(knowledge)).toEqual([plain, lantern]);
  });

  it('is renewed by its next version, and an older one with a later end does not bring it back', () => {
    const renewed = anInstrument({ version: 2 }, '2027-11-20');
    const both = aKnowledge({ scripts: [renewed, lantern] });
    expect(findStartable(both, 'lantern', dayAfter)).toEqual({ kind: 'script', script: renewed });
    const shortened = aKnowledge({
      scripts: [anInstrument({}, '2028-01-01'), anInstrument({ version: 2 })],
    });
    expect(findStartable(shortened, 'lantern', dayAfter).kind).toBe('expired');
  });

  it('prints each owner’s notice once', () => {
    expect(noticesOf([plain, lantern, anInstrument({ version: 2 })])).toEqual([
      'All rights with the Lantern Society.',
    ]);
  });
});

describe('scripts in general', () => {
  it('have no end of a licence, and an unknown or draft one cannot be begun', () => {
    const draft = aScript([aQuestion()], { name: 'a-draft', status: 'draft' });
    const knowledge = aKnowledge({ scripts: [plain, draft] });
    expect(findStartable(knowledge, 'test-script', '2099-01-01').kind).toBe('script');
    expect(findStartable(knowledge, 'a-draft', lastDay)).toEqual({ kind: 'no-such-script' });
    expect(findStartable(knowledge, 'no-script', lastDay)).toEqual({ kind: 'no-such-script' });
  });

  it('are current until a newer version is released', () => {
    const second = aScript([aQuestion()], { version: 2 });
    const third = aScript([aQuestion()], { version: 3, status: 'draft' });
    expect(currentScripts({ scripts: [plain, second, third] })).toEqual([second, third]);
  });
});
