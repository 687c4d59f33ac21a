import { describe, expect, it } from 'vitest';
import type { ReviewId } from '../../src/core/ids.js';
import type { Role, User } from '../../src/core/roles.js';
import { makeCommitments } from '../../src/flows/commitments.js';
import type { Reviews } from '../../src/flows/ports.js';
import { makeReadOverview } from '../../src/flows/read-overview.js';
import {
  aCard,
  aKnowledge,
  anEvent,
  anna,
  aRecord,
  aScreening,
  aScript,
  aTime,
  ben,
  owedTimings,
  theList,
} from '../builders.js';
import { makeFakeCommitments } from '../fake-commitments.js';
import { makeFakeNotices } from '../fake-notices.js';
import { makeFakeAudit, makeFakePeople, makeFakeScreenings } from '../fakes.js';
import { aReview } from '../review-builders.js';

const script = aScript([
  aCard({
    id: 'CL04',
    holds: 'commitments',
    fields: [
      { id: 'what', label: 'What', type: 'FT' },
      { id: 'who', label: 'Who', type: 'FT' },
      { id: 'by', label: 'By', type: 'DT', ahead: true },
    ],
  }),
]);
const screening = aScreening();
const key = `${screening.id} CL04 1`;
const record = (day: string, number?: number) =>
  aRecord(
    'CL04',
    {
      what: { kind: 'text', text: 'Ring with the result' },
      who: { kind: 'text', text: 'PC Ben Example' },
      by: { kind: 'date', day, precision: 'exact' },
    },
    number,
  );

async function aCase(day = '2026-11-27') {
  const review = aReview();
  const screenings = makeFakeScreenings();
  const { people: _, isFollowOn: __, events: ___, ...begun } = screening;
  await screenings.start({ ...begun, caseId: review.caseId, activityId: 'start' });
  const add = (act: Parameters<typeof anEvent>[0]) =>
    screenings.change(screening.id, ({ events }) => ({
      save: anEvent({ seq: events.length + 1, ...act }),
      result: undefined,
    }));
  await add({ act: record(day) });
  await add({ act: theList('CL04') });
  const people = makeFakePeople();
  await people.remember(anna, 'PC Anna Example');
  await people.remember(ben, 'PC Ben Example');
  const [notices, audit] = [makeFakeNotices(), makeFakeAudit()];
  const commitments = makeFakeCommitments(new Map([[review.caseId, review.people]]), audit);
  const reviews = {
    find: async (id: ReviewId) => (id === review.id ? review : undefined),
  } as Reviews;
  const clock = () => new Date(aTime);
  const knowledge = aKnowledge({ scripts: [script] });
  const parts = {
    ...{ knowledge, screenings, reviews, commitments, notices, people, audit, clock },
    timings: owedTimings,
  };
  return { ...makeCommitments(parts), review, notices, audit, add };
}

const user = (role: Role, id = anna): User => ({ id, name: 'A name', roles: [role] });

describe('commitments of a case', () => {
  it('are listed with owner, day and state, and each reading is recorded', async () => {
    const { keepCommitments, listCommitments, review, audit } = await aCase();
    await keepCommitments(review.id);
    expect(await listCommitments(user('supervisor'))).toEqual({
      commitments: [
        {
          key,
          kind: 'promise',
          reviewId: review.id,
          caseRef: 'SP-4K7Q-2M',
          line: key,
          what: 'Ring with the result',
          due: '2026-11-27',
          when: '27 November 2026',
          owner: 'PC Ben Example',
          state: 'due',
        },
      ],
    });
    expect(audit.records.map(({ what, detail }) => [what, detail])).toEqual([
      ['commitments-read', { rows: 1 }],
    ]);
  });

  it('are not listed for those who may not', async () => {
    const { keepCommitments, listCommitments, review } = await aCase();
    await keepCommitments(review.id);
    expect(await listCommitments(user('advocate'))).toEqual({ commitments: [] });
  });

  it('put reminders that are still to come for the one who is named, once, and none of a week before at once', async () => {
    const { keepCommitments, review, notices } = await aCase();
    await keepCommitments(review.id);
    await keepCommitments(review.id);
    expect(notices.waiting()).toEqual(
      [
        ['2026-11-26', -1],
        ['2026-11-27', 0],
        ['2026-11-28', 1],
      ].map(([day, offset]) => ({
        kind: 'promise-due',
        to: ben,
        about: review.id,
        dueAt: `${day}T07:00:00.000Z`,
        key: `${key} 2026-11-27 ${offset}`,
      })),
    );
  });

  it('take back the reminders of a day that was put right', async () => {
    const { keepCommitments, review, notices, add } = await aCase();
    await keepCommitments(review.id);
    await add({ act: record('2026-11-30', 1) });
    await keepCommitments(review.id);
    expect(notices.waiting().map((notice) => notice.key)).toEqual(
      [-7, -1, 0, 1].map((offset) => `${key} 2026-11-30 ${offset}`),
    );
  });

  it('are closed once, with a note, and nobody is reminded any more', async () => {
    const { keepCommitments, closeCommitment, listCommitments, review, notices } = await aCase();
    await keepCommitments(review.id);
    expect(await closeCommitment(user('officer'), key, 'Rang her.')).toEqual({ kind: 'closed' });
    expect(await closeCommitment(user('officer'), key, 'Again.')).toEqual({
      kind: 'already-closed',
    });
    expect(notices.waiting()).toEqual([]);
    expect((await listCommitments(user('supervisor'))).commitments).toEqual([
      expect.objectContaining({
        state: 'done',
        done: { by: 'PC Anna Example', at: aTime, note: 'Rang her.' },
      }),
    ]);
  });

  it.each([
    ['an officer of another case', user('officer', 'zoe' as never), key],
    ['an advocate', user('advocate'), key],
    ['anybody, where there is none', user('supervisor'), 'nothing'],
  ])('cannot be closed by %s, and the attempt is recorded', async (_, by, wanted) => {
    const { keepCommitments, closeCommitment, review, audit } = await aCase();
    await keepCommitments(review.id);
    expect(await closeCommitment(by, wanted, 'Done.')).toEqual({ kind: 'not-allowed' });
    expect(audit.records.at(-1)).toMatchObject({
      what: 'access-refused',
      detail: { action: 'close-commitment' },
    });
  });

  it('are none of a review that is not there', async () => {
    const { keepCommitments, notices } = await aCase();
    await keepCommitments('00000000-0000-4000-8000-0000000000ff' as ReviewId);
    expect(notices.waiting()).toEqual([]);
  });
});

describe('reading the overview', () => {
  const counted = { listSent: async () => [], listUncovered: async () => [] };
  const clock = () => new Date(aTime);

  it('gives the charts to a supervisor and records it', async () => {
    const audit = makeFakeAudit();
    const overview = await makeReadOverview({ counted, audit, clock })(user('supervisor'), 12);
    expect(overview).toMatchObject({ from: '2026-08-31', to: '2026-11-20' });
    expect(overview.charts).toHaveLength(11);
    expect(audit.records.map(({ what }) => what)).toEqual(['overview-read']);
  });

  it('gives an officer none and records the attempt', async () => {
    const audit = makeFakeAudit();
    const overview = await makeReadOverview({ counted, audit, clock })(user('officer'), 12);
    expect(overview.charts).toEqual([]);
    expect(audit.records.map(({ what }) => what)).toEqual(['access-refused']);
  });
});
