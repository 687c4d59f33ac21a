import { describe, expect, it } from 'vitest';
import { readTypedKeys } from '../../bot/teams/typed-keys.js';
import { replay } from '../../src/core/replay.js';
import { readTypedReply } from '../../src/flows/read-typed-reply.js';
import { aQuestion, aScript, type QuestionInput, questionId } from '../builders.js';

/** One question, open, and one after it. */
function opened(given: Partial<QuestionInput> = {}): Parameters<typeof readTypedKeys>[1] {
  const script = aScript([aQuestion(given), aQuestion({ id: 'QA02' })]);
  return { position: replay(script, []), held: new Map() };
}

describe('the Welsh of a key', () => {
  it.each([
    ['PERYGL!', 'danger'],
    ['perygl', 'danger'],
    ['Yn ôl', 'back'],
    ['yn ol', 'back'],
    ['oedi.', 'pause'],
    ['Pam?', 'why'],
    ['anhysbys', 'not known'],
    ['gwrthodwyd ateb', 'declined'],
    ['hepgor', 'skip'],
    ['Ei gadw fel y mae', 'keep'],
  ])('“%s” does what “%s” does', (own, english) => {
    const meant = readTypedKeys(own, opened());
    expect(meant).toEqual(readTypedReply(english, opened()));
    expect(JSON.stringify(meant)).not.toContain(english === 'danger' ? '"words"' : own);
  });

  it.each(['yn ôl', 'perygl', 'Anhysbys', 'pam?'])(
    'is the reply as it was typed where the question asks for words: “%s”',
    (text) => {
      const act = { kind: 'words', question: questionId('QA01'), words: text };
      expect(readTypedKeys(text, opened({ type: 'FT', choices: [] }))).toEqual({
        kind: 'act',
        act,
      });
    },
  );

  it('changes nothing for any other words', () => {
    for (const text of ['yes', '1', 'u', '!', 's3', 'Mae e yma'])
      expect(readTypedKeys(text, opened())).toEqual(readTypedReply(text, opened()));
  });
});
