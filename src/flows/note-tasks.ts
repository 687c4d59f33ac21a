import { type Asked, taskOf } from '../core/curator-task.js';
import type { AnswerId } from '../core/ids.js';
import type { Redact } from '../core/redact.js';
import type { Clock, CuratorTasks } from './ports.js';

/** An answer that was just given, with what was asked as it was typed. */
export type GivenTo = Omit<Asked, 'kind' | 'comment' | 'question'> & {
  readonly id: AnswerId;
  readonly question: string;
};

/** Turns what was not covered or judged wrong into tasks. Nothing here ever fails whoever asked. */
export type NoteTasks = {
  readonly answered: (given: GivenTo) => Promise<void>;
  /** To be called after the feedback was stored, so that the answer of the message is in the store. */
  readonly judgedWrong: (judged: {
    readonly chat: string;
    readonly messageId: string;
    readonly comment: string;
  }) => Promise<void>;
};

/**
 * Most thumbs come within minutes of an answer. Until then its question is held in memory, as it is for follow-ups and
 * no longer; it loses its personal data when it becomes a task, since to take it out of every question cost a turn more
 * than the answer did. An answer judged later, or at another instance, makes a task that knows what was shown and not
 * what was asked.
 */
const heldMs = 30 * 60_000;
const mostHeld = 10_000;

type Held = Pick<Asked, 'question' | 'earlier'> & { readonly at: number };

export function makeNoteTasks(parts: {
  readonly tasks: Pick<CuratorTasks, 'note' | 'findShown'>;
  readonly redact: Redact;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}): NoteTasks {
  const { tasks, redact, clock, onFault } = parts;
  const held = new Map<AnswerId, Held>();
  const hold = ({ id, question, earlier }: GivenTo) => {
    const now = clock().getTime();
    for (const [oldest, { at }] of held) {
      if (now - at < heldMs && held.size < mostHeld) break;
      held.delete(oldest);
    }
    held.set(id, { question, earlier: earlier.slice(0, 2), at: now });
  };
  const quietly = async (work: () => Promise<void> | undefined) => {
    try {
      await work();
    } catch (error) {
      onFault(error);
    }
  };
  return {
    answered: (given) =>
      quietly(() => {
        const { answerKind: kind } = given;
        if (kind === 'not-covered' || kind === 'withheld') {
          const task = taskOf({ ...given, kind }, redact);
          hold(given);
          return task && tasks.note(task);
        }
        hold(given);
        return undefined;
      }),
    judgedWrong: ({ chat, messageId, comment }) =>
      quietly(async () => {
        const shown = await tasks.findShown(chat, messageId);
        if (!shown) return;
        const { id, kind: answerKind, passages, topic, knowledgeVersion } = shown;
        const asked = held.get(id);
        const isKnown = asked !== undefined && clock().getTime() - asked.at < heldMs;
        const task = taskOf(
          {
            kind: 'judged-wrong',
            question: isKnown ? asked.question : undefined,
            earlier: isKnown ? asked.earlier : [],
            ...{ answerKind, shown: passages, knowledgeVersion, comment },
            ...(topic === null ? {} : { topic }),
            at: clock().toISOString(),
          },
          redact,
        );
        if (task) await tasks.note(task, id);
      }),
  };
}
