import type { CuratorTask, NewTask, TaskId, TaskKind, TaskState } from '../core/curator-task.js';
import type { AnswerId, PassageId, UserId } from '../core/ids.js';
import type { AuditNote } from './ports.js';

/** Which tasks a page of them shows. */
export type TaskQuery = { readonly state: TaskState; readonly kind?: TaskKind };

export type TaskPage = {
  /** Those asked most often first. */
  readonly tasks: readonly CuratorTask[];
  /** How many there are of that query, shown or not. */
  readonly total: number;
  readonly counts: Readonly<Record<TaskState, number>>;
};

/** The answer a message shows: ours, by our own id. */
export type ShownAnswer = {
  readonly id: AnswerId;
  readonly kind: string;
  readonly passages: readonly PassageId[];
  readonly topic: string | null;
  readonly knowledgeVersion: string;
};

/** How a task was closed. */
export type TaskClosing = {
  readonly as: 'done' | 'not-ours';
  readonly by: UserId;
  readonly at: string;
  readonly note: string;
};

/** What curators are to look at. No method takes or gives who asked. */
export type CuratorTasks = {
  /**
   * Keeps a task, or counts it to the one of its kind and key; one that was done is open again. An answer that was
   * `judged` is counted once, whatever is pressed again, and then only its new comment is kept.
   */
  readonly note: (task: NewTask, judged?: AnswerId) => Promise<void>;
  /** The answer that stands in a message; undefined when none was recorded there. */
  readonly findShown: (chat: string, messageId: string) => Promise<ShownAnswer | undefined>;
  readonly list: (query: TaskQuery, limit: number) => Promise<TaskPage>;
  readonly find: (id: TaskId) => Promise<CuratorTask | undefined>;
  /** Closes an open task, with its audit entry; `already` when it is not open, and then nothing changes. */
  readonly close: (
    id: TaskId,
    closing: TaskClosing,
    audit: AuditNote,
  ) => Promise<'closed' | 'already'>;
};
