import { describe, expect, it } from 'vitest';
import { replay } from '../../src/core/replay.js';
import { matches } from '../../src/core/route.js';
import { type Act, progressOf } from '../../src/core/screening.js';
import {
  aCard,
  aQuestion,
  aRecord,
  aReply,
  aScript,
  choice,
  choices,
  eventsOf,
  theList,
} from '../builders.js';

/** QA02 is in the short set, QA03 must be asked, QA04 is neither, QA05 is in the danger set. */
const script = aScript([
  aQuestion({
    id: 'QA01',
    flags: [{ level: 'red', on: ['yes'], message: 'IDM-1', about: 'said so' }],
  }),
  aQuestion({ id: 'QA02', short: true }),
  aQuestion({ id: 'QA03', mustAsk: true }),
  aQuestion({ id: 'QA04' }),
  aQuestion({ id: 'QA05', danger: true }),
]);

const shorten: Act = { kind: 'shorten', reason: 'call-ended' };
const standing = (...acts: readonly Act[]) => replay(script, eventsOf(...acts));
const statesAfter = (...acts: readonly Act[]) =>
  standing(...acts).route.map(({ question, state }) => `${question.id} ${state}`);

describe('the short set', () => {
  it('keeps what must be asked, and leaves out the rest with the reason it was given', () => {
    expect(statesAfter(shorten)).toEqual([
      'QA01 left-out',
      'QA02 open',
      'QA03 open',
      'QA04 left-out',
      'QA05 left-out',
    ]);
    expect([standing(shorten).short, standing(shorten).at?.id]).toEqual(['call-ended', 'QA02']);
  });

  it('keeps the replies given before it', () => {
    expect(statesAfter(aReply('QA01', 'no'), shorten)[0]).toBe('QA01 replied');
  });

  it('counts only what is still to be asked as left', () => {
    expect(progressOf(standing(aReply('QA01', 'no'), shorten))).toEqual({ asked: 1, left: 2 });
  });

  it('gives way to danger: then the danger set is asked, and nothing else', () => {
    expect(statesAfter(shorten, { kind: 'danger' })).toEqual([
      'QA01 closed',
      'QA02 closed',
      'QA03 closed',
      'QA04 closed',
      'QA05 open',
    ]);
    expect(statesAfter({ kind: 'danger' }, shorten).at(-1)).toBe('QA05 open');
  });

  it('is over once the rest is asked for', () => {
    const position = standing(shorten, { kind: 'lengthen' });
    expect([position.short, position.at?.id]).toEqual([undefined, 'QA01']);
    expect(statesAfter(shorten, { kind: 'lengthen' })).toEqual(statesAfter());
  });

  it('ends when its last question has a reply, and goes on where the rest is asked for', () => {
    const all: readonly Act[] = [shorten, aReply('QA02', 'no'), aReply('QA03', 'no')];
    expect(standing(...all).at).toBeUndefined();
    expect(standing(...all, { kind: 'lengthen' }).at?.id).toBe('QA01');
  });

  it('takes in no question whose condition does not hold', () => {
    const forked = aScript([
      aQuestion({ id: 'QA01' }),
      aQuestion({ id: 'QA02', short: true, when: { question: 'QA01', is: ['yes'] } }),
    ]);
    const { route } = replay(forked, eventsOf(shorten));
    expect(route.map(({ state }) => state)).toEqual(['left-out', 'not-applicable']);
  });
});

describe('a rule', () => {
  it('is met by any of several choices', () => {
    expect(matches(['gifts'], choices('calls', 'gifts'))).toBe(true);
    expect(matches(['gifts'], choice('calls'))).toBe(false);
  });

  it('is met by a list that holds records, or by one that holds none', () => {
    const listed = (count: number) => ({ kind: 'listed', count }) as const;
    expect([0, 1].map((count) => matches(['given'], listed(count)))).toEqual([false, true]);
    expect([0, 1].map((count) => matches(['none'], listed(count)))).toEqual([true, false]);
  });

  it('raises its flag on a list when that is ended', () => {
    const flagged = aScript([
      aCard({ flags: [{ level: 'amber', on: ['given'], about: 'listed something' }] }),
    ]);
    const flagsAfter = (...acts: readonly Act[]) => replay(flagged, eventsOf(...acts)).flags.length;
    expect(flagsAfter(aRecord('QC01', 'One'))).toBe(0);
    expect(flagsAfter(aRecord('QC01', 'One'), theList('QC01'))).toBe(1);
    expect(flagsAfter(theList('QC01'))).toBe(0);
  });

  it('raises its flag on a record added to a list that was ended empty', () => {
    const flagged = aScript([
      aCard({ flags: [{ level: 'amber', on: ['given'], about: 'listed something' }] }),
      aQuestion({ id: 'QA01' }),
    ]);
    const acts = [theList('QC01'), aRecord('QC01', 'One')];
    expect(replay(flagged, eventsOf(...acts)).flags).toHaveLength(1);
  });
});
