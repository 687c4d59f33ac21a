import { describe, expect, it } from 'vitest';
import { askedWords } from '../../src/core/asked-words.js';
import { replay } from '../../src/core/replay.js';
import type { Act } from '../../src/core/screening.js';
import {
  aQuestion,
  aReply,
  aScreening,
  aScript,
  eventsOf,
  questionId,
  questionOf,
} from '../builders.js';

const script = aScript([
  aQuestion({ id: 'QA01' }),
  aQuestion({ id: 'QA02', type: 'FT', when: { question: 'QA01', is: ['yes'] } }),
  aQuestion({ id: 'QA03', ask: 'Your reference is {caseRef}. We reach you by {QA02}, right?' }),
]);
const byPost = aReply('QA02', { kind: 'text', text: 'post' });

function asked(told: ReadonlyMap<string, string>, ...acts: readonly Act[]): string {
  return askedWords(questionOf(script, 'QA03'), {
    script,
    screening: aScreening(),
    position: replay(script, eventsOf(...acts)),
    told: new Map([...told].map(([id, words]) => [questionId(id), words])),
  });
}

const earlier = new Map([['QA02', '“email”']]);
const filled = (words: string) => `Your reference is SP-4K7Q-2M. We reach you by ${words}, right?`;

describe('the gaps of what is read aloud', () => {
  it('hold what was said in this screening', () => {
    expect(asked(earlier, aReply('QA01', 'yes'), byPost)).toBe(filled('“post”'));
  });

  it('hold what was told earlier where nothing was said here', () => {
    expect(asked(earlier, aReply('QA01', 'no'))).toBe(filled('“email”'));
  });

  it('stay open where nothing is known', () => {
    expect(asked(new Map())).toBe(filled('…'));
  });

  it('hold nothing that no longer applies', () => {
    const acts = [aReply('QA01', 'yes'), byPost, aReply('QA01', 'no')];
    expect(asked(new Map(), ...acts)).toBe(filled('…'));
    expect(asked(earlier, ...acts)).toBe(filled('“email”'));
  });

  it('hold no words for an answer that is absent', () => {
    const acts = [aReply('QA01', 'yes'), aReply('QA02', { kind: 'declined' })];
    expect(asked(new Map(), ...acts)).toBe(filled('…'));
  });
});
