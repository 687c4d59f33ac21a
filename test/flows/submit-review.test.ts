import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/canonical-json.js';
import { screeningIdSchema } from '../../src/core/ids.js';
import { reviewQuerySchema } from '../../src/core/review-list.js';
import { replayReview } from '../../src/core/review-position.js';
import { anna, aTime, ben } from '../builders.js';
import { caseId, curator, digestOf, reviewing, screeningId, stranger, users } from './reviewing.js';

const dayMs = 86_400_000;
const absent = screeningIdSchema.parse('00000000-0000-4000-8000-00000000dead');

describe('submitting a summary for review', () => {
  it('begins the review of the case with the summary as it stands, and enters it in the audit', async () => {
    const { submit, reviews, audit } = await reviewing();
    const submitted = await submit(screeningId, users.anna, { note: 'All asked.' });
    expect(submitted.kind).toBe('submitted');
    const review = await reviews.findOfCase(caseId);
    expect([review?.caseRef, review?.people]).toEqual(['SP-4K7Q-2M', [anna]]);
    expect(review?.events).toHaveLength(1);
    const [event] = review?.events ?? [];
    if (event?.act.kind !== 'submitted') throw new Error('a review begins with a submission');
    const { summary, digest, note } = event.act;
    expect([event.by, event.at, note]).toEqual([anna, aTime, 'All asked.']);
    expect(summary.sections.flatMap(({ lines }) => lines.map(({ from }) => from.said))).toEqual([
      'Yes',
    ]);
    expect(digest).toBe(digestOf(canonicalJson(summary)));
    expect(audit.records.map(({ what, by, caseId, detail }) => [what, by, caseId, detail])).toEqual(
      [['submitted', anna, caseId, { version: 1, digest }]],
    );
  });

  it('puts it in the queue with what it is listed by', async () => {
    const { begin, reviews } = await reviewing();
    const id = await begin();
    const { rows, counts } = await reviews.list(reviewQuerySchema.parse({}), aTime);
    expect(counts).toEqual({ waiting: 1, returned: 0, approved: 0 });
    expect(rows).toEqual([
      {
        ...{ id, caseRef: 'SP-4K7Q-2M', state: 'waiting', version: 1, submittedAt: aTime },
        ...{ decidedAt: null, author: 'PC Anna Example', handedTo: null, team: 'North' },
        ...{ scripts: ['test-script'], red: 0, amber: 0, isIncomplete: false },
        ...{ checkDate: null, orderEnds: null, handedToId: null },
      },
    ]);
  });

  it('changes nothing when run again, a day later too, and makes the next version once the case has changed', async () => {
    const { begin, submit, reply, reviews, wait } = await reviewing();
    const id = await begin();
    expect(await submit(screeningId, users.anna)).toEqual({ kind: 'unchanged', id });
    wait(dayMs);
    expect(await submit(screeningId, users.anna)).toEqual({ kind: 'unchanged', id });
    expect((await reviews.find(id))?.events).toHaveLength(1);
    await reply(anna, 'no');
    expect(await submit(screeningId, users.anna)).toEqual({ kind: 'submitted', id });
    const { version, state, summary } = replayReview((await reviews.find(id))?.events ?? []);
    expect([version, state, summary.on]).toEqual([2, 'waiting', '2026-11-21']);
  });

  it('makes one review of a case that two submit at the same moment', async () => {
    const { submit, people, reviews } = await reviewing();
    people.set(caseId, [anna, ben]);
    const both = await Promise.all([
      submit(screeningId, users.anna),
      submit(screeningId, users.ben),
    ]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['submitted', 'unchanged']);
    expect((await reviews.findOfCase(caseId))?.events).toHaveLength(1);
  });

  it.each([
    ['may not work on the case', stranger, screeningId, caseId, 'not-their-case'],
    ['is a supervisor of others’ cases', users.sue, screeningId, caseId, 'not-their-case'],
    ['names no screening', users.anna, absent, null, 'not-their-case'],
  ])('is refused to who %s, which is recorded', async (_, user, screening, ofCase, why) => {
    const { submit, audit, reviews } = await reviewing();
    expect(await submit(screening, user)).toEqual({ kind: 'not-allowed' });
    expect(await reviews.findOfCase(caseId)).toBeUndefined();
    expect(audit.records.map(({ what, by, caseId, detail }) => [what, by, caseId, detail])).toEqual(
      [['access-refused', user.id, ofCase, { action: 'submit-review', why }]],
    );
  });

  it('is refused to somebody on the case whose role does not submit', async () => {
    const { submit, people, audit } = await reviewing();
    people.set(caseId, [anna, curator.id]);
    expect(await submit(screeningId, curator)).toEqual({ kind: 'not-allowed' });
    expect(audit.records.map(({ detail }) => detail)).toEqual([
      { action: 'submit-review', why: 'role' },
    ]);
  });
});
