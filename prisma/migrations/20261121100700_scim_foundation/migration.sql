-- What the organization's directory says of a person (RFC 7643, 4.1), beside the membership that it made or found.
create table scim_users (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  membership_id   uuid           not null,
  user_name       text           not null check (char_length(user_name) between 1 and 254),
  -- `userName` is compared without regard to case (RFC 7643, 4.1.1).
  user_name_key   text           not null,
  external_id     text           check (char_length(external_id) <= 254),
  given_name      text           check (char_length(given_name) <= 200),
  family_name     text           check (char_length(family_name) <= 200),
  -- What the directory said last. It brings back whom it shut out itself, and nobody whom an administrator did.
  active          boolean        not null default true,
  -- Deleted for the directory, which may bring the person again; what they wrote here stays.
  deleted_at      timestamptz(3),
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, membership_id),
  foreign key (organization_id, membership_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create unique index scim_users_organization_id_user_name_key_key on scim_users (organization_id, user_name_key);
create index scim_users_organization_id_external_id_idx on scim_users (organization_id, external_id);
call protect_tenant_table('scim_users');
-- A person comes to be through the cross-tenant role alone, and this row with them.
create policy system_access on scim_users to manydesk_system using (true) with check (true);
grant select, update on scim_users to manydesk_app;
grant select, insert, update on scim_users to manydesk_system;

create table scim_groups (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  display_name    text           not null check (char_length(display_name) between 1 and 254),
  external_id     text           check (char_length(external_id) <= 254),
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index scim_groups_organization_id_display_name_key on scim_groups (organization_id, display_name);
create index scim_groups_organization_id_created_at_id_idx on scim_groups (organization_id, created_at, id);
call protect_tenant_table('scim_groups');
grant select, insert, update, delete on scim_groups to manydesk_app;

create table scim_group_members (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid
                       references organizations (id) on delete restrict on update restrict,
  group_id        uuid not null,
  membership_id   uuid not null,
  primary key (organization_id, group_id, membership_id),
  foreign key (organization_id, group_id) references scim_groups (organization_id, id) on delete cascade on update restrict,
  foreign key (organization_id, membership_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create index scim_group_members_organization_id_membership_id_idx on scim_group_members (organization_id, membership_id);
call protect_tenant_table('scim_group_members');
grant select, insert, delete on scim_group_members to manydesk_app;
