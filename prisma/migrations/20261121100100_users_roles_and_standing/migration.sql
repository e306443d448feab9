create table roles (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 60),
  description     text           not null default '' check (char_length(description) <= 300),
  permissions     text[]         not null,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index roles_organization_id_name_key on roles (organization_id, name);
create index roles_organization_id_created_at_id_idx on roles (organization_id, created_at desc, id desc);
call protect_tenant_table('roles');
-- Who is behind a token is asked before there is a tenant, and what their role lets them do with it.
create policy system_access on roles to manydesk_system using (true) with check (true);
-- What a role holds is what its people may do: written with the organization held, through the cross-tenant role, as
-- memberships are.
grant select on roles to manydesk_app;
grant select, insert, update, delete on roles to manydesk_system;
create trigger roles_principal_changed after update of permissions or delete on roles
  for each row execute function principal_changed('role');

alter table memberships
  drop constraint memberships_role_check,
  add constraint memberships_role_check check (role in ('owner', 'admin', 'agent', 'viewer', 'custom')),
  add column role_id        uuid,
  -- A row is never deleted, because what its person wrote stays: `deactivated` may come back by the directory that
  -- deactivated it, `removed` by a new invitation alone.
  add column status         text not null default 'active' check (status in ('active', 'deactivated', 'removed')),
  add column ended_at       timestamptz(3),
  add column last_active_at timestamptz(3),
  add constraint memberships_role_id_check check ((role = 'custom') = (role_id is not null)),
  add constraint memberships_ended_at_check check ((status = 'active') = (ended_at is null)),
  add foreign key (organization_id, role_id) references roles (organization_id, id) on delete restrict on update restrict;
create index memberships_organization_id_role_id_idx on memberships (organization_id, role_id);
create index memberships_organization_id_created_at_id_idx on memberships (organization_id, created_at desc, id desc);
grant update (name, role, role_id, status, ended_at, last_active_at) on memberships to manydesk_system;
drop trigger memberships_principal_changed on memberships;
create trigger memberships_principal_changed after update of role, role_id, name, status or delete on memberships
  for each row execute function principal_changed('user');

-- An organization always keeps an owner. Checked at the commit, under the organization's lock, so that two owners who
-- demote each other at once cannot both succeed.
create function organization_keeps_owner() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from organizations o where o.id = old.organization_id for no key update;
  -- An organization that is being erased keeps nobody.
  if found and not exists (
    select from memberships m
    where m.organization_id = old.organization_id and m.role = 'owner' and m.status = 'active'
  ) then
    raise exception 'an organization keeps an owner' using errcode = '23514', constraint = 'organization_keeps_owner';
  end if;
  return null;
end
$$;
revoke all on function organization_keeps_owner() from public;
create constraint trigger memberships_keep_owner after update of role, status or delete on memberships
  deferrable initially deferred
  for each row when (old.role = 'owner' and old.status = 'active') execute function organization_keeps_owner();

alter table identities
  -- Null for those who come by single sign-on or a passkey alone.
  alter column password_hash drop not null,
  add column email_verified_at   timestamptz(3),
  add column password_changed_at timestamptz(3);
-- Those of before proved their address to nobody; their password stays good.
grant update (email, email_verified_at, password_changed_at) on identities to manydesk_system;
