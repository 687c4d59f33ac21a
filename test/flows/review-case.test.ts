import { describe, expect, it } from 'vitest';
import type { ReviewId } from '../../src/core/ids.js';
import { type ReviewMove, reviewDetailSchema } from '../../src/core/review-detail.js';
import type { User } from '../../src/core/roles.js';
import { makeReviewCase } from '../../src/flows/review-case.js';
import { anna, aTime, ben } from '../builders.js';
import { returned, sue, tom } from '../review-builders.js';
import { caseId, curator, reviewing, screeningId, stranger, users } from './reviewing.js';

const key = `${screeningId} QA01`;
const check = { kind: 'line-checked', line: key, isChecked: true } as const;
const approve = { kind: 'approved' } as const;

/** A review with every point ticked by Sue, and acting on it as one who has seen all of it. */
async function ticked() {
  const all = await reviewing();
  const id = await all.begin();
  const act = async (user: User, given: ReviewMove['act'], of: ReviewId = id) => {
    const seen = (await all.reviews.find(of))?.events.length ?? 1;
    return all.reviewCase.act(of, user, { seen, act: given });
  };
  for (let point = 1; point <= 15; point += 1)
    await act(users.sue, { kind: 'point-answered', point, answer: 'yes' });
  return { ...all, id, act };
}

describe('opening a review', () => {
  it('shows it, and records who read what', async () => {
    const { begin, reviewCase, audit } = await reviewing();
    const detail = await reviewCase.open(await begin(), users.sue);
    expect(reviewDetailSchema.parse(detail)).toEqual(detail);
    expect(detail?.lines.map((line) => [line.key, line.section])).toEqual([[key, 'S3']]);
    expect(detail?.names).toEqual({ [anna]: 'PC Anna Example' });
    expect(detail?.supervisors.map(({ id }) => id)).toEqual([ben, tom]);
    expect(audit.records.at(-1)).toMatchObject({
      ...{ at: aTime, by: sue, what: 'review-read', caseId, detail: { version: 1, seen: 1 } },
    });
  });

  it('shows the author their own', async () => {
    const { begin, reviewCase } = await reviewing();
    const detail = await reviewCase.open(await begin(), users.anna);
    expect([detail?.isOwnCase, detail?.may.approve, detail?.supervisors]).toEqual([
      true,
      false,
      [],
    ]);
  });

  it('says what the case says now that the version does not', async () => {
    const { begin, reviewCase, reply } = await reviewing();
    const id = await begin();
    expect((await reviewCase.open(id, users.sue))?.differences).toBeUndefined();
    await reply(anna, 'no');
    expect((await reviewCase.open(id, users.sue))?.differences).toMatchObject([
      { part: 'line', line: key },
    ]);
  });

  it.each([
    ['an officer of other cases', stranger, true, 'role'],
    ['a curator', curator, true, 'role'],
    ['anybody, of one that is not there', users.sue, false, 'no-such-review'],
  ])('is refused to %s, which is recorded', async (_, user, isThere, why) => {
    const { begin, reviewCase, audit } = await reviewing();
    const id = await begin();
    const wanted = isThere ? id : ('00000000-0000-4000-8000-00000000dead' as ReviewId);
    expect(await reviewCase.open(wanted, user)).toBeUndefined();
    expect(audit.records.at(-1)).toMatchObject({
      what: 'access-refused',
      by: user.id,
      caseId: isThere ? caseId : null,
      detail: { action: 'read-review', why },
    });
  });
});

describe('acting on a review', () => {
  it('does not approve past a reply that comes in between reading the case and saving', async () => {
    const { parts, reviews, reply, audit, id } = await ticked();
    let isFirst = true;
    const reviewCase = makeReviewCase({
      ...parts,
      reviews: {
        ...reviews,
        change: async (...given) => {
          if (isFirst) await reply(anna, 'no');
          isFirst = false;
          return reviews.change(...given);
        },
      },
    });
    expect(await reviewCase.act(id, users.sue, { seen: 16, act: approve })).toMatchObject({
      kind: 'changed-since',
      differences: [{ part: 'line', line: key }],
      detail: { state: 'waiting' },
    });
    expect(audit.records.filter(({ what }) => what === 'approved')).toEqual([]);
  });

  it('saves the act with its entry and notice, and shows how it stands', async () => {
    const { act, audit, reviews, id } = await ticked();
    const answer = await act(users.sue, { ...approve, note: 'Clear.' });
    expect(answer).toMatchObject({
      kind: 'saved',
      warnings: [],
      detail: { state: 'approved', seen: 17, decision: { by: sue, note: 'Clear.', version: 1 } },
    });
    expect(audit.records.at(-1)).toMatchObject({ what: 'approved', by: sue, caseId });
    expect(reviews.notices).toEqual([
      { kind: 'approved', to: anna, about: id, dueAt: aTime, key: `${id} v1 approved 17` },
    ]);
    const page = await reviews.list({ state: 'approved', sort: 'urgent', page: 1 }, aTime);
    expect(page.rows.map(({ decidedAt, author }) => [decidedAt, author])).toEqual([
      [aTime, 'PC Anna Example'],
    ]);
  });

  it('lets one of two decisions at once stand, and shows it to the other', async () => {
    const { reviewCase, reviews, id } = await ticked();
    const move = { seen: 16, act: approve };
    const [one, other] = await Promise.all([
      reviewCase.act(id, users.sue, move),
      reviewCase.act(id, users.tom, { ...move, act: returned() }),
    ]);
    expect(one.kind).toBe('saved');
    expect(other).toMatchObject({
      kind: 'already-decided',
      differences: [],
      detail: { state: 'approved', decision: { by: sue } },
    });
    expect((await reviews.find(id))?.events).toHaveLength(17);
  });

  it('refuses an approval after the case has changed, with the difference, until it is sent again', async () => {
    const { act, reply, submit, id, reviews } = await ticked();
    await reply(anna, 'no');
    expect(await act(users.sue, approve)).toMatchObject({
      kind: 'changed-since',
      differences: [{ part: 'line', line: key }],
      detail: { state: 'waiting', version: 1 },
    });
    expect((await reviews.find(id))?.events).toHaveLength(16);
    await submit(screeningId, users.anna);
    expect(await act(users.sue, approve)).toMatchObject({ kind: 'points-open' });
  });

  it('is told that a line was changed by another meanwhile', async () => {
    const { act, reviewCase, id } = await ticked();
    await act(users.tom, { kind: 'line-edited', line: key, text: 'Shorter.', why: 'Too long' });
    expect(await reviewCase.act(id, users.sue, { seen: 16, act: check })).toMatchObject({
      kind: 'stale',
      differences: [],
      detail: { seen: 17 },
    });
    expect(await reviewCase.act(id, users.sue, { seen: 16, act: approve })).toMatchObject({
      kind: 'changed-since',
      differences: [{ part: 'line', line: key, after: 'Shorter.' }],
    });
  });

  it('leaves a case alone that one recorded a reply in, which is recorded, but for handing it on', async () => {
    const { act, reply, audit, reviews, people, id } = await ticked();
    people.set(caseId, [anna, ben]);
    await reply(ben, 'no');
    expect(await act(users.ben, approve)).toEqual({ kind: 'own-case' });
    expect(audit.records.at(-1)).toMatchObject({
      what: 'access-refused',
      by: ben,
      detail: { action: 'decide-review', why: 'own-case' },
    });
    expect(await act(users.ben, { kind: 'handed', to: tom })).toMatchObject({
      kind: 'saved',
      detail: { handedTo: tom, names: { [tom]: 'PS Tom Example' } },
    });
    expect(reviews.notices.map(({ kind, to, about }) => [kind, to, about])).toEqual([
      ['handed', tom, id],
    ]);
  });

  it('is refused to who may not, which is recorded', async () => {
    const { act, audit, reviews, id } = await ticked();
    expect(await act(users.anna, approve)).toEqual({ kind: 'not-allowed' });
    expect(audit.records.at(-1)).toMatchObject({
      what: 'access-refused',
      by: anna,
      caseId,
      detail: { action: 'decide-review', why: 'role' },
    });
    expect((await reviews.find(id))?.events).toHaveLength(16);
  });

  it('goes from a return through a correction to an approval, all of it in the audit', async () => {
    const { act, reply, submit, reviewCase, audit, reviews, id } = await ticked();
    await act(users.sue, returned(key));
    const open = await reviewCase.open(id, users.anna);
    expect([open?.may.submit, open?.decision?.kind]).toEqual([true, 'returned']);
    await reply(anna, 'no');
    expect(await submit(screeningId, users.anna, { note: 'Put right.' })).toEqual({
      kind: 'submitted',
      id,
    });
    for (let point = 1; point <= 15; point += 1)
      await act(users.sue, { kind: 'point-answered', point, answer: 'yes' });
    expect(await act(users.sue, approve)).toMatchObject({
      kind: 'saved',
      detail: {
        version: 2,
        versions: [{ state: 'returned' }, { state: 'approved', note: 'Put right.' }],
        returns: [{ codes: ['effect-not-asked'], lines: [key] }],
      },
    });
    expect(reviews.notices.map(({ kind, to }) => [kind, to])).toEqual([
      ['returned', anna],
      ['submitted-again', sue],
      ['approved', anna],
    ]);
    const kinds = (await audit.listCase(caseId)).map(({ what }) => what);
    expect(kinds.filter((what) => what !== 'point-answered')).toEqual([
      ...['submitted', 'returned', 'review-read', 'submitted', 'approved'],
    ]);
    expect(await audit.verify()).toEqual({ kind: 'whole', entries: kinds.length });
  });
});
