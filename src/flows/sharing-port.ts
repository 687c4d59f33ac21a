import type { CaseId, Day, ReviewId, UserId } from '../core/ids.js';
import type { ReviewRow } from '../core/review-list.js';
import type { Share, ShareEnd } from '../core/sharing.js';
import type { AuditNote } from './ports.js';

/** With whom cases are shared. What a method acknowledges is committed, its audit entry with it; nothing is overwritten. */
export type Sharing = {
  /** Shares a case; `already`, and nothing is saved, where it is shared with that advocate on that day. */
  readonly share: (
    caseId: CaseId,
    share: Omit<Share, 'ended'>,
    today: Day,
    audit: AuditNote,
  ) => Promise<'shared' | 'already'>;
  /** Ends a share of that case; `already` when it was ended before. A fault where the case has no such share. */
  readonly end: (
    caseId: CaseId,
    share: Share,
    end: ShareEnd,
    audit: AuditNote,
  ) => Promise<'ended' | 'already'>;
  /** The cases that are open to an advocate on a day, shared last first. */
  readonly listWith: (advocate: UserId, today: Day) => Promise<readonly SharedCase[]>;
};

export type SharedCase = {
  readonly review: ReviewId;
  readonly caseRef: string;
  /** Of the version sent last. */
  readonly version: number;
  readonly submittedAt: string;
  readonly state: ReviewRow['state'];
  readonly share: Share;
};
