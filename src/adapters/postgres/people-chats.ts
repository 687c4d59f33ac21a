import { z } from 'zod';
import { dayOf } from '../../core/days.js';
import type { UserId } from '../../core/ids.js';
import type { Language } from '../../core/words.js';
import type { Clock, PeopleChats, PersonChat } from '../../flows/ports.js';
import { makeChatMemory, mostRemembered, nameOf } from './chat-memory.js';
import type { Ear } from './ear.js';
import { parseRow } from './parse-row.js';
import { type Connection, type StorePool, withClient } from './pool.js';

/** Everybody a large force has on Signpost in a day. */
const mostWritten = 10_000;

const language = z
  .enum(['en', 'cy'])
  .nullable()
  .transform((given): Language | undefined => given ?? undefined);

const chatRow = z
  .object({
    channel_id: z.string(),
    service_url: z.string(),
    conversation_id: z.string(),
    tenant_id: z.string().nullable(),
    bot_id: z.string(),
    person_id: z.string(),
    language,
  })
  .transform(
    (row): PersonChat => ({
      channelId: row.channel_id,
      serviceUrl: row.service_url,
      conversationId: row.conversation_id,
      tenantId: row.tenant_id ?? undefined,
      botId: row.bot_id,
      personId: row.person_id,
      language: row.language,
    }),
  );

const chosenRow = z.object({ chosen_language: language });

/**
 * The chats of people, kept in PostgreSQL or the embedded store. What was written is remembered, so that a turn writes
 * only where something changed; where to write to always asks the store. Who chose a language is read once, and what
 * they chose is remembered until the store announces that it changed, here or at another instance. The day is among what
 * is written: chats of those who left go.
 */
export function makePeopleChats(
  pool: StorePool,
  ear: Ear,
  clock: Clock = () => new Date(),
): PeopleChats {
  const written = new Map<UserId, string>();
  const memory = makeChatMemory<Language>();
  const learn = async () => {
    const mark = memory.mark();
    const names = await withClient(pool, listChoosing);
    if (names.length < mostRemembered) memory.learn(names, mark);
  };
  ear.on('languages', memory.change);
  pool.onRemoved(() => {
    written.clear();
    memory.forgetAll();
    // What is not learnt is asked for; a store in trouble says so there.
    learn().catch(() => undefined);
  });
  if (ear.isListening()) learn().catch(() => undefined);
  return {
    remember: async (person, chat) => {
      const language = chat.language ?? languageIn(written.get(person));
      const values = [...valuesOf(chat), dayOf(clock()), language];
      const text = JSON.stringify(values);
      if (written.get(person) === text) return;
      await withClient(pool, (client) => client.query(remember, [person, ...values]));
      written.delete(person);
      written.set(person, text);
      const [oldest] = written.keys();
      if (written.size > mostWritten && oldest !== undefined) written.delete(oldest);
    },
    find: async (person) => {
      const { rows } = await withClient(pool, (client) =>
        client.query(
          `select channel_id, service_url, conversation_id, tenant_id, bot_id, person_id,
             coalesce(chosen_language, teams_language) as language
           from people_chats where person = $1`,
          [person],
        ),
      );
      return rows[0] && parseRow(chatRow, rows[0], 'people_chats', person);
    },
    chosenBy: async (person) => {
      const name = nameOf(person);
      const known = ear.isListening() ? memory.get(name) : undefined;
      if (known) return known.kept;
      const mark = memory.mark();
      const chosen = await withClient(pool, (client) => findChosen(client, person));
      if (ear.isListening()) memory.set(name, chosen, mark);
      return chosen;
    },
    choose: async (person, chat, chosen, at) => {
      const values = [person, ...valuesOf(chat), chat.language ?? null, chosen ?? null, at];
      try {
        return await withClient(pool, async (client) => {
          await client.query(choose, values);
          return findChosen(client, person);
        });
      } finally {
        // It may have been kept although its answer was lost.
        memory.change(nameOf(person));
      }
    },
  };
}

const valuesOf = (chat: PersonChat) => [
  ...[chat.channelId, chat.serviceUrl, chat.conversationId],
  ...[chat.tenantId ?? null, chat.botId, chat.personId],
];

/** The language in what was written of a chat. */
function languageIn(written: string | undefined): Language | null {
  return written === undefined ? null : JSON.parse(written).at(-1);
}

const remember = `insert into people_chats as kept
    (person, channel_id, service_url, conversation_id, tenant_id, bot_id, person_id, seen_on, teams_language)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (force, person) do update set
    (channel_id, service_url, conversation_id, tenant_id, bot_id, person_id, seen_on, teams_language) =
    (excluded.channel_id, excluded.service_url, excluded.conversation_id, excluded.tenant_id,
      excluded.bot_id, excluded.person_id, excluded.seen_on, coalesce(excluded.teams_language, kept.teams_language))
  where (kept.channel_id, kept.service_url, kept.conversation_id, kept.tenant_id, kept.bot_id, kept.person_id,
      kept.seen_on, kept.teams_language)
    is distinct from (excluded.channel_id, excluded.service_url, excluded.conversation_id, excluded.tenant_id,
      excluded.bot_id, excluded.person_id, excluded.seen_on, coalesce(excluded.teams_language, kept.teams_language))`;

/** Somebody may choose before their chat was written; where it was, only the choice changes. */
const choose = `insert into people_chats as kept
    (person, channel_id, service_url, conversation_id, tenant_id, bot_id, person_id, teams_language,
      chosen_language, chosen_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (force, person) do update set
    (chosen_language, chosen_at) = (excluded.chosen_language, excluded.chosen_at)
  where kept.chosen_at is null or kept.chosen_at <= excluded.chosen_at`;

async function listChoosing(client: Connection): Promise<readonly string[]> {
  const { rows } = await client.query<{ person: string }>(
    'select person from people_chats where chosen_language is not null limit $1',
    [mostRemembered],
  );
  return rows.map(({ person }) => nameOf(person));
}

async function findChosen(client: Connection, person: UserId): Promise<Language | undefined> {
  const { rows } = await client.query(
    'select chosen_language from people_chats where person = $1',
    [person],
  );
  return rows[0] && parseRow(chosenRow, rows[0], 'people_chats', person).chosen_language;
}
