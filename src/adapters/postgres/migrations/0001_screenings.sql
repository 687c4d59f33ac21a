-- Up Migration
-- Plain SQL for PostgreSQL 15 and newer, and the same for PGlite. Forward only: a released file is
-- never edited, a change is the next file. Faults come back by constraint name, so names matter.

-- A case and the short name people say aloud. Two cases under one name would mix up two victims, and
-- one case under two names would split her history: both are refused here, not only in code.
create table cases (
  id uuid primary key,
  ref text not null unique check (char_length(ref) between 1 and 40),
  -- What screenings point at, so that they cannot disagree with their case about its name.
  unique (id, ref)
);

create table screenings (
  id uuid primary key,
  -- The order in which they were begun. Clocks of several instances differ; this does not.
  begun bigint generated always as identity unique,
  case_id uuid not null,
  case_ref text not null,
  script text not null check (char_length(script) between 1 and 80),
  version integer not null check (version > 0),
  started_by text not null check (char_length(started_by) between 1 and 200),
  started_at timestamptz not null,
  started_activity text not null check (char_length(started_activity) between 1 and 1000),
  foreign key (case_id, case_ref) references cases (id, ref),
  -- Teams delivers again after about 15 seconds: the repeat finds the first. Activity ids are unique
  -- in a conversation only, hence the person.
  unique (started_by, started_activity)
);

create index screenings_of_case on screenings (case_id, begun);
create index screenings_of_person on screenings (started_by, begun desc);

-- What people did, in order. Where a screening stands is worked out from these rows every time.
create table screening_events (
  screening_id uuid not null references screenings (id),
  -- 1, 2, 3 … The key refuses a number used twice; that none is left out is seen to in code, under
  -- the lock on the screening.
  seq integer not null check (seq > 0),
  acted_at timestamptz not null,
  acted_by text not null check (char_length(acted_by) between 1 and 200),
  client text not null check (client in ('card', 'chat', 'terminal')),
  activity_id text not null check (char_length(activity_id) between 1 and 1000),
  -- The shape is checked by code on reading; here only that it is one of the acts. `is not null`
  -- because a check that comes out as null counts as passed.
  act jsonb not null check (
    act ->> 'kind' is not null
    and act ->> 'kind' in ('reply', 'back', 'keep', 'danger', 'pause', 'resume')
    and (act ->> 'kind' = 'reply') = (act ->> 'question' is not null and act -> 'value' is not null)
  ),
  primary key (screening_id, seq),
  -- A repeat of an activity has no second effect.
  unique (screening_id, activity_id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op);
end
$$;

-- For each statement, so that even one which meets no row is refused, and truncate too. This stops
-- mistakes and a stolen application role that owns no table; an owner could drop the trigger.
create trigger append_only before update or delete or truncate on screening_events
  for each statement execute function refuse_change();

-- A screening keeps the script version it began with.
create trigger never_edited before update on screenings
  for each statement execute function refuse_change();
