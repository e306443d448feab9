create table identities (
  id            uuid           not null primary key,
  email         text           not null check (char_length(email) <= 254),
  name          text           not null check (char_length(name) between 1 and 200),
  password_hash text           not null,
  created_at    timestamptz(3) not null default now()
);
create unique index identities_email_key on identities (email);

create table memberships (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  identity_id     uuid           not null references identities (id) on delete restrict on update restrict,
  name            text           not null check (char_length(name) between 1 and 200),
  role            text           not null check (role in ('owner', 'admin', 'agent', 'viewer')),
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index memberships_organization_id_identity_id_key on memberships (organization_id, identity_id);
create index memberships_identity_id_idx on memberships (identity_id);
call protect_tenant_table('memberships');
-- Sign-in asks of which organizations a person is a member: before there is a tenant.
create policy system_access on memberships to manydesk_system using (true) with check (true);
grant select, insert, update, delete on memberships to manydesk_app;
grant select, insert on memberships to manydesk_system;

-- A person is visible to an organization only through a membership in it, and the password hash never is.
alter table identities enable row level security;
alter table identities force row level security;
create policy visible_through_membership on identities for select to manydesk_app
  using (exists (select from memberships m where m.identity_id = identities.id));
create policy system_access on identities to manydesk_system using (true) with check (true);
grant select (id, email, name, created_at) on identities to manydesk_app;
grant select, insert, update (password_hash, name) on identities to manydesk_system;
