create table teams (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 100),
  description     text           not null default '' check (char_length(description) <= 500),
  -- Where tickets go that nobody has sorted.
  is_default      boolean        not null default false,
  archived_at     timestamptz(3),
  version         integer        not null default 1,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check (not (is_default and archived_at is not null))
);
create unique index teams_organization_id_name_key on teams (organization_id, name);
create unique index teams_default_key on teams (organization_id) where is_default;
call protect_tenant_table('teams');
grant select, insert, update on teams to manydesk_app;

create table team_members (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  team_id         uuid           not null,
  user_id         uuid           not null,
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, team_id, user_id),
  foreign key (organization_id, team_id) references teams (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, user_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create index team_members_organization_id_user_id_idx on team_members (organization_id, user_id);
call protect_tenant_table('team_members');
grant select, insert, delete on team_members to manydesk_app;
