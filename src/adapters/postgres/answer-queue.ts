import type { GivenAnswer } from '../../flows/ports.js';
import type { Connection } from './pool.js';

/** An answer and the message that shows it. */
export type SentAnswer = { readonly answer: GivenAnswer; readonly messageId: string | undefined };

/** Long enough to gather answers given at once, short enough that little is lost in a crash. */
const gatherMs = 50;
/** Rows in one statement. */
const mostRows = 100;

export type AnswerQueue = {
  readonly add: (sent: SentAnswer) => void;
  /** Resolves once all that was added is in the store, or was given up and reported. */
  readonly flush: () => Promise<void>;
};

/**
 * Gathers answers and writes many in one statement, so that recording costs an answer next to nothing. A batch the
 * store refuses is reported and dropped: nobody waits for it, and holding on to it would fill the memory of a
 * process whose store is gone.
 */
export function makeAnswerQueue(
  write: (batch: readonly SentAnswer[]) => Promise<void>,
  report: (count: number, error: unknown) => void,
): AnswerQueue {
  let waiting: SentAnswer[] = [];
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) {
      last = last.then(() => write(batch)).catch((error) => report(batch.length, error));
    }
    return last;
  };
  return {
    add: (sent) => {
      waiting.push(sent);
      if (waiting.length >= mostRows) void flush();
      else timer ??= setTimeout(flush, gatherMs).unref();
    },
    flush,
  };
}

/** Inserts many answers; one that stands already is left as it is. */
export async function insertAnswers(
  client: Connection,
  batch: readonly SentAnswer[],
): Promise<void> {
  const rows = batch.map(
    (_, row) => `(${Array.from({ length: 10 }, (_, i) => `$${row * 10 + i + 1}`).join(', ')})`,
  );
  await client.query(
    `insert into answers (id, chat, activity_id, given_at, kind, passages, knowledge_version, message_id,
       topic, chosen_by)
     values ${rows.join(', ')} on conflict do nothing`,
    batch.flatMap(({ answer, messageId }) => [
      ...[answer.id, answer.chat, answer.activityId, answer.at, answer.kind],
      ...[answer.passages, answer.knowledgeVersion, messageId ?? null],
      ...[answer.topic ?? null, JSON.stringify(answer.chosenBy ?? [])],
    ]),
  );
}
