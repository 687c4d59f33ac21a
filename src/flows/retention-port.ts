import type { CaseId, Day, UserId } from '../core/ids.js';
import type {
  Anchor,
  CaseAge,
  Hold,
  Periods,
  RetentionKind,
  ShortLived,
  Tombstone,
} from '../core/retention.js';

/** Who decides something about a case, when, and the code why; `record` is a number of the force's own record. */
export type Decided = {
  readonly by: UserId;
  readonly at: string;
  readonly why: string;
  readonly record: string | null;
};

export type AgedCase = CaseAge & { readonly caseId: CaseId; readonly caseRef: string };

/** What is kept for how long, and how it goes. What a method acknowledges is committed, its audit entry with it. */
export type Retention = {
  /** Those the force set, and the defaults for the others. */
  readonly periods: () => Promise<Periods>;
  readonly setPeriod: (kind: RetentionKind, days: number, by: UserId, at: string) => Promise<void>;
  readonly findCase: (caseRef: string) => Promise<AgedCase | undefined>;
  /**
   * Cases whose every part was last changed before its instant and that nobody keeps for longer than today, the oldest
   * first; held ones after all others, so that none is hidden behind them.
   */
  readonly listOver: (
    before: { readonly screenings: string; readonly reviews: string; readonly today: Day },
    limit: number,
  ) => Promise<readonly AgedCase[]>;
  readonly keep: (caseId: CaseId, decided: Decided, until: Day) => Promise<void>;
  /** Gives the number of the hold. */
  readonly hold: (caseId: CaseId, decided: Decided) => Promise<number>;
  /** `none` where no such hold stands on the case. */
  readonly lift: (caseId: CaseId, number: number, decided: Decided) => Promise<'lifted' | 'none'>;
  readonly listHolds: (caseId?: CaseId) => Promise<readonly Hold[]>;
  /**
   * Removes every row of a case and leaves a tombstone. `held`: a hold stands; `changed`: somebody did something in it
   * after `unchangedSince`; `unknown`: it is not there. Then nothing is removed.
   */
  readonly erase: (
    caseId: CaseId,
    decided: Decided,
    unchangedSince: string,
  ) => Promise<Tombstone | 'held' | 'changed' | 'unknown'>;
  readonly listTombstones: () => Promise<readonly Tombstone[]>;
  /** Removes a case once more that a restored store has again. */
  readonly eraseAgain: (
    stone: Tombstone,
    by: UserId,
    at: string,
  ) => Promise<'erased' | 'held' | 'changed' | 'unknown'>;
  /** Removes at most so many rows whose time was over before an instant; how many it were. */
  readonly eraseOver: (
    kind: ShortLived,
    before: string,
    most: number,
    at: string,
  ) => Promise<number>;
  /** Entries of the audit from before an instant, and how many may go: up to the first that is of a case still kept. */
  readonly countOldAudit: (
    before: string,
  ) => Promise<{ readonly old: number; readonly prunable: number }>;
  /**
   * Removes the entries that may go and leaves an anchor; `nothing` where none may, `not-owner` where the store was not
   * opened as the owner of its tables.
   */
  readonly pruneAudit: (
    before: string,
    decided: Decided,
  ) => Promise<Pick<Anchor, 'seq' | 'hash' | 'removed'> | 'nothing' | 'not-owner'>;
};
