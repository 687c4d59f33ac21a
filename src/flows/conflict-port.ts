import type { Conflict } from '../core/conflicts.js';
import type { CaseId, UserId } from '../core/ids.js';

/** Conflicts of interest. What a method acknowledges is committed, its audit entry with it; nothing is overwritten. */
export type Conflicts = {
  /** Closes a case to somebody; `already`, and nothing is saved, while one stands. */
  readonly name: (
    caseId: CaseId,
    conflict: Omit<Conflict, 'number' | 'lifted'>,
  ) => Promise<'named' | 'already'>;
  /** Opens it to them again; `already` where that number was lifted before. A fault where it is their own. */
  readonly lift: (
    caseId: CaseId,
    conflict: Conflict,
    lifted: NonNullable<Conflict['lifted']>,
  ) => Promise<'lifted' | 'already'>;
  /** Of a case, in the order they were named, the lifted ones among them. */
  readonly listCase: (caseId: CaseId) => Promise<readonly Conflict[]>;
  /** Asked of the store each time: nobody goes by what was remembered. */
  readonly isBarred: (caseId: CaseId, person: UserId) => Promise<boolean>;
  /** Every case that is closed to somebody. */
  readonly closedTo: (person: UserId) => Promise<readonly CaseId[]>;
};
