-- A file that an organization asked for, made in the background.
create table exports (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id                  uuid           not null,
  kind                text           not null check (kind in ('tickets')),
  format              text           not null check (format in ('csv', 'jsonl')),
  parameters          jsonb          not null,
  status              text           not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
  total               integer        not null default 0,
  done                integer        not null default 0,
  problem             text,
  file_id             uuid,
  requested_by_user_id uuid,
  requested_by_key_id uuid,
  created_at          timestamptz(3) not null default now(),
  finished_at         timestamptz(3),
  expires_at          timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, file_id) references files (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, requested_by_user_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, requested_by_key_id) references api_keys (organization_id, id) on delete restrict on update restrict
);
create index exports_organization_id_created_at_id_idx on exports (organization_id, created_at desc, id desc);
create index exports_organization_id_file_id_idx on exports (organization_id, file_id) where file_id is not null;
call protect_tenant_table('exports');
grant select, insert, update on exports to manydesk_app;
