-- Up Migration
-- Conflicts of interest: one case is closed to one member of staff, whatever their roles.

create table conflicts (
  number bigint generated always as identity primary key,
  case_id uuid not null,
  -- Whom it keeps from the case.
  person text not null check (char_length(person) between 1 and 200),
  -- Themselves, where they declared it.
  named_by text not null check (char_length(named_by) between 1 and 200),
  named_at timestamptz not null,
  why text not null check (
    why in ('suspect-or-subject', 'close-to-a-party', 'manages-a-party', 'declared', 'other-recorded')
  ),
  -- Of the force's own record that says more.
  record text check (record ~ '^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$'),
  lifted_by text check (char_length(lifted_by) between 1 and 200),
  lifted_at timestamptz,
  lifted_why text check (lifted_why in ('named-in-error', 'no-longer-applies', 'other-recorded')),
  lifted_record text check (lifted_record ~ '^[A-Za-z0-9][A-Za-z0-9/.-]{0,59}$'),
  force text not null default current_force()
    check (force ~ '^[a-z0-9](-?[a-z0-9])*$' and char_length(force) <= 40),
  foreign key (force, case_id) references cases (force, id),
  check (why <> 'other-recorded' or record is not null),
  check ((lifted_by is null) = (lifted_at is null) and (lifted_by is null) = (lifted_why is null)),
  check (lifted_why <> 'other-recorded' or lifted_record is not null),
  check (lifted_by is not null or lifted_record is null),
  check (lifted_at >= named_at),
  -- Nobody lifts their own.
  check (lifted_by <> person)
);
-- One stands for a person and a case; it is looked for at every access to the case.
create unique index conflicts_standing on conflicts (force, case_id, person) where lifted_at is null;
create index conflicts_of_person on conflicts (force, person) where lifted_at is null;
create index conflicts_of_case on conflicts (case_id, number);

alter table conflicts enable row level security;
alter table conflicts force row level security;
create policy own_force on conflicts using (force = (select current_setting('signpost.force', true)));

-- The one place in the store that says whether a case is closed to somebody.
create function is_barred(of_case uuid, who text) returns boolean language sql stable as $$
  select exists (
    select 1 from conflicts c
    where c.force = current_force() and c.case_id = of_case and c.person = who and c.lifted_at is null
  )
$$;

-- Lifted once, and nothing else of it changes.
create function conflict_only_lifted() returns trigger language plpgsql as $$
begin
  if old.lifted_at is not null
      or to_jsonb(new) - array['lifted_by', 'lifted_at', 'lifted_why', 'lifted_record']
      is distinct from to_jsonb(old) - array['lifted_by', 'lifted_at', 'lifted_why', 'lifted_record'] then
    raise exception 'conflicts is append-only: a conflict can only be lifted, once';
  end if;
  return new;
end
$$;
create trigger only_lifted before update on conflicts
  for each row execute function conflict_only_lifted();
create trigger never_removed before delete or truncate on conflicts
  for each statement execute function refuse_change();
create trigger only_erased before delete on conflicts
  for each row execute function only_erased('own');

-- Instances remember screenings, and who they are closed to with them.
create trigger announce_removed after insert or update on conflicts
  for each statement execute function announce_removed();

-- As in 0012, with conflicts among what goes with the case.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_nargs = 1 and tg_op = 'UPDATE' and current_setting('signpost.resealing', true) = 'on' then
    return null;
  end if;
  if tg_op = 'DELETE' and case_being_erased() is not null and tg_table_name in (
    'screening_events', 'review_events', 'case_reads', 'shares', 'share_ends', 'reviews', 'case_keeps',
    'legal_holds', 'screenings', 'cases', 'case_people', 'conflicts'
  ) then
    return null;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op);
end
$$;

-- As in 0012, with conflicts.
create or replace function erase_case(
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
      ('legal_holds', 'case_id = $1'), ('conflicts', 'case_id = $1'), ('cases', 'id = $1')
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

do $$
declare
  line text;
begin
  comment on table conflicts is 'cases: To whom of the staff a case is closed, since they have a conflict of interest.';
  foreach line in array string_to_array($comments$number count: the conflict
case_id id: the case
person person: whom it keeps from the case
named_by person: who named them
named_at time: when
why code: why
record id: number of the record of the force that says more
lifted_by person: who lifted it
lifted_at time: when
lifted_why code: why
lifted_record id: number of the record of the force that says more
force code: whose row it is$comments$, E'\n') loop
    execute format('comment on column conflicts.%I is %L', split_part(line, ' ', 1),
      substr(line, length(split_part(line, ' ', 1)) + 2));
  end loop;
end
$$;
