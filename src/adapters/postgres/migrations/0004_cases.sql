-- Up Migration

-- Acts that came with the full set of scripts. Dropped and made again, it keeps its name.
alter table screening_events
  drop constraint screening_events_act_check,
  add check (
    act ->> 'kind' is not null
    and act ->> 'kind' in (
      'reply', 'reason', 'record', 'strike', 'shorten', 'lengthen',
      'back', 'keep', 'danger', 'pause', 'resume'
    )
    and (act ->> 'kind' in ('reply', 'reason', 'record', 'strike')) = (act ->> 'question' is not null)
    and (act ->> 'kind' = 'reply') = (act -> 'value' is not null)
    and (act ->> 'kind' = 'record') = (act -> 'fields' is not null)
    and (act ->> 'kind' <> 'strike' or act ->> 'number' is not null)
    and (act ->> 'kind' in ('reason', 'shorten')) = (act ->> 'reason' is not null)
  );

-- Everybody who may work on a case. Whoever begins a screening of it is let in by themselves.
create table case_people (
  case_id uuid not null references cases (id),
  person text not null check (char_length(person) between 1 and 200),
  let_in_by text not null check (char_length(let_in_by) between 1 and 200),
  let_in_at timestamptz not null,
  -- The order in which they were let in, whatever the clocks of several instances said.
  let_in bigint generated always as identity unique,
  primary key (case_id, person)
);

create index case_people_of_person on case_people (person);

insert into case_people (case_id, person, let_in_by, let_in_at)
  select case_id, started_by, started_by, min(started_at) from screenings
  group by case_id, started_by order by min(begun);

-- Screenings are now found by the cases a person may work on.
drop index screenings_of_person;

-- Fixed when a screening begins, hence stored: the order of two beginnings must not change afterwards. The
-- table refuses updates; this one fills a column that nobody could have written before, in the transaction
-- that adds it, so the refusal is lifted for this statement alone.
alter table screenings add column is_follow_on boolean;
alter table screenings disable trigger never_edited;
update screenings s set is_follow_on = exists (
  select 1 from screenings earlier where earlier.case_id = s.case_id and earlier.begun < s.begun
);
alter table screenings enable trigger never_edited;
alter table screenings alter column is_follow_on set not null;

-- A case has one screening that no other came before, whatever is begun at once.
create unique index screenings_first_of_case on screenings (case_id) where not is_follow_on;

-- Codes said aloud, by which a colleague is let into a case. The code itself is nowhere stored.
create table invitations (
  -- SHA-256 in hex.
  code_hash text primary key check (code_hash ~ '^[0-9a-f]{64}$'),
  screening_id uuid not null references screenings (id),
  made_by text not null check (char_length(made_by) between 1 and 200),
  made_at timestamptz not null,
  valid_until timestamptz not null check (valid_until > made_at),
  -- The one person it let in; null until then.
  used_by text check (char_length(used_by) between 1 and 200),
  used_at timestamptz check (used_at < valid_until),
  check ((used_by is null) = (used_at is null))
);

-- For the foreign key, should screenings ever be removed by retention.
create index invitations_of_screening on invitations (screening_id);

-- Who was shown what a case holds. What people did is in screening_events.
create table case_reads (
  case_id uuid not null references cases (id),
  person text not null check (char_length(person) between 1 and 200),
  read_at timestamptz not null,
  what text not null check (what in ('screening', 'summary', 'held-answers'))
);

create index case_reads_of_case on case_reads (case_id, read_at);

create trigger append_only before update or delete or truncate on case_reads
  for each statement execute function refuse_change();

-- Names to print beside what people did.
create table people (
  id text primary key check (char_length(id) between 1 and 200),
  name text not null check (char_length(name) between 1 and 1000)
);
