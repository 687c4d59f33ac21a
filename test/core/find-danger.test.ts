import { describe, expect, it } from 'vitest';
import { emergencyOf, findDanger } from '../../src/core/find-danger.js';
import { aCue } from '../builders.js';

const cues = { danger: [aCue('outside')], premises: [aCue('block')], refusals: [aCue('find')] };

describe('findDanger', () => {
  it('finds a sign of danger, and nothing else, in a short message', () => {
    expect(findDanger(cues, 'he is outside')).toBe('he is outside');
    expect(findDanger(cues, 'find him and block him')).toBeUndefined();
    expect(findDanger(cues, '')).toBeUndefined();
  });

  it.each([0, 1, 1_690, 1_999, 2_000, 3_395, 9_000, 250_000])(
    'finds it after %i characters, and returns what stands around it',
    (before) => {
      const text = `${'a '.repeat(before / 2)}outside${' b'.repeat(3_000)}`;
      const part = findDanger(cues, text);
      expect(part).toContain('outside');
      expect(part?.length).toBeLessThanOrEqual(2_000);
    },
  );
});

describe('the emergency guidance', () => {
  it('is what most signs of danger lead to', () => {
    const danger = [aCue('quiet', ['silent']), aCue('outside', ['now']), aCue('inside', ['now'])];
    expect(emergencyOf({ danger })).toEqual(['now']);
  });

  it('is none where no sign leads anywhere', () => {
    expect(emergencyOf(cues)).toEqual([]);
  });
});
