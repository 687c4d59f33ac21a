import { describe, expect, it } from 'vitest';
import type { ReviewMove } from '../../src/core/review-detail.js';
import { makeListReturned } from '../../src/flows/list-returned.js';
import { anna, aTime, ben } from '../builders.js';
import { sue } from '../review-builders.js';
import { caseId, reviewing, screeningId, users } from './reviewing.js';

async function returning() {
  const all = await reviewing();
  const id = await all.begin();
  const listReturned = makeListReturned(all.reviews, all.screenings, () => new Date(aTime));
  const idsFor = async (who: typeof anna, limit = 20) =>
    (await listReturned(who, limit)).map((screening) => screening.id);
  const giveBack = async () => {
    const review = await all.reviews.find(id);
    const act: ReviewMove['act'] = {
      ...{ kind: 'returned', codes: ['wording'], note: 'Say who.', lines: [] },
    };
    const seen = review?.events.length ?? 0;
    const outcome = await all.reviewCase.act(id, users.sue, { seen, act });
    expect(outcome.kind).toBe('saved');
  };
  return { ...all, idsFor, giveBack };
}

describe('the screenings of returned cases', () => {
  it('are those of the author, and of nobody who may not work on the case', async () => {
    const { idsFor, giveBack } = await returning();
    await giveBack();
    expect(await idsFor(anna)).toEqual([screeningId]);
    expect(await idsFor(ben)).toEqual([]);
    expect(await idsFor(sue)).toEqual([]);
  });

  it('are those of a colleague who was let into the case, too', async () => {
    const { idsFor, giveBack, people } = await returning();
    await giveBack();
    people.set(caseId, [anna, ben]);
    expect(await idsFor(ben)).toEqual([screeningId]);
  });

  it('are none while the summary waits, and none again once it was sent again', async () => {
    const { idsFor, giveBack, reply, submit } = await returning();
    expect(await idsFor(anna)).toEqual([]);
    await giveBack();
    await reply(anna, 'no');
    expect((await submit(screeningId, users.anna)).kind).toBe('submitted');
    expect(await idsFor(anna)).toEqual([]);
  });

  it('are as many as were asked for', async () => {
    const { idsFor, giveBack } = await returning();
    await giveBack();
    expect(await idsFor(anna, 0)).toEqual([]);
  });
});
