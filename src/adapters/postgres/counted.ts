import { z } from 'zod';
import {
  type CountedFacts,
  countedFactsOf,
  type SentSummary,
  type UncoveredQuestion,
} from '../../core/overview.js';
import { type ReviewEvent, returnCodeSchema } from '../../core/review.js';
import type { Counted } from '../../flows/ports.js';
import { parseRow } from './parse-row.js';
import { type Connection, type StorePool, withClient } from './pool.js';
import type { Place, Sealing } from './sealing.js';

const factsSchema = z.object({
  // Not counted in the first versions that were sent.
  identification: z.array(z.string()).default([]),
  indications: z.array(z.string()),
  withoutAction: z.int().min(0).nullable(),
  specialist: z.string(),
  // As the first versions that were sent had it, where nobody had asked.
  order: z.string().transform((given) => (given === 'not considered' ? 'not asked' : given)),
  orderReasons: z.array(z.string()),
}) satisfies z.ZodType<CountedFacts>;

const sentRow = z
  .object({
    team: z.string().nullable(),
    sent_at: z.date(),
    decided_at: z.date().nullable(),
    codes: z.array(returnCodeSchema),
    facts: factsSchema,
  })
  .transform(
    ({ team, sent_at, decided_at, codes, facts }): SentSummary => ({
      ...{ team, codes, facts },
      sentAt: sent_at.toISOString(),
      decidedAt: decided_at?.toISOString() ?? null,
    }),
  );

const uncoveredRow = z
  .object({ given_at: z.date(), topic: z.string().nullable() })
  .transform(({ given_at, topic }): UncoveredQuestion => ({ at: given_at.toISOString(), topic }));

type CountedRow = { readonly review_id: string; readonly seq: number; readonly facts: unknown };

/** Where the facts of a version stand: a text of JSON, encrypted, as a JSON string. */
const placeOfFacts = (review: string, seq: number): Place => ({
  table: 'review_versions',
  column: 'facts',
  row: `${review}/${seq}`,
});

function openFacts(sealing: Sealing, row: CountedRow): CountedRow {
  if (typeof row.facts !== 'string') return row;
  const text = sealing.open(row.facts, placeOfFacts(row.review_id, row.seq));
  return { ...row, facts: JSON.parse(text) };
}

/** What the overview counts, out of PostgreSQL or the embedded store. */
export function makeCounted(pool: StorePool): Counted {
  return {
    listSent: async (since) => {
      const { rows } = await withClient(pool, (client) =>
        client.query<CountedRow>(
          `select review_id, seq, team, sent_at, decided_at, codes, facts from review_versions
           where sent_at >= $1 order by sent_at, review_id, seq`,
          [since],
        ),
      );
      return rows.map((one) =>
        parseRow(sentRow, openFacts(pool.sealing, one), 'review_versions', one.review_id),
      );
    },
    listUncovered: async (since) => {
      const { rows } = await withClient(pool, (client) =>
        client.query<{ id: string }>(
          `select id, given_at, topic from answers
           where kind = 'not-covered' and superseded_at is null and given_at >= $1
           order by given_at, id`,
          [since],
        ),
      );
      return rows.map((one) => parseRow(uncoveredRow, one, 'answers', one.id));
    },
  };
}

/** Counts an event of a review; in its transaction, after the event. */
export async function countEvent(
  client: Connection,
  sealing: Sealing,
  review: string,
  { seq, at, act }: ReviewEvent,
  team: string | null,
): Promise<void> {
  if (act.kind === 'submitted') {
    const text = JSON.stringify(countedFactsOf(act.summary));
    const facts = JSON.stringify(sealing.seal(text, placeOfFacts(review, seq)));
    await client.query(
      'insert into review_versions (review_id, seq, team, sent_at, facts) values ($1, $2, $3, $4, $5)',
      [review, seq, team, at, facts],
    );
  } else if (act.kind === 'returned' || act.kind === 'approved') {
    await client.query(
      `update review_versions set decided_at = $2, codes = $3
       where review_id = $1
         and seq = (select max(seq) from review_versions where review_id = $1)`,
      [review, at, act.kind === 'returned' ? act.codes : []],
    );
  }
}
