-- Up Migration

-- Answers that were given: what they showed, never what was asked. There is no column that could
-- hold a question.
create table answers (
  id uuid primary key,
  chat text not null check (char_length(chat) between 1 and 1000),
  activity_id text not null check (char_length(activity_id) between 1 and 1000),
  given_at timestamptz not null,
  kind text not null check (char_length(kind) between 1 and 80),
  passages text[] not null check (array_position(passages, null) is null),
  knowledge_version text not null check (char_length(knowledge_version) between 1 and 200),
  -- Null until it was sent.
  message_id text check (char_length(message_id) between 1 and 1000),
  -- Null while the question stands as it was asked.
  superseded_at timestamptz,
  -- One answer to an activity, whatever is delivered twice.
  unique (chat, activity_id)
);

-- A message shows one answer that stands; one that took the place of a superseded answer may stand
-- in the same message.
create unique index answers_standing_in_message on answers (chat, message_id)
  where superseded_at is null;

create table feedback (
  answer_id uuid not null references answers (id),
  given_by text not null check (char_length(given_by) between 1 and 200),
  reaction text not null check (reaction in ('like', 'dislike')),
  comment text not null,
  given_at timestamptz not null,
  -- One opinion a person; the newest counts.
  primary key (answer_id, given_by)
);
