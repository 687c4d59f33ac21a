import type { Answers, Feedback, GivenAnswer } from '../../flows/ports.js';
import { ownFault } from '../log.js';
import { insertAnswers, makeAnswerQueue } from './answer-queue.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';
import type { Place, Sealing } from './sealing.js';

/**
 * Answers given and what people thought of them, kept in PostgreSQL or the embedded store. `close` writes what is
 * still to be recorded; `report` hears of answers that could not be.
 */
export function makeAnswers(
  pool: StorePool,
  report: (count: number, error: unknown) => void,
): Answers & { readonly close: () => Promise<void> } {
  const queue = makeAnswerQueue(
    (batch) => withClient(pool, (client) => insertAnswers(client, batch)),
    report,
  );
  return {
    close: queue.flush,
    recordSoon: (answer, messageId) => queue.add({ answer, messageId }),
    record: (answer) => withClient(pool, (client) => record(client, answer)),
    markSent: (id, messageId) =>
      withClient(pool, async (client) => {
        const mark = 'update answers set message_id = $2 where id = $1';
        const { rowCount } = await client.query(mark, [id, messageId]);
        if (rowCount === 0) throw ownFault(`marking answer ${id} as sent: there is none`);
      }),
    // The first time counts, should both an edit and a deletion arrive.
    supersede: async (chat, activityId) => {
      await queue.flush();
      return withClient(pool, async (client) => {
        const { rows } = await client.query<{ message_id: string | null }>(
          `update answers set superseded_at = coalesce(superseded_at, now())
           where chat = $1 and activity_id = $2 returning message_id`,
          [chat, activityId],
        );
        return rows[0]?.message_id ?? undefined;
      });
    },
    stands: async (id) => {
      await queue.flush();
      return withClient(pool, async (client) => {
        const { rowCount } = await client.query(
          'select 1 from answers where id = $1 and superseded_at is null',
          [id],
        );
        return rowCount === 1;
      });
    },
    improve: (answer) => withClient(pool, (client) => improve(client, answer)),
    giveFeedback: async (feedback) => {
      await queue.flush();
      return inTransaction(pool, (client) => giveFeedback(client, pool.sealing, feedback));
    },
  };
}

async function record(client: Connection, answer: GivenAnswer): ReturnType<Answers['record']> {
  const { rowCount } = await client.query(
    `insert into answers
       (id, chat, activity_id, given_at, kind, passages, knowledge_version, topic, chosen_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (force, chat, activity_id) do nothing`,
    [
      ...[answer.id, answer.chat, answer.activityId, answer.at, answer.kind],
      ...[answer.passages, answer.knowledgeVersion, answer.topic ?? null],
      JSON.stringify(answer.chosenBy ?? []),
    ],
  );
  return rowCount === 1 ? 'recorded' : 'already';
}

/** Where and when it was given stays; an answer is improved once. */
async function improve(client: Connection, answer: GivenAnswer): ReturnType<Answers['improve']> {
  const { rowCount } = await client.query(
    `update answers set kind = $2, passages = $3, knowledge_version = $4, topic = $5,
       chosen_by = $6, is_improved = true
     where id = $1 and superseded_at is null and not is_improved`,
    [
      ...[answer.id, answer.kind, answer.passages, answer.knowledgeVersion],
      ...[answer.topic ?? null, JSON.stringify(answer.chosenBy ?? [])],
    ],
  );
  return rowCount === 1 ? 'improved' : 'superseded';
}

/** A message that was used again shows the answer that stands, so that one is meant. */
async function giveFeedback(
  client: Connection,
  sealing: Sealing,
  feedback: Feedback,
): ReturnType<Answers['giveFeedback']> {
  const { rows } = await client.query<{ id: string }>(
    `select id from answers where chat = $1 and message_id = $2
     order by superseded_at desc nulls first limit 1`,
    [feedback.chat, feedback.messageId],
  );
  const [shown] = rows;
  if (!shown) return 'unknown';
  const { by, reaction, at } = feedback;
  const comment = sealing.seal(feedback.comment, placeOfComment(shown.id, by));
  await client.query(
    `insert into feedback (answer_id, given_by, reaction, comment, given_at)
     values ($1, $2, $3, $4, $5)
     on conflict (answer_id, given_by) do update set
       reaction = excluded.reaction, comment = excluded.comment, given_at = excluded.given_at`,
    [shown.id, by, reaction, comment, at],
  );
  return 'stored';
}

/** Where a comment stands. */
const placeOfComment = (answer: string, by: string): Place => ({
  table: 'feedback',
  column: 'comment',
  row: `${answer}/${by}`,
});
