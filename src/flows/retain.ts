import type { Day } from '../core/ids.js';
import {
  type CaseStand,
  type Hold,
  overBefore,
  type RetentionKind,
  standOfCase,
  type Tombstone,
} from '../core/retention.js';
import { type Action, reachOf, type User } from '../core/roles.js';
import { barredEntry } from './may-work-on.js';
import type { Audit, Clock, Conflicts } from './ports.js';
import type { AgedCase, Decided, Retention } from './retention-port.js';

/** What is due is listed; a person decides; nothing goes that is held. Every decision stands in the audit. */

/** A code of `src/core/retention.ts`, and a number of the force's own record that says more. */
export type Reason = { readonly why: string; readonly record: string | null };

export type DueCase = AgedCase & { readonly stand: CaseStand };

/** More than anybody looks through at once; where so many are listed there may be more. */
export const mostDue = 500;

type Refused = { readonly kind: 'not-allowed' | 'no-such-case' };

export type Erased =
  | Refused
  | { readonly kind: 'held'; readonly holds: readonly Hold[] }
  | { readonly kind: 'not-due'; readonly on: Day }
  /** Somebody did something in it at this moment. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'erased'; readonly stone: Tombstone };

export type Reapplied = {
  /** Cases that were there again and are removed. */
  readonly erased: number;
  /** Of those, cases that are left since they are held, or were worked on after the restore. */
  readonly left: readonly { readonly caseId: string; readonly why: 'held' | 'changed' }[];
};

export type RetainParts = {
  readonly retention: Retention;
  readonly conflicts: Pick<Conflicts, 'isBarred' | 'closedTo'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
};

export function makeRetain({ retention, conflicts, audit, clock }: RetainParts) {
  const now = () => clock().toISOString();
  const today = () => now().slice(0, 10);

  /** Whether somebody's roles let them; a refusal is noted. */
  async function mayDo(user: User, action: Action): Promise<boolean> {
    if (reachOf(user.roles, action) === 'all') return true;
    const detail = { action, why: 'role' };
    await audit.record({
      ...{ at: now(), by: user.id, what: 'access-refused', caseId: null, detail },
    });
    return false;
  }

  const decided = (user: User, { why, record }: Reason): Decided => ({
    ...{ by: user.id, at: now(), why, record },
  });

  /** Runs `act` with the case of a reference, for whoever may do that; to whom it is closed, there is none. */
  async function onCase<Result>(
    user: User,
    action: Action,
    caseRef: string,
    act: (found: AgedCase) => Promise<Result>,
  ): Promise<Result | Refused> {
    if (!(await mayDo(user, action))) return { kind: 'not-allowed' };
    const found = await retention.findCase(caseRef);
    if (!found) return { kind: 'no-such-case' };
    if (await conflicts.isBarred(found.caseId, user.id)) {
      await audit.record(barredEntry(clock, user.id, found.caseId, action));
      return { kind: 'no-such-case' };
    }
    return await act(found);
  }

  return {
    /** Cases due for a look, and those whose time is over but which are held. */
    listDue: async (user: User): Promise<readonly DueCase[] | 'not-allowed'> => {
      if (!(await mayDo(user, 'retain-cases'))) return 'not-allowed';
      const periods = await retention.periods();
      const closed = await conflicts.closedTo(user.id);
      const cases = await retention.listOver(
        {
          screenings: overBefore(clock(), periods.cases),
          reviews: overBefore(clock(), periods.reviews),
          today: today(),
        },
        mostDue + closed.length,
      );
      const listed = cases
        .filter(({ caseId }) => !closed.includes(caseId))
        .map((one) => ({ ...one, stand: standOfCase(one, periods, today()) }))
        .filter(({ stand }) => stand.kind !== 'not-due')
        .slice(0, mostDue);
      await audit.record({
        ...{ at: now(), by: user.id, what: 'due-listed', caseId: null },
        detail: { cases: listed.length },
      });
      return listed;
    },

    /** Keeps a case until a day, which has to be after today. */
    keep: (user: User, caseRef: string, reason: Reason, until: Day) =>
      onCase(user, 'retain-cases', caseRef, async ({ caseId }) => {
        if (until <= today()) return { kind: 'day-is-past' } as const;
        await retention.keep(caseId, decided(user, reason), until);
        return { kind: 'kept' } as const;
      }),

    /** Sets a hold, and gives its number. */
    hold: (user: User, caseRef: string, reason: Reason) =>
      onCase(user, 'hold-case', caseRef, async ({ caseId }) => {
        const number = await retention.hold(caseId, decided(user, reason));
        return { kind: 'held', number } as const;
      }),

    lift: (user: User, caseRef: string, number: number, why: string) =>
      onCase(user, 'hold-case', caseRef, async ({ caseId }) => {
        const done = await retention.lift(caseId, number, decided(user, { why, record: null }));
        return { kind: done === 'lifted' ? 'lifted' : 'no-such-hold' } as const;
      }),

    /** Removes a case for good. Because its period ended: only where it is due; for another reason at any age. */
    erase: (user: User, caseRef: string, reason: Reason): Promise<Erased> =>
      onCase(user, 'retain-cases', caseRef, async (found): Promise<Erased> => {
        const stand = standOfCase(found, await retention.periods(), today());
        const held = async () =>
          ({ kind: 'held', holds: await retention.listHolds(found.caseId) }) as const;
        if (stand.kind === 'held') return held();
        if (stand.kind === 'not-due' && reason.why === 'period-ended') return stand;
        const erased = await retention.erase(found.caseId, decided(user, reason), latest(found));
        if (erased === 'held') return held();
        if (erased === 'unknown') return { kind: 'no-such-case' };
        if (erased === 'changed') return { kind: 'changed' };
        return { kind: 'erased', stone: erased };
      }),

    /** After a restore: removes again what was deleted since the backup. Any number of times. */
    reapply: async (
      user: User,
      stones: readonly Tombstone[],
    ): Promise<Reapplied | 'not-allowed'> => {
      if (!(await mayDo(user, 'retain-cases'))) return 'not-allowed';
      const left: { caseId: string; why: 'held' | 'changed' }[] = [];
      let erased = 0;
      for (const stone of stones) {
        const done = await retention.eraseAgain(stone, user.id, now());
        if (done === 'erased') erased += 1;
        else if (done !== 'unknown') left.push({ caseId: stone.caseId, why: done });
      }
      return { erased, left };
    },

    /** Removes the entries of the audit whose period is over, up to the first of a case that is still kept. */
    pruneAudit: async (user: User, reason: Reason) => {
      if (!(await mayDo(user, 'prune-audit'))) return 'not-allowed';
      const before = overBefore(clock(), (await retention.periods()).audit);
      return retention.pruneAudit(before, decided(user, reason));
    },

    setPeriod: async (user: User, kind: RetentionKind, days: number) => {
      if (!(await mayDo(user, 'set-periods'))) return 'not-allowed';
      await retention.setPeriod(kind, days, user.id, now());
      return 'set';
    },
  };
}

export type Retain = ReturnType<typeof makeRetain>;

/** The last change of a case, as it was when the decision was made on it. */
function latest({ screeningsChangedAt, reviewChangedAt }: AgedCase): string {
  const changes = [screeningsChangedAt, reviewChangedAt].filter((at) => at !== null);
  return changes.sort().at(-1) ?? new Date(0).toISOString();
}
