#!/bin/sh
# The logins of the product. PgBouncer has to know their passwords, so they are given and not derived from
# MANYDESK_SECRET. Run once by the image of Postgres, when it makes the database. What may be run by hand for a managed
# Postgres is in docs/operations.md.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv app APP_DATABASE_PASSWORD
\getenv system SYSTEM_DATABASE_PASSWORD
\getenv admin ADMIN_DATABASE_PASSWORD
create role manydesk_app nologin;
create role manydesk_system nologin;
create role manydesk_admin nologin;
create role desk_app login password :'app' in role manydesk_app;
create role desk_system login password :'system' in role manydesk_system;
create role desk_admin login password :'admin' in role manydesk_admin;
alter role desk_app set timezone = 'UTC';
alter role desk_system set timezone = 'UTC';
alter role desk_admin set timezone = 'UTC';
SQL
