-- Up Migration

-- The review of a case's summary, with what the queue is listed by. The facts are worked out in code from the
-- events and replaced at each; the events are the record.
create table reviews (
  id uuid primary key,
  case_id uuid not null unique,
  case_ref text not null,
  -- How many events the facts were worked out from; a change is saved only on the number it was decided on.
  events integer not null check (events > 0),
  state text not null check (state in ('waiting', 'returned', 'approved')),
  version integer not null check (version > 0),
  submitted_at timestamptz not null,
  -- Null while nobody has decided.
  decided_at timestamptz,
  author text not null check (char_length(author) between 1 and 1000),
  -- Null: for whichever supervisor comes first.
  handed_to_id text check (char_length(handed_to_id) between 1 and 200),
  handed_to text check (char_length(handed_to) between 1 and 1000),
  team text check (char_length(team) between 1 and 200),
  scripts text[] not null check (array_position(scripts, null) is null),
  red integer not null check (red >= 0),
  amber integer not null check (amber >= 0),
  is_incomplete boolean not null,
  check_date date,
  order_ends date,
  -- The earlier of the two that is known.
  next_date date generated always as (least(check_date, order_ends)) stored,
  foreign key (case_id, case_ref) references cases (id, ref),
  check ((handed_to_id is null) = (handed_to is null))
);

-- The orders of the queue. `urgent` is one for reading, told by its parts: raised red flags, else amber ones, then
-- the nearest date, then the longest wait.
create index reviews_urgent on reviews
  (state, (red > 0) desc, (red = 0 and amber > 0) desc, next_date, submitted_at, id);
create index reviews_by_age on reviews (state, submitted_at, id);
create index reviews_by_check_date on reviews (state, check_date, submitted_at, id);
-- Its filters, beside those that the orders serve. A search for part of a reference reads them all.
create index reviews_by_date on reviews (state, next_date);
create index reviews_red on reviews (state) where red > 0;
create index reviews_amber on reviews (state) where amber > 0;
create index reviews_by_team on reviews (team);
create index reviews_by_author on reviews (author);
create index reviews_by_script on reviews using gin (scripts);

create trigger never_moved before update of id, case_id, case_ref on reviews
  for each statement execute function refuse_change();
create trigger never_removed before delete or truncate on reviews
  for each statement execute function refuse_change();

create table review_events (
  review_id uuid not null references reviews (id),
  -- 1, 2, 3 …; that none is left out is seen to by `reviews.events`.
  seq integer not null check (seq > 0),
  acted_at timestamptz not null,
  acted_by text not null check (char_length(acted_by) between 1 and 200),
  act jsonb not null check (
    act ->> 'kind' is not null
    and act ->> 'kind' in (
      'submitted', 'line-checked', 'line-edited', 'point-answered', 'handed', 'returned', 'approved'
    )
  ),
  primary key (review_id, seq)
);

create trigger append_only before update or delete or truncate on review_events
  for each statement execute function refuse_change();

-- Who read, changed, exported or was refused what. One chain over everything: each entry's hash covers the one
-- before, so that whoever alters one must rewrite all that follow, and the newest hash noted elsewhere shows even
-- that. It points at cases and reviews without foreign keys: it outlives what it tells of.
create table audit (
  -- 1, 2, 3 … without gaps (an identity column would leave some), so that one taken out is missed.
  seq bigint primary key,
  at timestamptz not null,
  who text not null check (char_length(who) between 1 and 200),
  what text not null check (what ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(what) <= 60),
  case_id uuid,
  -- Kinds, codes and counts; never the words of a reply.
  detail jsonb not null check (jsonb_typeof(detail) = 'object' and char_length(detail::text) <= 4000),
  -- The event of a review that this entry was written with, and its hash.
  review_id uuid,
  review_seq integer,
  event_hash text,
  -- How many events each screening of the case had, and the hash of them all; null when the case's entry before
  -- tells the same numbers. So the events of screenings are proved without any turn writing here.
  screenings jsonb,
  screenings_hash text,
  prev_hash text not null check (prev_hash ~ '^[0-9a-f]{64}$'),
  hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
  check ((review_id is null) = (review_seq is null) and (review_id is null) = (event_hash is null)),
  check ((screenings is null) = (screenings_hash is null)),
  unique (review_id, review_seq)
);

create index audit_of_case on audit (case_id, seq);
create index audit_screenings_of_case on audit (case_id, seq) where screenings is not null;
create index audit_by_person on audit (who, seq);
create index audit_by_kind on audit (what, seq);
create index audit_by_time on audit (at);

-- The end of the chain. Whoever appends holds this row until the commit, so the chain never forks; it is taken
-- last in a transaction, so nobody waits in a circle.
create table audit_head (
  is_only boolean primary key default true check (is_only),
  seq bigint not null,
  hash text not null
);
insert into audit_head (seq, hash) values (0, repeat('0', 64));

create function sha256_hex(words text) returns text language sql stable as $$
  select encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;

-- Instants are hashed in one form, whatever the session's time zone.
create function in_utc(at timestamptz) returns text language sql stable as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The canonical text of an entry is a JSON array of all it holds, its number and the hash before it included.
create function audit_hash(a audit) returns text language sql stable as $$
  select sha256_hex(jsonb_build_array(
    a.prev_hash, a.seq, in_utc(a.at), a.who, a.what, a.case_id, a.detail,
    a.review_id, a.review_seq, a.event_hash, a.screenings, a.screenings_hash
  )::text)
$$;

create function review_event_hash(e review_events) returns text language sql stable as $$
  select sha256_hex(jsonb_build_array(e.review_id, e.seq, in_utc(e.acted_at), e.acted_by, e.act)::text)
$$;

-- `{"<screening>": <number of events>}`; null when there are none.
create function screening_counts(of_case uuid) returns jsonb language sql stable as $$
  select jsonb_object_agg(s.id, n.events)
  from screenings s
  cross join lateral (
    select coalesce(max(seq), 0) as events from screening_events where screening_id = s.id
  ) n
  where s.case_id = of_case
$$;

-- Of the first so many events of each screening and of whose it was: later events change nothing about it.
create function screenings_hash(of_case uuid, counts jsonb) returns text language sql stable as $$
  select sha256_hex(coalesce(string_agg(text, E'\n' order by id, seq), '')) from (
    select s.id, 0 as seq, jsonb_build_array(
      s.id, s.case_id, s.case_ref, s.script, s.version, s.started_by, in_utc(s.started_at), s.is_follow_on
    )::text as text
    from screenings s where s.case_id = of_case and counts ? s.id::text
    union all
    select s.id, e.seq, jsonb_build_array(
      e.seq, in_utc(e.acted_at), e.acted_by, e.client, e.activity_id, e.act
    )::text
    from screenings s join screening_events e on e.screening_id = s.id
    where s.case_id = of_case and e.seq <= (counts ->> s.id::text)::integer
  ) lines
$$;

-- Whatever an insert says about its place and hashes is overwritten.
create function chain_audit() returns trigger language plpgsql as $$
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
  select * into strict head from audit_head for update;
  new.seq := head.seq + 1;
  new.prev_hash := head.hash;
  new.hash := audit_hash(new);
  update audit_head set seq = new.seq, hash = new.hash;
  return new;
end
$$;

create trigger chained before insert on audit for each row execute function chain_audit();
create trigger append_only before update or delete or truncate on audit
  for each statement execute function refuse_change();

-- A summary read in the chat is in the chain too; the other reads, one a turn, are append-only as they are.
create function audit_summary_read() returns trigger language plpgsql as $$
begin
  insert into audit (at, who, what, case_id, detail)
  values (new.read_at, new.person, 'summary-read', new.case_id, '{}');
  return null;
end
$$;

create trigger audited after insert on case_reads
  for each row when (new.what = 'summary') execute function audit_summary_read();

-- What is to be told or reminded, to whom: sent once, surviving restarts.
create table notices (
  id uuid primary key default gen_random_uuid(),
  -- Names the occasion: however often it is put, it is sent once.
  dedupe_key text not null unique check (char_length(dedupe_key) between 1 and 300),
  kind text not null check (kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(kind) <= 60),
  to_person text not null check (char_length(to_person) between 1 and 200),
  about_review uuid not null references reviews (id),
  due_at timestamptz not null,
  -- When it may be taken: due, or after the pause that follows a try.
  next_try_at timestamptz not null,
  tries integer not null default 0 check (tries >= 0),
  -- Null until Teams has it.
  sent_at timestamptz
);

create index notices_to_send on notices (next_try_at, id) where sent_at is null;
create index notices_about_review on notices (about_review);
