import { describe, expect, it } from 'vitest';
import { reviewQuerySchema } from '../../src/core/review-list.js';
import type { User } from '../../src/core/roles.js';
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

  it('shows what was handed to whoever asks, and what to nobody', async () => {
    const { begin, list, reviewCase } = await reviewing();
    const id = await begin();
    const found = async (handed: 'me' | 'nobody', user: User) =>
      (await list({ ...query, handed }, user))?.rows.map((row) => row.handedToId);
    expect(await found('nobody', users.tom)).toEqual([null]);
    await reviewCase.act(id, users.sue, { seen: 1, act: { kind: 'handed', to: users.tom.id } });
    expect(await found('me', users.tom)).toEqual([users.tom.id]);
    expect(await found('me', users.sue)).toEqual([]);
    expect(await found('nobody', users.sue)).toEqual([]);
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
