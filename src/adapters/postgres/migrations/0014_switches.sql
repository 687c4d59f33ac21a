-- Up Migration
-- One table for every switch, by its name: the model's, and that of the whole assistant. An instance of the version
-- before, still running beside this one, finds no table of its own and asks no model until it is gone.

alter table model_switch rename to switches;
alter table switches add column name text not null default 'model' check (name in ('model', 'assistant'));
alter table switches alter column name drop default;

comment on table switches is
  'audit: Whether the model may be asked and the assistant answers, and who decided that; the newest row of a name counts.';
comment on column switches.name is 'code: which switch, model or assistant';

-- What each role may do, as in 0012, with the table by its new name.
create or replace function grant_rights() returns void language plpgsql as $$
begin
  if exists (select 1 from pg_roles where rolname = 'signpost_app') then
    grant usage on schema public to signpost_app;
    grant select on all tables in schema public to signpost_app;
    -- What is only ever added to.
    grant insert on cases, screenings, screening_events, case_people, case_reads, review_events, audit, shares,
      share_ends, judged_answers, switches, data_keys, case_keeps, legal_holds to signpost_app;
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
select grant_rights();
