import { z } from 'zod';
import { screeningIdSchema } from '../../core/ids.js';
import type { Chat, Chats } from '../../flows/ports.js';
import { parseRow } from './parse-row.js';
import { type StorePool, withClient } from './pool.js';

/** What each chat shows, kept in PostgreSQL or the embedded store. */
export function makeChats(pool: StorePool): Chats {
  return {
    find: (key) =>
      withClient(pool, async (client) => {
        const { rows } = await client.query(
          'select screening_id, seen, card_message from chats where key = $1',
          [key],
        );
        return rows.length === 0 ? undefined : toChat(key, rows[0]);
      }),
    put: ({ key, screening, seen, cardMessage }) =>
      withClient(pool, async (client) => {
        await client.query(
          `insert into chats (key, screening_id, seen, card_message) values ($1, $2, $3, $4)
           on conflict (key) do update set
             screening_id = excluded.screening_id,
             seen = excluded.seen,
             card_message = excluded.card_message`,
          [key, screening, seen, cardMessage ?? null],
        );
      }),
  };
}

const chatRow = z.object({
  screening_id: screeningIdSchema,
  seen: z.int(),
  card_message: z.string().nullable(),
});

function toChat(key: string, row: unknown): Chat {
  const { screening_id, seen, card_message } = parseRow(chatRow, row, 'chats', key);
  return { key, screening: screening_id, seen, cardMessage: card_message ?? undefined };
}
