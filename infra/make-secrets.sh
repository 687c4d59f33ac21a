#!/usr/bin/env bash
# Makes what compose.yaml reads from secrets/: passwords nobody has to know, and the settings that hold them.
#   bash infra/make-secrets.sh [FOLDER]      FOLDER is ./secrets unless given; never overwritten
set -euo pipefail
folder=${1:-secrets}
if [ -e "$folder" ]; then
  echo "$folder is there already and was left as it is: its passwords belong to a database." >&2
  exit 1
fi
# The folder keeps others out; within, the containers' own users have to read.
mkdir -p -m 700 "$folder"
umask 022
password() { openssl rand -hex 32; }
migrate=$(password) server=$(password) answers=$(password)

password > "$folder/postgres-password"
cat > "$folder/logins.sql" << SQL
create role signpost_migrate login password '$migrate' in role signpost_owner;
alter role signpost_migrate set role signpost_owner;
create role signpost_server login password '$server' in role signpost_app;
create role signpost_asking login password '$answers' in role signpost_answers;
SQL
cat > "$folder/signpost.env" << SETTINGS
# One setting a line, as in the README. Those of docs/identity.md are to be added.
DATABASE_URL=postgresql://signpost_server:$server@database:5432/signpost
ANSWERS_DATABASE_URL=postgresql://signpost_asking:$answers@database:5432/signpost
KEY_FILE=/data/master-keys
MICROSOFT_APP_TYPE=SingleTenant
SETTINGS
cat > "$folder/migrate.env" << SETTINGS
# The login that owns the tables: for migrating and for commands, never for the server.
MIGRATE_DATABASE_URL=postgresql://signpost_migrate:$migrate@database:5432/signpost
SETTINGS
echo "Made $folder. Add the settings of docs/identity.md to $folder/signpost.env."
