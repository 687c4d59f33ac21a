import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { readCase } from '../../src/adapters/postgres/read-case.js';
import type { Conflict } from '../../src/core/conflicts.js';
import { type CaseId, type ReviewId, shareIdSchema, type UserId } from '../../src/core/ids.js';
import { reviewQuerySchema } from '../../src/core/review-list.js';
import type { KeptCommitment } from '../../src/flows/ports.js';
import {
  aReview,
  at,
  colleague,
  describeReviewPorts,
  describeReviewStores,
  officer,
  person,
  type ReviewPorts,
  supervisor,
} from './review-setup.js';
import { drivers, portsOver, usePool } from './stores.js';

const later = '2026-11-21T10:00:00.000Z';

const naming = (who: UserId, given: Partial<Conflict> = {}) => ({
  ...{ person: who, by: supervisor, at, why: 'close-to-a-party' as const, record: null },
  ...given,
});
const lifting = { by: supervisor, at: later, why: 'named-in-error', record: null } as const;

/** A case of an officer of its own, so that lists hold nothing of other tests. */
async function aCaseOf(ports: ReviewPorts) {
  const who = person(`officer-${randomUUID()}`);
  const review = await aReview(ports);
  const { caseId } = review;
  const [screening] = await ports.screenings.listCase(caseId);
  if (!screening) throw new Error('the case has a screening');
  const codeHash = hashOf(randomUUID());
  const validUntil = '2026-11-20T10:30:00.000Z';
  await ports.cases.invite({ codeHash, screening: screening.id, by: officer, at, validUntil });
  await ports.cases.join({ codeHash, by: who, at });
  return { ...review, who, screening: screening.id };
}

const hashOf = (code: string) => createHash('sha256').update(code).digest('hex');

async function onlyConflict(ports: ReviewPorts, caseId: CaseId): Promise<Conflict> {
  const [one, ...more] = await ports.conflicts.listCase(caseId);
  if (!one || more.length > 0) throw new Error('the case has not one conflict');
  return one;
}

const listed = async (ports: ReviewPorts, who: UserId, reach: 'all' | 'own', id: ReviewId) => {
  const page = async (sees?: { person: UserId; reach: 'all' | 'own' }) =>
    ports.reviews.list(reviewQuerySchema.parse({ sort: 'newest' }), at, sees);
  const [seen, whole] = [await page({ person: who, reach }), await page()];
  return {
    isRow: seen.rows.some((row) => row.id === id),
    fewer: whole.counts.waiting - seen.counts.waiting,
  };
};

describeReviewPorts('conflicts of interest', (ports) => {
  it('are kept with who named whom, when and why, and their entry', async () => {
    const { caseId } = await aReview(ports());
    const record = 'PSD/2026-0012';
    const named = naming(colleague, { why: 'other-recorded', record });
    expect(await ports().conflicts.name(caseId, named)).toBe('named');
    const one = await onlyConflict(ports(), caseId);
    expect(one).toEqual({ ...named, number: one.number });
    expect((await ports().audit.listCase(caseId)).at(-1)).toMatchObject({
      ...{ at, by: supervisor, what: 'conflict-named', caseId },
      detail: { conflictOf: colleague, why: 'other-recorded', record, conflict: one.number },
    });
  });

  it('are declared by whoever has one, which the audit tells apart', async () => {
    const { caseId } = await aReview(ports());
    await ports().conflicts.name(caseId, naming(officer, { by: officer, why: 'declared' }));
    const entries = await ports().audit.listCase(caseId);
    expect(entries.at(-1)?.what).toBe('conflict-declared');
  });

  it('stand once for a person and a case, however many name them at once, with one entry', async () => {
    const { caseId } = await aReview(ports());
    const { name, listCase } = ports().conflicts;
    const made = await Promise.all(
      Array.from({ length: 6 }, () => name(caseId, naming(colleague))),
    );
    expect(made.toSorted()).toEqual([...Array(5).fill('already'), 'named']);
    expect(await listCase(caseId)).toHaveLength(1);
    expect(await ports().audit.listCase(caseId)).toHaveLength(2);
  });

  it('are lifted once, however many lift them at once, stay in the record, and may be named anew', async () => {
    const { caseId } = await aReview(ports());
    const { name, lift, listCase, isBarred } = ports().conflicts;
    await name(caseId, naming(colleague));
    const one = await onlyConflict(ports(), caseId);
    const done = await Promise.all(Array.from({ length: 4 }, () => lift(caseId, one, lifting)));
    expect(done.toSorted()).toEqual([...Array(3).fill('already'), 'lifted']);
    expect(await isBarred(caseId, colleague)).toBe(false);
    expect(await name(caseId, naming(colleague, { at: later }))).toBe('named');
    const [first, second] = await listCase(caseId);
    expect([first?.lifted, second?.lifted]).toEqual([lifting, undefined]);
    expect((await ports().audit.listCase(caseId)).map(({ what }) => what)).toEqual([
      ...['submitted', 'conflict-named', 'conflict-lifted', 'conflict-named'],
    ]);
  });

  it('are not lifted by whoever they concern, nor before they were named: nothing is saved', async () => {
    const { caseId } = await aReview(ports());
    await ports().conflicts.name(caseId, naming(colleague));
    const one = await onlyConflict(ports(), caseId);
    const before = { ...lifting, at: '2026-11-19T10:00:00.000Z' };
    for (const wrong of [{ ...lifting, by: colleague }, before])
      await expect(ports().conflicts.lift(caseId, one, wrong)).rejects.toThrow();
    expect(await onlyConflict(ports(), caseId)).toEqual(one);
    expect(await ports().audit.listCase(caseId)).toHaveLength(2);
  });

  it('keep out the one who was named, of that case alone, until they are lifted', async () => {
    const { caseId, id, who, screening } = await aCaseOf(ports());
    const other = await aReview(ports());
    const barred = async () => [
      (await ports().reviews.find(id))?.barred,
      (await ports().reviews.findOfCase(caseId))?.barred,
      (await ports().screenings.find(screening))?.barred,
      (await ports().screenings.listCase(caseId))[0]?.barred,
      (await ports().reviews.find(other.id))?.barred,
    ];
    await ports().conflicts.name(caseId, naming(who));
    expect(await barred()).toEqual([[who], [who], [who], [who], []]);
    expect(await ports().conflicts.isBarred(caseId, who)).toBe(true);
    expect(await ports().conflicts.isBarred(other.caseId, who)).toBe(false);
    expect(await ports().conflicts.isBarred(caseId, officer)).toBe(false);
    expect(await ports().conflicts.closedTo(who)).toEqual([caseId]);
    await ports().conflicts.lift(caseId, await onlyConflict(ports(), caseId), lifting);
    expect(await barred()).toEqual([[], [], [], [], []]);
    expect(await ports().conflicts.closedTo(who)).toEqual([]);
  });

  it('take the case out of their lists and counts, whatever their reach, and out of nobody else’s', async () => {
    const { caseId, id, who } = await aCaseOf(ports());
    expect(await listed(ports(), who, 'own', id)).toMatchObject({ isRow: true });
    await ports().conflicts.name(caseId, naming(who));
    expect(await listed(ports(), who, 'own', id)).toMatchObject({ isRow: false });
    expect(await listed(ports(), who, 'all', id)).toEqual({ isRow: false, fewer: 1 });
    const another = person(`supervisor-${randomUUID()}`);
    expect(await listed(ports(), another, 'all', id)).toEqual({ isRow: true, fewer: 0 });
    expect(await ports().screenings.listOf(who, 10)).toEqual([]);
  });

  it('take its commitments out of their list', async () => {
    const { caseId, caseRef, id: review, who } = await aCaseOf(ports());
    const one: KeptCommitment = {
      ...{ key: randomUUID(), kind: 'promise', what: 'Ring', who: null, recordedBy: officer },
      ...{ by: null, line: 'CL04 1', caseId, caseRef, review, owner: who },
    };
    await ports().commitments.keep(caseId, [one]);
    const keys = async (reach: 'all' | 'own') =>
      (await ports().commitments.list(at, 10_000, { person: who, reach }))
        .filter((kept) => kept.caseId === caseId)
        .map(({ key }) => key);
    expect([await keys('all'), await keys('own')]).toEqual([[one.key], [one.key]]);
    await ports().conflicts.name(caseId, naming(who));
    expect([await keys('all'), await keys('own')]).toEqual([[], []]);
  });

  it('take a shared case out of the advocate’s list', async () => {
    const { caseId } = await aReview(ports());
    const advocate = person(`advocate-${randomUUID()}`);
    const share = {
      ...{ id: shareIdSchema.parse(randomUUID()), with: advocate, by: officer, at },
      agreement: { on: '2026-11-20', way: 'by-phone', parts: [] },
    } as const;
    const audit = { what: 'case-shared', detail: {} };
    const whole = { ...share, agreement: { ...share.agreement, parts: [] } };
    await ports().sharing.share(caseId, whole, '2026-11-20', audit);
    expect(await ports().sharing.listWith(advocate, '2026-11-20')).toHaveLength(1);
    await ports().conflicts.name(caseId, naming(advocate));
    expect(await ports().sharing.listWith(advocate, '2026-11-20')).toEqual([]);
  });

  it('let nobody in by a code said to them, nor by one they made, and use none up', async () => {
    const { caseId, who, screening } = await aCaseOf(ports());
    const [outside, friend] = [person(`out-${randomUUID()}`), person(`friend-${randomUUID()}`)];
    const validUntil = '2026-11-20T10:30:00.000Z';
    const [said, made] = [hashOf(randomUUID()), hashOf(randomUUID())];
    await ports().cases.invite({ codeHash: said, screening, by: officer, at, validUntil });
    await ports().cases.invite({ codeHash: made, screening, by: who, at, validUntil });
    for (const one of [who, outside]) await ports().conflicts.name(caseId, naming(one));
    const join = (codeHash: string, by: UserId) => ports().cases.join({ codeHash, by, at });
    expect(await join(said, outside)).toEqual({ kind: 'barred', caseId });
    expect(await join(made, friend)).toEqual({ kind: 'barred', caseId });
    expect((await ports().screenings.find(screening))?.people).toEqual([officer, who]);
    expect(await join(said, friend)).toEqual({ kind: 'joined', screening });
  });

  it('leave what was done with the case out of a search of the audit that asks for it', async () => {
    const { caseId } = await aReview(ports());
    const found = await ports().audit.search({ except: [caseId] }, 10_000);
    expect(found.filter((entry) => entry.caseId === caseId)).toEqual([]);
    expect((await ports().audit.search({}, 10_000)).some((one) => one.caseId === caseId)).toBe(
      true,
    );
  });
});

describeReviewStores('conflicts of interest', (ports) => {
  it('hold back what is waiting to be sent to them, until they are lifted', async () => {
    const { caseId, id, who } = await aCaseOf(ports());
    await ports().notices.put([
      { key: randomUUID(), kind: 'handed', to: who, about: id, dueAt: at },
    ]);
    await ports().conflicts.name(caseId, naming(who));
    const claimed = async () =>
      (await ports().notices.claim(later, 1_000)).filter(({ to }) => to === who);
    expect(await claimed()).toEqual([]);
    await ports().conflicts.lift(caseId, await onlyConflict(ports(), caseId), lifting);
    expect(await claimed()).toMatchObject([{ to: who, about: id, tries: 1 }]);
  });

  it('refuse codes that are none, and a reason in another record without its number', async () => {
    const { caseId } = await aReview(ports());
    for (const wrong of [
      naming(colleague, { why: 'disliked' as 'declared' }),
      naming(colleague, { why: 'other-recorded' }),
      naming(colleague, { record: 'Ask Jo Bloggs' }),
    ])
      await expect(ports().conflicts.name(caseId, wrong)).rejects.toThrow();
    expect(await ports().conflicts.listCase(caseId)).toEqual([]);
  });
});

describe.each(drivers)('conflicts of interest in $name', (driver) => {
  describe.skipIf(driver.isMissing)('in the store itself', () => {
    const pool = usePool(driver);
    const ports = () => portsOver(pool());
    const run = (statement: string) => withClient(pool(), (client) => client.query(statement));

    it('are changed by nobody but by lifting them once, and are not removed', async () => {
      const { caseId } = await aReview(ports());
      await ports().conflicts.name(caseId, naming(colleague));
      for (const wrong of [
        `update conflicts set person = 'somebody'`,
        `update conflicts set why = 'declared'`,
        'delete from conflicts',
        'truncate conflicts',
      ])
        await expect(run(wrong)).rejects.toThrow();
      await ports().conflicts.lift(caseId, await onlyConflict(ports(), caseId), lifting);
      await expect(
        run('update conflicts set lifted_at = null, lifted_by = null, lifted_why = null'),
      ).rejects.toThrow();
      expect((await onlyConflict(ports(), caseId)).lifted).toEqual(lifting);
    });

    it('give out a case to somebody it is closed to as if there were none, and record that', async () => {
      const { caseId, caseRef } = await aReview(ports());
      await ports().conflicts.name(caseId, naming(colleague));
      const why = { at, why: 'subject-access', record: null };
      expect(await readCase(pool(), caseRef, { ...why, by: colleague })).toBeUndefined();
      expect((await ports().audit.listCase(caseId)).at(-1)).toMatchObject({
        ...{ by: colleague, what: 'access-refused' },
        detail: { action: 'disclose-case', why: 'conflict-of-interest' },
      });
      const held = await readCase(pool(), caseRef, { ...why, by: supervisor });
      expect(held?.tables.conflicts).toHaveLength(1);
    });
  });
});
