import { describe, expect, it } from 'vitest';
import { reviewIdSchema, type ShareId, shareIdSchema } from '../../src/core/ids.js';
import type { User } from '../../src/core/roles.js';
import type { SharingRequest } from '../../src/core/sharing.js';
import { makeGiveOut } from '../../src/flows/give-out.js';
import { makeShareWithAdvocate } from '../../src/flows/share-with-advocate.js';
import { anna, today } from '../builders.js';
import { makeFakeDirectory, makeFakePeople } from '../fakes.js';
import { zoe } from '../review-builders.js';
import { caseId, curator, reviewing, stranger, users } from './reviewing.js';

const advocate: User = { id: zoe, name: 'Zoe Example', roles: ['advocate'] };
const other: User = { id: 'yan' as typeof zoe, name: 'Yan Example', roles: ['advocate'] };
const nobodys = reviewIdSchema.parse('00000000-0000-4000-8000-00000000dead');

/** A review of Anna's case, just submitted, that can be shared with Zoe and Yan. */
async function sharing() {
  const setup = await reviewing();
  const { reviews, sharing: store, audit, reviewCase, clock } = setup;
  const people = makeFakePeople();
  await people.remember(anna, 'PC Anna Example');
  let made = 0;
  const newShareId = (): ShareId => {
    made += 1;
    return shareIdSchema.parse(`00000000-0000-4000-8000-0000000000d${made}`);
  };
  const flow = makeShareWithAdvocate({
    ...{ reviews, people, audit, clock, newShareId, sharing: store },
    directory: makeFakeDirectory([], new Map(), [advocate, other]),
  });
  const id = await setup.begin();
  const before = audit.records.length;
  return {
    ...{ ...setup, ...flow, id },
    open: (user: User) => reviewCase.open(id, user),
    listedIds: async (user: User) =>
      (await flow.listShared(user))?.cases.map(({ review }) => review),
    /** What was recorded since, leaving out reads. */
    noted: () =>
      audit.records
        .slice(before)
        .filter(({ what }) => !what.endsWith('-read') && what !== 'shared-listed')
        .map(({ what, by, caseId: of, detail }) => ({ what, by, of, detail })),
  };
}

const agreed = (given: object = {}): SharingRequest => ({
  ...{ answer: 'agreed', with: zoe },
  agreement: { on: today, way: 'by-phone', parts: ['plan'], ...given },
});
const share1 = '00000000-0000-4000-8000-0000000000d1' as ShareId;
const withdrawn = { why: 'agreement-withdrawn' } as const;

describe('sharing a case with an advocate', () => {
  it('opens it to them, lists it, and records both with the agreement but not the person’s words', async () => {
    const { shareCase, id, open, listShared, noted, audit } = await sharing();
    expect(await open(advocate)).toBeUndefined();
    expect(await listShared(advocate)).toEqual({ cases: [] });
    const limits = 'Not about work.';
    expect(await shareCase(id, users.anna, agreed({ limits, until: today }))).toEqual({
      kind: 'shared',
    });
    expect((await open(advocate))?.shared).toMatchObject({ by: anna, parts: ['plan'] });
    expect(await listShared(advocate)).toEqual({
      cases: [
        {
          ...{ review: id, caseRef: 'SP-4K7Q-2M', version: 1, isApproved: false },
          ...{ sharedBy: 'PC Anna Example', until: today },
          ...{ submittedAt: expect.any(String), sharedAt: expect.any(String) },
        },
      ],
    });
    expect(noted().at(-1)).toEqual({
      ...{ what: 'case-shared', by: anna, of: caseId },
      detail: {
        ...{ share: share1, with: zoe, agreedOn: today, way: 'by-phone', parts: 'plan' },
        until: today,
      },
    });
    const read = audit.records.findLast(({ what }) => what === 'review-read');
    expect(read).toMatchObject({ by: zoe, caseId, detail: { version: 1, share: share1 } });
    expect(JSON.stringify(audit.records)).not.toContain(limits);
  });

  it.each([
    ['without an agreement', { answer: 'declined', with: zoe } as const, 'not-agreed'],
    ['with somebody who is no advocate', { ...agreed(), with: users.tom.id }, 'not-an-advocate'],
    ['on an agreement still to come', agreed({ on: '2026-12-24' }), 'agreed-later'],
    ['on one that is over', agreed({ on: '2026-11-01', until: '2026-11-19' }), 'over-already'],
  ])('is refused %s, and leaves no trace', async (_, request, kind) => {
    const { shareCase, id, noted, open } = await sharing();
    expect(await shareCase(id, users.anna, request)).toEqual({ kind });
    expect(noted()).toEqual([]);
    expect(await open(advocate)).toBeUndefined();
  });

  it('is done once, though two press at once or the same person twice', async () => {
    const { shareCase, id, reviews } = await sharing();
    const kinds = await Promise.all(
      [users.anna, users.sue].map((user) => shareCase(id, user, agreed())),
    );
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['already-shared', 'shared']);
    expect(await shareCase(id, users.anna, agreed())).toEqual({ kind: 'already-shared' });
    expect((await reviews.find(id))?.shares).toHaveLength(1);
  });

  it.each<[string, User, string]>([
    ['another officer', stranger, 'role'],
    ['a curator', curator, 'role'],
    ['the advocate', advocate, 'role'],
  ])('is refused to %s, at every step, and the refusal recorded', async (_, user, why) => {
    const { shareCase, listShares, endShare, id, noted } = await sharing();
    await shareCase(id, users.sue, agreed());
    const refused = { kind: 'not-allowed' };
    expect(await listShares(id, user)).toEqual(refused);
    expect(await shareCase(id, user, agreed())).toEqual(refused);
    expect(await endShare(id, user, share1, withdrawn)).toEqual(refused);
    expect(noted().slice(1)).toEqual(
      Array.from({ length: 3 }, () => ({
        ...{ what: 'access-refused', by: user.id, of: caseId },
        detail: { action: 'share-case', why },
      })),
    );
  });

  it('is not possible where there is no such case', async () => {
    const { shareCase, leaveCase, noted } = await sharing();
    expect(await shareCase(nobodys, users.sue, agreed())).toEqual({ kind: 'not-allowed' });
    expect(await leaveCase(nobodys, advocate)).toEqual({ kind: 'not-allowed' });
    expect(noted().map(({ detail }) => detail.why)).toEqual(['no-such-review', 'no-such-review']);
  });
});

describe('what is shared', () => {
  it('is listed to the police with its agreement, limits and end, and whom else it can be shared with', async () => {
    const { shareCase, endShare, listShares, id } = await sharing();
    await shareCase(id, users.anna, agreed({ limits: 'Not about work.' }));
    await shareCase(id, users.sue, { ...agreed(), with: other.id });
    await endShare(id, users.sue, share1, { why: 'other', note: 'She moved.' });
    const listed = await listShares(id, users.anna);
    expect(listed).toMatchObject({
      shares: [
        {
          ...{ id: share1, with: zoe, by: anna, isLive: false },
          agreement: { limits: 'Not about work.' },
          ended: { by: users.sue.id, why: 'other', note: 'She moved.' },
        },
        { with: other.id, by: users.sue.id, isLive: true },
      ],
      advocates: [{ id: zoe, name: 'Zoe Example' }],
      names: { [zoe]: 'Zoe Example', [anna]: 'PC Anna Example' },
    });
  });

  it('stands in no list of somebody who is no advocate', async () => {
    const { listShared, noted } = await sharing();
    expect(await listShared(users.sue)).toBeUndefined();
    expect(noted()).toEqual([
      {
        ...{ what: 'access-refused', by: users.sue.id, of: null },
        detail: { action: 'list-shared', why: 'role' },
      },
    ]);
  });
});

describe('ending what is shared', () => {
  it('closes the case to the advocate at once, for reading, copies, the picture and the list', async () => {
    const { shareCase, endShare, id, open, listedIds, noted, ...setup } = await sharing();
    await shareCase(id, users.anna, agreed());
    expect(await listedIds(advocate)).toEqual([id]);
    expect(await endShare(id, users.sue, share1, withdrawn)).toEqual({ kind: 'ended' });
    const given = makeGiveOut({
      ...{ ...setup, openReview: setup.reviewCase.open, draft: setup.draft },
      render: async () => Buffer.from(''),
      documentTypes: { docx: 'a/b', pdf: 'c/d' },
      drawTimeline: async () => Buffer.from(''),
    });
    const wanted = { format: 'pdf', route: 'by-hand' } as const;
    expect([
      await open(advocate),
      await listedIds(advocate),
      await given.copyReview(id, advocate, wanted),
      await given.pictureReview(id, advocate),
    ]).toEqual([undefined, [], { kind: 'not-allowed' }, { kind: 'not-found' }]);
    expect(noted().filter(({ what }) => what === 'share-ended')).toEqual([
      {
        ...{ what: 'share-ended', by: users.sue.id, of: caseId },
        detail: { share: share1, with: zoe, why: 'agreement-withdrawn' },
      },
    ]);
  });

  it('comes by itself after the last day that was agreed', async () => {
    const { shareCase, id, open, listedIds, wait } = await sharing();
    await shareCase(id, users.anna, agreed({ until: today }));
    expect((await open(advocate))?.id).toBe(id);
    wait(24 * 3_600_000);
    expect([await open(advocate), await listedIds(advocate)]).toEqual([undefined, []]);
  });

  it('is done once, and only for a share of that case', async () => {
    const { shareCase, endShare, id, noted } = await sharing();
    await shareCase(id, users.anna, agreed());
    const none = '00000000-0000-4000-8000-0000000000d9' as ShareId;
    expect(await endShare(id, users.anna, none, withdrawn)).toEqual({ kind: 'not-found' });
    const ends = await Promise.all(
      [users.anna, users.sue].map((user) => endShare(id, user, share1, withdrawn)),
    );
    expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['already-ended', 'ended']);
    expect(noted().map(({ what }) => what)).toEqual(['case-shared', 'share-ended']);
  });

  it('is the advocate’s own to do, once, and leaves the shares of others alone', async () => {
    const { shareCase, leaveCase, id, open, noted } = await sharing();
    await shareCase(id, users.anna, agreed());
    await shareCase(id, users.anna, { ...agreed(), with: other.id });
    expect(await leaveCase(id, advocate)).toEqual({ kind: 'left' });
    expect(await leaveCase(id, advocate)).toEqual({ kind: 'not-allowed' });
    expect([await open(advocate), (await open(other))?.id]).toEqual([undefined, id]);
    expect(noted().filter(({ what }) => what === 'case-left')).toEqual([
      {
        ...{ what: 'case-left', by: zoe, of: caseId },
        detail: { share: share1, with: zoe, why: 'left' },
      },
    ]);
    expect(await shareCase(id, users.anna, agreed())).toEqual({ kind: 'shared' });
    expect((await open(advocate))?.id).toBe(id);
  });
});
