create table invitations (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  email           text           not null check (char_length(email) <= 254),
  role            text           not null check (role in ('owner', 'admin', 'agent', 'viewer', 'custom')),
  role_id         uuid,
  status          text           not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
  -- Part of what the link's token is made of: a resent invitation ends the link before it.
  version         integer        not null default 1,
  invited_by_id   uuid,
  accepted_by_id  uuid,
  created_at      timestamptz(3) not null default now(),
  sent_at         timestamptz(3) not null default now(),
  expires_at      timestamptz(3) not null,
  settled_at      timestamptz(3),
  primary key (organization_id, id),
  -- A settled one lets go of its role, which could otherwise never be deleted.
  check (case when status = 'pending' and role = 'custom' then role_id is not null else role_id is null end),
  check ((status = 'pending') = (settled_at is null)),
  foreign key (organization_id, role_id) references roles (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, invited_by_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, accepted_by_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create unique index invitations_organization_id_email_key on invitations (organization_id, email) where status = 'pending';
create index invitations_organization_id_created_at_id_idx on invitations (organization_id, created_at desc, id desc);
create index invitations_organization_id_role_id_idx on invitations (organization_id, role_id);
call protect_tenant_table('invitations');
-- Whoever accepts is nobody yet: the invitation is found by the id that its signed link carries.
create policy system_access on invitations to manydesk_system using (true) with check (true);
grant select on invitations to manydesk_app;
grant select, insert, update on invitations to manydesk_system;
