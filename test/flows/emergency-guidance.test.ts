import { describe, expect, it } from 'vitest';
import { emergencyOf } from '../../src/core/find-danger.js';
import { makeAnswerQuestion } from '../../src/flows/answer-question.js';
import { makeEmergencyGuidance } from '../../src/flows/emergency-guidance.js';
import { loadReal } from '../real-knowledge.js';

const real = await loadReal();
const clock = () => new Date('2026-11-20T10:00:00.000Z');
const guide = makeEmergencyGuidance(real, clock);
const answer = makeAnswerQuestion(real, clock);
const danger = 'He is outside her door with a knife';

describe('the emergency guidance alone', () => {
  it.each([danger, 'Mae e y tu allan i’w drws gyda chyllell nawr'])(
    'for “%s” is what the answer to it would be',
    (words) => {
      const given = guide({ words, isDanger: false });
      expect(given?.kind).toBe('urgent');
      expect(given).toEqual(answer({ question: words, earlier: [] }));
      expect(guide({ words, isDanger: true })).toEqual(given);
    },
  );

  it('is found at the end of a message of any length', () => {
    const words = `${'so '.repeat(3_000)}${danger}`;
    expect(guide({ words, isDanger: false })?.kind).toBe('urgent');
  });

  it('for DANGER without words is the one most signs of danger lead to, quoted and dated', () => {
    const given = guide({ words: '', isDanger: true });
    expect(given?.kind).toBe('urgent');
    expect(given?.shown.map(({ passage }) => passage)).toEqual(emergencyOf(real.cues));
    expect(given?.citations.length).toBeGreaterThan(0);
  });

  it.each(['', '  ', 'How long does an SPO last?', 'How do I track her phone?', 'x'.repeat(5_000)])(
    'is not given for “%.40s”',
    (words) => {
      expect(guide({ words, isDanger: false })).toBeUndefined();
    },
  );
});
