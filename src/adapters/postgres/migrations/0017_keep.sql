-- Up Migration
-- Entries of the audit go once their time is over and leave an anchor; names and chats of staff go; keys are put in by
-- whoever owns the tables; an entry tells that it came by a command.

-- The beginning of the audit. ---------------------------------------------------------------------------------------

-- Where entries were removed from the beginning of the chain: what is left goes on from the newest of these.
create table audit_anchors (
  seq bigint not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  removed bigint not null check (removed between 1 and seq),
  over_before timestamptz not null,
  pruned_at timestamptz not null,
  pruned_by text not null check (char_length(pruned_by) between 1 and 200),
  why text not null check (why ~ '^[a-z]+(-[a-z]+)*$' and char_length(why) <= 60),
  record text check (record ~ '^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$'),
  force text not null default current_force()
    check (force ~ '^[a-z0-9](-?[a-z0-9])*$' and char_length(force) <= 40),
  primary key (force, seq),
  -- The shortest period there is.
  check (over_before <= pruned_at - interval '1 day')
);
alter table audit_anchors enable row level security;
alter table audit_anchors force row level security;
create policy own_force on audit_anchors using (force = (select current_setting('signpost.force', true)));
create trigger append_only before update or delete or truncate on audit_anchors
  for each statement execute function refuse_change();

-- The last entry that may go: all up to it are older, and none is of a case that is still kept. Null in an empty audit.
create function last_prunable(older_than timestamptz) returns bigint
language sql stable set search_path = public, pg_temp as $$
  select coalesce(
    (select a.seq - 1 from audit a
     where a.force = current_force() and (
       a.at >= older_than
       or exists (select 1 from cases c where c.force = a.force and c.id = a.case_id)
       or exists (select 1 from reviews r where r.force = a.force and r.id = a.review_id)
     )
     order by a.seq limit 1),
    (select max(a.seq) from audit a where a.force = current_force())
  )
$$;

-- Whoever puts one in: it tells of the entry that is there, and of no entry that may not go.
create function check_anchor() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  before bigint := coalesce((select max(seq) from audit_anchors where force = new.force), 0);
  period integer := (select days from retention_periods where force = new.force and kind = 'audit');
begin
  if new.force <> current_force() or new.seq <= before or new.removed <> new.seq - before
    or new.hash is distinct from (select hash from audit where force = new.force and seq = new.seq)
    or new.over_before > new.pruned_at - make_interval(days => coalesce(period, 1))
    or new.seq > coalesce(last_prunable(new.over_before), 0)
  then
    raise exception 'audit is append-only: entries up to % may not be removed', new.seq;
  end if;
  return new;
end
$$;
create trigger check_anchor before insert on audit_anchors for each row execute function check_anchor();

-- An entry goes only where an anchor stands for it; for the owner of the tables too.
create function only_pruned() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if old.seq > coalesce((select max(seq) from audit_anchors where force = old.force), 0) then
    raise exception 'audit is append-only: delete refused';
  end if;
  return old;
end
$$;
drop trigger append_only on audit;
create trigger append_only before update or truncate on audit
  for each statement execute function refuse_change();
create trigger only_pruned before delete on audit for each row execute function only_pruned();

-- The one way by which entries of the audit go. With the rights of whoever calls it: no role but the owner's may delete
-- them. Gives the anchor, or null where nothing may go.
create function prune_audit(older_than timestamptz, given_at timestamptz, given_by text, because text, of_record text)
returns jsonb language plpgsql set search_path = public, pg_temp as $$
declare
  before bigint;
  through bigint;
  gone bigint;
  end_hash text;
begin
  -- One at a time.
  lock table audit_anchors in share row exclusive mode;
  before := coalesce((select max(seq) from audit_anchors where force = current_force()), 0);
  through := last_prunable(older_than);
  if through is null or through <= before then
    return null;
  end if;
  end_hash := (select hash from audit where force = current_force() and seq = through);
  insert into audit_anchors (seq, hash, removed, over_before, pruned_at, pruned_by, why, record)
  values (through, end_hash, through - before, older_than, given_at, given_by, because, of_record);
  delete from audit where force = current_force() and seq <= through;
  get diagnostics gone = row_count;
  if gone <> through - before then
    raise exception 'pruning the audit: % entries were to go and % were there', through - before, gone;
  end if;
  -- Last, since the end of the chain is held until the commit.
  insert into audit (at, who, what, case_id, detail)
  values (
    given_at, given_by, 'audit-pruned', null, jsonb_strip_nulls(jsonb_build_object(
      'why', because, 'record', of_record, 'through', through, 'hash', end_hash, 'rows', gone
    ))
  );
  return jsonb_build_object('seq', through, 'hash', end_hash, 'removed', gone);
end
$$;
revoke execute on function prune_audit(timestamptz, timestamptz, text, text, text) from public;

-- By which way. -----------------------------------------------------------------------------------------------------

-- As in 0011, and: an entry of a connection that a command opened says so, with the account of the machine it ran in.
create or replace function chain_audit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head audit_head;
  counts jsonb := screening_counts(new.case_id);
  via text := current_setting('signpost.via', true);
begin
  if via ~ '^command(:[A-Za-z0-9._@-]{1,64})?$' then
    new.detail := new.detail || jsonb_strip_nulls(
      jsonb_build_object('via', 'command', 'account', nullif(split_part(via, ':', 2), ''))
    );
  end if;
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

-- Staff. ------------------------------------------------------------------------------------------------------------

-- Whoever is here already counts as seen today.
alter table people add column seen_on date not null default current_date;
alter table people_chats add column seen_on date not null default current_date;
alter table retention_periods drop constraint retention_periods_kind_check,
  add check (kind in ('cases', 'reviews', 'tasks', 'answers', 'chats', 'notices', 'people', 'audit'));

-- Instances remember whom they wrote down.
create trigger announce_removed after delete on people
  for each statement execute function announce_removed();
create trigger announce_removed after delete on people_chats
  for each statement execute function announce_removed();

-- Keys. -------------------------------------------------------------------------------------------------------------

-- 32 bytes or more in base64, and the name of a master key in letters that can be printed. Not asked of keys that are
-- here already: junk among them must not keep a store from its upgrade.
alter table data_keys
  add check (wrapped ~ '^[A-Za-z0-9+/]{43,}={0,2}$') not valid,
  add check (wrapped_by ~ '^[!-~]+$') not valid;

-- The first key of a force is made by the server at its first start. The others are put in by the owner of the tables,
-- in order and one at a time, so that nothing that the server's role puts in is taken for a key.
create function next_key_only() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  -- Of two first starts at once the second meets the primary key.
  if exists (select 1 from data_keys where force = new.force and number = new.number) then
    return new;
  end if;
  if new.number <> coalesce((select max(number) from data_keys where force = new.force), 0) + 1 then
    raise exception 'data_keys: % is not the next number', new.number;
  end if;
  if new.number > 1 and not pg_has_role(
    current_user, (select relowner from pg_class where oid = 'public.data_keys'::regclass), 'member'
  ) then
    raise exception 'data_keys: only the owner of the tables adds a key' using errcode = 'insufficient_privilege';
  end if;
  if exists (select 1 from data_keys where force = new.force and used_from > now()) then
    raise exception 'data_keys: the newest key is not used yet, and there is one at a time';
  end if;
  new.made_at := now();
  new.used_from := case when new.number = 1 then now() else least(new.used_from, now() + interval '1 day') end;
  return new;
end
$$;
create trigger next_key_only before insert on data_keys for each row execute function next_key_only();

-- Rights. -----------------------------------------------------------------------------------------------------------

-- What each role may do, as in 0012 and: switches by their new name, conflicts named and lifted, names and chats of
-- staff deleted when their time is over.
create or replace function grant_rights() returns void language plpgsql as $$
begin
  if exists (select 1 from pg_roles where rolname = 'signpost_app') then
    grant usage on schema public to signpost_app;
    grant select on all tables in schema public to signpost_app;
    -- What is only ever added to.
    grant insert on cases, screenings, screening_events, case_people, case_reads, review_events, audit, shares,
      share_ends, judged_answers, switches, data_keys, case_keeps, legal_holds, conflicts to signpost_app;
    grant insert, update on reviews, retention_periods to signpost_app;
    -- Deleted in batches when their time is over.
    grant insert, update, delete on notices, commitments, chats, answers, feedback, curator_tasks, people,
      people_chats to signpost_app;
    grant delete on judged_answers to signpost_app;
    grant insert, update (used_by, used_at) on invitations to signpost_app;
    grant insert, update (decided_at, codes) on review_versions to signpost_app;
    grant update (lifted_by, lifted_at, lifted_why) on legal_holds to signpost_app;
    grant update (lifted_by, lifted_at, lifted_why, lifted_record) on conflicts to signpost_app;
    grant execute on function hold_case(uuid) to signpost_app;
    grant execute on function erase_case(uuid, timestamptz, text, text, text, timestamptz, boolean) to signpost_app;
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
select grant_rights();

-- What is kept where. -----------------------------------------------------------------------------------------------

comment on table audit_anchors is 'audit: Where entries were removed from the beginning of the audit, which goes on from the newest.';
comment on column audit_anchors.seq is 'count: the last entry that was removed';
comment on column audit_anchors.hash is 'hash: of that entry';
comment on column audit_anchors.removed is 'count: how many were removed';
comment on column audit_anchors.over_before is 'time: before which the entries were over';
comment on column audit_anchors.pruned_at is 'time: when they were removed';
comment on column audit_anchors.pruned_by is 'person: who decided so';
comment on column audit_anchors.why is 'code: why';
comment on column audit_anchors.record is 'id: number of the record of the force that says more';
comment on column audit_anchors.force is 'code: whose row it is';
comment on column audit.detail is
  'code: kinds, codes, counts and reasons, and the account a command was run in; never the words of a reply';
comment on column people.seen_on is 'time: day on which they were last seen';
comment on column people_chats.seen_on is 'time: day on which they were last seen';
-- The queue is filtered by it.
comment on column reviews.author is 'person: who wrote it, by name';
comment on table people is 'people: Names to print beside what people did.';
comment on table people_chats is 'people: Where a person can be written to.';
