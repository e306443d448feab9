create table api_keys (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 100),
  prefix          text           not null,
  secret_hash     bytea          not null,
  scopes          text[]         not null,
  created_by_id   uuid,
  created_at      timestamptz(3) not null default now(),
  last_used_at    timestamptz(3),
  expires_at      timestamptz(3),
  revoked_at      timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, created_by_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create index api_keys_secret_hash_idx on api_keys (secret_hash);
create index api_keys_organization_id_created_at_id_idx on api_keys (organization_id, created_at desc, id desc);
call protect_tenant_table('api_keys');
-- A key says which organization a request is of, so it is looked up before there is a tenant.
create policy system_access on api_keys to manydesk_system using (true) with check (true);
grant select, insert, update on api_keys to manydesk_app;
grant select, update (last_used_at) on api_keys to manydesk_system;

-- Tells every process at commit that a right has changed, so that none goes on serving it from its cache. A trigger,
-- because a service that forgot to tell would leave a revoked credential alive.
create function principal_changed() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  perform pg_notify('principal', tg_argv[0] || ':' || old.id);
  return null;
end
$$;
revoke all on function principal_changed() from public;
create trigger api_keys_principal_changed after update of scopes, expires_at, revoked_at or delete on api_keys
  for each row execute function principal_changed('api_key');
create trigger sessions_principal_changed after update of revoked_at, expires_at, organization_id, membership_id or delete on sessions
  for each row execute function principal_changed('session');
create trigger memberships_principal_changed after update of role, name or delete on memberships
  for each row execute function principal_changed('user');
