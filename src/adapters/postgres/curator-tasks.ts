import { z } from 'zod';
import {
  type CuratorTask,
  taskIdSchema,
  taskKindSchema,
  taskStateSchema,
} from '../../core/curator-task.js';
import { answerIdSchema, passageIdSchema, userIdSchema } from '../../core/ids.js';
import type { CuratorTasks, ShownAnswer, TaskClosing, TaskQuery } from '../../flows/ports.js';
import { appendAudit } from './audit.js';
import { noteTask } from './note-task.js';
import { parseRow } from './parse-row.js';
import { type Connection, inTransaction, type StorePool, withClient } from './pool.js';
import { openTask, placeOfWords, type SealedTask } from './sealed-task.js';
import type { Sealing } from './sealing.js';

const row = z
  .object({
    id: taskIdSchema,
    kind: taskKindSchema,
    question: z.string().nullable(),
    earlier: z.array(z.string()),
    answer_kind: z.string(),
    shown: z.array(passageIdSchema),
    topic: z.string().nullable(),
    knowledge_version: z.string(),
    comments: z.array(z.string()),
    times: z.int(),
    first_at: z.date(),
    last_at: z.date(),
    state: taskStateSchema,
    closed_by: userIdSchema.nullable(),
    closed_at: z.date().nullable(),
    note: z.string().nullable(),
  })
  .transform((given): CuratorTask => {
    const { id, kind, question, earlier, shown, topic, comments, times, state } = given;
    const { closed_by: by, closed_at: at, note } = given;
    return {
      ...{ id, kind, question, earlier, shown, topic, comments, times, state },
      answerKind: given.answer_kind,
      knowledgeVersion: given.knowledge_version,
      firstAt: given.first_at.toISOString(),
      lastAt: given.last_at.toISOString(),
      ...(by && at && note !== null ? { closed: { by, at: at.toISOString(), note } } : {}),
    };
  });

const shownRow = z
  .object({
    id: answerIdSchema,
    kind: z.string(),
    passages: z.array(passageIdSchema),
    topic: z.string().nullable(),
    knowledge_version: z.string(),
  })
  .transform(({ knowledge_version: knowledgeVersion, ...rest }): ShownAnswer => {
    return { ...rest, knowledgeVersion };
  });

const columns = `id, kind, key, question, earlier, answer_kind, shown, topic, knowledge_version, comments, times,
  first_at, last_at, state, closed_by, closed_at, note`;

/** Curators' tasks kept in PostgreSQL or the embedded store. */
export function makeCuratorTasks(pool: StorePool): CuratorTasks {
  return {
    note: (task, judged) =>
      inTransaction(pool, (client) => noteTask(client, pool.sealing, task, judged)),
    findShown: (chat, messageId) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `select id, kind, passages, topic, knowledge_version from answers
           where chat = $1 and message_id = $2
           order by superseded_at desc nulls first limit 1`,
          [chat, messageId],
        );
        return rows[0] && parseRow(shownRow, rows[0], 'answers', rows[0].id);
      }),
    list: (query, limit) => withClient(pool, (client) => list(client, pool.sealing, query, limit)),
    find: (id) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query<SealedTask>(
          `select ${columns} from curator_tasks where id = $1`,
          [id],
        );
        return rows[0] && parseRow(row, openTask(pool.sealing, rows[0]), 'curator_tasks', id);
      }),
    close: (id, closing, audit) =>
      inTransaction(pool, (client) => close(client, pool.sealing, id, closing, audit)),
  };
}

async function list(
  client: Connection,
  sealing: Sealing,
  { state, kind }: TaskQuery,
  limit: number,
): ReturnType<CuratorTasks['list']> {
  const { rows } = await client.query<SealedTask>(
    `select ${columns} from curator_tasks
     where state = $1 and ($2::text is null or kind = $2)
     order by times desc, last_at desc, id limit $3`,
    [state, kind ?? null, limit],
  );
  const { rows: counted } = await client.query<{ state: string; kind: string; count: number }>(
    'select state, kind, count(*)::integer as count from curator_tasks group by state, kind',
  );
  const count = (of: string, only?: string) =>
    counted
      .filter((one) => one.state === of && (only === undefined || one.kind === only))
      .reduce((sum, one) => sum + one.count, 0);
  return {
    tasks: rows.map((one) => parseRow(row, openTask(sealing, one), 'curator_tasks', one.id)),
    total: count(state, kind),
    counts: { open: count('open'), done: count('done'), 'not-ours': count('not-ours') },
  };
}

async function close(
  client: Connection,
  sealing: Sealing,
  id: string,
  { as, by, at, note: words }: TaskClosing,
  audit: Parameters<CuratorTasks['close']>[2],
): ReturnType<CuratorTasks['close']> {
  const { rows } = await client.query<Pick<SealedTask, 'kind' | 'key'>>(
    `select kind, key from curator_tasks where id = $1 and state = 'open' for update`,
    [id],
  );
  const [open] = rows;
  if (!open) return 'already';
  await client.query(
    `update curator_tasks set state = $2, closed_by = $3, closed_at = $4, note = $5
     where id = $1`,
    [id, as, by, at, sealing.seal(words, placeOfWords(open, 'note'))],
  );
  await appendAudit(client, { at, by, caseId: null, ...audit });
  return 'closed';
}
