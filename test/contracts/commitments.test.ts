import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { DoneMark } from '../../src/core/commitments.js';
import { caseIdSchema } from '../../src/core/ids.js';
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

type Of = Awaited<ReturnType<typeof aReview>>;

function aCommitment(
  { id, caseId, caseRef }: Of,
  given: Partial<KeptCommitment> = {},
): KeptCommitment {
  const line = `${randomUUID()} CL04 1`;
  return {
    ...{ key: line, kind: 'promise', what: 'Ring with the result', who: 'PC Ben Example' },
    ...{ recordedBy: officer, by: { day: '2026-11-27', precision: 'exact' }, line },
    ...{ caseId, caseRef, review: id, owner: colleague },
    ...given,
  };
}

const done: DoneMark = { by: supervisor, at, note: 'Rang her.' };
const closing = { what: 'commitment-closed', detail: { kind: 'promise' } };
const days = (count: number) => new Date(Date.parse(at) + count * 86_400_000).toISOString();

/** Those of one case, as everybody's list has them. */
async function listed(ports: ReviewPorts, { caseId }: Of, now = at) {
  return (await ports.commitments.list(now, 10_000)).filter((one) => one.caseId === caseId);
}

describeReviewPorts('commitments', (ports) => {
  it('come back whole, with a day or without, and with nobody named', async () => {
    const of = await aReview(ports());
    const whole = aCommitment(of);
    const bare = aCommitment(of, { by: null, who: null, kind: 'ask-again' });
    const loose = aCommitment(of, { by: { day: '2026-12-01', precision: 'month' } });
    expect(await ports().commitments.keep(of.caseId, [bare, loose, whole])).toEqual([]);
    expect(await listed(ports(), of)).toEqual([whole, loose, bare]);
    expect(await ports().commitments.find(loose.key)).toEqual(loose);
    expect(await ports().commitments.find('none')).toBeUndefined();
  });

  it('take the place of those of the case that are open, which are given back', async () => {
    const [of, other] = [await aReview(ports()), await aReview(ports())];
    const [first, second, theirs] = [aCommitment(of), aCommitment(of), aCommitment(other)];
    await ports().commitments.keep(other.caseId, [theirs]);
    await ports().commitments.keep(of.caseId, [first]);
    const moved = { ...first, by: { day: '2026-11-30', precision: 'exact' } } as const;
    expect(await ports().commitments.keep(of.caseId, [moved, second])).toEqual([first]);
    expect(await listed(ports(), of)).toEqual([second, moved]);
    expect(await listed(ports(), other)).toEqual([theirs]);
  });

  it('stay as they were done, whatever is kept afterwards', async () => {
    const of = await aReview(ports());
    const one = aCommitment(of);
    await ports().commitments.keep(of.caseId, [one]);
    expect(await ports().commitments.close(one.key, done, closing)).toBe('closed');
    expect(await ports().commitments.keep(of.caseId, [one])).toEqual([]);
    expect(await ports().commitments.find(one.key)).toEqual({ ...one, done });
    expect(await ports().commitments.listDone(of.caseId)).toEqual(new Map([[one.key, done]]));
  });

  it('are done once, and audited once', async () => {
    const of = await aReview(ports());
    const one = aCommitment(of);
    await ports().commitments.keep(of.caseId, [one]);
    const close = (by: DoneMark) => ports().commitments.close(one.key, by, closing);
    const outcomes = await Promise.all([done, { ...done, by: colleague }].map(close));
    expect(outcomes.toSorted()).toEqual(['already', 'closed']);
    expect(await ports().commitments.close('none', done, closing)).toBe('already');
    const records = (await ports().audit.listCase(of.caseId)).filter(
      ({ what }) => what === closing.what,
    );
    expect(records).toMatchObject([{ ...closing, at }]);
  });

  it('are listed by day, those without one last, and done ones after them for 30 days', async () => {
    const of = await aReview(ports());
    const on = (day: string) => aCommitment(of, { by: { day, precision: 'exact' } });
    const [late, soon, gone] = [on('2026-12-24'), on('2026-11-21'), on('2026-11-20')];
    const bare = aCommitment(of, { by: null });
    await ports().commitments.keep(of.caseId, [late, gone, bare, soon]);
    await ports().commitments.close(gone.key, done, closing);
    const keys = async (now: string) => (await listed(ports(), of, now)).map(({ key }) => key);
    expect(await keys(days(30))).toEqual([soon.key, late.key, bare.key, gone.key]);
    expect(await keys(days(31))).toEqual([soon.key, late.key, bare.key]);
    expect(await ports().commitments.list(at, 1)).toHaveLength(1);
  });

  it('are listed for those who may work on the case alone, when that is asked', async () => {
    const of = await aReview(ports());
    const one = aCommitment(of);
    await ports().commitments.keep(of.caseId, [one]);
    const keysOf = async (who: string) =>
      (await ports().commitments.list(at, 10_000, { person: person(who), reach: 'own' }))
        .filter(({ caseId }) => caseId === of.caseId)
        .map(({ key }) => key);
    expect(await keysOf(officer)).toEqual([one.key]);
    expect(await keysOf(randomUUID())).toEqual([]);
  });
});

describeReviewStores('commitments', (ports) => {
  it('are of a case that exists, and none of several is kept beside a bad one', async () => {
    const of = await aReview(ports());
    const good = aCommitment(of);
    const bad = aCommitment(of, { what: 'no\0t text' });
    await expect(ports().commitments.keep(of.caseId, [good, bad])).rejects.toThrow();
    const nowhere = caseIdSchema.parse(randomUUID());
    await expect(ports().commitments.keep(nowhere, [good])).rejects.toThrow();
    expect(await listed(ports(), of)).toEqual([]);
  });

  it('kept twice at once are those of one of the two', async () => {
    const of = await aReview(ports());
    const lists = [1, 2].map(() => [aCommitment(of), aCommitment(of)]);
    await Promise.all(lists.map((list) => ports().commitments.keep(of.caseId, list)));
    const kept = (await listed(ports(), of)).map(({ key }) => key).toSorted();
    expect(lists.map((list) => list.map(({ key }) => key).toSorted())).toContainEqual(kept);
  });
});
