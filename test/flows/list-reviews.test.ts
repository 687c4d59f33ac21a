import { describe, expect, it } from 'vitest';
import { reviewQuerySchema } from '../../src/core/review-list.js';
import { curator, reviewing, stranger, users } from './reviewing.js';

const query = reviewQuerySchema.parse({});

describe('listing reviews', () => {
  it.each([
    ['a supervisor, whoever’s they are', users.sue, 1],
    ['an officer, their own', users.anna, 1],
    ['an officer, not those of others', stranger, 0],
  ])('shows %s, and records it', async (_, user, count) => {
    const { begin, list, audit } = await reviewing();
    await begin();
    const page = await list(query, user);
    expect([page?.rows.length, page?.total, page?.counts.waiting]).toEqual([count, count, count]);
    expect(audit.records.at(-1)).toMatchObject({
      what: 'reviews-listed',
      by: user.id,
      caseId: null,
      detail: { state: 'waiting', page: 1 },
    });
  });

  it('is refused to a curator, and records that', async () => {
    const { begin, list, audit } = await reviewing();
    await begin();
    expect(await list(query, curator)).toBeUndefined();
    expect(audit.records.at(-1)).toMatchObject({
      what: 'access-refused',
      by: curator.id,
      detail: { action: 'list-reviews', why: 'role' },
    });
  });
});
