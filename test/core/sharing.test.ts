import { describe, expect, it } from 'vitest';
import {
  decideSharing,
  isLive,
  reachOn,
  type Share,
  type SharingRequest,
} from '../../src/core/sharing.js';
import { anna, aTime, ben, today } from '../builders.js';
import { aReview, aShare, zoe } from '../review-builders.js';

const agreement = { on: today, way: 'in-person', parts: [] } as const;
const [yesterday, tomorrow] = ['2026-11-19', '2026-11-21'] as const;
const until = (day: string) => aShare({ agreement: { ...agreement, parts: [], until: day } });
const ended = aShare({ ended: { by: anna, at: aTime, why: 'agreement-withdrawn' } });

describe('a share', () => {
  it.each<[string, Share, boolean]>([
    ['without a last day', aShare(), true],
    ['on its last day', until(today), true],
    ['after its last day', until(yesterday), false],
    ['that was ended', ended, false],
  ])('%s is live or not', (_, share, expected) => {
    expect(isLive(share, today)).toBe(expected);
  });

  it('opens a case to the advocate it names, in the roles they have, and to nobody else', () => {
    const review = { ...aReview(), shares: [ended, aShare()] };
    const reach = (id: typeof zoe, ...roles: Parameters<typeof reachOn>[0]['roles']) =>
      reachOn({ id, roles }, 'read-review', review, today);
    expect(reach(zoe, 'advocate')).toBe('shared');
    expect(reach(zoe, 'officer')).toBe('none');
    expect(reach(zoe)).toBe('none');
    // Ben may work on the case, but an advocate never by that alone.
    expect(reach(ben, 'advocate')).toBe('none');
    expect(reach(ben, 'advocate', 'officer')).toBe('own');
    expect(reach(zoe, 'advocate', 'officer')).toBe('shared');
    expect(reach(zoe, 'advocate', 'supervisor')).toBe('all');
  });
});

describe('sharing a case', () => {
  const agreed = (given: object = {}): SharingRequest => ({
    ...{ answer: 'agreed', with: zoe },
    agreement: { ...agreement, parts: [], ...given },
  });
  const decide = (request: SharingRequest, shares: readonly Share[] = []) =>
    decideSharing(request, { shares, barred: [] }, { today, advocates: [zoe] });

  it('goes ahead on an agreement, until a last day or without one', () => {
    for (const given of [{}, { until: today }, { until: tomorrow, on: yesterday }])
      expect(decide(agreed(given))).toEqual({
        kind: 'agreed',
        agreement: { ...agreement, ...given },
      });
  });

  it.each(['declined', 'not-asked', 'not-known'] as const)(
    'is refused where the answer is %s, whoever it is with',
    (answer) => {
      expect(decide({ answer, with: zoe })).toEqual({ kind: 'not-agreed' });
      expect(decide({ answer, with: ben })).toEqual({ kind: 'not-agreed' });
    },
  );

  it.each([
    ['somebody who is no advocate', { ...agreed(), with: ben }, 'not-an-advocate'],
    ['an agreement of tomorrow', agreed({ on: tomorrow }), 'agreed-later'],
    ['a last day that is past', agreed({ on: yesterday, until: yesterday }), 'over-already'],
  ])('is refused with %s', (_, request, kind) => {
    expect(decide(request)).toEqual({ kind });
  });

  it('is refused while it is shared with the same advocate, and not after', () => {
    expect(decide(agreed(), [aShare()])).toEqual({ kind: 'already-shared' });
    expect(decide(agreed(), [ended, until(yesterday), aShare({ with: ben })]).kind).toBe('agreed');
  });
});
