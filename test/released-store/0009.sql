-- The store as migrations 0001 to 0009 leave it, with rows written by that release (pg_dump --inserts).
set check_function_bodies = false;

CREATE TABLE public.audit (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    who text NOT NULL,
    what text NOT NULL,
    case_id uuid,
    detail jsonb NOT NULL,
    review_id uuid,
    review_seq integer,
    event_hash text,
    screenings jsonb,
    screenings_hash text,
    prev_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_check CHECK ((((review_id IS NULL) = (review_seq IS NULL)) AND ((review_id IS NULL) = (event_hash IS NULL)))),
    CONSTRAINT audit_check1 CHECK (((screenings IS NULL) = (screenings_hash IS NULL))),
    CONSTRAINT audit_detail_check CHECK (((jsonb_typeof(detail) = 'object'::text) AND (char_length((detail)::text) <= 4000))),
    CONSTRAINT audit_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT audit_prev_hash_check CHECK ((prev_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT audit_what_check CHECK (((what ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (char_length(what) <= 60))),
    CONSTRAINT audit_who_check CHECK (((char_length(who) >= 1) AND (char_length(who) <= 200)))
);

CREATE FUNCTION public.audit_hash(a public.audit) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select sha256_hex(jsonb_build_array(
    a.prev_hash, a.seq, in_utc(a.at), a.who, a.what, a.case_id, a.detail,
    a.review_id, a.review_seq, a.event_hash, a.screenings, a.screenings_hash
  )::text)
$$;

CREATE FUNCTION public.audit_summary_read() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into audit (at, who, what, case_id, detail)
  values (new.read_at, new.person, 'summary-read', new.case_id, '{}');
  return null;
end
$$;

CREATE FUNCTION public.chain_audit() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.in_utc(at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

CREATE TABLE public.shares (
    id uuid NOT NULL,
    made bigint NOT NULL,
    case_id uuid NOT NULL,
    advocate text NOT NULL,
    shared_by text NOT NULL,
    shared_at timestamp with time zone NOT NULL,
    shared_on date NOT NULL,
    agreed_on date NOT NULL,
    agreed_way text NOT NULL,
    parts text[] NOT NULL,
    limits text,
    until date,
    CONSTRAINT shares_advocate_check CHECK (((char_length(advocate) >= 1) AND (char_length(advocate) <= 200))),
    CONSTRAINT shares_agreed_way_check CHECK ((agreed_way = ANY (ARRAY['in-person'::text, 'by-phone'::text, 'in-writing'::text]))),
    CONSTRAINT shares_check CHECK ((agreed_on <= shared_on)),
    CONSTRAINT shares_check1 CHECK ((until >= shared_on)),
    CONSTRAINT shares_check2 CHECK ((advocate <> shared_by)),
    CONSTRAINT shares_limits_check CHECK (((char_length(limits) >= 1) AND (char_length(limits) <= 2000))),
    CONSTRAINT shares_parts_check CHECK (((parts <@ ARRAY['plan'::text, 'account'::text, 'indicators'::text]) AND (array_position(parts, NULL::text) IS NULL))),
    CONSTRAINT shares_shared_by_check CHECK (((char_length(shared_by) >= 1) AND (char_length(shared_by) <= 200)))
);

CREATE FUNCTION public.is_live(s public.shares, today date) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select (s.until is null or s.until >= today)
    and not exists (select 1 from share_ends e where e.share_id = s.id)
$$;

CREATE FUNCTION public.leave_out_second_share() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  -- Of two at once the second waits here for the first, and then sees it.
  perform 1 from cases where id = new.case_id for no key update;
  if exists (
    select 1 from shares s
    where s.case_id = new.case_id and s.advocate = new.advocate and is_live(s, new.shared_on)
  ) then
    return null;
  end if;
  return new;
end
$$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op);
end
$$;

CREATE TABLE public.review_events (
    review_id uuid NOT NULL,
    seq integer NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    acted_by text NOT NULL,
    act jsonb NOT NULL,
    CONSTRAINT review_events_act_check CHECK ((((act ->> 'kind'::text) IS NOT NULL) AND ((act ->> 'kind'::text) = ANY (ARRAY['submitted'::text, 'line-checked'::text, 'line-edited'::text, 'point-answered'::text, 'handed'::text, 'returned'::text, 'approved'::text])))),
    CONSTRAINT review_events_acted_by_check CHECK (((char_length(acted_by) >= 1) AND (char_length(acted_by) <= 200))),
    CONSTRAINT review_events_seq_check CHECK ((seq > 0))
);

CREATE FUNCTION public.review_event_hash(e public.review_events) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select sha256_hex(jsonb_build_array(e.review_id, e.seq, in_utc(e.acted_at), e.acted_by, e.act)::text)
$$;

CREATE FUNCTION public.screening_counts(of_case uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_object_agg(s.id, n.events)
  from screenings s
  cross join lateral (
    select coalesce(max(seq), 0) as events from screening_events where screening_id = s.id
  ) n
  where s.case_id = of_case
$$;

CREATE FUNCTION public.screenings_hash(of_case uuid, counts jsonb) RETURNS text
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION public.sha256_hex(words text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;

CREATE TABLE public.answers (
    id uuid NOT NULL,
    chat text NOT NULL,
    activity_id text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    passages text[] NOT NULL,
    knowledge_version text NOT NULL,
    message_id text,
    superseded_at timestamp with time zone,
    topic text,
    CONSTRAINT answers_activity_id_check CHECK (((char_length(activity_id) >= 1) AND (char_length(activity_id) <= 1000))),
    CONSTRAINT answers_chat_check CHECK (((char_length(chat) >= 1) AND (char_length(chat) <= 1000))),
    CONSTRAINT answers_kind_check CHECK (((char_length(kind) >= 1) AND (char_length(kind) <= 80))),
    CONSTRAINT answers_knowledge_version_check CHECK (((char_length(knowledge_version) >= 1) AND (char_length(knowledge_version) <= 200))),
    CONSTRAINT answers_message_id_check CHECK (((char_length(message_id) >= 1) AND (char_length(message_id) <= 1000))),
    CONSTRAINT answers_passages_check CHECK ((array_position(passages, NULL::text) IS NULL)),
    CONSTRAINT answers_topic_check CHECK (((char_length(topic) >= 1) AND (char_length(topic) <= 80)))
);

CREATE TABLE public.audit_head (
    is_only boolean DEFAULT true NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT audit_head_is_only_check CHECK (is_only)
);

CREATE TABLE public.case_people (
    case_id uuid NOT NULL,
    person text NOT NULL,
    let_in_by text NOT NULL,
    let_in_at timestamp with time zone NOT NULL,
    let_in bigint NOT NULL,
    CONSTRAINT case_people_let_in_by_check CHECK (((char_length(let_in_by) >= 1) AND (char_length(let_in_by) <= 200))),
    CONSTRAINT case_people_person_check CHECK (((char_length(person) >= 1) AND (char_length(person) <= 200)))
);

ALTER TABLE public.case_people ALTER COLUMN let_in ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.case_people_let_in_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_reads (
    case_id uuid NOT NULL,
    person text NOT NULL,
    read_at timestamp with time zone NOT NULL,
    what text NOT NULL,
    CONSTRAINT case_reads_person_check CHECK (((char_length(person) >= 1) AND (char_length(person) <= 200))),
    CONSTRAINT case_reads_what_check CHECK ((what = ANY (ARRAY['screening'::text, 'summary'::text, 'held-answers'::text])))
);

CREATE TABLE public.cases (
    id uuid NOT NULL,
    ref text NOT NULL,
    CONSTRAINT cases_ref_check CHECK (((char_length(ref) >= 1) AND (char_length(ref) <= 40)))
);

CREATE TABLE public.chats (
    key text NOT NULL,
    screening_id uuid NOT NULL,
    seen integer NOT NULL,
    card_message text,
    CONSTRAINT chats_card_message_check CHECK (((char_length(card_message) >= 1) AND (char_length(card_message) <= 1000))),
    CONSTRAINT chats_key_check CHECK (((char_length(key) >= 1) AND (char_length(key) <= 1000))),
    CONSTRAINT chats_seen_check CHECK ((seen >= 0))
);

CREATE TABLE public.commitments (
    key text NOT NULL,
    case_id uuid NOT NULL,
    review_id uuid NOT NULL,
    kind text NOT NULL,
    what text NOT NULL,
    who text,
    recorded_by text NOT NULL,
    owner text NOT NULL,
    line text NOT NULL,
    by_day date,
    by_precision text,
    done_at timestamp with time zone,
    done_by text,
    note text,
    CONSTRAINT commitments_by_precision_check CHECK ((by_precision = ANY (ARRAY['exact'::text, 'about'::text, 'month'::text, 'year'::text, 'before'::text]))),
    CONSTRAINT commitments_check CHECK (((by_day IS NULL) = (by_precision IS NULL))),
    CONSTRAINT commitments_check1 CHECK ((((done_at IS NULL) = (done_by IS NULL)) AND ((done_at IS NULL) = (note IS NULL)))),
    CONSTRAINT commitments_done_by_check CHECK (((char_length(done_by) >= 1) AND (char_length(done_by) <= 200))),
    CONSTRAINT commitments_key_check CHECK (((char_length(key) >= 1) AND (char_length(key) <= 300))),
    CONSTRAINT commitments_kind_check CHECK ((kind = ANY (ARRAY['promise'::text, 'update'::text, 'referral'::text, 'ask-again'::text, 'coming-date'::text, 'check-date'::text]))),
    CONSTRAINT commitments_line_check CHECK (((char_length(line) >= 1) AND (char_length(line) <= 120))),
    CONSTRAINT commitments_owner_check CHECK (((char_length(owner) >= 1) AND (char_length(owner) <= 200))),
    CONSTRAINT commitments_recorded_by_check CHECK (((char_length(recorded_by) >= 1) AND (char_length(recorded_by) <= 200)))
);

CREATE TABLE public.curator_tasks (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    question text,
    earlier text[] NOT NULL,
    answer_kind text NOT NULL,
    shown text[] NOT NULL,
    topic text,
    knowledge_version text NOT NULL,
    comments text[] NOT NULL,
    times integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    closed_by text,
    closed_at timestamp with time zone,
    note text,
    CONSTRAINT curator_tasks_answer_kind_check CHECK (((char_length(answer_kind) >= 1) AND (char_length(answer_kind) <= 80))),
    CONSTRAINT curator_tasks_check CHECK (((state = 'open'::text) = (closed_by IS NULL))),
    CONSTRAINT curator_tasks_check1 CHECK ((((closed_by IS NULL) = (closed_at IS NULL)) AND ((closed_by IS NULL) = (note IS NULL)))),
    CONSTRAINT curator_tasks_closed_by_check CHECK (((char_length(closed_by) >= 1) AND (char_length(closed_by) <= 200))),
    CONSTRAINT curator_tasks_comments_check CHECK (((array_position(comments, NULL::text) IS NULL) AND (cardinality(comments) <= 5))),
    CONSTRAINT curator_tasks_earlier_check CHECK (((array_position(earlier, NULL::text) IS NULL) AND (cardinality(earlier) <= 2))),
    CONSTRAINT curator_tasks_key_check CHECK ((key ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT curator_tasks_kind_check CHECK ((kind = ANY (ARRAY['not-covered'::text, 'withheld'::text, 'judged-wrong'::text]))),
    CONSTRAINT curator_tasks_knowledge_version_check CHECK (((char_length(knowledge_version) >= 1) AND (char_length(knowledge_version) <= 200))),
    CONSTRAINT curator_tasks_question_check CHECK (((char_length(question) >= 1) AND (char_length(question) <= 510))),
    CONSTRAINT curator_tasks_shown_check CHECK ((array_position(shown, NULL::text) IS NULL)),
    CONSTRAINT curator_tasks_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'not-ours'::text]))),
    CONSTRAINT curator_tasks_times_check CHECK ((times > 0)),
    CONSTRAINT curator_tasks_topic_check CHECK (((char_length(topic) >= 1) AND (char_length(topic) <= 80)))
);

CREATE TABLE public.feedback (
    answer_id uuid NOT NULL,
    given_by text NOT NULL,
    reaction text NOT NULL,
    comment text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    CONSTRAINT feedback_given_by_check CHECK (((char_length(given_by) >= 1) AND (char_length(given_by) <= 200))),
    CONSTRAINT feedback_reaction_check CHECK ((reaction = ANY (ARRAY['like'::text, 'dislike'::text])))
);

CREATE TABLE public.invitations (
    code_hash text NOT NULL,
    screening_id uuid NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    used_by text,
    used_at timestamp with time zone,
    CONSTRAINT invitations_check CHECK ((valid_until > made_at)),
    CONSTRAINT invitations_check1 CHECK ((used_at < valid_until)),
    CONSTRAINT invitations_check2 CHECK (((used_by IS NULL) = (used_at IS NULL))),
    CONSTRAINT invitations_code_hash_check CHECK ((code_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT invitations_made_by_check CHECK (((char_length(made_by) >= 1) AND (char_length(made_by) <= 200))),
    CONSTRAINT invitations_used_by_check CHECK (((char_length(used_by) >= 1) AND (char_length(used_by) <= 200)))
);

CREATE TABLE public.judged_answers (
    answer_id uuid NOT NULL
);

CREATE TABLE public.notices (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    dedupe_key text NOT NULL,
    kind text NOT NULL,
    to_person text NOT NULL,
    about_review uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT notices_dedupe_key_check CHECK (((char_length(dedupe_key) >= 1) AND (char_length(dedupe_key) <= 300))),
    CONSTRAINT notices_kind_check CHECK (((kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (char_length(kind) <= 60))),
    CONSTRAINT notices_to_person_check CHECK (((char_length(to_person) >= 1) AND (char_length(to_person) <= 200))),
    CONSTRAINT notices_tries_check CHECK ((tries >= 0))
);

CREATE TABLE public.people (
    id text NOT NULL,
    name text NOT NULL,
    CONSTRAINT people_id_check CHECK (((char_length(id) >= 1) AND (char_length(id) <= 200))),
    CONSTRAINT people_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 1000)))
);

CREATE TABLE public.people_chats (
    person text NOT NULL,
    channel_id text NOT NULL,
    service_url text NOT NULL,
    conversation_id text NOT NULL,
    tenant_id text,
    bot_id text NOT NULL,
    person_id text NOT NULL,
    CONSTRAINT people_chats_bot_id_check CHECK (((char_length(bot_id) >= 1) AND (char_length(bot_id) <= 1024))),
    CONSTRAINT people_chats_channel_id_check CHECK (((char_length(channel_id) >= 1) AND (char_length(channel_id) <= 64))),
    CONSTRAINT people_chats_conversation_id_check CHECK (((char_length(conversation_id) >= 1) AND (char_length(conversation_id) <= 1024))),
    CONSTRAINT people_chats_person_check CHECK (((char_length(person) >= 1) AND (char_length(person) <= 200))),
    CONSTRAINT people_chats_person_id_check CHECK (((char_length(person_id) >= 1) AND (char_length(person_id) <= 1024))),
    CONSTRAINT people_chats_service_url_check CHECK (((char_length(service_url) >= 1) AND (char_length(service_url) <= 2048))),
    CONSTRAINT people_chats_tenant_id_check CHECK (((char_length(tenant_id) >= 1) AND (char_length(tenant_id) <= 1024)))
);

CREATE TABLE public.pgmigrations (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    run_on timestamp without time zone NOT NULL
);

CREATE SEQUENCE public.pgmigrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pgmigrations_id_seq OWNED BY public.pgmigrations.id;

CREATE TABLE public.review_versions (
    review_id uuid NOT NULL,
    seq integer NOT NULL,
    team text,
    sent_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    codes text[] DEFAULT '{}'::text[] NOT NULL,
    facts jsonb NOT NULL,
    CONSTRAINT review_versions_codes_check CHECK ((array_position(codes, NULL::text) IS NULL))
);

CREATE TABLE public.reviews (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    case_ref text NOT NULL,
    events integer NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    author text NOT NULL,
    handed_to_id text,
    handed_to text,
    team text,
    scripts text[] NOT NULL,
    red integer NOT NULL,
    amber integer NOT NULL,
    is_incomplete boolean NOT NULL,
    check_date date,
    order_ends date,
    next_date date GENERATED ALWAYS AS (LEAST(check_date, order_ends)) STORED,
    CONSTRAINT reviews_amber_check CHECK ((amber >= 0)),
    CONSTRAINT reviews_author_check CHECK (((char_length(author) >= 1) AND (char_length(author) <= 1000))),
    CONSTRAINT reviews_check CHECK (((handed_to_id IS NULL) = (handed_to IS NULL))),
    CONSTRAINT reviews_events_check CHECK ((events > 0)),
    CONSTRAINT reviews_handed_to_check CHECK (((char_length(handed_to) >= 1) AND (char_length(handed_to) <= 1000))),
    CONSTRAINT reviews_handed_to_id_check CHECK (((char_length(handed_to_id) >= 1) AND (char_length(handed_to_id) <= 200))),
    CONSTRAINT reviews_red_check CHECK ((red >= 0)),
    CONSTRAINT reviews_scripts_check CHECK ((array_position(scripts, NULL::text) IS NULL)),
    CONSTRAINT reviews_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'returned'::text, 'approved'::text]))),
    CONSTRAINT reviews_team_check CHECK (((char_length(team) >= 1) AND (char_length(team) <= 200))),
    CONSTRAINT reviews_version_check CHECK ((version > 0))
);

CREATE TABLE public.screening_events (
    screening_id uuid NOT NULL,
    seq integer NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    acted_by text NOT NULL,
    client text NOT NULL,
    activity_id text NOT NULL,
    act jsonb NOT NULL,
    CONSTRAINT screening_events_act_check CHECK ((((act ->> 'kind'::text) IS NOT NULL) AND ((act ->> 'kind'::text) = ANY (ARRAY['reply'::text, 'reason'::text, 'record'::text, 'strike'::text, 'shorten'::text, 'lengthen'::text, 'back'::text, 'keep'::text, 'danger'::text, 'pause'::text, 'resume'::text])) AND (((act ->> 'kind'::text) = ANY (ARRAY['reply'::text, 'reason'::text, 'record'::text, 'strike'::text])) = ((act ->> 'question'::text) IS NOT NULL)) AND (((act ->> 'kind'::text) = 'reply'::text) = ((act -> 'value'::text) IS NOT NULL)) AND (((act ->> 'kind'::text) = 'record'::text) = ((act -> 'fields'::text) IS NOT NULL)) AND (((act ->> 'kind'::text) <> 'strike'::text) OR ((act ->> 'number'::text) IS NOT NULL)) AND (((act ->> 'kind'::text) = ANY (ARRAY['reason'::text, 'shorten'::text])) = ((act ->> 'reason'::text) IS NOT NULL)))),
    CONSTRAINT screening_events_acted_by_check CHECK (((char_length(acted_by) >= 1) AND (char_length(acted_by) <= 200))),
    CONSTRAINT screening_events_activity_id_check CHECK (((char_length(activity_id) >= 1) AND (char_length(activity_id) <= 1000))),
    CONSTRAINT screening_events_client_check CHECK ((client = ANY (ARRAY['card'::text, 'chat'::text, 'terminal'::text]))),
    CONSTRAINT screening_events_seq_check CHECK ((seq > 0))
);

CREATE TABLE public.screenings (
    id uuid NOT NULL,
    begun bigint NOT NULL,
    case_id uuid NOT NULL,
    case_ref text NOT NULL,
    script text NOT NULL,
    version integer NOT NULL,
    started_by text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    started_activity text NOT NULL,
    is_follow_on boolean NOT NULL,
    CONSTRAINT screenings_script_check CHECK (((char_length(script) >= 1) AND (char_length(script) <= 80))),
    CONSTRAINT screenings_started_activity_check CHECK (((char_length(started_activity) >= 1) AND (char_length(started_activity) <= 1000))),
    CONSTRAINT screenings_started_by_check CHECK (((char_length(started_by) >= 1) AND (char_length(started_by) <= 200))),
    CONSTRAINT screenings_version_check CHECK ((version > 0))
);

ALTER TABLE public.screenings ALTER COLUMN begun ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.screenings_begun_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.share_ends (
    share_id uuid NOT NULL,
    advocate text NOT NULL,
    ended_by text NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    why text NOT NULL,
    note text,
    CONSTRAINT share_ends_check CHECK (((why = 'left'::text) = (ended_by = advocate))),
    CONSTRAINT share_ends_check1 CHECK (((why <> 'other'::text) OR (note IS NOT NULL))),
    CONSTRAINT share_ends_ended_by_check CHECK (((char_length(ended_by) >= 1) AND (char_length(ended_by) <= 200))),
    CONSTRAINT share_ends_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 2000))),
    CONSTRAINT share_ends_why_check CHECK ((why = ANY (ARRAY['agreement-withdrawn'::text, 'no-longer-needed'::text, 'shared-by-mistake'::text, 'other'::text, 'left'::text])))
);

ALTER TABLE public.shares ALTER COLUMN made ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.shares_made_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.pgmigrations ALTER COLUMN id SET DEFAULT nextval('public.pgmigrations_id_seq'::regclass);

INSERT INTO public.answers VALUES ('00000000-0000-4000-8000-000000000041', 'c1', 'q1', '2026-11-20 10:00:00+00', 'not-covered', '{}', 'k1', 'm1', NULL, 'breach');

INSERT INTO public.audit VALUES (1, '2026-11-20 10:00:00+00', 'officer-1', 'summary-read', '00000000-0000-4000-8000-000000000001', '{}', NULL, NULL, NULL, '{"00000000-0000-4000-8000-000000000011": 12, "00000000-0000-4000-8000-000000000013": 0}', '3a41bc2f04c9b06ebe3469d621be2248f4811322077f2822f085a5687c1c49cb', '0000000000000000000000000000000000000000000000000000000000000000', '68d4a65eeb683ff2a351905d9a9a932d6d4fbd3ab039d01ce3c9b4f350d35345');
INSERT INTO public.audit VALUES (2, '2026-11-20 10:00:00+00', 'officer-1', 'submitted', '00000000-0000-4000-8000-000000000001', '{"version": 1}', '00000000-0000-4000-8000-000000000021', 1, '02bb78d97ae7a10e7d8f92c09821c0248eaa974ab4ccfa7dde34b48dd20ccd29', NULL, NULL, '68d4a65eeb683ff2a351905d9a9a932d6d4fbd3ab039d01ce3c9b4f350d35345', '4d5420a2fc271390ce5363f165f33150d5e611b3e3c34696de49ed6329200397');
INSERT INTO public.audit VALUES (3, '2026-11-20 10:00:00+00', 'supervisor-1', 'line-checked', '00000000-0000-4000-8000-000000000001', '{}', '00000000-0000-4000-8000-000000000021', 2, '863fd46e269dd5d68e11a2f56690035d80367dedcc9a3273b075c87f81117f5f', NULL, NULL, '4d5420a2fc271390ce5363f165f33150d5e611b3e3c34696de49ed6329200397', '27079f982dd202c2b433d55c4f2160789379ebab44006cebc59bd17c4c6130a9');
INSERT INTO public.audit VALUES (4, '2026-11-20 10:00:00+00', 'officer-1', 'summary-read', '00000000-0000-4000-8000-000000000001', '{}', NULL, NULL, NULL, '{"00000000-0000-4000-8000-000000000011": 13, "00000000-0000-4000-8000-000000000013": 0}', 'f28a0de2ae64a11dfb2ebf1b5f492f6a2323fc7401bd711bb7e6d68df6507c80', '27079f982dd202c2b433d55c4f2160789379ebab44006cebc59bd17c4c6130a9', 'aa7376c6a65debd61be42ba750d96100155ef2ef71d31993d1390f24aa273692');
INSERT INTO public.audit VALUES (5, '2026-11-20 10:00:00+00', 'supervisor-1', 'handed', '00000000-0000-4000-8000-000000000001', '{}', '00000000-0000-4000-8000-000000000021', 3, '65b8435efe8d6309d6f2634d29931ab2aee85da7952bd01c4ad5ddc917d0bfb1', NULL, NULL, 'aa7376c6a65debd61be42ba750d96100155ef2ef71d31993d1390f24aa273692', 'd9babf3d3a14ec2fc816821ea0b08b99ce3ff9872b92acba586934fe38dbd544');
INSERT INTO public.audit VALUES (6, '2026-11-20 10:00:00+00', 'officer-1', 'submitted', '00000000-0000-4000-8000-000000000002', '{"version": 1}', '00000000-0000-4000-8000-000000000022', 1, 'c4bed45c6088d855598c50ecf3f365398651de87dbdc45078e7d7660d40c8a90', '{"00000000-0000-4000-8000-000000000012": 1}', '02c5320b08c564279959c40a5a435085a12d5f625f983f2f4bfc9687e83d64a3', 'd9babf3d3a14ec2fc816821ea0b08b99ce3ff9872b92acba586934fe38dbd544', '444260cf0c83b8d8f81fb46f01cb97c8ab211e3c958f4c437f3f515795f1e6ab');
INSERT INTO public.audit VALUES (7, '2026-11-20 10:00:00+00', 'officer-1', 'case-shared', '00000000-0000-4000-8000-000000000001', '{"way": "by-phone"}', NULL, NULL, NULL, NULL, NULL, '444260cf0c83b8d8f81fb46f01cb97c8ab211e3c958f4c437f3f515795f1e6ab', '2b3408146736ed293e08079abdc993ad72ac20ba7314d87bd5bccd43db9b0146');
INSERT INTO public.audit VALUES (8, '2026-11-20 10:00:00+00', 'officer-1', 'case-shared', '00000000-0000-4000-8000-000000000001', '{"way": "by-phone"}', NULL, NULL, NULL, NULL, NULL, '2b3408146736ed293e08079abdc993ad72ac20ba7314d87bd5bccd43db9b0146', '41e21f51c2fed102de433a10d1d03ac25ec98364e1bd72699afe52ccd468550b');
INSERT INTO public.audit VALUES (9, '2026-11-20 10:00:00+00', 'officer-1', 'share-ended', '00000000-0000-4000-8000-000000000001', '{}', NULL, NULL, NULL, NULL, NULL, '41e21f51c2fed102de433a10d1d03ac25ec98364e1bd72699afe52ccd468550b', '3d94f30be97ea174537eab5e4dd657b52ba9dec02a19834b3cf2858ba18042f8');
INSERT INTO public.audit VALUES (10, '2026-11-20 10:00:00+00', 'supervisor-1', 'commitment-closed', '00000000-0000-4000-8000-000000000001', '{"kind": "promise"}', NULL, NULL, NULL, NULL, NULL, '3d94f30be97ea174537eab5e4dd657b52ba9dec02a19834b3cf2858ba18042f8', 'a61861683a05bb6d01d351f504ed50326f54f442982eb6f9152d69bc0f9cc811');
INSERT INTO public.audit VALUES (11, '2026-11-20 10:00:00+00', 'supervisor-1', 'task-closed', NULL, '{"as": "done"}', NULL, NULL, NULL, NULL, NULL, 'a61861683a05bb6d01d351f504ed50326f54f442982eb6f9152d69bc0f9cc811', 'bc51658d2e23c6f6b7c8c7f439301de1950fdef856e8bebb6f3cf539748656f3');

INSERT INTO public.audit_head VALUES (true, 11, 'bc51658d2e23c6f6b7c8c7f439301de1950fdef856e8bebb6f3cf539748656f3');

INSERT INTO public.case_people OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000001', 'officer-1', 'officer-1', '2026-11-20 10:00:00+00', 1);
INSERT INTO public.case_people OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000002', 'officer-1', 'officer-1', '2026-11-20 10:00:00+00', 2);
INSERT INTO public.case_people OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000001', 'colleague-1', 'officer-1', '2026-11-20 10:00:00+00', 4);

INSERT INTO public.case_reads VALUES ('00000000-0000-4000-8000-000000000001', 'officer-1', '2026-11-20 10:00:00+00', 'summary');
INSERT INTO public.case_reads VALUES ('00000000-0000-4000-8000-000000000001', 'officer-1', '2026-11-20 10:00:00+00', 'summary');

INSERT INTO public.cases VALUES ('00000000-0000-4000-8000-000000000001', 'SP-AAAA-0001');
INSERT INTO public.cases VALUES ('00000000-0000-4000-8000-000000000002', 'SP-AAAA-0002');

INSERT INTO public.chats VALUES ('msteams|c1', '00000000-0000-4000-8000-000000000011', 3, 'm7');

INSERT INTO public.commitments VALUES ('k1 CL04 1', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000021', 'promise', 'Ring with the result 1', 'PC Ben Example', 'officer-1', 'officer-1', 'CL04 1', '2026-11-27', 'exact', NULL, NULL, NULL);
INSERT INTO public.commitments VALUES ('k2 CL04 1', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000021', 'promise', 'Ring with the result 2', NULL, 'officer-1', 'officer-1', 'CL04 1', NULL, NULL, '2026-11-20 10:00:00+00', 'supervisor-1', 'Rang her.');

INSERT INTO public.curator_tasks VALUES ('70cee869-b26a-4845-bd76-d3c0f169526d', 'not-covered', '6967e2f2684f3a9f6dd2a85a6ccd697f', 'Can [name] keep a parrot?', '{"What is an SPO?"}', 'not-covered', '{}', 'breach', 'k1', '{"Asked often",Twice}', 2, '2026-11-20 10:00:00+00', '2026-11-20 10:00:00+00', 'open', NULL, NULL, NULL);
INSERT INTO public.curator_tasks VALUES ('64061926-d46a-4b49-8732-02c6243fb5c3', 'not-covered', '795f3202b17cb6bc3d4b771d8c6c9eaf', NULL, '{"What is an SPO?"}', 'not-covered', '{}', 'breach', 'k1', '{}', 1, '2026-11-20 10:00:00+00', '2026-11-20 10:00:00+00', 'done', 'supervisor-1', '2026-11-20 10:00:00+00', 'Added a passage.');

INSERT INTO public.feedback VALUES ('00000000-0000-4000-8000-000000000041', 'officer-1', 'dislike', 'It does not say who to ring.', '2026-11-20 10:00:00+00');

INSERT INTO public.invitations VALUES ('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', '00000000-0000-4000-8000-000000000011', 'officer-1', '2026-11-20 10:00:00+00', '2026-11-20 10:30:00+00', 'colleague-1', '2026-11-20 10:00:00+00');

INSERT INTO public.notices VALUES ('e6e46b8b-9405-46dd-a081-e434fe12e228', 'handed 00000000-0000-4000-8000-000000000021', 'handed', 'supervisor-1', '00000000-0000-4000-8000-000000000021', '2026-11-20 10:00:00+00', '2026-11-20 10:00:00+00', 0, NULL);

INSERT INTO public.people VALUES ('officer-1', 'PC Siân Example');
INSERT INTO public.people VALUES ('supervisor-1', 'Sgt Example');

INSERT INTO public.people_chats VALUES ('officer-1', 'msteams', 'https://smba.example/', 'c1', NULL, 'b', 'p');

INSERT INTO public.pgmigrations VALUES (1, '0001_screenings', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (2, '0002_chats', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (3, '0003_answers', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (4, '0004_cases', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (5, '0005_reviews', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (6, '0006_commitments', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (7, '0007_sharing', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (8, '0008_referrals', '2026-11-20 22:27:01.850609');
INSERT INTO public.pgmigrations VALUES (9, '0009_curator_tasks', '2026-11-20 22:27:01.850609');

INSERT INTO public.review_events VALUES ('00000000-0000-4000-8000-000000000021', 1, '2026-11-20 10:00:00+00', 'officer-1', '{"kind": "submitted", "digest": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "summary": {"on": "2026-11-20", "flags": [], "notes": [], "tasks": [], "people": [], "caseRef": "SP-AAAA-0001", "dropped": [], "endings": [], "sections": [], "incomplete": [], "screenings": [], "indications": [], "schemaVersion": 1, "knowledgeVersion": "k1"}}');
INSERT INTO public.review_events VALUES ('00000000-0000-4000-8000-000000000021', 2, '2026-11-20 10:00:00+00', 'supervisor-1', '{"kind": "line-checked", "line": "a", "isChecked": true}');
INSERT INTO public.review_events VALUES ('00000000-0000-4000-8000-000000000021', 3, '2026-11-20 10:00:00+00', 'supervisor-1', '{"to": "supervisor-2", "why": "On leave from Monday.", "kind": "handed"}');
INSERT INTO public.review_events VALUES ('00000000-0000-4000-8000-000000000022', 1, '2026-11-20 10:00:00+00', 'officer-1', '{"kind": "submitted", "digest": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "summary": {"on": "2026-11-20", "flags": [], "notes": [], "tasks": [], "people": [], "caseRef": "SP-AAAA-0002", "dropped": [], "endings": [], "sections": [], "incomplete": [], "screenings": [], "indications": [], "schemaVersion": 1, "knowledgeVersion": "k1"}}');

INSERT INTO public.review_versions VALUES ('00000000-0000-4000-8000-000000000021', 1, 'North', '2026-11-20 10:00:00+00', NULL, '{}', '{"order": "not considered", "specialist": "not asked", "indications": [], "orderReasons": [], "withoutAction": 0, "identification": []}');
INSERT INTO public.review_versions VALUES ('00000000-0000-4000-8000-000000000022', 1, NULL, '2026-11-20 10:00:00+00', NULL, '{}', '{"order": "not considered", "specialist": "not asked", "indications": [], "orderReasons": [], "withoutAction": 0, "identification": []}');

INSERT INTO public.reviews VALUES ('00000000-0000-4000-8000-000000000021', '00000000-0000-4000-8000-000000000001', 'SP-AAAA-0001', 3, 'waiting', 1, '2026-11-20 10:00:00+00', NULL, 'PC Example', 'supervisor-2', 'Sgt Other', 'North', '{first-contact}', 1, 0, false, NULL, NULL, DEFAULT);
INSERT INTO public.reviews VALUES ('00000000-0000-4000-8000-000000000022', '00000000-0000-4000-8000-000000000002', 'SP-AAAA-0002', 1, 'waiting', 1, '2026-11-20 10:00:00+00', NULL, 'PC Example', NULL, NULL, NULL, '{first-contact}', 1, 0, false, NULL, NULL, DEFAULT);

INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 1, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a1-00000000-0000-4000-8000-000000000011', '{"kind": "reply", "value": {"kind": "text", "text": "Mae e’n aros “tu allan” — he wrote \\ \"I know\"\n\tat 3 🕒"}, "question": "FC01"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 2, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a2-00000000-0000-4000-8000-000000000011', '{"kind": "reply", "value": {"kind": "choice", "choice": "yes"}, "question": "FC02"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 3, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a3-00000000-0000-4000-8000-000000000011', '{"kind": "reason", "reason": "Misheard on the line.", "question": "FC02"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 4, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a4-00000000-0000-4000-8000-000000000011', '{"kind": "record", "fields": {"what": {"kind": "text", "text": "A note under the door."}, "when": {"day": "2026-11-01", "kind": "date", "precision": "about"}}, "question": "FC03"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 5, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a5-00000000-0000-4000-8000-000000000011', '{"kind": "record", "fields": {"what": {"kind": "text", "text": "Two notes under the door."}}, "number": 1, "question": "FC03"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 6, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a6-00000000-0000-4000-8000-000000000011', '{"kind": "strike", "number": 1, "question": "FC03"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 7, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a7-00000000-0000-4000-8000-000000000011', '{"kind": "back"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 8, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a8-00000000-0000-4000-8000-000000000011', '{"kind": "keep"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 9, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a9-00000000-0000-4000-8000-000000000011', '{"kind": "danger"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 10, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a10-00000000-0000-4000-8000-000000000011', '{"kind": "pause"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 11, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a11-00000000-0000-4000-8000-000000000011', '{"kind": "resume"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 12, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a12-00000000-0000-4000-8000-000000000011', '{"kind": "lengthen"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000012', 1, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a1-00000000-0000-4000-8000-000000000012', '{"kind": "pause"}');
INSERT INTO public.screening_events VALUES ('00000000-0000-4000-8000-000000000011', 13, '2026-11-20 10:00:00+00', 'officer-1', 'card', 'a13-00000000-0000-4000-8000-000000000011', '{"kind": "reply", "value": {"kind": "text", "text": "Said after the summary was sent."}, "question": "FC04"}');

INSERT INTO public.screenings OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000011', 1, '00000000-0000-4000-8000-000000000001', 'SP-AAAA-0001', 'first-contact', 1, 'officer-1', '2026-11-20 10:00:00+00', 'start-1', false);
INSERT INTO public.screenings OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000012', 2, '00000000-0000-4000-8000-000000000002', 'SP-AAAA-0002', 'first-contact', 1, 'officer-1', '2026-11-20 10:00:00+00', 'start-2', false);
INSERT INTO public.screenings OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000013', 3, '00000000-0000-4000-8000-000000000001', 'SP-AAAA-0001', 'breach', 1, 'officer-1', '2026-11-20 10:00:00+00', 'start-3', true);

INSERT INTO public.share_ends VALUES ('00000000-0000-4000-8000-000000000031', 'advocate-31', 'officer-1', '2026-11-20 10:00:00+00', 'other', 'She moved away.');

INSERT INTO public.shares OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000031', 1, '00000000-0000-4000-8000-000000000001', 'advocate-31', 'officer-1', '2026-11-20 10:00:00+00', '2026-11-20', '2026-11-20', 'by-phone', '{plan}', 'Not my “new” address.', NULL);
INSERT INTO public.shares OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000032', 2, '00000000-0000-4000-8000-000000000001', 'advocate-32', 'officer-1', '2026-11-20 10:00:00+00', '2026-11-20', '2026-11-20', 'by-phone', '{plan}', NULL, NULL);

SELECT pg_catalog.setval('public.case_people_let_in_seq', 4, true);

SELECT pg_catalog.setval('public.pgmigrations_id_seq', 9, true);

SELECT pg_catalog.setval('public.screenings_begun_seq', 3, true);

SELECT pg_catalog.setval('public.shares_made_seq', 2, true);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_chat_activity_id_key UNIQUE (chat, activity_id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_review_id_review_seq_key UNIQUE (review_id, review_seq);

ALTER TABLE ONLY public.case_people
    ADD CONSTRAINT case_people_let_in_key UNIQUE (let_in);

ALTER TABLE ONLY public.case_people
    ADD CONSTRAINT case_people_pkey PRIMARY KEY (case_id, person);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_id_ref_key UNIQUE (id, ref);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_ref_key UNIQUE (ref);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.commitments
    ADD CONSTRAINT commitments_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.curator_tasks
    ADD CONSTRAINT curator_tasks_kind_key_key UNIQUE (kind, key);

ALTER TABLE ONLY public.curator_tasks
    ADD CONSTRAINT curator_tasks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT feedback_pkey PRIMARY KEY (answer_id, given_by);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (code_hash);

ALTER TABLE ONLY public.judged_answers
    ADD CONSTRAINT judged_answers_pkey PRIMARY KEY (answer_id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_dedupe_key_key UNIQUE (dedupe_key);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.people_chats
    ADD CONSTRAINT people_chats_pkey PRIMARY KEY (person);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pgmigrations
    ADD CONSTRAINT pgmigrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.review_events
    ADD CONSTRAINT review_events_pkey PRIMARY KEY (review_id, seq);

ALTER TABLE ONLY public.review_versions
    ADD CONSTRAINT review_versions_pkey PRIMARY KEY (review_id, seq);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_case_id_key UNIQUE (case_id);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.screening_events
    ADD CONSTRAINT screening_events_pkey PRIMARY KEY (screening_id, seq);

ALTER TABLE ONLY public.screening_events
    ADD CONSTRAINT screening_events_screening_id_activity_id_key UNIQUE (screening_id, activity_id);

ALTER TABLE ONLY public.screenings
    ADD CONSTRAINT screenings_begun_key UNIQUE (begun);

ALTER TABLE ONLY public.screenings
    ADD CONSTRAINT screenings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.screenings
    ADD CONSTRAINT screenings_started_by_started_activity_key UNIQUE (started_by, started_activity);

ALTER TABLE ONLY public.share_ends
    ADD CONSTRAINT share_ends_pkey PRIMARY KEY (share_id);

ALTER TABLE ONLY public.shares
    ADD CONSTRAINT shares_id_advocate_key UNIQUE (id, advocate);

ALTER TABLE ONLY public.shares
    ADD CONSTRAINT shares_made_key UNIQUE (made);

ALTER TABLE ONLY public.shares
    ADD CONSTRAINT shares_pkey PRIMARY KEY (id);

CREATE INDEX answers_not_covered ON public.answers USING btree (given_at) WHERE ((kind = 'not-covered'::text) AND (superseded_at IS NULL));

CREATE UNIQUE INDEX answers_standing_in_message ON public.answers USING btree (chat, message_id) WHERE (superseded_at IS NULL);

CREATE INDEX audit_by_kind ON public.audit USING btree (what, seq);

CREATE INDEX audit_by_person ON public.audit USING btree (who, seq);

CREATE INDEX audit_by_time ON public.audit USING btree (at);

CREATE INDEX audit_of_case ON public.audit USING btree (case_id, seq);

CREATE INDEX audit_screenings_of_case ON public.audit USING btree (case_id, seq) WHERE (screenings IS NOT NULL);

CREATE INDEX case_people_of_person ON public.case_people USING btree (person);

CREATE INDEX case_reads_of_case ON public.case_reads USING btree (case_id, read_at);

CREATE INDEX chats_of_screening ON public.chats USING btree (screening_id);

CREATE INDEX commitments_done ON public.commitments USING btree (done_at) WHERE (done_at IS NOT NULL);

CREATE INDEX commitments_of_case ON public.commitments USING btree (case_id);

CREATE INDEX commitments_open ON public.commitments USING btree (by_day, key) WHERE (done_at IS NULL);

CREATE INDEX curator_tasks_listed ON public.curator_tasks USING btree (state, times DESC, last_at DESC, id);

CREATE INDEX invitations_of_screening ON public.invitations USING btree (screening_id);

CREATE INDEX notices_about_review ON public.notices USING btree (about_review);

CREATE INDEX notices_to_send ON public.notices USING btree (next_try_at, id) WHERE (sent_at IS NULL);

CREATE INDEX review_versions_by_time ON public.review_versions USING btree (sent_at);

CREATE INDEX reviews_amber ON public.reviews USING btree (state) WHERE (amber > 0);

CREATE INDEX reviews_by_age ON public.reviews USING btree (state, submitted_at, id);

CREATE INDEX reviews_by_author ON public.reviews USING btree (author);

CREATE INDEX reviews_by_check_date ON public.reviews USING btree (state, check_date, submitted_at, id);

CREATE INDEX reviews_by_date ON public.reviews USING btree (state, next_date);

CREATE INDEX reviews_by_script ON public.reviews USING gin (scripts);

CREATE INDEX reviews_by_team ON public.reviews USING btree (team);

CREATE INDEX reviews_red ON public.reviews USING btree (state) WHERE (red > 0);

CREATE INDEX reviews_urgent ON public.reviews USING btree (state, ((red > 0)) DESC, (((red = 0) AND (amber > 0))) DESC, next_date, submitted_at, id);

CREATE UNIQUE INDEX screenings_first_of_case ON public.screenings USING btree (case_id) WHERE (NOT is_follow_on);

CREATE INDEX screenings_of_case ON public.screenings USING btree (case_id, begun);

CREATE INDEX shares_of_case ON public.shares USING btree (case_id, made);

CREATE INDEX shares_with_advocate ON public.shares USING btree (advocate, made);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.case_reads FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.review_events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.screening_events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.share_ends FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.shares FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER audited AFTER INSERT ON public.case_reads FOR EACH ROW WHEN ((new.what = 'summary'::text)) EXECUTE FUNCTION public.audit_summary_read();

CREATE TRIGGER chained BEFORE INSERT ON public.audit FOR EACH ROW EXECUTE FUNCTION public.chain_audit();

CREATE TRIGGER never_edited BEFORE UPDATE ON public.screenings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_moved BEFORE UPDATE OF id, case_id, case_ref ON public.reviews FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON public.reviews FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER one_at_a_time BEFORE INSERT ON public.shares FOR EACH ROW EXECUTE FUNCTION public.leave_out_second_share();

ALTER TABLE ONLY public.case_people
    ADD CONSTRAINT case_people_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_reads
    ADD CONSTRAINT case_reads_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.chats
    ADD CONSTRAINT chats_screening_id_fkey FOREIGN KEY (screening_id) REFERENCES public.screenings(id);

ALTER TABLE ONLY public.commitments
    ADD CONSTRAINT commitments_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.commitments
    ADD CONSTRAINT commitments_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.reviews(id);

ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT feedback_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_screening_id_fkey FOREIGN KEY (screening_id) REFERENCES public.screenings(id);

ALTER TABLE ONLY public.judged_answers
    ADD CONSTRAINT judged_answers_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_about_review_fkey FOREIGN KEY (about_review) REFERENCES public.reviews(id);

ALTER TABLE ONLY public.review_events
    ADD CONSTRAINT review_events_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.reviews(id);

ALTER TABLE ONLY public.review_versions
    ADD CONSTRAINT review_versions_review_id_seq_fkey FOREIGN KEY (review_id, seq) REFERENCES public.review_events(review_id, seq);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_case_id_case_ref_fkey FOREIGN KEY (case_id, case_ref) REFERENCES public.cases(id, ref);

ALTER TABLE ONLY public.screening_events
    ADD CONSTRAINT screening_events_screening_id_fkey FOREIGN KEY (screening_id) REFERENCES public.screenings(id);

ALTER TABLE ONLY public.screenings
    ADD CONSTRAINT screenings_case_id_case_ref_fkey FOREIGN KEY (case_id, case_ref) REFERENCES public.cases(id, ref);

ALTER TABLE ONLY public.share_ends
    ADD CONSTRAINT share_ends_share_id_advocate_fkey FOREIGN KEY (share_id, advocate) REFERENCES public.shares(id, advocate);

ALTER TABLE ONLY public.shares
    ADD CONSTRAINT shares_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

reset check_function_bodies;
