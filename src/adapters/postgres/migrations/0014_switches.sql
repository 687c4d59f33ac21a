-- Up Migration
-- One table for every switch, by its name: the model's, and that of the whole assistant. An instance of the version
-- before, still running beside this one, finds no table of its own and asks no model until it is gone.

alter table model_switch rename to switches;
alter table switches add column name text not null default 'model' check (name in ('model', 'assistant'));
alter table switches alter column name drop default;

comment on table switches is
  'audit: Whether the model may be asked and the assistant answers, and who decided that; the newest row of a name counts.';
comment on column switches.name is 'code: which switch, model or assistant';
