import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import type { CaseSummary } from '../../src/core/case-summary-schema.js';
import {
  type CaseId,
  caseIdSchema,
  type ReviewId,
  reviewIdSchema,
  screeningIdSchema,
  type UserId,
  userIdSchema,
} from '../../src/core/ids.js';
import type { Review, ReviewAct, ReviewEvent } from '../../src/core/review.js';
import type { ReviewFacts } from '../../src/flows/ports.js';
import { makeFakeCommitments } from '../fake-commitments.js';
import { type CaseConflicts, makeFakeConflicts } from '../fake-conflicts.js';
import { makeFakeNotices } from '../fake-notices.js';
import { type CaseShares, makeFakeSharing } from '../fake-sharing.js';
import {
  type CasePeople,
  makeFakeAudit,
  makeFakeCases,
  makeFakePeopleChats,
  makeFakeReviews,
  makeFakeScreenings,
} from '../fakes.js';
import { drivers, portsOver, type StorePorts, usePool } from './stores.js';

/** What the suites of reviews, audit and notices begin with. */

export type ReviewPorts = Pick<
  StorePorts,
  | 'screenings'
  | 'cases'
  | 'reviews'
  | 'audit'
  | 'notices'
  | 'commitments'
  | 'peopleChats'
  | 'sharing'
  | 'conflicts'
>;

/** Runs a suite against the fakes and the stores. */
export function describeReviewPorts(name: string, suite: (ports: () => ReviewPorts) => void) {
  describe(`${name} in the fake`, () => {
    const people: CasePeople = new Map();
    const conflicts: CaseConflicts = new Map();
    const [screenings, audit] = [makeFakeScreenings(people, conflicts), makeFakeAudit()];
    const shares: CaseShares = new Map();
    const reviews = makeFakeReviews(people, audit, screenings, shares, conflicts);
    const fake = {
      ...{ screenings, audit, notices: makeFakeNotices() },
      cases: makeFakeCases(screenings, people),
      ...{ reviews, sharing: makeFakeSharing(shares, audit, reviews) },
      commitments: makeFakeCommitments(people, audit, conflicts),
      conflicts: makeFakeConflicts(conflicts, audit),
      peopleChats: makeFakePeopleChats(),
    };
    suite(() => fake);
  });
  describeReviewStores(name, suite);
}

/** Runs a suite against PGlite and PostgreSQL, each `describe` in a store of its own. */
export function describeReviewStores(name: string, suite: (ports: () => StorePorts) => void) {
  for (const driver of drivers) {
    describe.skipIf(driver.isMissing)(`${name} in ${driver.name}`, () => {
      const pool = usePool(driver);
      suite(() => portsOver(pool()));
    });
  }
}

export const person = (id: string): UserId => userIdSchema.parse(id);
export const [officer, supervisor, colleague] = ['officer-1', 'supervisor-1', 'supervisor-2'].map(
  person,
) as [UserId, UserId, UserId];
export const at = '2026-11-20T10:00:00.000Z';

export type Case = { readonly caseId: CaseId; readonly caseRef: string };

/** A case with a screening of two events. */
export async function aCase(ports: ReviewPorts, by = officer): Promise<Case> {
  const caseId = caseIdSchema.parse(randomUUID());
  const caseRef = `SP-${randomUUID().slice(0, 13)}`;
  const { id } = await ports.screenings.start({
    ...{ id: screeningIdSchema.parse(randomUUID()), caseId, caseRef },
    ...{ script: 'first-contact', version: 1, startedBy: by, startedAt: at },
    activityId: randomUUID(),
  });
  for (const kind of ['pause', 'resume'] as const)
    await ports.screenings.change(id, ({ events }) => ({
      save: {
        ...{ seq: events.length + 1, at, by, client: 'card', activityId: randomUUID() },
        act: { kind },
      },
      result: undefined,
    }));
  return { caseId, caseRef };
}

export function aSummary(caseRef: string): CaseSummary {
  return {
    ...{ schemaVersion: 1, caseRef, on: '2026-11-20', knowledgeVersion: 'k1' },
    ...{ people: [], screenings: [], incomplete: [], notes: [], flags: [], sections: [] },
    ...{ dropped: [], indications: [], endings: [], tasks: [] },
  };
}

export function anEvent(seq: number, act: ReviewAct, by = supervisor): ReviewEvent {
  return { seq, at, by, act };
}

export function submitted(caseRef: string): ReviewAct {
  return { kind: 'submitted', summary: aSummary(caseRef), digest: 'a'.repeat(64) };
}

export function facts(given: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    ...{ state: 'waiting', version: 1, submittedAt: at, decidedAt: null, author: 'PC Example' },
    ...{ handedTo: null, handedToId: null, team: null, scripts: ['first-contact'] },
    ...{ red: 0, amber: 0, isIncomplete: false, checkDate: null, orderEnds: null },
    ...given,
  };
}

/** A review that was just submitted. */
export async function aReview(
  ports: ReviewPorts,
  given: Partial<ReviewFacts> = {},
  of?: Case,
): Promise<Case & { readonly id: ReviewId }> {
  const { caseId, caseRef } = of ?? (await aCase(ports));
  const { id } = await ports.reviews.open(
    { id: reviewIdSchema.parse(randomUUID()), caseId, caseRef },
    anEvent(1, submitted(caseRef), officer),
    facts(given),
    { what: 'submitted', detail: { version: 1 } },
  );
  return { id, caseId, caseRef };
}

/** Appends an act as its next event. */
export async function take(
  ports: ReviewPorts,
  id: ReviewId,
  act: ReviewAct,
  by = supervisor,
  given: Partial<ReviewFacts> = {},
): Promise<Review | undefined> {
  const taken = await ports.reviews.change(id, (review) => ({
    save: {
      event: anEvent(review.events.length + 1, act, by),
      facts: facts(given),
      audit: { what: act.kind, detail: {} },
    },
    result: review,
  }));
  if (taken === 'case-moved') throw new Error('an act that names no size of its case was held up');
  return taken;
}
