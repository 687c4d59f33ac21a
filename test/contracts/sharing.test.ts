import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withClient } from '../../src/adapters/postgres/pool.js';
import { shareIdSchema } from '../../src/core/ids.js';
import type { Share, ShareEnd } from '../../src/core/sharing.js';
import {
  aReview,
  at,
  describeReviewPorts,
  describeReviewStores,
  facts,
  officer,
  person,
  type ReviewPorts,
  supervisor,
  take,
} from './review-setup.js';
import { drivers, usePool } from './stores.js';

const today = '2026-11-20';
const advocate = () => person(`advocate-${randomUUID()}`);
const agreement = { on: today, way: 'by-phone', parts: ['plan', 'account'] } as const;
const shareAudit = { what: 'case-shared', detail: { way: 'by-phone' } };
const endAudit = { what: 'share-ended', detail: {} };

type Made = Omit<Share, 'ended'>;

function aShare(given: Partial<Made> = {}): Made {
  return {
    id: shareIdSchema.parse(randomUUID()),
    with: advocate(),
    ...{ by: officer, at },
    agreement: { ...agreement, parts: [...agreement.parts] },
    ...given,
  };
}

const anEnd = (given: Partial<ShareEnd> = {}): ShareEnd => ({
  ...{ by: officer, at, why: 'agreement-withdrawn' },
  ...given,
});

async function shared(ports: ReviewPorts, given: Partial<Made> = {}) {
  const review = await aReview(ports);
  const share = aShare(given);
  expect(await ports.sharing.share(review.caseId, share, today, shareAudit)).toBe('shared');
  const shares = async () => (await ports.reviews.find(review.id))?.shares;
  const audited = async () =>
    (await ports.audit.listCase(review.caseId)).map(({ what, by }) => `${what} ${by}`);
  return { ...review, share, shares, audited };
}

describeReviewPorts('sharing', (ports) => {
  it('keeps a share with its agreement and its entry, and stands in the review of the case', async () => {
    const limits = 'Not my “new” address; nothing about work.';
    const whole = { ...agreement, parts: [...agreement.parts], limits, until: '2027-01-31' };
    const { shares, share, audited } = await shared(ports(), { agreement: whole });
    expect(await shares()).toEqual([share]);
    expect(await audited()).toEqual(['submitted officer-1', 'case-shared officer-1']);
  });

  it('keeps an agreement to nothing beyond safe contact', async () => {
    const { shares, share } = await shared(ports(), { agreement: { ...agreement, parts: [] } });
    expect(await shares()).toEqual([share]);
  });

  it('is one at a time with one advocate, however many are made at once, with one entry', async () => {
    const { caseId, id } = await aReview(ports());
    const to = advocate();
    const made = await Promise.all(
      Array.from({ length: 6 }, () =>
        ports().sharing.share(caseId, aShare({ with: to }), today, shareAudit),
      ),
    );
    expect(made.toSorted()).toEqual([...Array(5).fill('already'), 'shared']);
    expect((await ports().reviews.find(id))?.shares).toHaveLength(1);
    expect(await ports().audit.listCase(caseId)).toHaveLength(2);
  });

  it('may be with two advocates at once, in the order they were made', async () => {
    const { caseId, share, shares } = await shared(ports());
    const other = aShare();
    expect(await ports().sharing.share(caseId, other, today, shareAudit)).toBe('shared');
    expect(await shares()).toEqual([share, other]);
  });

  it('ends once, however many end it at once, and stays in the record', async () => {
    const { caseId, share, shares, audited } = await shared(ports());
    const note = 'She rang to say so.';
    const ended = await Promise.all(
      Array.from({ length: 4 }, () =>
        ports().sharing.end(caseId, share, anEnd({ by: supervisor, note }), endAudit),
      ),
    );
    expect(ended.toSorted()).toEqual([...Array(3).fill('already'), 'ended']);
    expect(await shares()).toEqual([{ ...share, ended: anEnd({ by: supervisor, note }) }]);
    expect((await audited()).slice(1)).toEqual([
      'case-shared officer-1',
      'share-ended supervisor-1',
    ]);
  });

  it('is made anew after its end, and after its last day, beside what stood before', async () => {
    const { caseId, share, shares } = await shared(ports(), {
      agreement: { ...agreement, parts: [], until: today },
    });
    const [next, last] = [aShare({ with: share.with }), aShare({ with: share.with })];
    const { sharing } = ports();
    expect(await sharing.share(caseId, next, today, shareAudit)).toBe('already');
    expect(await sharing.share(caseId, next, '2026-11-21', shareAudit)).toBe('shared');
    await sharing.end(caseId, next, anEnd(), endAudit);
    expect(await sharing.share(caseId, last, '2026-11-21', shareAudit)).toBe('shared');
    expect(await shares()).toEqual([share, { ...next, ended: anEnd() }, last]);
  });

  it('lists what is open to an advocate that day, shared last first, as it was sent last', async () => {
    const to = advocate();
    const own = { ...agreement, parts: [] };
    const first = await shared(ports(), { with: to, agreement: { ...own, until: today } });
    const second = await shared(ports(), { with: to, agreement: own });
    const gone = await shared(ports(), { with: to, agreement: own });
    await shared(ports(), { agreement: own });
    await ports().sharing.end(gone.caseId, gone.share, anEnd({ by: to, why: 'left' }), endAudit);
    const approved = { state: 'approved', version: 3, decidedAt: at } as const;
    await take(ports(), second.id, { kind: 'approved' }, supervisor, approved);
    const listed = ({ id, caseRef, share }: typeof first, given: object = {}) => ({
      ...{ review: id, caseRef, share, submittedAt: facts().submittedAt },
      ...{ version: 1, state: 'waiting' },
      ...given,
    });
    expect(await ports().sharing.listWith(to, today)).toEqual([
      listed(second, { state: 'approved', version: 3 }),
      listed(first),
    ]);
    expect(await ports().sharing.listWith(to, '2026-11-21')).toEqual([
      listed(second, { state: 'approved', version: 3 }),
    ]);
  });

  it('refuses states that cannot be: and then saves neither share nor entry', async () => {
    const { caseId, id } = await aReview(ports());
    const whole = { ...agreement, parts: [...agreement.parts] };
    for (const wrong of [
      aShare({ with: officer }),
      aShare({ agreement: { ...whole, on: '2026-11-21' } }),
      aShare({ agreement: { ...whole, until: '2026-11-19' } }),
      aShare({ agreement: { ...whole, limits: '' } }),
      aShare({ agreement: { ...whole, parts: ['S9' as 'plan'] } }),
      aShare({ agreement: { ...whole, way: 'presumed' as 'by-phone' } }),
    ])
      await expect(ports().sharing.share(caseId, wrong, today, shareAudit)).rejects.toThrow();
    expect((await ports().reviews.find(id))?.shares).toEqual([]);
    expect(await ports().audit.listCase(caseId)).toHaveLength(1);
  });

  it('refuses an end that is not its own, and leaves the share open', async () => {
    const { caseId, share, shares, audited } = await shared(ports());
    const other = await aReview(ports());
    const { sharing } = ports();
    for (const wrong of [
      anEnd({ why: 'left' }),
      anEnd({ by: share.with }),
      anEnd({ why: 'other' }),
    ])
      await expect(sharing.end(caseId, share, wrong, endAudit)).rejects.toThrow();
    await expect(sharing.end(other.caseId, share, anEnd(), endAudit)).rejects.toThrow();
    await expect(sharing.end(caseId, aShare(), anEnd(), endAudit)).rejects.toThrow();
    expect(await shares()).toEqual([share]);
    expect(await audited()).toHaveLength(2);
  });
});

describeReviewStores('sharing and what is saved with it', (ports) => {
  it('saves nothing when its entry is refused', async () => {
    const { caseId, share, shares } = await shared(ports());
    const bad = { what: 'Not a kind', detail: {} };
    await expect(ports().sharing.share(caseId, aShare(), today, bad)).rejects.toThrow();
    await expect(ports().sharing.end(caseId, share, anEnd(), bad)).rejects.toThrow();
    expect(await shares()).toEqual([share]);
  });

  it('leaves the audit whole', async () => {
    const { caseId, share } = await shared(ports());
    await ports().sharing.end(caseId, share, anEnd(), endAudit);
    expect(await ports().audit.verify()).toMatchObject({ kind: 'whole' });
  });
});

for (const driver of drivers)
  describe.skipIf(driver.isMissing)(`the tables of sharing in ${driver.name}`, () => {
    const pool = usePool(driver);
    it.each([
      `update shares set until = null`,
      `delete from shares`,
      `truncate shares cascade`,
      `update share_ends set why = 'other', note = 'x'`,
      `delete from share_ends`,
    ])('refuse “%s”: what is over stays as it was', async (statement) => {
      await expect(withClient(pool(), (client) => client.query(statement))).rejects.toThrow(
        'append-only',
      );
    });
  });
