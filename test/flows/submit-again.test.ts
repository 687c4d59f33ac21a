import { describe, expect, it } from 'vitest';
import { reviewIdSchema } from '../../src/core/ids.js';
import { replayReview } from '../../src/core/review-position.js';
import { makeSubmitAgain } from '../../src/flows/submit-again.js';
import { anna } from '../builders.js';
import { returned } from '../review-builders.js';
import { caseId, reviewing, stranger, users } from './reviewing.js';

const begun = async () => {
  const { begin, submit, reviews, screenings, reply, reviewCase, audit } = await reviewing();
  const id = await begin();
  const again = makeSubmitAgain(reviews, screenings, submit);
  return { id, again, reviews, reply, reviewCase, audit };
};

describe('sending a summary again from its review', () => {
  it('makes the next version after a return, with the author’s note', async () => {
    const { id, again, reply, reviews, reviewCase } = await begun();
    await reviewCase.act(id, users.sue, { seen: 1, act: returned() });
    await reply(anna, 'no');
    expect(await again(id, users.anna, { note: 'Asked both.' })).toEqual({ kind: 'submitted', id });
    const review = await reviews.find(id);
    const { state, version, versions } = replayReview(review?.events ?? []);
    expect([state, version, versions.at(-1)?.note]).toEqual(['waiting', 2, 'Asked both.']);
  });

  it('changes nothing while the version that waits says the same', async () => {
    const { id, again } = await begun();
    expect(await again(id, users.anna)).toEqual({ kind: 'unchanged', id });
  });

  it('is refused, and the refusal recorded, for somebody whose case it is not', async () => {
    const { id, again, audit } = await begun();
    expect(await again(id, stranger)).toEqual({ kind: 'not-allowed' });
    expect(audit.records.at(-1)).toMatchObject({
      ...{ by: stranger.id, what: 'access-refused', caseId },
      detail: { action: 'submit-review', why: 'not-their-case' },
    });
    const none = reviewIdSchema.parse('00000000-0000-4000-8000-00000000dead');
    expect(await again(none, users.anna)).toEqual({ kind: 'not-allowed' });
  });
});
