-- Up Migration
-- What is kept for how long, holds, deletion of a case with what remains of it, and what each column holds.
-- Long: most of it is the comment that each table and column now has.

-- Periods that a force set; where there is none, that of src/core/retention.ts counts.
create table retention_periods (
  kind text not null check (kind in ('cases', 'reviews', 'tasks', 'answers', 'chats', 'notices', 'audit')),
  days integer not null check (days between 1 and 36500),
  set_by text not null check (char_length(set_by) between 1 and 200),
  set_at timestamptz not null,
  force text not null default current_force(),
  primary key (force, kind)
);

-- Whoever looked at a case that was due and keeps it, until which day.
create table case_keeps (
  case_id uuid not null,
  kept_by text not null check (char_length(kept_by) between 1 and 200),
  kept_at timestamptz not null,
  why text not null check (why ~ '^[a-z]+(-[a-z]+)*$' and char_length(why) <= 60),
  -- Of the force's own record that says more.
  record text check (record ~ '^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$'),
  until date not null,
  force text not null default current_force(),
  foreign key (force, case_id) references cases (force, id),
  check (until > (kept_at at time zone 'UTC')::date - 1)
);
create index case_keeps_of_case on case_keeps (case_id, kept_at);

-- While one is not lifted, nothing of its case is deleted. There may be several.
create table legal_holds (
  number bigint generated always as identity primary key,
  case_id uuid not null,
  set_by text not null check (char_length(set_by) between 1 and 200),
  set_at timestamptz not null,
  why text not null check (why ~ '^[a-z]+(-[a-z]+)*$' and char_length(why) <= 60),
  record text check (record ~ '^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$'),
  lifted_by text check (char_length(lifted_by) between 1 and 200),
  lifted_at timestamptz,
  lifted_why text check (lifted_why ~ '^[a-z]+(-[a-z]+)*$' and char_length(lifted_why) <= 60),
  force text not null default current_force(),
  foreign key (force, case_id) references cases (force, id),
  check ((lifted_by is null) = (lifted_at is null) and (lifted_by is null) = (lifted_why is null)),
  check (lifted_at >= set_at)
);
create index legal_holds_of_case on legal_holds (case_id) where lifted_at is null;

-- What remains of a deleted case. It points at nothing: there is nothing left to point at.
create table tombstones (
  case_id uuid not null,
  erased_at timestamptz not null,
  erased_by text not null check (char_length(erased_by) between 1 and 200),
  why text not null check (why ~ '^[a-z]+(-[a-z]+)*$' and char_length(why) <= 60),
  record text check (record ~ '^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$'),
  -- How the case stood: one that changed after it is not deleted again in its name.
  last_change timestamptz not null,
  -- Rows by table.
  counts jsonb not null check (jsonb_typeof(counts) = 'object'),
  force text not null default current_force(),
  primary key (force, case_id)
);

do $$
declare
  held text;
begin
  foreach held in array array['retention_periods', 'case_keeps', 'legal_holds', 'tombstones'] loop
    execute format('alter table %I add check (force ~ ''^[a-z0-9](-?[a-z0-9])*$'' and char_length(force) <= 40)', held);
    execute format('alter table %I enable row level security', held);
    execute format('alter table %I force row level security', held);
    execute format(
      'create policy own_force on %I using (force = (select current_setting(''signpost.force'', true)))', held);
  end loop;
end
$$;

-- A hold is lifted once, and nothing else of it changes.
create function only_lifted() returns trigger language plpgsql as $$
begin
  if old.lifted_at is not null or to_jsonb(new) - array['lifted_by', 'lifted_at', 'lifted_why']
      is distinct from to_jsonb(old) - array['lifted_by', 'lifted_at', 'lifted_why'] then
    raise exception 'legal_holds is append-only: a hold can only be lifted, once';
  end if;
  return new;
end
$$;
create trigger only_lifted before update on legal_holds for each row execute function only_lifted();

-- Deletion. -------------------------------------------------------------------------------------------------------

-- The last thing that somebody did in a case, but for its review. Reading is not doing.
create function screenings_changed_at(of_case uuid) returns timestamptz language sql stable as $$
  select greatest(
    (select max(started_at) from screenings where case_id = of_case),
    (select max(e.acted_at) from screenings s join screening_events e on e.screening_id = s.id
     where s.case_id = of_case),
    (select max(let_in_at) from case_people where case_id = of_case),
    (select max(shared_at) from shares where case_id = of_case),
    (select max(e.ended_at) from shares s join share_ends e on e.share_id = s.id where s.case_id = of_case)
  )
$$;
-- And in its review, or with what came of it.
create function review_changed_at(of_case uuid) returns timestamptz language sql stable as $$
  select greatest(
    (select max(e.acted_at) from reviews r join review_events e on e.review_id = r.id where r.case_id = of_case),
    (select max(done_at) from commitments where case_id = of_case)
  )
$$;

create function is_held(of_case uuid) returns boolean language sql stable as $$
  select exists (select 1 from legal_holds where case_id = of_case and lifted_at is null)
$$;

-- The case that is being deleted in this transaction: it has a tombstone and no hold.
create function case_being_erased() returns uuid language sql stable as $$
  select t.case_id from tombstones t
  where t.force = current_force() and not is_held(t.case_id)
    and t.case_id::text = nullif(current_setting('signpost.erasing', true), '')
$$;

-- Append-only but for encrypting anew, and for the one case that is being deleted (`erase_case`).
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_nargs = 1 and tg_op = 'UPDATE' and current_setting('signpost.resealing', true) = 'on' then
    return null;
  end if;
  if tg_op = 'DELETE' and case_being_erased() is not null and tg_table_name in (
    'screening_events', 'review_events', 'case_reads', 'shares', 'share_ends', 'reviews', 'case_keeps',
    'legal_holds', 'screenings', 'cases', 'case_people'
  ) then
    return null;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op);
end
$$;

create function only_erased() returns trigger language plpgsql as $$
declare
  of_case uuid;
begin
  of_case := case tg_argv[0]
    when 'case' then (to_jsonb(old) ->> 'id')::uuid
    when 'own' then (to_jsonb(old) ->> 'case_id')::uuid
    when 'screening' then (select s.case_id from screenings s where s.id = (to_jsonb(old) ->> 'screening_id')::uuid)
    when 'review' then (select r.case_id from reviews r where r.id = (to_jsonb(old) ->> 'review_id')::uuid)
    when 'share' then (select s.case_id from shares s where s.id = (to_jsonb(old) ->> 'share_id')::uuid)
  end;
  if of_case is distinct from case_being_erased() then
    raise exception '% is append-only: this row is of another case', tg_table_name;
  end if;
  return old;
end
$$;

do $$
declare
  held text;
  way text;
begin
  for held, way in select * from (values
    ('screening_events', 'screening'), ('review_events', 'review'), ('share_ends', 'share'), ('case_reads', 'own'),
    ('shares', 'own'), ('reviews', 'own'), ('case_keeps', 'own'), ('legal_holds', 'own'), ('screenings', 'own'),
    ('case_people', 'own'), ('cases', 'case')
  ) given loop
    if held in ('screenings', 'case_people', 'cases', 'legal_holds') then
      execute format('create trigger never_removed before delete or truncate on %I
        for each statement execute function refuse_change()', held);
    end if;
    execute format('create trigger only_erased before delete on %I
      for each row execute function only_erased(%L)', held, way);
  end loop;
end
$$;
create trigger append_only before update or delete or truncate on case_keeps
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on tombstones
  for each statement execute function refuse_change();

-- The one way by which a case goes: all rows of it, a tombstone and an entry of the audit, or nothing. Refuses where
-- the case is held, unknown, or changed after `unchanged_since`. `again`: from a list of tombstones, after a restore.
create function erase_case(
  of_case uuid, erased_at timestamptz, erased_by text, why text, record text, unchanged_since timestamptz,
  again boolean
) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed timestamptz;
  held text;
  condition text;
  rows_found bigint;
  counts jsonb := '{}';
  of_screening constant text := 'screening_id in (select id from screenings where case_id = $1)';
  of_review constant text := '%s in (select id from reviews where case_id = $1)';
begin
  perform 1 from cases where id = of_case and force = current_force() for update;
  if not found then
    return jsonb_build_object('refused', 'unknown');
  end if;
  -- Whoever is in the middle of a turn finishes it first, and is seen below.
  perform 1 from screenings where case_id = of_case order by id for update;
  perform 1 from reviews where case_id = of_case order by id for update;
  if is_held(of_case) then
    return jsonb_build_object('refused', 'held');
  end if;
  changed := date_trunc('milliseconds', greatest(screenings_changed_at(of_case), review_changed_at(of_case)));
  if changed > unchanged_since then
    return jsonb_build_object('refused', 'changed');
  end if;
  for pass in 1..2 loop
    -- Counted first: the tombstone has to be there before anything goes.
    if pass = 2 then
      insert into tombstones (case_id, erased_at, erased_by, why, record, last_change, counts)
      values (of_case, erase_case.erased_at, erase_case.erased_by, erase_case.why, erase_case.record,
        coalesce(changed, unchanged_since), counts)
      on conflict do nothing;
      perform set_config('signpost.erasing', of_case::text, true);
    end if;
    for held, condition in select * from (values
      ('chats', of_screening), ('invitations', of_screening), ('notices', format(of_review, 'about_review')),
      ('commitments', 'case_id = $1'), ('review_versions', format(of_review, 'review_id')),
      ('review_events', format(of_review, 'review_id')), ('reviews', 'case_id = $1'),
      ('screening_events', of_screening), ('screenings', 'case_id = $1'),
      ('share_ends', 'share_id in (select id from shares where case_id = $1)'), ('shares', 'case_id = $1'),
      ('case_reads', 'case_id = $1'), ('case_people', 'case_id = $1'), ('case_keeps', 'case_id = $1'),
      ('legal_holds', 'case_id = $1'), ('cases', 'id = $1')
    ) given loop
      if pass = 1 then
        execute format('select count(*) from %I where %s', held, condition) into rows_found using of_case;
        if rows_found > 0 then
          counts := counts || jsonb_build_object(held, rows_found);
        end if;
      else
        execute format('delete from %I where %s', held, condition) using of_case;
      end if;
    end loop;
  end loop;
  perform set_config('signpost.erasing', '', true);
  -- Last, since the end of the chain is held until the commit.
  insert into audit (at, who, what, case_id, detail)
  values (
    erase_case.erased_at, erase_case.erased_by, case when again then 'case-erased-again' else 'case-erased' end,
    of_case, jsonb_strip_nulls(jsonb_build_object(
      'why', why, 'record', record, 'rows', (select sum(value::bigint) from jsonb_each_text(counts))
    ))
  );
  return jsonb_build_object('erased', counts);
end
$$;

-- Rights. ---------------------------------------------------------------------------------------------------------

-- What each role may do, as in 0011 and: what retention needs.
create or replace function grant_rights() returns void language plpgsql as $$
begin
  if exists (select 1 from pg_roles where rolname = 'signpost_app') then
    grant usage on schema public to signpost_app;
    grant select on all tables in schema public to signpost_app;
    -- What is only ever added to.
    grant insert on cases, screenings, screening_events, case_people, case_reads, review_events, audit, shares,
      share_ends, judged_answers, model_switch, data_keys, case_keeps, legal_holds to signpost_app;
    grant insert, update on people, people_chats, reviews, retention_periods to signpost_app;
    -- Short-lived: deleted in batches when their time is over.
    grant insert, update, delete on notices, commitments, chats, answers, feedback, curator_tasks to signpost_app;
    grant delete on judged_answers to signpost_app;
    grant insert, update (used_by, used_at) on invitations to signpost_app;
    grant insert, update (decided_at, codes) on review_versions to signpost_app;
    grant update (lifted_by, lifted_at, lifted_why) on legal_holds to signpost_app;
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
revoke execute on function erase_case(uuid, timestamptz, text, text, text, timestamptz, boolean) from public;
select grant_rights();

-- For finding what is over.
create index answers_by_time on answers (force, given_at);
create index notices_sent on notices (force, sent_at) where sent_at is not null;
create index curator_tasks_by_time on curator_tasks (force, last_at);

-- What is kept where. ---------------------------------------------------------------------------------------------

-- Of each table how long it is kept and what it is for, of each column its kind and what it says. The statement for a
-- data-protection assessment (docs/data-statement.md) is made from these.
do $$
declare
  line text;
  held text;
begin
  foreach line in array string_to_array($comments$answers = answers: Answers that were given: what they showed, never what was asked.
id id: the answer
chat id: conversation of Teams
activity_id id: message of Teams that asked
given_at time: when
kind code: what kind of answer
passages id: passages shown
knowledge_version code: version of the guidance
message_id id: message of Teams that shows it
superseded_at time: when it was replaced
topic code: nearest topic where nothing was found
chosen_by code: prompts that had a part in choosing
is_improved code: whether a model replaced the first thing shown
audit = audit: Who read, changed, exported, erased or was refused what; one chain.
seq count: place in the chain
at time: when
who person: who
what code: what
case_id id: of which case
detail code: kinds, codes, counts and reasons; never the words of a reply
review_id id: the review whose event it tells of
review_seq count: the number of that event
event_hash hash: of that event
screenings count: events of each screening of the case
screenings_hash hash: of those events
prev_hash hash: of the entry before
hash hash: of this entry
audit_head = audit: The end of the chain.
seq count: the newest entry
hash hash: of it
acts_until count: entries up to which acts themselves were hashed
case_keeps = cases: Who keeps a case that was due, and until when.
case_id id: the case
kept_by person: who
kept_at time: when
why code: why
record id: number of the record of the force that says more
until time: until which day
case_people = cases: Who may work on a case.
case_id id: the case
person person: who
let_in_by person: by whom they were let in
let_in_at time: when
let_in count: order in which people were let in
case_reads = cases: Who was shown what a case holds.
case_id id: the case
person person: who
read_at time: when
what code: screening, summary or held answers
cases = cases: A case and the reference that people say aloud.
id id: the case
ref id: random reference, no number of any other system
chats = chats: What a chat shows at the moment; rebuilt from the screening if lost.
key id: conversation of Teams
screening_id id: the screening shown
seen count: events it had when it was drawn
card_message id: message of Teams that holds the card
commitments = reviews: What was promised, and what is to be watched.
key id: the commitment
case_id id: its case
review_id id: its review
kind code: promise, update, referral or date
what words: what
who words: who is to do it
recorded_by person: who recorded it
owner person: who is reminded
line id: the line of the summary it stands in
by_day time: by which day
by_precision code: how exactly the day is known
done_at time: when it was done
done_by person: who closed it
note words: how it was done
curator_tasks = tasks: Questions that need a curator, with personal data taken out first; nothing leads to who asked.
id id: the task
kind code: why it needs a curator
key hash: of the redacted question
question words: the redacted question
earlier words: up to two redacted questions before it
answer_kind code: what kind of answer was given
shown id: passages shown
topic code: nearest topic
knowledge_version code: version of the guidance
comments words: redacted comments
times count: how often it was asked
first_at time: when first
last_at time: when last
state code: open, done or not ours
closed_by person: who closed it
closed_at time: when
note words: what the curator noted
data_keys = store: Keys that words are encrypted with, themselves encrypted by the master key.
number count: the key
wrapped key: the encrypted key
wrapped_by code: name of the master key
made_at time: when it was made
used_from time: from when it is used
feedback = answers: Whether an answer was found right.
answer_id id: the answer
given_by person: who
reaction code: thumb up or down
comment words: what they wrote with it
given_at time: when
invitations = cases: Codes said aloud that let a colleague in.
code_hash hash: of the code, which is nowhere stored
screening_id id: the screening
made_by person: who made it
made_at time: when
valid_until time: until when it may be used
used_by person: whom it let in
used_at time: when
judged_answers = answers: Answers judged wrong that were already counted.
answer_id id: the answer
legal_holds = cases: Holds: while one stands, nothing of the case is deleted.
number count: the hold
case_id id: the case
set_by person: who set it
set_at time: when
why code: why
record id: number of the record of the force that says more
lifted_by person: who lifted it
lifted_at time: when
lifted_why code: why
model_switch = audit: Whether the model may be asked, and who decided that.
seq count: place in the order
turned_at time: when
turned_by person: who
is_on code: on or off
why code: the reason, without personal data
notices = notices: What is to be told or reminded, to whom.
id id: the notice
dedupe_key id: the occasion, so that it is sent once
kind code: what kind
to_person person: whom
about_review id: the review
due_at time: when
next_try_at time: when it may be tried
tries count: how often it was tried
sent_at time: when Teams had it
people = staff: Names to print beside what people did.
id person: who, as the directory knows them
name words: their name
people_chats = staff: Where a person can be written to.
person person: who
channel_id code: which channel
service_url contact: address of the channel
conversation_id contact: conversation of Teams
tenant_id id: tenant of the directory
bot_id id: the assistant, as Teams knows it
person_id person: who, as Teams knows them
pgmigrations = store: Which steps brought the store to its version.
id count: place in the order
name code: the step
run_on time: when
retention_periods = store: Periods that the force set.
kind code: of what
days count: how long it is kept
set_by person: who set it
set_at time: when
review_events = reviews: What was done in a review, in order: the summary as sent, changes, decisions.
review_id id: its review
seq count: place in the order
acted_at time: when
acted_by person: who
act words: the summary, changed words, notes and reasons; its kind in clear
digest hash: of the act, for the audit
salt hash: random text hashed with an act in clear; empty once encrypted
review_versions = reviews: What the overview counts of each version.
review_id id: its review
seq count: the event that sent it
team code: team of the author
sent_at time: when it was sent
decided_at time: when it was decided on
codes code: reasons it was returned for
facts words: what is counted
reviews = reviews: The review of a case summary, with what the queue is listed by.
id id: the review
case_id id: its case
case_ref id: the reference of its case
events count: events the facts were worked out from
state code: waiting, returned or approved
version count: version of the summary
submitted_at time: when it was sent
decided_at time: when it was decided on
author person: who wrote it
handed_to_id person: to whom it was handed
handed_to words: their name
team code: team of the author
scripts code: scripts that were used
red count: red flags raised
amber count: amber flags raised
is_incomplete code: whether questions are open
check_date time: day of the next check
order_ends time: day an order ends
next_date time: the earlier of the two
screening_events = cases: What was done in a screening, in order: replies, records, reasons.
screening_id id: its screening
seq count: place in the order
acted_at time: when it was done
acted_by person: who did it
client code: card, chat or terminal
activity_id id: message of Teams it came by
act words: the reply, record or reason; its kind and question in clear
digest hash: of the act, for the audit
salt hash: random text hashed with an act in clear; empty once encrypted
screenings = cases: One run of a script for a case.
id id: the screening
begun count: order in which screenings were begun
case_id id: its case
case_ref id: the reference of its case
script code: which script
version count: which version of the script
started_by person: who began it
started_at time: when it was begun
started_activity id: message of Teams it was begun by
is_follow_on code: whether another of the case came before
share_ends = cases: How a share ended.
share_id id: the share
advocate person: with whom
ended_by person: who ended it
ended_at time: when
why code: why
note words: what was noted
shares = cases: With which advocate a case is or was shared, and what the person agreed to.
id id: the share
made count: order in which shares were made
case_id id: its case
advocate person: with whom
shared_by person: by whom
shared_at time: when
shared_on time: which day in London
agreed_on time: day of the agreement
agreed_way code: how it was given
parts code: what is shared
limits words: what must not be passed on
until time: its last day
tombstones = audit: What remains of a deleted case.
case_id id: the case, which is nowhere else but in the audit
erased_at time: when
erased_by person: who
why code: why
record id: number of the record of the force that says more
last_change time: when the case was last changed
counts count: rows by table$comments$, E'\n') loop
    if line like '% = %' then
      held := split_part(line, ' = ', 1);
      execute format('comment on table %I is %L', held, substr(line, length(held) + 4));
    else
      execute format('comment on column %I.%I is %L', held, split_part(line, ' ', 1),
        substr(line, length(split_part(line, ' ', 1)) + 2));
    end if;
  end loop;
  for held in
    select table_name from information_schema.columns where table_schema = 'public' and column_name = 'force'
  loop
    execute format('comment on column %I.force is %L', held, 'code: whose row it is');
  end loop;
end
$$;
