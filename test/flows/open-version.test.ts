import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReviewId } from '../../src/core/ids.js';
import { reviewDetailSchema } from '../../src/core/review-detail.js';
import { shareSchema } from '../../src/core/sharing.js';
import { makeOpenVersion } from '../../src/flows/open-version.js';
import { aTime, today } from '../builders.js';
import { caseId, reviewing, stranger, users } from './reviewing.js';

async function returnedOnce() {
  const all = await reviewing();
  const id = await all.begin();
  const act = { kind: 'returned', codes: ['wording'], note: 'Plainer.', lines: [] } as const;
  await all.reviewCase.act(id, users.sue, {
    seen: 1,
    act: { ...act, codes: [...act.codes], lines: [] },
  });
  await all.reply(users.anna.id, 'no');
  await all.submit(all.screeningId, users.anna, { note: 'Said again.' });
  return { ...all, id };
}

describe('opening an earlier version', () => {
  it('shows it with its decision, to be read and nothing else, and records that', async () => {
    const { openVersion, id, audit } = await returnedOnce();
    const detail = await openVersion(id, 1, users.sue);
    expect(reviewDetailSchema.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      version: 1,
      newest: 2,
      state: 'returned',
      decision: { kind: 'returned', note: 'Plainer.', by: users.sue.id },
      versions: [{ version: 1, state: 'returned' }],
      supervisors: [],
    });
    expect(detail?.differences).toBeUndefined();
    const may = Object.entries(detail?.may ?? {}).flatMap(([name, may]) => (may ? [name] : []));
    expect(may).toEqual(['history']);
    expect(audit.records.at(-1)).toMatchObject({
      what: 'review-read',
      by: users.sue.id,
      caseId,
      detail: { version: 1, seen: 2 },
    });
  });

  it('opens to its author, and not to an officer of another case', async () => {
    const { openVersion, id, audit } = await returnedOnce();
    expect((await openVersion(id, 1, users.anna))?.version).toBe(1);
    expect(await openVersion(id, 1, stranger)).toBeUndefined();
    expect(audit.records.at(-1)).toMatchObject({ what: 'access-refused', by: stranger.id });
  });

  it('is refused to somebody outside the police with whom the case is shared, and records that', async () => {
    const { parts, id, audit } = await returnedOnce();
    const advocate = { ...users.anna, roles: ['advocate'] as const };
    const agreement = { on: today, way: 'by-phone', parts: [] } as const;
    const share = shareSchema.parse({
      ...{ id: randomUUID(), with: advocate.id, by: users.sue.id, at: aTime, agreement },
    });
    const find = async (wanted: ReviewId) => {
      const review = await parts.reviews.find(wanted);
      return review && { ...review, people: [], shares: [share] };
    };
    const openVersion = makeOpenVersion({ ...parts, reviews: { ...parts.reviews, find } });
    expect(await openVersion(id, 1, advocate)).toBeUndefined();
    expect(audit.records.at(-1)).toMatchObject({
      what: 'access-refused',
      detail: { action: 'read-review', why: 'earlier-version' },
    });
  });

  it.each([2, 3, 0])('finds nothing under number %s, the newest included', async (version) => {
    const { openVersion, id } = await returnedOnce();
    expect(await openVersion(id, version, users.sue)).toBeUndefined();
  });
});
