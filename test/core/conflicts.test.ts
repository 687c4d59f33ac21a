import { describe, expect, it } from 'vitest';
import {
  barredBy,
  type Conflict,
  decideLifting,
  isOpenTo,
  liftingRequestSchema,
  namingRequestSchema,
  withoutOwnConflicts,
} from '../../src/core/conflicts.js';
import { actions, mayDo, reachTo, roleSchema } from '../../src/core/roles.js';
import { decideSharing, reachOn, type SharingRequest, tiesOf } from '../../src/core/sharing.js';
import { anna, aTime, ben } from '../builders.js';
import { aReview, sue, tom } from '../review-builders.js';

const aConflict = (given: Partial<Conflict> = {}): Conflict => ({
  ...{ number: 1, person: ben, by: sue, at: aTime, why: 'close-to-a-party', record: null },
  ...given,
});
const lifted = { by: sue, at: aTime, why: 'named-in-error', record: null } as const;

describe('a conflict of interest', () => {
  it('closes a case to every role, for every act, however they are tied to it', () => {
    const ties = { isOnCase: true, isShared: true, isBarred: true };
    const open = actions.filter((action) => mayDo(roleSchema.options, action, ties));
    expect(open).toEqual([]);
    expect(reachTo(['supervisor'], 'read-review', { ...ties, isBarred: false })).toBe('all');
  });

  it('closes a review to the person named, and to nobody else', () => {
    const review = { ...aReview(), barred: [sue] };
    const reach = (id: typeof sue) =>
      reachOn({ id, roles: ['supervisor'] }, 'read-review', review, '2026-11-20');
    expect([reach(sue), reach(tom)]).toEqual(['none', 'all']);
    expect(tiesOf(review, sue, '2026-11-20')).toEqual({
      ...{ isOnCase: false, isShared: false, isBarred: true },
    });
  });

  it('keeps out whoever was let in before', () => {
    const doors = { people: [anna, ben], barred: [ben] };
    expect([isOpenTo(doors, anna), isOpenTo(doors, ben), isOpenTo(doors, sue)]).toEqual([
      ...[true, false, false],
    ]);
  });

  it('keeps out those for whom one stands, each once, and nobody for whom all were lifted', () => {
    const conflicts = [
      aConflict({ lifted }),
      aConflict({ number: 2 }),
      aConflict({ number: 3, person: anna, lifted }),
    ];
    expect(barredBy(conflicts)).toEqual([ben]);
  });

  it('keeps a case from being shared with an advocate, in the words for one who is none', () => {
    const request: SharingRequest = {
      ...{ answer: 'agreed', with: ben },
      agreement: { on: '2026-11-20', way: 'by-phone', parts: [] },
    };
    const given = { today: '2026-11-20', advocates: [ben] };
    expect(decideSharing(request, { shares: [], barred: [ben] }, given)).toEqual({
      kind: 'not-an-advocate',
    });
  });
});

describe('lifting a conflict of interest', () => {
  it.each([
    ['may-lift', 1, sue, aConflict()],
    ['own-conflict', 1, ben, aConflict()],
    ['own-conflict', 1, ben, aConflict({ lifted })],
    ['already-lifted', 1, sue, aConflict({ lifted })],
    ['unknown', 2, sue, aConflict()],
  ] as const)('is %s', (expected, number, by, conflict) => {
    expect(decideLifting([conflict], number, by)).toBe(expected);
  });
});

describe('what is asked', () => {
  it.each([
    ['a reason that is no code', { person: 'x', why: 'I do not like him' }],
    ['a reason in another record without its number', { person: 'x', why: 'other-recorded' }],
    ['a record that is words', { person: 'x', why: 'declared', record: 'Ask Jo Bloggs' }],
    ['nobody', { why: 'declared' }],
    ['more than that', { person: 'x', why: 'declared', by: 'somebody else' }],
  ])('names nobody by %s', (_, body) => {
    expect(namingRequestSchema.safeParse(body).success).toBe(false);
  });

  it('names by a code, with a record or without one', () => {
    const plain = { person: 'x', why: 'suspect-or-subject' };
    const recorded = { person: 'x', why: 'other-recorded', record: 'PSD/2026-0012' };
    expect([plain, recorded].map((body) => namingRequestSchema.parse(body))).toEqual([
      plain,
      recorded,
    ]);
  });

  it('lifts by a code, and for a reason in another record only with its number', () => {
    expect(liftingRequestSchema.safeParse({ why: 'other-recorded' }).success).toBe(false);
    expect(liftingRequestSchema.parse({ why: 'no-longer-applies' })).toEqual({
      why: 'no-longer-applies',
    });
  });
});

describe('what the audit tells somebody', () => {
  const entry = (by: typeof ben, what: string, detail: object) => ({
    by,
    what,
    detail: { ...detail },
  });
  const entries = [
    entry(sue, 'conflict-named', { conflictOf: ben, why: 'close-to-a-party' }),
    entry(ben, 'access-refused', { action: 'read-review', why: 'conflict-of-interest' }),
    entry(sue, 'conflict-lifted', { conflictOf: ben, why: 'named-in-error' }),
    entry(ben, 'conflict-declared', { conflictOf: ben, why: 'declared' }),
    entry(ben, 'access-refused', { action: 'search-audit', why: 'role' }),
  ];

  it('leaves out that they were named, kept out or let in again', () => {
    expect(withoutOwnConflicts(entries, ben)).toEqual(entries.slice(3));
  });

  it('is whole for everybody else', () => {
    expect(withoutOwnConflicts(entries, anna)).toEqual(entries);
  });
});
