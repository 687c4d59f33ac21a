import type { Commitment, DoneMark } from '../core/commitments.js';
import type { CaseId, ReviewId, UserId } from '../core/ids.js';
import type { AuditNote, Sees } from './ports.js';

/** A commitment as it is kept; whether it is due is worked out on the day it is read. */
export type KeptCommitment = Omit<Commitment, 'state'> & {
  readonly caseId: CaseId;
  readonly caseRef: string;
  readonly review: ReviewId;
  /** Who is reminded. */
  readonly owner: UserId;
};

/** What was promised and what is to be watched, kept in the store so that nobody replays every case to list it. */
export type Commitments = {
  /** Puts these in the place of the case's commitments that are not done, and gives those; done ones stay. */
  readonly keep: (
    caseId: CaseId,
    commitments: readonly KeptCommitment[],
  ) => Promise<readonly KeptCommitment[]>;
  /** Those that are done, by key. */
  readonly listDone: (caseId: CaseId) => Promise<ReadonlyMap<string, DoneMark>>;
  /** By date, those without one last; done ones of the last 30 days after them. `sees`: what that person sees. */
  readonly list: (now: string, limit: number, sees?: Sees) => Promise<readonly KeptCommitment[]>;
  readonly find: (key: string) => Promise<KeptCommitment | undefined>;
  /** Marks it as done, with its audit entry; `already` when it was, and then nothing changes. */
  readonly close: (key: string, done: DoneMark, audit: AuditNote) => Promise<'closed' | 'already'>;
};
