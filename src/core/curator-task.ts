import { z } from 'zod';
import type { PassageId, UserId } from './ids.js';
import { isMeaningful, type Redact } from './redact.js';

/**
 * What a curator is to look at: a question the guidance did not cover, one whose answer could not be checked, and an
 * answer somebody judged wrong. It holds the question without personal data and never says who asked; the same
 * question asked again is counted, not listed again.
 */

export const taskIdSchema = z.uuid().brand<'TaskId'>();
export type TaskId = z.infer<typeof taskIdSchema>;

export const taskKindSchema = z.enum(['not-covered', 'withheld', 'judged-wrong']);
export type TaskKind = z.infer<typeof taskKindSchema>;

/** `not-ours`: the question is outside what this guidance is for. */
export const taskStateSchema = z.enum(['open', 'done', 'not-ours']);
export type TaskState = z.infer<typeof taskStateSchema>;

/** A question that needs a curator, as it was just asked. */
export type NewTask = {
  readonly kind: TaskKind;
  /** The same for the same question, however it was spaced and spelled in capitals. */
  readonly key: string;
  /** Without personal data; null where an answer was judged wrong when its question was no longer known. */
  readonly question: string | null;
  /** What was asked before it, newest first, where it leans on that; without personal data. */
  readonly earlier: readonly string[];
  /** What kind of answer it got, and the passages that showed. */
  readonly answerKind: string;
  readonly shown: readonly PassageId[];
  readonly topic: string | null;
  readonly knowledgeVersion: string;
  /** What was said with the thumb down, without personal data; empty when nothing was. */
  readonly comment: string;
  readonly at: string;
};

export type CuratorTask = Omit<NewTask, 'key' | 'comment' | 'at'> & {
  readonly id: TaskId;
  /** The newest five that differ, oldest first. */
  readonly comments: readonly string[];
  /** How often it was asked or judged so. */
  readonly times: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly state: TaskState;
  readonly closed?: { readonly by: UserId; readonly at: string; readonly note: string };
};

/** What is known of an answer when it needs a curator. `question` undefined: no longer known. */
export type Asked = {
  readonly kind: TaskKind;
  readonly question: string | undefined;
  /** Newest first. */
  readonly earlier: readonly string[];
  readonly answerKind: string;
  readonly shown: readonly PassageId[];
  readonly topic?: string;
  readonly knowledgeVersion: string;
  readonly comment?: string;
  readonly at: string;
};

/** Enough for a question and its circumstances; a story is cut. */
const longestKept = 500;
const longestEarlier = 200;
/** A question this short may lean on the one before it. */
const shortWords = 8;

/** The task of a question; undefined where nothing meaningful is left of it without personal data. */
export function taskOf(asked: Asked, redact: Redact): NewTask | undefined {
  const { kind, answerKind, shown, knowledgeVersion, at } = asked;
  const question = asked.question === undefined ? null : kept(asked.question, redact, longestKept);
  const isShort = question !== null && question.split(/\s+/).length <= shortWords;
  const earlier = isShort
    ? asked.earlier.slice(0, 2).map((one) => kept(one, redact, longestEarlier))
    : [];
  if (question !== null && !isMeaningful([question, ...earlier].join(' '))) return undefined;
  return {
    ...{ kind, question, earlier, answerKind, shown, knowledgeVersion, at },
    key: question === null ? `shown ${shown.join(' ')}` : keyOf([question, ...earlier]),
    topic: asked.topic ?? null,
    comment: kept(asked.comment ?? '', redact, longestKept),
  };
}

/** On one line, since nothing of its form says anything; cut on a word. */
function kept(text: string, redact: Redact, most: number): string {
  const line = redact(text.replaceAll('\0', '')).text.replace(/\s+/g, ' ').trim().toWellFormed();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).toWellFormed()} …`;
}

function keyOf(questions: readonly string[]): string {
  const plain = (text: string) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
  return questions.map(plain).join(' | ');
}
