import { describe, expect, it } from 'vitest';
import type { UserId } from '../../src/core/ids.js';
import { reviewIdSchema } from '../../src/core/ids.js';
import { reviewQuerySchema } from '../../src/core/review-list.js';
import type { User } from '../../src/core/roles.js';
import { makeMayWorkOn, recordingRefusals } from '../../src/flows/may-work-on.js';
import { makeNameConflict } from '../../src/flows/name-conflict.js';
import { anna, aScreening, aTime, ben } from '../builders.js';
import { makeFakeAudit } from '../fakes.js';
import { caseId, curator, reviewing, screeningId, stranger, users } from './reviewing.js';

const admin: User = { id: 'ada' as UserId, name: 'Ada Example', roles: ['administrator'] };
const nobodys = reviewIdSchema.parse('00000000-0000-4000-8000-00000000dead');
const brother = { person: anna, why: 'close-to-a-party' } as const;

/** A review of Anna's case, just submitted, in which conflicts can be named. */
async function naming() {
  const setup = await reviewing();
  const { reviews, conflicts, audit, clock, parts } = setup;
  let changes = 0;
  const flow = makeNameConflict({
    ...{ reviews, conflicts, audit, clock, directory: parts.directory, people: parts.people },
    onChanged: () => {
      changes += 1;
    },
  });
  const id = await setup.begin();
  return { ...setup, ...flow, id, changes: () => changes, last: () => audit.records.at(-1) };
}

describe('naming a conflict of interest', () => {
  it('closes the case to its author on every flow, records each refusal, and takes nothing away', async () => {
    const { nameConflict, id, reviewCase, list, submit, ...more } = await naming();
    const before = (await more.reviews.find(id))?.events;
    expect(await nameConflict(id, users.sue, brother)).toEqual({ kind: 'named' });
    expect(more.changes()).toBe(1);
    const from = more.audit.records.length;
    expect(await reviewCase.open(id, users.anna)).toBeUndefined();
    expect(await submit(screeningId, users.anna)).toEqual({ kind: 'not-allowed' });
    expect(more.audit.records.slice(from).map(({ by, detail }) => [by, detail.why])).toEqual(
      Array(2).fill([anna, 'conflict-of-interest']),
    );
    expect((await list(reviewQuerySchema.parse({}), users.anna))?.counts.waiting).toBe(0);
    const review = await more.reviews.find(id);
    expect([review?.events, review?.people]).toEqual([before, [anna]]);
    expect((await reviewCase.open(id, users.sue))?.names[anna]).toBe('PC Anna Example');
  });

  it('closes it to a supervisor, who can neither act in it nor have it handed to them', async () => {
    const { nameConflict, id, reviewCase, last } = await naming();
    await nameConflict(id, users.sue, { person: users.tom.id, why: 'manages-a-party' });
    const checking = { seen: 1, act: { kind: 'handed', to: users.sue.id } } as const;
    expect(await reviewCase.act(id, users.tom, checking)).toEqual({ kind: 'not-allowed' });
    expect(last()).toMatchObject({ by: users.tom.id, detail: { why: 'conflict-of-interest' } });
    const handing = { seen: 1, act: { kind: 'handed', to: users.tom.id } } as const;
    expect(await reviewCase.act(id, users.sue, handing)).toEqual({ kind: 'not-a-supervisor' });
    const detail = await reviewCase.open(id, users.sue);
    expect(detail?.supervisors.map((one) => one.id)).not.toContain(users.tom.id);
  });

  it('lists who was named and who can be, first those on the case, and records the look', async () => {
    const { nameConflict, listConflicts, people, id, last } = await naming();
    people.set(caseId, [anna, 'zed' as UserId]);
    await nameConflict(id, admin, { ...brother, record: 'PSD/1' });
    const listed = await listConflicts(id, users.sue);
    expect(listed).toEqual({
      conflicts: [{ ...brother, number: 1, by: admin.id, at: aTime, record: 'PSD/1' }],
      staff: [
        { id: 'zed', name: expect.stringContaining('(zed)'), isOnCase: true },
        { id: ben, name: 'PS Ben Example', isOnCase: false },
        { id: users.tom.id, name: 'PS Tom Example', isOnCase: false },
      ],
      names: { [anna]: 'PC Anna Example', [admin.id]: expect.any(String) },
    });
    expect(last()).toMatchObject({ by: users.sue.id, what: 'conflicts-read', caseId });
  });

  it('names nobody who is unknown, not oneself, and nobody twice', async () => {
    const { nameConflict, id, conflicts, changes } = await naming();
    for (const person of ['nobody' as UserId, users.sue.id])
      expect(await nameConflict(id, users.sue, { ...brother, person })).toEqual({
        kind: 'not-staff',
      });
    expect([await conflicts.listCase(caseId), changes()]).toEqual([[], 0]);
    await nameConflict(id, users.sue, brother);
    expect(await nameConflict(id, users.tom, brother)).toEqual({ kind: 'already-named' });
    expect(await conflicts.listCase(caseId)).toHaveLength(1);
  });

  it('is for supervisors and administrators, and for none of a case there is not', async () => {
    const { nameConflict, listConflicts, liftConflict, id, conflicts, last } = await naming();
    const lifting = { why: 'named-in-error' } as const;
    for (const user of [users.anna, stranger, curator]) {
      expect(await nameConflict(id, user, { ...brother, person: ben })).toEqual({
        kind: 'not-found',
      });
      expect(await listConflicts(id, user)).toEqual({ kind: 'not-found' });
      expect(await liftConflict(id, user, 1, lifting)).toEqual({ kind: 'not-found' });
      expect(last()).toMatchObject({ by: user.id, detail: { action: 'name-conflict' } });
    }
    expect(await nameConflict(nobodys, users.sue, brother)).toEqual({ kind: 'not-found' });
    expect(await conflicts.listCase(caseId)).toEqual([]);
  });
});

describe('declaring one’s own', () => {
  it('closes the case to whoever works on it, once', async () => {
    const { declareConflict, id, conflicts } = await naming();
    expect(await declareConflict(id, users.anna, { record: 'PSD/2' })).toEqual({
      kind: 'declared',
    });
    expect(await declareConflict(id, users.anna, {})).toEqual({ kind: 'not-found' });
    expect(await conflicts.listCase(caseId)).toEqual([
      { number: 1, person: anna, by: anna, at: aTime, why: 'declared', record: 'PSD/2' },
    ]);
  });

  it('is nothing for whom the case is not open to', async () => {
    const { declareConflict, id, conflicts } = await naming();
    for (const user of [stranger, curator, admin])
      expect(await declareConflict(id, user, {})).toEqual({ kind: 'not-found' });
    expect(await conflicts.listCase(caseId)).toEqual([]);
  });
});

describe('lifting one', () => {
  it('opens the case again, by anybody but the one it concerns, once', async () => {
    const { nameConflict, liftConflict, declareConflict, id, reviewCase, changes } = await naming();
    await nameConflict(id, users.sue, brother);
    await declareConflict(id, users.sue, {});
    const lifting = { why: 'no-longer-applies' } as const;
    expect(await liftConflict(id, users.sue, 2, lifting)).toEqual({ kind: 'not-found' });
    expect(await liftConflict(id, users.tom, 9, lifting)).toEqual({ kind: 'not-found' });
    expect(await liftConflict(id, users.tom, 2, lifting)).toEqual({ kind: 'lifted' });
    expect(await liftConflict(id, users.tom, 2, lifting)).toEqual({ kind: 'already-lifted' });
    // Open again to her, and still not hers to touch.
    expect(await liftConflict(id, users.sue, 2, lifting)).toEqual({ kind: 'own-conflict' });
    expect(await liftConflict(id, users.sue, 1, lifting)).toEqual({ kind: 'lifted' });
    expect((await reviewCase.open(id, users.anna))?.id).toBe(id);
    expect(changes()).toBe(4);
  });
});

describe('working on a case in the chat', () => {
  const shared = aScreening({ people: [anna, ben] });
  const may = (
    isBarred: boolean,
    rolesOf: () => Promise<User['roles']> = async () => ['officer'],
  ) => makeMayWorkOn(rolesOf, async () => isBarred);

  it('is refused by what the store says now, whatever the screening says that is remembered', async () => {
    expect(await may(true)(shared, anna)).toBe(false);
    expect(await may(true)(aScreening(), anna)).toBe(false);
    expect(await may(false)({ ...shared, barred: [anna] }, anna)).toBe(false);
    expect(await may(false)({ ...shared, barred: [anna] }, ben)).toBe(true);
  });

  it('still needs a role where a colleague who is kept out recorded some of it', async () => {
    const without = may(false, async () => []);
    expect(await without({ ...shared, barred: [ben] }, anna)).toBe(false);
  });

  it('is recorded as refused where the case is closed, and not where it is another’s', async () => {
    const audit = makeFakeAudit();
    const clock = () => new Date(aTime);
    const isBarred = async (_: unknown, person: UserId) => person === anna;
    const mayOpen = recordingRefusals(
      makeMayWorkOn(async () => ['officer'], isBarred),
      isBarred,
      audit,
      clock,
    );
    const asked = [anna, ben, stranger.id].map((person) => mayOpen(shared, person));
    expect(await Promise.all(asked)).toEqual([false, true, false]);
    expect(audit.records).toMatchObject([
      {
        ...{ at: aTime, by: anna, what: 'access-refused', caseId: shared.caseId },
        detail: { action: 'work-on-case', why: 'conflict-of-interest' },
      },
    ]);
  });
});
