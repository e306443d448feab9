-- What an organization wants to know of its tickets, customers and companies beyond what everybody does. A field's key
-- and kind never change, so a value that was stored under them always reads; a field that is not wanted any more is archived.
create table custom_fields (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id                uuid           not null,
  subject           text           not null check (subject in ('ticket', 'customer', 'company')),
  key               text           not null check (key ~ '^[a-z][a-z0-9_]{0,49}$'),
  kind              text           not null check (kind in ('text', 'number', 'date', 'select', 'multi_select', 'checkbox')),
  name              text           not null check (char_length(name) between 1 and 100),
  description       text           not null default '' check (char_length(description) <= 500),
  -- [{"id": "...", "name": "..."}] of the two kinds that choose.
  options           jsonb          not null default '[]',
  required_on_solve boolean        not null default false,
  position          integer        not null default 0,
  archived_at       timestamptz(3),
  version           integer        not null default 1,
  created_at        timestamptz(3) not null default now(),
  updated_at        timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index custom_fields_organization_id_subject_key_key on custom_fields (organization_id, subject, key);
call protect_tenant_table('custom_fields');
grant select, insert, update on custom_fields to manydesk_app;
