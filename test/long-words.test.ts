import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readTyped } from '../bot/teams/read-typed.js';
import { readTypedKeys } from '../bot/teams/typed-keys.js';
import { findDanger } from '../src/core/find-danger.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { replay } from '../src/core/replay.js';
import { longestSteering } from '../src/core/short-words.js';
import { readTypedReply } from '../src/flows/read-typed-reply.js';
import { aQuestion, aScript, questionId } from './builders.js';
import { loadReal } from './real-knowledge.js';

/**
 * What somebody types may be as long as Teams lets it be, and patterns may take time that grows with its square. No
 * clock is read here: what patterns are given to read is counted, whatever patterns there are.
 */

const half = 512 * 1_024;

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await loadReal();
});
afterEach(() => vi.restoreAllMocks());

/** How often a pattern was tried while `run` ran, and the longest text that one was given. */
function countPatterns(run: () => void): { readonly tries: number; readonly longest: number } {
  const counted = { tries: 0, longest: 0 };
  const { exec } = RegExp.prototype;
  // Every way to use a pattern asks for this one: `test`, `match`, `replace`, `search` and `split` too.
  const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text) {
    counted.tries += 1;
    counted.longest = Math.max(counted.longest, text.length);
    return exec.call(this, text);
  });
  run();
  spy.mockRestore();
  return counted;
}

const fillers = [' ', '-', '0', '!', '.', '?', '\n', '\t', ': ', ' -', "'", 's ', 'danger '];
const beginnings = [
  ...['', 'a', 'screen', 'show passage', 'join', 'hand over', 'check my wording', 'wording'],
  ...['/read', 'read this', '/model', '/model off', '?', 'ask:', 'short', 'skip', 's', 'danger'],
  ...['gwirio fy ngeiriad', 'sgrinio', 'dangos', 'ymuno', 'gofyn:', 'perygl', 'yn ôl', '!'],
];
const long = fc
  .tuple(
    fc.constantFrom(...beginnings),
    fc.constantFrom(...fillers),
    fc.constantFrom('', 'x', '\nx', ' a-b'),
  )
  .map(([beginning, filler, end]) => {
    const much = filler.repeat(Math.ceil(half / filler.length));
    return `${beginning}${much}${end}`;
  });

describe('half a megabyte typed', () => {
  const views = (['YN', 'FT', 'DT'] as const).map((type) => {
    const script = aScript([aQuestion({ type, choices: [] }), aQuestion({ id: 'QA02' })]);
    return { position: replay(script, []), held: new Map() };
  });
  const [first] = views;
  const awaiting = first && {
    ...first,
    position: { ...first.position, awaitsReason: questionId('QA01') },
  };

  it('is read by no pattern for words that steer, or for keys, beyond the length of a short text', () => {
    fc.assert(
      fc.property(long, (text) => {
        const { tries, longest } = countPatterns(() => {
          readTyped(text);
          readTyped(text, true);
          for (const view of [...views, ...(awaiting ? [awaiting] : [])]) {
            readTypedKeys(text, view);
            readTypedReply(text, view);
          }
        });
        expect(tries).toBeGreaterThan(0);
        expect(longest).toBeLessThanOrEqual(longestSteering);
      }),
      { numRuns: 150 },
    );
  });

  it('is somebody’s own words, whole, whatever word that steers it begins with', () => {
    const text = `screen${' '.repeat(half)}\nx`;
    expect(readTyped(text)).toEqual({ kind: 'words', text });
    expect(first && readTypedKeys(text, first)).toEqual({
      kind: 'act',
      act: { kind: 'words', question: 'QA01', words: text },
    });
  });

  it('is all given on where it was pasted behind a command', () => {
    const pasted = `a${' '.repeat(half)}b`;
    expect(readTyped(`/read ${pasted}`)).toEqual({ kind: 'narrative', pasted });
    expect(readTyped(`check my wording: ${pasted}`)).toEqual({ kind: 'wording', pasted });
    expect(readTyped(`ask: ${pasted}`)).toEqual({ kind: 'question', text: pasted });
    expect(readTyped(`/model off ${pasted}`)).toEqual({
      ...{ kind: 'switch', name: 'model', act: 'off', why: pasted },
    });
  });

  it('is searched for danger in parts, so that twice as much takes twice the tries', () => {
    const countIn = (filler: string, length: number) =>
      countPatterns(() => findDanger(knowledge.cues, filler.repeat(length).slice(0, length)));
    for (const filler of fillers) {
      const [once, twice] = [countIn(filler, half / 64), countIn(filler, half / 32)];
      expect(once.tries).toBeGreaterThan(0);
      expect(twice.tries).toBeLessThanOrEqual(2.5 * once.tries);
      // A part, folded: one character may become two.
      expect(Math.max(once.longest, twice.longest)).toBeLessThanOrEqual(4_000);
    }
  });
});
