import { createHash } from 'node:crypto';
import type { NewTask } from '../../core/curator-task.js';
import type { AnswerId } from '../../core/ids.js';
import { ownFault } from '../log.js';
import type { Connection } from './pool.js';
import { placeOfWords } from './sealed-task.js';
import type { Sealing } from './sealing.js';

/** Two who note the first of a task at once: the second finds the other's at its next try. */
const mostTries = 3;

/** Notes a question: a task of its own, or one more time in the task that stands; of an answer, once. */
export async function noteTask(
  client: Connection,
  sealing: Sealing,
  task: NewTask,
  judged?: AnswerId,
): Promise<void> {
  const isNew = judged === undefined || (await isFirstJudged(client, judged));
  if (!isNew && task.comment === '') return;
  // MD5 of what makes two questions the same, so that a long one fits an index. No secret rests on it.
  const key = createHash('md5').update(task.key).digest('hex');
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stands = await addTo(client, sealing, task, key, isNew);
    if (stands || (await insert(client, sealing, task, key))) return;
  }
  throw ownFault(`noting a task of kind ${task.kind}: others were faster ${mostTries} times`);
}

/** To a task that stands: the newest answer and version are kept, and the newest five comments that differ. */
async function addTo(
  client: Connection,
  sealing: Sealing,
  task: NewTask,
  key: string,
  isNew: boolean,
): Promise<boolean> {
  const { kind, comment } = task;
  const { rows } = await client.query<{ comments: readonly string[] }>(
    'select comments from curator_tasks where kind = $1 and key = $2 for update',
    [kind, key],
  );
  const [stands] = rows;
  if (!stands) return false;
  const place = placeOfWords({ kind, key }, 'comments');
  const isKept = stands.comments.some((one) => sealing.open(one, place) === comment);
  const comments =
    comment === '' || isKept
      ? stands.comments
      : [...stands.comments, sealing.seal(comment, place)].slice(-mostComments);
  await client.query(
    `update curator_tasks set
       answer_kind = $3, shown = $4, topic = $5, knowledge_version = $6, comments = $7,
       times = times + $8, last_at = greatest(last_at, $9),
       state = case state when 'done' then 'open' else state end,
       closed_by = case state when 'not-ours' then closed_by end,
       closed_at = case state when 'not-ours' then closed_at end,
       note = case state when 'not-ours' then note end
     where kind = $1 and key = $2`,
    [
      ...[kind, key, task.answerKind, task.shown, task.topic, task.knowledgeVersion, comments],
      ...[isNew ? 1 : 0, task.at],
    ],
  );
  return true;
}

const mostComments = 5;
/** In a question, as it is kept. */
const mostLetters = 510;

async function insert(
  client: Connection,
  sealing: Sealing,
  task: NewTask,
  key: string,
): Promise<boolean> {
  const { kind, question, earlier, comment } = task;
  const seal = (column: Parameters<typeof placeOfWords>[1], text: string, most?: number) =>
    sealing.seal(text, placeOfWords({ kind, key }, column), most);
  const { rowCount } = await client.query(
    `insert into curator_tasks
       (kind, key, question, earlier, answer_kind, shown, topic, knowledge_version, comments, times, first_at, last_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10) on conflict (force, kind, key) do nothing`,
    [
      ...[kind, key, question === null ? null : seal('question', question, mostLetters)],
      ...[earlier.map((one) => seal('earlier', one)), task.answerKind, task.shown, task.topic],
      ...[task.knowledgeVersion, comment === '' ? [] : [seal('comments', comment)], task.at],
    ],
  );
  return rowCount === 1;
}

async function isFirstJudged(client: Connection, judged: AnswerId): Promise<boolean> {
  const { rowCount } = await client.query(
    'insert into judged_answers (answer_id) values ($1) on conflict do nothing',
    [judged],
  );
  return rowCount === 1;
}
