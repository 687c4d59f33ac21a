import { describe, expect, it } from 'vitest';
import { passageIdSchema } from '../../src/core/ids.js';
import type { Passage } from '../../src/core/passage.js';
import { findCurrent, successorFaults } from '../../src/core/successor.js';
import { aPassageOf } from '../builders.js';

const id = (name: string) => passageIdSchema.parse(name);
const retired = (name: string, successor: string) =>
  aPassageOf(name, [['Words.']], { status: 'retired', successor: id(successor) });
const all = (...passages: readonly Passage[]) =>
  new Map(passages.map((passage) => [passage.id, passage]));

describe('the successor of a retired passage', () => {
  const now = aPassageOf('now', [['Words.']]);

  it('is found over as many steps as there are', () => {
    const passages = all(retired('first', 'second'), retired('second', 'now'), now);
    expect(successorFaults(passages)).toEqual([]);
    for (const name of ['first', 'second', 'now'])
      expect(findCurrent(passages, id(name))).toBe(now);
    expect(findCurrent(passages, id('nobody'))).toBeUndefined();
  });

  it('is a fault when it is missing, not published or leads round in a circle', () => {
    const draft = aPassageOf('draft', [['Words.']], { status: 'draft' });
    const passages = all(
      retired('one', 'two'),
      retired('two', 'one'),
      retired('self', 'self'),
      retired('lost', 'nowhere'),
      retired('early', 'draft'),
      draft,
    );
    expect(successorFaults(passages)).toEqual([
      'passage one, successor: leads to two, which leads back in a circle',
      'passage two, successor: leads to one, which leads back in a circle',
      'passage self, successor: leads to self, which leads back in a circle',
      'passage lost, successor: leads to nowhere, which is no passage',
      'passage early, successor: leads to draft, which is not published',
    ]);
  });
});
