import type { CommitmentKind } from '../../../src/core/commitments.js';
import type { Conflict } from '../../../src/core/conflicts.js';
import type { CuratedPassage } from '../../../src/core/curation.js';
import type { CuratorTask, TaskState } from '../../../src/core/curator-task.js';
import type { Share } from '../../../src/core/sharing.js';

/** What the routes answer where its type does not stand in `src/core`. */

export type ListedCommitment = {
  readonly key: string;
  readonly kind: CommitmentKind;
  readonly reviewId: string;
  readonly caseRef: string;
  readonly what: string;
  /** The day, where it is exactly known. */
  readonly due: string | null;
  /** The date in words, no more exact than it is known. */
  readonly when: string;
  readonly owner: string | null;
  readonly state: 'due' | 'overdue' | 'done';
  readonly done?: { readonly by: string; readonly at: string; readonly note: string };
};

/** A case whose period is over; while it is held, since when it will be due is not known. */
export type DueCaseRow = {
  readonly caseRef: string;
  readonly since: string | null;
  readonly isHeld: boolean;
};

export type AuditEntry = {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  /** Of whoever it was, where it is known. */
  readonly name?: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
};

export type Curation = {
  readonly knowledgeVersion: string;
  readonly loaded: number;
  readonly passages: readonly CuratedPassage[];
};

/** `heading` null: this knowledge no longer holds it. */
export type NamedPassage = { readonly id: string; readonly heading: string | null };

export type ListedTask = Omit<CuratorTask, 'shown' | 'closed'> & {
  readonly shown: readonly NamedPassage[];
  readonly closed?: { readonly by: string; readonly at: string; readonly note: string };
};

export type ListedTasks = {
  readonly tasks: readonly ListedTask[];
  readonly total: number;
  readonly counts: Readonly<Record<TaskState, number>>;
};

type AnswerInShort = {
  readonly answerKind: string;
  readonly passages: readonly NamedPassage[];
  readonly knowledgeVersion: string;
};

/** What a saved question got, and what it gets now. */
export type AskedAgain = {
  readonly was: AnswerInShort;
  readonly now: AnswerInShort & {
    readonly shown: readonly {
      readonly heading: string;
      readonly statements: readonly string[];
    }[];
    readonly nearest: readonly string[];
  };
};

export type ListedShare = Share & { readonly isLive: boolean };

export type SharesOfReview = {
  /** Oldest first, those that are over among them. */
  readonly shares: readonly ListedShare[];
  /** Whom it can be shared with now. */
  readonly advocates: readonly { readonly id: Share['with']; readonly name: string }[];
  /** Of everybody in the shares. */
  readonly names: Readonly<Record<string, string>>;
};

export type Staff = {
  readonly id: Conflict['person'];
  readonly name: string;
  readonly isOnCase: boolean;
};

export type ConflictsOfReview = {
  /** In the order they were named, the lifted ones among them. */
  readonly conflicts: readonly Conflict[];
  /** Who can be named. */
  readonly staff: readonly Staff[];
  /** Of everybody in the conflicts. */
  readonly names: Readonly<Record<string, string>>;
};

export type ListedSharedCase = {
  readonly review: string;
  readonly caseRef: string;
  readonly version: number;
  readonly submittedAt: string;
  readonly isApproved: boolean;
  readonly sharedAt: string;
  readonly sharedBy: string;
  /** The last day, where there is one. */
  readonly until: string | null;
};
