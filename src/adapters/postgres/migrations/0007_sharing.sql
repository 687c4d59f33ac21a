-- Up Migration

-- With which advocate a case is or was shared, and what the person had agreed to. No column could hold any answer but
-- an agreement: without one there is no row.
create table shares (
  id uuid primary key,
  -- The order in which they were made, whatever the clocks of several instances said.
  made bigint generated always as identity unique,
  case_id uuid not null references cases (id),
  advocate text not null check (char_length(advocate) between 1 and 200),
  -- Who shared it and recorded the agreement.
  shared_by text not null check (char_length(shared_by) between 1 and 200),
  shared_at timestamptz not null,
  -- The day that was in London, which days of the agreement are measured against.
  shared_on date not null,
  agreed_on date not null,
  agreed_way text not null check (agreed_way in ('in-person', 'by-phone', 'in-writing')),
  -- Beside how to reach the person safely, which every share holds.
  parts text[] not null check (
    parts <@ array['plan', 'account', 'indicators'] and array_position(parts, null) is null
  ),
  -- What must not be passed on, in the person's words; null where nothing was said.
  limits text check (char_length(limits) between 1 and 2000),
  -- Its last day; null: until it is ended.
  until date,
  check (agreed_on <= shared_on),
  check (until >= shared_on),
  check (advocate <> shared_by),
  unique (id, advocate)
);

create index shares_of_case on shares (case_id, made);
create index shares_with_advocate on shares (advocate, made);

-- How a share ended, once; the share itself stays as it was made.
create table share_ends (
  share_id uuid primary key,
  advocate text not null,
  ended_by text not null check (char_length(ended_by) between 1 and 200),
  ended_at timestamptz not null,
  why text not null check (
    why in ('agreement-withdrawn', 'no-longer-needed', 'shared-by-mistake', 'other', 'left')
  ),
  note text check (char_length(note) between 1 and 2000),
  foreign key (share_id, advocate) references shares (id, advocate),
  -- Only the advocate leaves, and the advocate only leaves.
  check ((why = 'left') = (ended_by = advocate)),
  check (why <> 'other' or note is not null)
);

-- The one place in the store that says what opens a case to an advocate.
create function is_live(s shares, today date) returns boolean language sql stable as $$
  select (s.until is null or s.until >= today)
    and not exists (select 1 from share_ends e where e.share_id = s.id)
$$;

-- A case is shared with one advocate once at a time: a second row is left out, as by `on conflict do nothing`. Were
-- there two, ending one would leave the case open.
create function leave_out_second_share() returns trigger language plpgsql as $$
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

create trigger one_at_a_time before insert on shares
  for each row execute function leave_out_second_share();

create trigger append_only before update or delete or truncate on shares
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on share_ends
  for each statement execute function refuse_change();
