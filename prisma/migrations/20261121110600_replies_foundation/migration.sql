-- Texts that are said often, with places for what differs.
create table canned_replies (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 100),
  html            text           not null,
  scope           text           not null check (scope in ('personal', 'team', 'organization')),
  owner_id        uuid,
  team_id         uuid,
  version         integer        not null default 1,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check ((scope = 'personal') = (owner_id is not null)),
  check ((scope = 'team') = (team_id is not null)),
  foreign key (organization_id, owner_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, team_id) references teams (organization_id, id) on delete restrict on update restrict
);
create index canned_replies_organization_id_name_id_idx on canned_replies (organization_id, name, id);
call protect_tenant_table('canned_replies');
grant select, insert, update, delete on canned_replies to manydesk_app;

-- Several changes of a ticket in one.
create table macros (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 100),
  description     text           not null default '' check (char_length(description) <= 500),
  actions         jsonb          not null,
  scope           text           not null check (scope in ('personal', 'team', 'organization')),
  owner_id        uuid,
  team_id         uuid,
  version         integer        not null default 1,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check ((scope = 'personal') = (owner_id is not null)),
  check ((scope = 'team') = (team_id is not null)),
  foreign key (organization_id, owner_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, team_id) references teams (organization_id, id) on delete restrict on update restrict
);
create index macros_organization_id_name_id_idx on macros (organization_id, name, id);
call protect_tenant_table('macros');
grant select, insert, update, delete on macros to manydesk_app;
