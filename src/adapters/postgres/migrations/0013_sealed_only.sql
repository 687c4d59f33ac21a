-- Up Migration
-- Words in clear are refused once a force has keys, and deletions are announced to whoever remembers.

-- Texts in clear that were not there before.
create function has_clear(given text[], before text[]) returns boolean language sql immutable as $$
  select exists (
    select from unnest(given) one where not is_sealed(one) and not coalesce(one = any (before), false)
  )
$$;

-- Who has the server's role and none of its keys puts in nothing that would be read. Rows from before there were keys
-- stay as they are until they are encrypted. With a path of its own: a temporary table must not stand for the keys.
create function refuse_clear() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from data_keys where force = new.force) then
    raise exception '%.% is kept encrypted: words in clear refused', tg_table_name, tg_argv[0];
  end if;
  return new;
end
$$;

-- As src/adapters/postgres/sealed-columns.ts lists them. The conditions cost what is encrypted next to nothing.
do $$
declare
  held text;
  words text;
  form text;
  given text;
  is_clear text;
begin
  for held, words, form in select * from (values
    ('screening_events', 'act', 'act'), ('review_events', 'act', 'act'), ('review_versions', 'facts', 'json'),
    ('reviews', 'handed_to', 'text'), ('commitments', 'what', 'text'), ('commitments', 'who', 'text'),
    ('commitments', 'note', 'text'), ('shares', 'limits', 'text'), ('share_ends', 'note', 'text'),
    ('people', 'name', 'text'), ('feedback', 'comment', 'text'), ('curator_tasks', 'question', 'text'),
    ('curator_tasks', 'earlier', 'texts'), ('curator_tasks', 'comments', 'texts'), ('curator_tasks', 'note', 'text')
  ) sealed loop
    given := case form
      when 'act' then format('coalesce(new.%I ->> ''sealed'', '''')', words)
      when 'json' then format('(new.%I #>> ''{}'')', words)
      else format('new.%I', words)
    end;
    is_clear := case form when 'texts' then 'has_clear(%s, %s)' else 'not is_sealed(%s)' end;
    execute format('create trigger %I before insert on %I for each row when (%s)
      execute function refuse_clear(%L)', 'sealed_only_' || words, held, format(is_clear, given, '''{}'''), words);
    execute format('create trigger %I before update on %I for each row
      when (new.%I is distinct from old.%I and %s) execute function refuse_clear(%L)',
      'sealed_only_' || words || '_changed', held, words, words,
      format(is_clear, given, format('old.%I', words)), words);
  end loop;
end
$$;

-- Instances remember what chats show and screenings, and forget all of it once some was deleted, by whomever.
create function announce_removed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_notify('signpost_chats_' || current_force(), 'removed');
  return null;
end
$$;
create trigger announce_removed after delete on chats
  for each statement execute function announce_removed();
create trigger announce_removed after delete on screenings
  for each statement execute function announce_removed();
