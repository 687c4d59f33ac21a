-- Up Migration
-- Words are encrypted by the application, forces are kept apart by the store, and each role may do what it needs.
-- Long: it is one step, since half of it would leave rows that nobody may read.

-- Every event is read once below. Only here: it is the migration's transaction.
set local statement_timeout = 0;

-- Whose row it is. ------------------------------------------------------------------------------------------------

-- The force of this connection, set when it is opened; `local` where a store serves one.
create function current_force() returns text language sql stable as $$
  select coalesce(nullif(current_setting('signpost.force', true), ''), 'local')
$$;

-- The keys that words are encrypted with, wrapped by a master key that is not in the store. Key 1 is a force's first.
create table data_keys (
  number integer not null check (number between 1 and 1000000),
  wrapped text not null check (char_length(wrapped) between 1 and 8000),
  -- Names the master key.
  wrapped_by text not null check (char_length(wrapped_by) between 1 and 1000),
  made_at timestamptz not null default now(),
  -- New words are encrypted with the newest key whose time has come: by then every instance has read it.
  used_from timestamptz not null default now()
);

do $$
declare
  held text;
begin
  foreach held in array array[
    'cases', 'screenings', 'screening_events', 'chats', 'answers', 'feedback', 'case_people', 'invitations',
    'case_reads', 'people', 'reviews', 'review_events', 'audit', 'audit_head', 'notices', 'people_chats',
    'commitments', 'review_versions', 'shares', 'share_ends', 'curator_tasks', 'judged_answers', 'model_switch', 'data_keys'
  ] loop
    -- Rows that are here already belong to whoever migrates.
    execute format(
      'alter table %I add column force text not null default current_force()
         check (force ~ ''^[a-z0-9](-?[a-z0-9])*$'' and char_length(force) <= 40)', held);
  end loop;
end
$$;

alter table data_keys add primary key (force, number);

-- What two forces may each have: a person of the same id, the same question, an audit of their own.
alter table cases drop constraint cases_ref_key, add unique (force, ref);
alter table screenings drop constraint screenings_started_by_started_activity_key,
  add unique (force, started_by, started_activity);
alter table chats drop constraint chats_pkey, add primary key (force, key);
alter table answers drop constraint answers_chat_activity_id_key, add unique (force, chat, activity_id);
alter table people drop constraint people_pkey, add primary key (force, id);
alter table people_chats drop constraint people_chats_pkey, add primary key (force, person);
alter table commitments drop constraint commitments_pkey, add primary key (force, key);
alter table curator_tasks drop constraint curator_tasks_kind_key_key, add unique (force, kind, key);
alter table notices drop constraint notices_dedupe_key_key, add unique (force, dedupe_key);
alter table audit drop constraint audit_pkey, add primary key (force, seq);
alter table audit drop constraint audit_hash_key, add unique (force, hash);
alter table audit_head drop constraint audit_head_pkey, drop column is_only, add primary key (force);

-- Wrong states made impossible. -----------------------------------------------------------------------------------

-- Nobody is let into a case by somebody who is not on it.
alter table case_people add constraint let_in_by_one_of_them
  foreign key (case_id, let_in_by) references case_people (case_id, person);
-- A commitment's review is of the commitment's case.
alter table reviews add unique (id, case_id);
alter table commitments drop constraint commitments_review_id_fkey,
  add foreign key (review_id, case_id) references reviews (id, case_id);
alter table reviews
  add constraint decided_when_it_is_decided check (state = 'waiting' or decided_at is not null);
alter table review_versions
  add check (decided_at is not null or codes = '{}'),
  add check (char_length(team) between 1 and 200);
alter table curator_tasks add check (last_at >= first_at);
alter table notices add check (next_try_at >= due_at);

-- Nothing points from one force to another: each foreign key carries the force.
do $$
declare
  fk record;
  target text;
begin
  for fk in
    select c.conname, c.conrelid::regclass as held, c.confrelid::regclass as meant,
      (select string_agg(quote_ident(a.attname), ', ' order by k.place)
       from unnest(c.conkey) with ordinality k (num, place)
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num) as columns,
      (select string_agg(quote_ident(a.attname), ', ' order by k.place)
       from unnest(c.confkey) with ordinality k (num, place)
       join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num) as keys
    from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    order by c.conname
  loop
    target := format('%s_of_force_%s', fk.meant, replace(replace(fk.keys, ', ', '_'), '"', ''));
    if to_regclass(target) is null then
      execute format('create unique index %I on %s (force, %s)', target, fk.meant, fk.keys);
    end if;
    execute format('alter table %s drop constraint %I', fk.held, fk.conname);
    execute format('alter table %s add constraint %I foreign key (force, %s) references %s (force, %s)',
      fk.held, fk.conname, fk.columns, fk.meant, fk.keys);
  end loop;
end
$$;

-- Indexes that lead to many rows begin with the force.
drop index reviews_urgent, reviews_by_age, reviews_by_check_date, reviews_by_date, reviews_red, reviews_amber,
  reviews_by_team, reviews_by_author, commitments_open, commitments_done, review_versions_by_time,
  answers_not_covered, answers_standing_in_message, audit_by_person, audit_by_kind, audit_by_time,
  curator_tasks_listed, notices_to_send, case_people_of_person, shares_with_advocate;
create index reviews_urgent on reviews
  (force, state, (red > 0) desc, (red = 0 and amber > 0) desc, next_date, submitted_at, id);
create index reviews_by_age on reviews (force, state, submitted_at, id);
create index reviews_by_check_date on reviews (force, state, check_date, submitted_at, id);
create index reviews_by_date on reviews (force, state, next_date);
create index reviews_red on reviews (force, state) where red > 0;
create index reviews_amber on reviews (force, state) where amber > 0;
create index reviews_by_team on reviews (force, team);
create index reviews_by_author on reviews (force, author);
create index commitments_open on commitments (force, by_day nulls last, key) where done_at is null;
create index commitments_done on commitments (force, done_at) where done_at is not null;
create index review_versions_by_time on review_versions (force, sent_at);
create index answers_not_covered on answers (force, given_at)
  where kind = 'not-covered' and superseded_at is null;
create unique index answers_standing_in_message on answers (force, chat, message_id)
  where superseded_at is null;
create index audit_by_person on audit (force, who, seq);
create index audit_by_kind on audit (force, what, seq);
create index audit_by_time on audit (force, at);
create index curator_tasks_listed on curator_tasks (force, state, times desc, last_at desc, id);
create index notices_to_send on notices (force, next_try_at, id) where sent_at is null;
create index case_people_of_person on case_people (force, person);
create index shares_with_advocate on shares (force, advocate, made);

-- Words that are encrypted. ---------------------------------------------------------------------------------------

-- An encrypted text is `sealed:<number of its key>:<base64>`, longer than what it holds; lengths are checked before
-- it is encrypted. An encrypted act keeps its kind, question and number in clear, so that its shape is still checked.
create function is_sealed(words text) returns boolean language sql immutable as $$
  select words ~ '^sealed:[0-9]{1,7}:[A-Za-z0-9+/]+=*$'
$$;

alter table people drop constraint people_name_check,
  add check (is_sealed(name) or char_length(name) between 1 and 1000);
alter table reviews drop constraint reviews_handed_to_check,
  add check (is_sealed(handed_to) or char_length(handed_to) between 1 and 1000);
alter table shares drop constraint shares_limits_check,
  add check (is_sealed(limits) or char_length(limits) between 1 and 2000);
alter table share_ends drop constraint share_ends_note_check,
  add check (is_sealed(note) or char_length(note) between 1 and 2000);
alter table curator_tasks drop constraint curator_tasks_question_check,
  add check (is_sealed(question) or char_length(question) between 1 and 510);
alter table review_versions add check (
  jsonb_typeof(facts) = 'object' or (jsonb_typeof(facts) = 'string' and is_sealed(facts #>> '{}'))
);

alter table screening_events
  drop constraint screening_events_act_check,
  add check (
    act ->> 'kind' is not null
    and act ->> 'kind' in (
      'reply', 'reason', 'record', 'strike', 'shorten', 'lengthen',
      'back', 'keep', 'danger', 'pause', 'resume'
    )
    and (act ->> 'kind' in ('reply', 'reason', 'record', 'strike')) = (act ->> 'question' is not null)
    and (act ->> 'kind' <> 'strike' or act ->> 'number' is not null)
    and case when act ? 'sealed' then
      coalesce(is_sealed(act ->> 'sealed'), false)
      and act - array['kind', 'question', 'number', 'sealed'] = '{}'
    else
      (act ->> 'kind' = 'reply') = (act -> 'value' is not null)
      and (act ->> 'kind' = 'record') = (act -> 'fields' is not null)
      and (act ->> 'kind' in ('reason', 'shorten')) = (act ->> 'reason' is not null)
    end
  );
alter table review_events
  add check (not act ? 'sealed' or coalesce(is_sealed(act ->> 'sealed'), false));

-- What stands for an act in the audit: the hash of a random salt and the act. It tells nothing about the act to whoever
-- lacks the salt, which is encrypted with it, and it stays what it is when the act is encrypted anew. Null only in rows
-- put in by hand.
alter table screening_events
  add column digest text check (digest ~ '^[0-9a-f]{64}$'),
  -- Of an act in clear only.
  add column salt text check (char_length(salt) = 36);
alter table review_events
  add column digest text check (digest ~ '^[0-9a-f]{64}$'),
  add column salt text check (char_length(salt) = 36);

alter table screening_events disable trigger append_only;
alter table review_events disable trigger append_only;
update screening_events set salt = gen_random_uuid();
update screening_events set digest = sha256_hex(salt || act::text);
update review_events set salt = gen_random_uuid();
update review_events set digest = sha256_hex(salt || act::text);
alter table screening_events enable trigger append_only;
alter table review_events enable trigger append_only;

-- An instance of the version before may still be writing while this one starts.
create function fill_digest() returns trigger language plpgsql as $$
begin
  new.salt := gen_random_uuid();
  new.digest := sha256_hex(new.salt || new.act::text);
  return new;
end
$$;
create trigger fill_digest before insert on screening_events
  for each row when (new.digest is null) execute function fill_digest();
create trigger fill_digest before insert on review_events
  for each row when (new.digest is null) execute function fill_digest();

-- Append-only but for encrypting anew, where nothing else of the row may change.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_nargs = 1 and tg_op = 'UPDATE' and current_setting('signpost.resealing', true) = 'on' then
    return null;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op);
end
$$;

create function only_resealed() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - tg_argv[0] - 'salt' is distinct from to_jsonb(old) - tg_argv[0] - 'salt' then
    raise exception '% is append-only: only % may be encrypted anew', tg_table_name, tg_argv[0];
  end if;
  return new;
end
$$;

do $$
declare
  held text;
  sealed text;
begin
  for held, sealed in select * from (values
    ('screening_events', 'act'), ('review_events', 'act'), ('shares', 'limits'), ('share_ends', 'note')
  ) given loop
    execute format('drop trigger append_only on %I', held);
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change(%L)', held, 'but for encrypting anew');
    execute format('create trigger only_resealed before update on %I
      for each row execute function only_resealed(%L)', held, sealed);
  end loop;
end
$$;

-- The audit. ------------------------------------------------------------------------------------------------------

-- Up to this entry, acts themselves were hashed; from then on what stands for them.
alter table audit_head add column acts_until bigint not null default 0;
update audit_head set acts_until = seq;

create or replace function review_event_hash(e review_events) returns text language sql stable as $$
  select sha256_hex(
    jsonb_build_array(e.review_id, e.seq, in_utc(e.acted_at), e.acted_by, coalesce(e.digest, e.act::text))::text
  )
$$;

create or replace function screenings_hash(of_case uuid, counts jsonb) returns text language sql stable as $$
  select sha256_hex(coalesce(string_agg(text, E'\n' order by id, seq), '')) from (
    select s.id, 0 as seq, jsonb_build_array(
      s.id, s.case_id, s.case_ref, s.script, s.version, s.started_by, in_utc(s.started_at), s.is_follow_on
    )::text as text
    from screenings s where s.case_id = of_case and counts ? s.id::text
    union all
    select s.id, e.seq, jsonb_build_array(
      e.seq, in_utc(e.acted_at), e.acted_by, e.client, e.activity_id, coalesce(e.digest, e.act::text)
    )::text
    from screenings s join screening_events e on e.screening_id = s.id
    where s.case_id = of_case and e.seq <= (counts ->> s.id::text)::integer
  ) lines
$$;

-- As before, each force with a chain of its own. With the owner's rights, so that nobody else needs any on its end.
create or replace function chain_audit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head audit_head;
  counts jsonb := screening_counts(new.case_id);
begin
  new.screenings := case when counts is distinct from (
    select screenings from audit
    where case_id = new.case_id and screenings is not null order by seq desc limit 1
  ) then counts end;
  new.screenings_hash := case
    when new.screenings is not null then screenings_hash(new.case_id, counts)
  end;
  new.event_hash := (
    select review_event_hash(e) from review_events e
    where e.review_id = new.review_id and e.seq = new.review_seq
  );
  insert into audit_head (force, seq, hash) values (new.force, 0, repeat('0', 64)) on conflict do nothing;
  select * into strict head from audit_head where force = new.force for update;
  new.seq := head.seq + 1;
  new.prev_hash := head.hash;
  new.hash := audit_hash(new);
  update audit_head set seq = new.seq, hash = new.hash where force = new.force;
  return new;
end
$$;

-- Held until the end of the transaction, without the right to change a case.
create function hold_case(of_case uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from cases where id = of_case and force = current_force() for no key update;
end
$$;

create or replace function leave_out_second_share() returns trigger language plpgsql as $$
begin
  -- Of two at once the second waits here for the first, and then sees it.
  perform hold_case(new.case_id);
  if exists (
    select 1 from shares s
    where s.case_id = new.case_id and s.advocate = new.advocate and is_live(s, new.shared_on)
  ) then
    return null;
  end if;
  return new;
end
$$;

-- Forces apart, whatever a statement says. ------------------------------------------------------------------------

-- For the owner too. A connection that names no force sees nothing. Superusers are not held by it.
do $$
declare
  held text;
begin
  for held in
    select table_name from information_schema.columns
    where table_schema = 'public' and column_name = 'force'
  loop
    execute format('alter table %I enable row level security', held);
    execute format('alter table %I force row level security', held);
    -- In a query of its own, so that it is asked once for a statement and not for each row.
    execute format(
      'create policy own_force on %I using (force = (select current_setting(''signpost.force'', true)))', held);
  end loop;
end
$$;

-- Roles. ----------------------------------------------------------------------------------------------------------

-- What each role may do. To be called again when the roles were made later (src/adapters/postgres/roles.sql).
create function grant_rights() returns void language plpgsql as $$
begin
  if exists (select 1 from pg_roles where rolname = 'signpost_app') then
    grant usage on schema public to signpost_app;
    grant select on all tables in schema public to signpost_app;
    -- What is only ever added to.
    grant insert on cases, screenings, screening_events, case_people, case_reads, review_events, audit, shares,
      share_ends, judged_answers, model_switch, data_keys to signpost_app;
    grant insert, update on chats, answers, feedback, people, people_chats, reviews, curator_tasks to signpost_app;
    grant insert, update, delete on notices, commitments to signpost_app;
    grant insert, update (used_by, used_at) on invitations to signpost_app;
    grant insert, update (decided_at, codes) on review_versions to signpost_app;
    grant execute on function hold_case(uuid) to signpost_app;
  end if;
  -- Answering questions: nothing of any case.
  if exists (select 1 from pg_roles where rolname = 'signpost_answers') then
    grant usage on schema public to signpost_answers;
    grant select, insert, update on answers, feedback, curator_tasks to signpost_answers;
    grant select, insert on judged_answers to signpost_answers;
    grant select on data_keys, pgmigrations to signpost_answers;
  end if;
end
$$;

-- Where whoever migrates may make roles they are made here; else an administrator makes them.
do $$
declare
  missing text;
begin
  for missing in
    select name from unnest(array['signpost_owner', 'signpost_app', 'signpost_answers']) name
    where name not in (select rolname from pg_roles)
  loop
    begin
      execute format('create role %I nologin', missing);
    exception
      -- Another database of the same server may make them at this moment.
      when insufficient_privilege or duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;
revoke execute on function hold_case(uuid), chain_audit(), grant_rights() from public;
select grant_rights();
