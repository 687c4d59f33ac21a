-- For an administrator of the server, once for each server and database, connected to the database:
--   psql "$ADMIN_URL" -f src/adapters/postgres/roles.sql
-- Then a login for each (psql asks for no password here; set one, or use Microsoft Entra):
--   create role signpost_migrate login in role signpost_owner;   alter role signpost_migrate set role signpost_owner;
--   create role signpost_server  login in role signpost_app;
--   create role signpost_asking  login in role signpost_answers;
-- and their addresses in MIGRATE_DATABASE_URL, DATABASE_URL and ANSWERS_DATABASE_URL.

do $$
declare
  missing text;
begin
  for missing in
    select name from unnest(array['signpost_owner', 'signpost_app', 'signpost_answers']) name
    where name not in (select rolname from pg_roles)
  loop
    execute format('create role %I nologin', missing);
  end loop;
end
$$;

-- The owner's alone: nobody else makes or drops anything.
revoke create on schema public from public;
grant usage, create on schema public to signpost_owner;

-- Where the tables are there already, made by another role.
do $$
begin
  if to_regprocedure('grant_rights()') is not null then
    perform grant_rights();
  end if;
end
$$;
