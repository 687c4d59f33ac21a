import type { AnswerKind } from '../core/answer.js';
import { type CuratedPassage, curatedPassages } from '../core/curation.js';
import type { CuratorTask, TaskId } from '../core/curator-task.js';
import { dayOf } from '../core/days.js';
import type { PassageId } from '../core/ids.js';
import type { Knowledge } from '../core/knowledge.js';
import { withoutPlaceholders } from '../core/redact.js';
import type { User } from '../core/roles.js';
import type { AnswerQuestion } from './answer-question.js';
import type {
  Audit,
  Clock,
  CuratorTasks,
  People,
  TaskClosing,
  TaskPage,
  TaskQuery,
} from './ports.js';

/** A passage as it is named beside a task; `heading` null when this knowledge no longer holds it. */
export type NamedPassage = { readonly id: PassageId; readonly heading: string | null };

/** A task as the page lists it. */
export type ListedTask = Omit<CuratorTask, 'shown' | 'closed'> & {
  readonly shown: readonly NamedPassage[];
  readonly closed?: { readonly by: string; readonly at: string; readonly note: string };
};

export type ListedTasks = Omit<TaskPage, 'tasks'> & { readonly tasks: readonly ListedTask[] };

/** What the saved question got when it was asked, and what it gets now. */
export type AskedAgain = {
  readonly kind: 'asked-again';
  readonly was: AnswerInShort;
  readonly now: AnswerInShort & {
    /** Whole statements as they would be shown, under their headings. */
    readonly shown: readonly {
      readonly heading: string;
      readonly statements: readonly string[];
    }[];
    readonly nearest: readonly string[];
  };
};
export type AnswerInShort = {
  readonly answerKind: string;
  readonly passages: readonly NamedPassage[];
  readonly knowledgeVersion: string;
};

export type CurateFlows = {
  readonly listPassages: (user: User) => Promise<{
    readonly knowledgeVersion: string;
    /** All that are loaded, whether they need anything or not. */
    readonly loaded: number;
    readonly passages: readonly CuratedPassage[];
  }>;
  readonly listTasks: (user: User, query: TaskQuery) => Promise<ListedTasks>;
  /** `no-question`: nothing was kept that could be asked; `not-found`: there is no such task. */
  readonly rerunTask: (
    user: User,
    id: TaskId,
  ) => Promise<AskedAgain | { readonly kind: 'no-question' | 'not-found' }>;
  readonly closeTask: (
    user: User,
    id: TaskId,
    closing: Pick<TaskClosing, 'as' | 'note'>,
  ) => Promise<{ readonly kind: 'closed' | 'already-closed' | 'not-found' }>;
};

type Parts = {
  readonly knowledge: Pick<Knowledge, 'passages' | 'version'>;
  readonly answerQuestion: AnswerQuestion;
  readonly tasks: CuratorTasks;
  /** Where the passages' files are, by their ids. */
  readonly listPaths: () => Promise<ReadonlyMap<string, string>>;
  readonly people: Pick<People, 'namesOf'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: Clock;
};

/** More than anybody works through in a day; those asked most often come first. */
const mostListed = 200;

/** What a curator reads and does. That they may is for the caller to ask; every read and change is audited. */
export function makeCurate(parts: Parts): CurateFlows {
  const { knowledge, tasks, people, audit, clock } = parts;
  const record = (user: User, what: string, detail: Readonly<Record<string, string | number>>) =>
    audit.record({ at: clock().toISOString(), by: user.id, what, caseId: null, detail });
  const nameOf = (id: PassageId): NamedPassage => ({
    id,
    heading: knowledge.passages.get(id)?.heading ?? null,
  });

  return {
    listPassages: async (user) => {
      const paths = await parts.listPaths();
      const all = knowledge.passages;
      const passages = curatedPassages(all.values(), dayOf(clock()), paths);
      await record(user, 'curation-read', { rows: passages.length });
      return { knowledgeVersion: knowledge.version, loaded: all.size, passages };
    },
    listTasks: async (user, query) => {
      const page = await tasks.list(query, mostListed);
      await record(user, 'tasks-read', { ...query, rows: page.tasks.length });
      const names = await people.namesOf(page.tasks.flatMap(({ closed }) => closed?.by ?? []));
      return { ...page, tasks: page.tasks.map((task) => listed(task, nameOf, names)) };
    },
    rerunTask: async (user, id) => {
      const task = await tasks.find(id);
      if (!task) return { kind: 'not-found' };
      const question = withoutPlaceholders(task.question ?? '');
      if (question === '') return { kind: 'no-question' };
      await record(user, 'task-asked-again', { task: id });
      const earlier = task.earlier.map(withoutPlaceholders);
      const { answerKind, shown, knowledgeVersion } = task;
      return {
        kind: 'asked-again',
        was: { answerKind, passages: shown.map(nameOf), knowledgeVersion },
        now: nowOf(parts.answerQuestion({ question, earlier })),
      };
    },
    closeTask: async (user, id, { as, note }) => {
      if (!(await tasks.find(id))) return { kind: 'not-found' };
      const closing = { as, note, by: user.id, at: clock().toISOString() };
      const entry = { what: 'task-closed', detail: { task: id, as } };
      const outcome = await tasks.close(id, closing, entry);
      return { kind: outcome === 'closed' ? 'closed' : 'already-closed' };
    },
  };
}

function listed(
  { closed, shown, ...task }: CuratorTask,
  nameOf: (id: PassageId) => NamedPassage,
  names: ReadonlyMap<string, string>,
): ListedTask {
  const by = closed && (names.get(closed.by) ?? 'a user not named here');
  return {
    ...task,
    shown: shown.map(nameOf),
    ...(closed && by !== undefined ? { closed: { ...closed, by } } : {}),
  };
}

function nowOf(answer: ReturnType<AnswerQuestion>): AskedAgain['now'] {
  const kind: AnswerKind = answer.kind;
  return {
    answerKind: kind,
    passages: answer.shown.map(({ passage, heading }) => ({ id: passage, heading })),
    knowledgeVersion: answer.knowledgeVersion,
    shown: answer.shown.map(({ heading, blocks }) => ({
      heading,
      statements: blocks.flatMap(({ lead, items }) => [...lead, ...items].map(({ text }) => text)),
    })),
    nearest: answer.nearest.map(({ heading }) => heading),
  };
}
