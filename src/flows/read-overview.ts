import { dayOf } from '../core/days.js';
import { type Overview, overviewFrom, overviewOf } from '../core/overview.js';
import { reachOf, type User } from '../core/roles.js';
import type { Audit, Clock, Counted } from './ports.js';

export type ReadOverview = (user: User, weeks: number, team?: string) => Promise<Overview>;

/** Counts so many weeks, of one team where it is named, for whoever may read it; without charts for anybody else. Each reading is recorded. */
export function makeReadOverview({
  counted,
  audit,
  clock,
}: {
  readonly counted: Counted;
  readonly audit: Audit;
  readonly clock: Clock;
}): ReadOverview {
  return async (user, weeks, team) => {
    const now = clock();
    const on = dayOf(now);
    const from = overviewFrom(on, weeks);
    const isAllowed = reachOf(user.roles, 'read-overview') === 'all';
    const entry = isAllowed
      ? { what: 'overview-read', detail: { weeks, ...(team === undefined ? {} : { team }) } }
      : { what: 'access-refused', detail: { action: 'read-overview', why: 'role' } };
    await audit.record({ at: now.toISOString(), by: user.id, caseId: null, ...entry });
    if (!isAllowed) return { from, to: on, teams: [], charts: [] };
    // A Monday begins in London an hour before it does in UTC in summer.
    const since = new Date(Date.parse(from) - 3_600_000).toISOString();
    const [sent, uncovered] = await Promise.all([
      counted.listSent(since),
      counted.listUncovered(since),
    ]);
    return overviewOf(sent, uncovered, on, weeks, team);
  };
}
