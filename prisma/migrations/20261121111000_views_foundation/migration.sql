-- Lists that people keep: which tickets, in which columns, in which order.
create table views (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 100),
  scope           text           not null check (scope in ('personal', 'team', 'organization')),
  owner_id        uuid,
  team_id         uuid,
  conditions      jsonb          not null,
  columns         text[]         not null default '{}',
  sort            text           not null default '-updatedAt',
  position        integer        not null default 0,
  version         integer        not null default 1,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check ((scope = 'personal') = (owner_id is not null)),
  check ((scope = 'team') = (team_id is not null)),
  foreign key (organization_id, owner_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, team_id) references teams (organization_id, id) on delete restrict on update restrict
);
create index views_organization_id_position_id_idx on views (organization_id, position, id);
call protect_tenant_table('views');
grant select, insert, update, delete on views to manydesk_app;
