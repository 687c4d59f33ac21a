import { createHash } from 'node:crypto';
import { type ReviewId, reviewIdSchema, type UserId } from '../../src/core/ids.js';
import type { User } from '../../src/core/roles.js';
import { makeDraftCase } from '../../src/flows/draft-case.js';
import { makeListReviews } from '../../src/flows/list-reviews.js';
import { makeOpenVersion } from '../../src/flows/open-version.js';
import { makeReviewCase } from '../../src/flows/review-case.js';
import { makeSubmitReview } from '../../src/flows/submit-review.js';
import {
  aKnowledge,
  anEvent,
  anna,
  aQuestion,
  aReply,
  aScreening,
  aScript,
  aTime,
  ben,
  choice,
} from '../builders.js';
import { type CaseConflicts, makeFakeConflicts } from '../fake-conflicts.js';
import { type CaseShares, makeFakeSharing } from '../fake-sharing.js';
import {
  type CasePeople,
  makeFakeAudit,
  makeFakeDirectory,
  makeFakePeople,
  makeFakeReviews,
  makeFakeScreenings,
} from '../fakes.js';
import { sue, tom } from '../review-builders.js';

/** What the suites of reviews begin with: Anna's finished screening, two supervisors, and ports kept in memory. */

const user = (id: UserId, name: string, ...roles: User['roles']): User => ({ id, name, roles });
export const users = {
  anna: user(anna, 'PC Anna Example', 'officer'),
  /** A supervisor who may work on Anna's case once he is let in. */
  ben: user(ben, 'PS Ben Example', 'supervisor'),
  sue: user(sue, 'PS Sue Example', 'supervisor'),
  tom: user(tom, 'PS Tom Example', 'supervisor'),
};
export const stranger = user('zoe' as UserId, 'PC Zoe Example', 'officer');
export const curator = user('cy' as UserId, 'Cy Example', 'curator');

export const screeningId = aScreening().id;
export const caseId = aScreening().caseId;
export const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

export async function reviewing() {
  const people: CasePeople = new Map();
  const conflicts: CaseConflicts = new Map();
  const screenings = makeFakeScreenings(people, conflicts);
  const names = makeFakePeople();
  const audit = makeFakeAudit();
  const shares: CaseShares = new Map();
  const reviews = makeFakeReviews(people, audit, screenings, shares, conflicts);
  const { events: _, ...screening } = aScreening();
  await screenings.start({ ...screening, activityId: 'start-1' });
  for (const { id, name } of [users.anna, users.ben]) await names.remember(id, name);
  let now = new Date(aTime).getTime();
  const clock = () => new Date(now);
  const reply = async (by: UserId, value: string) => {
    await screenings.change(screeningId, ({ events }) => ({
      save: anEvent({ seq: events.length + 1, by, act: aReply('QA01', choice(value)) }),
      result: undefined,
    }));
  };
  await reply(anna, 'yes');
  const knowledge = aKnowledge({ scripts: [aScript([aQuestion()])] });
  const readImport = () => ({ rows: [], remarks: [] });
  const parts = {
    ...{ knowledge, reviews, screenings, people: names, audit, clock, digestOf },
    directory: makeFakeDirectory([users.ben, users.sue, users.tom], new Map([[anna, 'North']])),
    draft: makeDraftCase({ knowledge, people: names, readImport }),
    newReviewId: newIds(),
  };
  const submit = makeSubmitReview(parts);
  return {
    ...{ people, screenings, audit, reviews, reply, submit, parts },
    screeningId,
    ...{ clock, draft: parts.draft, sharing: makeFakeSharing(shares, audit, reviews) },
    conflicts: makeFakeConflicts(conflicts, audit),
    reviewCase: makeReviewCase(parts),
    openVersion: makeOpenVersion(parts),
    list: makeListReviews(reviews, audit, clock),
    wait: (ms: number) => {
      now += ms;
    },
    /** The review of Anna's case, just submitted by her. */
    begin: async () => {
      const submitted = await submit(screeningId, users.anna);
      if (submitted.kind !== 'submitted') throw new Error(`submitting: ${submitted.kind}`);
      return submitted.id;
    },
  };
}

function newIds(): () => ReviewId {
  let count = 0;
  return () => {
    count += 1;
    return reviewIdSchema.parse(`00000000-0000-4000-8000-${String(count).padStart(12, '0')}`);
  };
}
