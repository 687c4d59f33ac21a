import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Stored } from './check-replies.js';

/**
 * Reads the replies of screenings with plain SQL, around the bot's own code, since that is what is being
 * checked. Tables and columns are those of the first migration, which never changes.
 */

type Row = {
  readonly screening_id: string;
  readonly activity_id: string;
  readonly question: string;
  readonly value: unknown;
};

const query = `
  select screening_id, activity_id, act ->> 'question' as question, act -> 'value' as value
  from screening_events where act ->> 'kind' = 'reply' and screening_id = any($1::uuid[])
  order by screening_id, seq`;

export type StoredReplies = ReadonlyMap<string, readonly Stored[]>;

/** By screening, in the store's order. */
export async function readPostgres(
  url: string,
  screenings: readonly string[],
): Promise<StoredReplies> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(query, [screenings]).finally(() => client.end());
  return byScreening(rows);
}

/** The same from the embedded store in a folder whose server has ended. */
export async function readEmbedded(
  folder: string,
  screenings: readonly string[],
): Promise<StoredReplies> {
  const lite = new PGlite({ dataDir: path.join(folder, 'cluster') });
  const { rows } = await lite.query<Row>(query, [screenings]).finally(() => lite.close());
  return byScreening(rows);
}

function byScreening(rows: readonly Row[]): StoredReplies {
  const replies = new Map<string, Stored[]>();
  for (const { screening_id, activity_id, question, value } of rows) {
    const before = replies.get(screening_id);
    const reply = { activityId: activity_id, question, value: JSON.stringify(value) };
    if (before) before.push(reply);
    else replies.set(screening_id, [reply]);
  }
  return replies;
}
