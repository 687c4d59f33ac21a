-- Up Migration

-- Which prompts had a part in choosing what an answer showed: `[{"id", "version", "digest"}]`, empty where code chose.
alter table answers
  add column chosen_by jsonb not null default '[]' check (jsonb_typeof(chosen_by) = 'array'),
  -- Whether the first thing shown was replaced, in the same message, by what a model chose.
  add column is_improved boolean not null default false,
  add check (not is_improved or chosen_by <> '[]');

-- Whether the model may be asked: the newest row says so, and where there is none it may.
create table model_switch (
  seq bigint generated always as identity primary key,
  turned_at timestamptz not null,
  turned_by text not null check (char_length(turned_by) between 1 and 200),
  is_on boolean not null,
  why text not null check (char_length(why) between 1 and 300)
);

create trigger append_only before update or delete or truncate on model_switch
  for each statement execute function refuse_change();
