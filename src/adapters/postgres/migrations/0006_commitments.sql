-- Up Migration

-- Where a person can be written to: the one-to-one chat as it was last seen.
create table people_chats (
  person text primary key check (char_length(person) between 1 and 200),
  channel_id text not null check (char_length(channel_id) between 1 and 64),
  service_url text not null check (char_length(service_url) between 1 and 2048),
  conversation_id text not null check (char_length(conversation_id) between 1 and 1024),
  tenant_id text check (char_length(tenant_id) between 1 and 1024),
  bot_id text not null check (char_length(bot_id) between 1 and 1024),
  person_id text not null check (char_length(person_id) between 1 and 1024)
);

-- What was promised and what is to be watched. Worked out from the events and replaced; what is done stays.
create table commitments (
  key text primary key check (char_length(key) between 1 and 300),
  case_id uuid not null references cases (id),
  review_id uuid not null references reviews (id),
  kind text not null check (kind in ('promise', 'update', 'ask-again', 'coming-date', 'check-date')),
  what text not null,
  -- Null where nobody was named.
  who text,
  recorded_by text not null check (char_length(recorded_by) between 1 and 200),
  -- Who is reminded.
  owner text not null check (char_length(owner) between 1 and 200),
  line text not null check (char_length(line) between 1 and 120),
  -- Null where no day was recorded.
  by_day date,
  by_precision text check (by_precision in ('exact', 'about', 'month', 'year', 'before')),
  done_at timestamptz,
  done_by text check (char_length(done_by) between 1 and 200),
  note text,
  check ((by_day is null) = (by_precision is null)),
  check ((done_at is null) = (done_by is null) and (done_at is null) = (note is null))
);

create index commitments_open on commitments (by_day nulls last, key) where done_at is null;
create index commitments_done on commitments (done_at) where done_at is not null;
create index commitments_of_case on commitments (case_id);

-- What the overview counts of each version that was sent, worked out once in the transaction of its event.
create table review_versions (
  review_id uuid not null,
  -- The event that sent it.
  seq integer not null,
  team text,
  sent_at timestamptz not null,
  -- Null while nobody has decided on it.
  decided_at timestamptz,
  -- Reasons it was returned for; empty unless it was.
  codes text[] not null default '{}' check (array_position(codes, null) is null),
  facts jsonb not null,
  primary key (review_id, seq),
  foreign key (review_id, seq) references review_events (review_id, seq)
);

create index review_versions_by_time on review_versions (sent_at);

-- The nearest topic to a question that the guidance did not cover; null where none is near, and for other answers.
alter table answers add column topic text check (char_length(topic) between 1 and 80);

create index answers_not_covered on answers (given_at) where kind = 'not-covered' and superseded_at is null;
