-- Up Migration

-- Questions that need a curator, with personal data taken out before they come here. The one place where words of a
-- question are kept; nothing in it leads to who asked.
create table curator_tasks (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('not-covered', 'withheld', 'judged-wrong')),
  -- MD5 of what makes two questions the same, so that a long one fits an index. No secret rests on it.
  key text not null check (key ~ '^[0-9a-f]{32}$'),
  -- Null where an answer was judged wrong when its question was no longer known.
  question text check (char_length(question) between 1 and 510),
  earlier text[] not null check (array_position(earlier, null) is null and cardinality(earlier) <= 2),
  answer_kind text not null check (char_length(answer_kind) between 1 and 80),
  shown text[] not null check (array_position(shown, null) is null),
  topic text check (char_length(topic) between 1 and 80),
  knowledge_version text not null check (char_length(knowledge_version) between 1 and 200),
  comments text[] not null check (array_position(comments, null) is null and cardinality(comments) <= 5),
  times integer not null check (times > 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'not-ours')),
  closed_by text check (char_length(closed_by) between 1 and 200),
  closed_at timestamptz,
  note text,
  unique (kind, key),
  check ((state = 'open') = (closed_by is null)),
  check ((closed_by is null) = (closed_at is null) and (closed_by is null) = (note is null))
);

create index curator_tasks_listed on curator_tasks (state, times desc, last_at desc, id);

-- Answers that were judged wrong and counted. It names no task, so that no task leads to a chat.
create table judged_answers (
  answer_id uuid primary key references answers (id)
);
