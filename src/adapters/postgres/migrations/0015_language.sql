-- Up Migration
-- In which language a person is written to. It stands with their chat and goes with it.

alter table people_chats
  add column teams_language text check (teams_language in ('en', 'cy')),
  -- Goes before the one of Teams; null where nobody chose, or follows Teams again.
  add column chosen_language text check (chosen_language in ('en', 'cy')),
  -- When the message was sent that chose last, or followed Teams again: one that comes late changes nothing.
  add column chosen_at timestamptz,
  add check (chosen_language is null or chosen_at is not null);

-- Few choose; every instance reads once who did.
create index people_chats_chosen on people_chats (force, person) where chosen_language is not null;

-- Instances remember what was chosen, and forget it of a person once that changed, by whomever.
create function announce_language() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_notify(
    'signpost_languages_' || coalesce(new.force, old.force), sha256_hex(coalesce(new.person, old.person))
  );
  return null;
end
$$;
create trigger announce_language after insert on people_chats
  for each row when (new.chosen_language is not null) execute function announce_language();
create trigger announce_language_changed after update on people_chats
  for each row when (new.chosen_language is distinct from old.chosen_language) execute function announce_language();
create trigger announce_language_removed after delete on people_chats
  for each row when (old.chosen_language is not null) execute function announce_language();

comment on column people_chats.teams_language is 'code: language of their Teams, as it was last given';
comment on column people_chats.chosen_language is 'code: language chosen in the chat; empty: that of Teams';
comment on column people_chats.chosen_at is 'time: when that was chosen';
