-- Up Migration
-- What the store numbers is unique within a force. Each embedded store counts from 1, so forces that are moved into one
-- database bring the same numbers.

do $$
declare
  numbered record;
begin
  for numbered in
    select c.conrelid::regclass as held, c.conname as name, a.attname as number,
      case c.contype when 'p' then 'primary key' else 'unique' end as kind
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
    where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u') and a.attidentity <> ''
    order by 1
  loop
    execute format('alter table %s drop constraint %I, add %s (force, %I)',
      numbered.held, numbered.name, numbered.kind, numbered.number);
  end loop;
end
$$;
