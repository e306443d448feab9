-- People become members of an organization through the cross-tenant role alone. With `insert` here the tenant role
-- could make anybody's identity a member of its own organization, and so read their address.
revoke insert, update, delete on memberships from manydesk_app;

-- Postgres looks for a table among the temporary ones first unless `pg_temp` is named, so a caller's own
-- `pg_temp.tickets` would stand in for ours inside a function, and be read with the rights of its definer.
alter procedure protect_tenant_table(regclass) set search_path = pg_catalog, public, pg_temp;
alter function principal_changed() set search_path = pg_catalog, pg_temp;
alter function ledger_append(jsonb) set search_path = pg_catalog, public, pg_temp;
alter function ticket_tags_follow() set search_path = pg_catalog, public, pg_temp;
alter function ticket_ids_by_subject(text) set search_path = pg_catalog, public, pg_temp;
