import { readParts } from '../core/case-summary.js';
import { type Commitment, commitmentsOf, ownerOf, remindersFor } from '../core/commitments.js';
import { conflictOfInterest } from '../core/conflicts.js';
import { dayOf } from '../core/days.js';
import type { Day, ReviewId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import type { OwedTimings } from '../core/owed-updates.js';
import { reachOf, type User } from '../core/roles.js';
import { reachOn } from '../core/sharing.js';
import { sayWhen, spanOf } from '../core/timeline.js';
import type { Commitments, KeptCommitment } from './commitment-port.js';
import type { NewNotice, Notices } from './notice-port.js';
import type { Audit, Clock, People, Reviews, Screenings } from './ports.js';
import { scriptFor } from './screening-view.js';

/** One row of the page. */
export type ListedCommitment = {
  readonly key: string;
  readonly kind: Commitment['kind'];
  readonly reviewId: ReviewId;
  readonly caseRef: string;
  readonly line: string;
  readonly what: string;
  /** The day, where it is exactly known. */
  readonly due: Day | null;
  /** The date in words, no more exact than it is known. */
  readonly when: string;
  /** As somebody typed it, else the name of whoever is reminded. */
  readonly owner: string | null;
  readonly state: Commitment['state'];
  readonly done?: { readonly by: string; readonly at: string; readonly note: string };
};

export type CommitmentFlows = {
  /** Works out a case's commitments anew and puts its reminders; run after a summary is sent and after one is closed. */
  readonly keepCommitments: (review: ReviewId) => Promise<void>;
  readonly listCommitments: (
    user: User,
  ) => Promise<{ readonly commitments: readonly ListedCommitment[] }>;
  readonly closeCommitment: (
    user: User,
    key: string,
    note: string,
  ) => Promise<{ readonly kind: 'closed' | 'already-closed' | 'not-allowed' }>;
};

type Parts = {
  readonly knowledge: Knowledge;
  readonly screenings: Screenings;
  readonly reviews: Reviews;
  readonly commitments: Commitments;
  readonly notices: Notices;
  readonly people: People;
  readonly audit: Audit;
  readonly timings: OwedTimings;
  readonly clock: Clock;
};

/** More than a page shows, and than a supervisor reads. */
const mostListed = 500;

/** Keeps, lists and closes what was promised. */
export function makeCommitments(parts: Parts): CommitmentFlows {
  const { knowledge, screenings, reviews, commitments, notices, people, audit, timings, clock } =
    parts;

  const keepCommitments = async (id: ReviewId) => {
    const review = await reviews.find(id);
    if (!review) return;
    const { caseId, caseRef } = review;
    const all = await screenings.listCase(caseId);
    const read = readParts(
      all.map((screening) => ({ screening, script: scriptFor(knowledge, screening) })),
    );
    const now = clock();
    const today = dayOf(now);
    const found = commitmentsOf(read, today, await commitments.listDone(caseId), timings);
    const names = await people.namesOf(review.people);
    const kept = found.map(({ state: _, ...one }): KeptCommitment => {
      return { ...one, caseId, caseRef, review: id, owner: ownerOf(one, names) };
    });
    const before = await commitments.keep(
      caseId,
      kept.filter(({ done }) => !done),
    );
    const wanted = kept.flatMap(remindersOf);
    const keys = new Set(wanted.map(({ key }) => key));
    const gone = before.flatMap(remindersOf).filter(({ key }) => !keys.has(key));
    await notices.withdraw(gone.map(({ key }) => key));
    await notices.put(kept.flatMap((one) => remindersOf(one).filter(isStillToCome(one, now))));
  };

  const listCommitments: CommitmentFlows['listCommitments'] = async (user) => {
    const now = clock();
    const reach = reachOf(user.roles, 'list-commitments');
    const sees = { person: user.id, reach: reach === 'all' ? 'all' : 'own' } as const;
    const rows =
      reach === 'none' ? [] : await commitments.list(now.toISOString(), mostListed, sees);
    await record(user, 'commitments-read', null, { rows: rows.length });
    const asked = rows.flatMap(({ owner, done }) => [owner, ...(done ? [done.by] : [])]);
    const names = await people.namesOf([...new Set(asked)]);
    return { commitments: rows.map((row) => listed(row, dayOf(now), names)) };
  };

  const closeCommitment: CommitmentFlows['closeCommitment'] = async (user, key, note) => {
    const kept = await commitments.find(key);
    const review = kept && (await reviews.find(kept.review));
    if (!kept || !review || reachOn(user, 'close-commitment', review, dayOf(clock())) === 'none') {
      const role = kept ? 'role' : 'no-such-commitment';
      const why = review?.barred.includes(user.id) ? conflictOfInterest : role;
      const detail = { action: 'close-commitment', why };
      await record(user, 'access-refused', kept?.caseId ?? null, detail);
      return { kind: 'not-allowed' };
    }
    const done = { by: user.id, at: clock().toISOString(), note };
    const entry = { what: 'commitment-closed', detail: { line: kept.line, kind: kept.kind } };
    if ((await commitments.close(key, done, entry)) === 'already')
      return { kind: 'already-closed' };
    await notices.withdraw(remindersOf(kept).map((reminder) => reminder.key));
    await keepCommitments(kept.review);
    return { kind: 'closed' };
  };

  const record = (
    user: User,
    what: string,
    caseId: KeptCommitment['caseId'] | null,
    detail: Readonly<Record<string, string | number>>,
  ) => audit.record({ at: clock().toISOString(), by: user.id, what, caseId, detail });

  return { keepCommitments, listCommitments, closeCommitment };
}

/** Eight in the morning in summer, seven in winter: before most shifts begin, and after the night. */
const hour = 'T07:00:00.000Z';

/** On the day and the day after somebody is reminded late; of what is due in a week, and was promised today, not at once. */
function isStillToCome({ by }: KeptCommitment, now: Date) {
  return ({ dueAt }: NewNotice) => {
    const day = dueAt.slice(0, 10);
    return by !== null && day < by.day ? dueAt > now.toISOString() : day >= dayOf(now);
  };
}

function remindersOf(kept: KeptCommitment): readonly NewNotice[] {
  return remindersFor({ ...kept, state: kept.done ? 'done' : 'due' }).map(({ key, day }) => ({
    kind: `${kept.kind}-due`,
    to: kept.owner,
    about: kept.review,
    dueAt: `${day}${hour}`,
    key,
  }));
}

function listed(
  kept: KeptCommitment,
  today: Day,
  names: ReadonlyMap<string, string>,
): ListedCommitment {
  const { key, kind, review, caseRef, line, what, who, owner, by, done } = kept;
  const isOver = by !== null && spanOf(by).to < today;
  const nameOf = (id: string) => names.get(id) ?? null;
  return {
    key,
    kind,
    reviewId: review,
    caseRef,
    line,
    what,
    due: by?.precision === 'exact' ? by.day : null,
    when: sayWhen(by ?? undefined),
    owner: who ?? nameOf(owner),
    state: done ? 'done' : isOver ? 'overdue' : 'due',
    ...(done ? { done: { ...done, by: nameOf(done.by) ?? 'a user not named here' } } : {}),
  };
}
