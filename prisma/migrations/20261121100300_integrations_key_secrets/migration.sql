alter table api_keys
  add column environment      text   not null default 'live' check (environment in ('live', 'test')),
  -- CIDR blocks that the key may be used from; none means anywhere.
  add column allowed_networks text[] not null default '{}';

-- The secrets of a key: one, or two while it is rotated. Whoever was shown a secret is noted, because a secret ends
-- with the membership of the person who knows it, while the key, which is nobody's, stays.
create table api_key_secrets (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  key_id          uuid           not null,
  prefix          text           not null,
  secret_hash     bytea          not null,
  issued_to_id    uuid,
  created_at      timestamptz(3) not null default now(),
  last_used_at    timestamptz(3),
  expires_at      timestamptz(3),
  revoked_at      timestamptz(3),
  revoked_because text           check (revoked_because in ('rotated', 'revoked', 'holder_left')),
  -- When the log was told that it ended with its holder: a trigger ends it, and a trigger tells no log.
  told_at         timestamptz(3),
  primary key (organization_id, id),
  check ((revoked_at is null) = (revoked_because is null)),
  foreign key (organization_id, key_id) references api_keys (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, issued_to_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create index api_key_secrets_secret_hash_idx on api_key_secrets (secret_hash);
create index api_key_secrets_organization_id_key_id_idx on api_key_secrets (organization_id, key_id);
create index api_key_secrets_organization_id_issued_to_id_idx on api_key_secrets (organization_id, issued_to_id);
call protect_tenant_table('api_key_secrets');
-- A secret says which organization a request is of, so it is looked up before there is a tenant.
create policy system_access on api_key_secrets to manydesk_system using (true) with check (true);
grant select, insert, update on api_key_secrets to manydesk_app;
grant select, update (last_used_at, revoked_at, revoked_because) on api_key_secrets to manydesk_system;

-- The owner of the tables is held by the policies too, and knows no organization here: for this one copy it is not.
alter table api_keys no force row level security;
alter table api_key_secrets no force row level security;
insert into api_key_secrets (organization_id, id, key_id, prefix, secret_hash, issued_to_id, created_at, last_used_at, expires_at, revoked_at, revoked_because)
  select organization_id, id, id, prefix, secret_hash, created_by_id, created_at, last_used_at, expires_at, revoked_at,
    case when revoked_at is not null then 'revoked' end
  from api_keys;
alter table api_keys force row level security;
alter table api_key_secrets force row level security;
drop index api_keys_secret_hash_idx;
alter table api_keys drop column secret_hash, drop column prefix;

drop trigger api_keys_principal_changed on api_keys;
create trigger api_keys_principal_changed after update of scopes, expires_at, revoked_at, allowed_networks or delete on api_keys
  for each row execute function principal_changed('api_key');
create trigger api_key_secrets_principal_changed after update of expires_at, revoked_at or delete on api_key_secrets
  for each row execute function principal_changed('api_key', 'key_id');

-- A membership that ends takes with it, in the same transaction and whoever ends it, its sessions and every secret
-- that its person was shown.
create function membership_ended() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  update sessions s set revoked_at = now()
    where s.organization_id = new.organization_id and s.membership_id = new.id and s.revoked_at is null;
  update api_key_secrets k set revoked_at = now(), revoked_because = 'holder_left'
    where k.organization_id = new.organization_id and k.issued_to_id = new.id and k.revoked_at is null;
  return null;
end
$$;
revoke all on function membership_ended() from public;
create trigger memberships_ended after update of status on memberships
  for each row when (old.status = 'active' and new.status <> 'active') execute function membership_ended();

-- Addresses that a key was used from, or was refused at because they are not on its list, so that a new one can be told.
create table api_key_addresses (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  key_id          uuid           not null,
  address         text           not null check (char_length(address) <= 64),
  admitted        boolean        not null default true,
  first_seen_at   timestamptz(3) not null default now(),
  last_seen_at    timestamptz(3) not null default now(),
  primary key (organization_id, key_id, address, admitted),
  foreign key (organization_id, key_id) references api_keys (organization_id, id) on delete restrict on update restrict
);
call protect_tenant_table('api_key_addresses');
grant select, insert, update, delete on api_key_addresses to manydesk_app;

-- The last calls of each key, for its owner's eyes: what was asked, never what was said.
create table api_key_calls (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  key_id          uuid           not null,
  at              timestamptz(3) not null,
  method          text           not null,
  path            text           not null check (char_length(path) <= 500),
  status          integer        not null,
  error_code      text,
  duration        integer        not null,
  address         text           not null,
  user_agent      text           check (char_length(user_agent) <= 300),
  request_id      text           not null,
  -- The names and sizes of what was sent; values are left out.
  body            jsonb,
  primary key (organization_id, id),
  foreign key (organization_id, key_id) references api_keys (organization_id, id) on delete restrict on update restrict
);
create index api_key_calls_organization_id_key_id_at_id_idx on api_key_calls (organization_id, key_id, at desc, id desc);
call protect_tenant_table('api_key_calls');
grant select, insert, delete on api_key_calls to manydesk_app;
